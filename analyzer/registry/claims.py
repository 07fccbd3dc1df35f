"""Which artifact each file belongs to, and what is wrong with the places of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.model.names import ArtifactId, ProjectPath, folders_above
from analyzer.model.registry import Deviation, Origin, Place, Record, Resolution
from analyzer.registry.path_globs import compile_glob, is_glob, literal_folder
from analyzer.registry.places import PROJECT_FOLDER, normalise_entry

_MOST_CANDIDATES = 10


def assign_files(
    placed: Sequence[tuple[Record, Place]], *, files: Sequence[ProjectPath]
) -> tuple[dict[ProjectPath, ArtifactId], list[Deviation]]:
    """Decide which artifact each file belongs to, and report records without a place.

    A file belongs to the record that names it; else to the one whose glob or folder begins with the
    most folders, to that of a glob before that of a folder as deep. Of two records with equal
    claims the first by id has the file, the other is reported (REG004).
    A record without a place is reported too: REG003 where no file fits, REG004 where several do,
    or where others have them all.
    """
    deviations: list[Deviation] = []
    claims = _Claims(frozenset(files))
    records = {}
    in_order = sorted(placed, key=lambda one: one[0].id)
    for record, place in in_order:
        records[record.id] = record
        claims.add(record, place)
    owners = ((path, claims.find_owner(path)) for path in files)
    artifact_of = {path: owner for path, owner in owners if owner is not None}
    for record, place in in_order:
        deviations += _find_place_deviations(record, place, artifact_of)
    for (loser, winner), paths in sorted(claims.contested.items()):
        more = f" (and {len(paths) - 1} more of its places)" if len(paths) > 1 else ""
        message = f"{paths[0]}{more} is also the place of {winner} ({records[winner].origin})"
        deviations.append(_deviation("REG004", records[loser], message, f"shared:{winner}"))
    contested = {loser for loser, _ in claims.contested}
    without = set(records) - set(artifact_of.values()) - contested
    places = {record.id: place for record, place in placed if record.id in without}
    takers_of = _find_takers((path for one in places.values() for path in one.paths), artifact_of)
    for id_, place in sorted(places.items()):
        if takers := sorted({taker for path in place.paths for taker in takers_of.get(path, ())}):
            named = ", ".join(takers[:_MOST_CANDIDATES])
            if len(takers) > _MOST_CANDIDATES:
                named += f" and {len(takers) - _MOST_CANDIDATES} more"
            message = f"each file of its place belongs to a record that is more specific: {named}"
            # Who they are may change; that it goes without does not.
            deviations.append(_deviation("REG004", records[id_], message, "taken"))
    return artifact_of, deviations


def _find_takers(
    places: Iterable[ProjectPath], artifact_of: Mapping[ProjectPath, ArtifactId]
) -> dict[ProjectPath, set[ArtifactId]]:
    """File or folder -> the records that have the files there; only where some have."""
    wanted = frozenset(places)
    found: dict[ProjectPath, set[ArtifactId]] = defaultdict(set)
    for path, artifact in artifact_of.items() if wanted else ():
        for place in (path, *folders_above(path), PROJECT_FOLDER):
            if place in wanted:
                found[place].add(artifact)
    return found


class _Claims:
    """What records lay claim to. They are added in the order of their ids."""

    def __init__(self, files: frozenset[ProjectPath]) -> None:
        self._files = files
        self._named: dict[ProjectPath, ArtifactId] = {}
        self._folders: dict[ProjectPath, ArtifactId] = {}
        self._globbed: dict[ProjectPath, tuple[int, ArtifactId]] = {}
        self.contested: dict[tuple[ArtifactId, ArtifactId], list[ProjectPath]] = defaultdict(list)
        """(who goes without, who was first) -> the places that both claim, sorted."""

    def add(self, record: Record, place: Place) -> None:
        """Note the claims of one record."""
        entries = [normalise_entry(entry) for entry in record.paths]
        named = set(entries)
        globs = [entry for entry in entries if is_glob(entry) and entry not in self._files]
        for path in place.paths:
            if path not in self._files:
                self._claim(path, record.id, self._folders)
            elif place.resolution is Resolution.PATH and path not in named:
                self._claim_by_glob(path, record.id, globs)
            else:
                self._claim(path, record.id, self._named)

    def _claim(
        self, path: ProjectPath, claimant: ArtifactId, claims: dict[ProjectPath, ArtifactId]
    ) -> None:
        first = claims.setdefault(path, claimant)
        if first != claimant:
            self.contested[claimant, first].append(path)

    def _claim_by_glob(self, path: ProjectPath, claimant: ArtifactId, globs: Iterable[str]) -> None:
        depth = max(
            (_depth(literal_folder(glob)) for glob in globs if compile_glob(glob)(path)),
            default=0,
        )
        known = self._globbed.get(path)
        if known is None or known[0] < depth:
            self._globbed[path] = (depth, claimant)
        elif known[0] == depth:
            self.contested[claimant, known[1]].append(path)

    def find_owner(self, path: ProjectPath) -> ArtifactId | None:
        """The record with the strongest claim to a file; nothing where none lays claim to it."""
        if path in self._named:
            return self._named[path]
        depth, by_glob = self._globbed.get(path, (0, None))
        for folder in folders_above(path):
            if folder in self._folders and (by_glob is None or _depth(folder) > depth):
                return self._folders[folder]
        return by_glob or self._folders.get(PROJECT_FOLDER)


def _find_place_deviations(
    record: Record, place: Place, artifact_of: Mapping[ProjectPath, ArtifactId]
) -> Iterator[Deviation]:
    names = ", ".join(place.candidates[:_MOST_CANDIDATES])
    if place.resolution is Resolution.MISSING:
        # What another record has was not moved: `api/orders.py` is no `services/orders.py`.
        free = [path for path in place.candidates if path not in artifact_of]
        names = ", ".join(free[:_MOST_CANDIDATES])
        if not free:
            hint = ""
        elif any(_basename(path) == _basename(record.name or "") for path in free):
            hint = f"; a file of that name stands at {names}"
        else:
            hint = f"; of a similar name there is {names}"
        subject = f"missing:{', '.join(place.missing) or record.name}"
        yield _deviation("REG003", record, f"{place.explanation}{hint}", subject, place)
    elif place.resolution is Resolution.AMBIGUOUS:
        more = len(place.candidates) - _MOST_CANDIDATES
        rest = f" and {more} more" if more > 0 else ""
        message = f"{place.explanation}; say which in its path: {names}{rest}"
        yield _deviation("REG004", record, message, f"ambiguous:{record.name}", place)
    else:
        for entry in place.missing:
            yield _deviation("REG003", record, f'no file at "{entry}"', f"missing:{entry}", place)


def _deviation(
    code: str, record: Record, message: str, subject: str, place: Place | None = None
) -> Deviation:
    """A deviation at the field that speaks of the place."""
    is_from_notes = place is not None and (
        place.resolution is Resolution.NOTES or bool(place.missing)
    )
    field = "path" if record.paths else "notes" if is_from_notes else "name"
    origin = Origin(record.origin.path, record.line_of(field))
    column = record.column_of(field)
    return Deviation(code, origin, message, subject, record.id, record.owner, column)


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0


def _basename(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
