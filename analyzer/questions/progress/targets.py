"""Tables of targets: how many files of a folder there are, and how many are to have a record."""

from __future__ import annotations

import bisect
import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.globs import build_matcher
from analyzer.model.names import ProjectPath, folders_above
from analyzer.model.progress import Correction, Discrepancy, TargetProgress, Topic
from analyzer.model.registry import BacklogRow, Target
from analyzer.questions.progress.ledger import Ledger

# What a count of "files" may or may not mean: data and texts beside the code.
_NO_CODE = (
    "*.cfg", "*.conf", "*.css", "*.csv", "*.example", "*.html", "*.ini", "*.json", "*.lock",
    "*.log", "*.md", "*.png", "*.rst", "*.svg", "*.toml", "*.txt", "*.yaml", "*.yml",
    "**/__init__.py", "**/.*",
)  # fmt: skip
_PROJECT = ProjectPath(".")
_MOST_NAMED = 3


class _Folder(Struct, frozen=True):
    """The files of one target: those below its folder and in none of a deeper target."""

    below: tuple[ProjectPath, ...]
    path: ProjectPath
    code: tuple[ProjectPath, ...]
    """Those of them that are code and not left out by design."""
    is_flat: bool = False
    """Whether folders inside of it are left out."""

    def can_hold(self, count: int) -> bool:
        """Whether a count of files is right in any sense that a reader may give it."""
        return any(
            len(code) <= count <= len(every)
            for every, code in (
                (self.below, self.code),
                (self._beside(self.below), self._beside(self.code)),
            )
        )

    def as_counted(self, count: int | None) -> _Folder:
        """Only the files directly in it, where no more than these can be what is counted."""
        is_direct = count is not None and self.can_hold(count)
        if not is_direct or len(self.code) <= (count or 0) <= len(self.below):
            return self
        return replace(
            self,
            below=tuple(self._beside(self.below)),
            code=tuple(self._beside(self.code)),
            is_flat=True,
        )

    def _beside(self, paths: Sequence[ProjectPath]) -> list[ProjectPath]:
        return [one for one in paths if (posixpath.dirname(one) or _PROJECT) == self.path]

    def describe(self) -> str:
        """How many there are."""
        if len(self.code) == len(self.below):
            return f"{len(self.below)} files in {self.path}"
        return (
            f"{len(self.below)} files in {self.path}, {len(self.code)} of them code that is not "
            "left out by design"
        )


def judge_targets(ledger: Ledger) -> tuple[tuple[TargetProgress, ...], list[Discrepancy]]:
    """Hold each target against the code and the records.

    A file counts for the deepest folder of its table. Where the project has none of a table's
    folders, the table is about another one: its counts of files are left alone.
    """
    tables: dict[tuple[ProjectPath, int], list[Target]] = defaultdict(list)
    for target in ledger.registry.targets:
        tables[target.origin.path, target.table].append(target)
    judged: list[TargetProgress] = []
    found: list[Discrepancy] = []
    is_out = _build_exclusion(ledger)
    for targets in tables.values():
        folders = _gather(targets, ledger.system.facts.files, is_out)
        has_code = any(folder.below for folder in folders.values())
        counts = _count_registered(targets, folders, ledger)
        for target in targets:
            folder = folders[_folder_of(target)]
            one = TargetProgress(
                target=target,
                files=len(folder.below) if has_code else None,
                registered=counts[folder.path],
                is_met=_is_met(target, folder, counts[folder.path], ledger, has_code),
            )
            judged.append(one)
            found += _find_mistakes(one, folder, ledger)
        found += _find_headings(targets, ledger)
    return tuple(judged), found


def _build_exclusion(ledger: Ledger) -> Callable[[ProjectPath], bool]:
    documented = [pattern for one in ledger.registry.exclusions for pattern in one.patterns]
    return build_matcher((*_NO_CODE, *documented))


def _folder_of(target: Target) -> ProjectPath:
    entry = target.location.strip().strip("`").replace("\\", "/").rstrip("*").strip("/")
    return ProjectPath(posixpath.normpath(entry or "."))


def _gather(
    targets: Sequence[Target],
    files: Sequence[ProjectPath],
    is_out: Callable[[ProjectPath], bool],
) -> dict[ProjectPath, _Folder]:
    wanted = {_folder_of(target) for target in targets}
    below: dict[ProjectPath, list[ProjectPath]] = {folder: [] for folder in wanted}
    for folder in wanted:
        prefix = "" if folder == _PROJECT else f"{folder}/"
        for path in files[bisect.bisect_left(files, prefix) :]:
            if not path.startswith(prefix):
                break
            if _deepest(path, wanted) == folder:
                below[folder].append(path)
    folders = {
        folder: _Folder(tuple(paths), folder, tuple(one for one in paths if not is_out(one)))
        for folder, paths in below.items()
    }
    for target in targets:
        count = None if target.count is None else target.count.count
        folders[_folder_of(target)] = folders[_folder_of(target)].as_counted(count)
    return folders


def _deepest(path: ProjectPath, wanted: set[ProjectPath]) -> ProjectPath | None:
    return next((one for one in (*folders_above(path), _PROJECT) if one in wanted), None)


def _count_registered(
    targets: Sequence[Target], folders: Mapping[ProjectPath, _Folder], ledger: Ledger
) -> dict[ProjectPath, int]:
    """Folder -> how many of its artifacts are registered; without any record: listed."""
    wanted = set(folders)
    found: dict[ProjectPath, set[str]] = {folder: set() for folder in folders}
    rows = {row.id: row for counted in ledger.waves for row in counted.rows}
    for id_ in ledger.records:
        places = ledger.system.artifacts[id_].place.paths
        if not places and id_ in rows:
            # Its code is not here: what lists it tells the folder that it is meant to stand in.
            meant = _find_folder(rows[id_], targets)
            if meant is not None:
                found[meant].add(id_)
        for path in places:
            folder = path if path in wanted else _deepest(path, wanted)
            if folder is None:
                continue
            parent = posixpath.dirname(path) or _PROJECT
            if not folders[folder].is_flat or folder in (path, parent):
                found[folder].add(id_)
    if not ledger.has_records:
        for counted in ledger.waves:
            for row in counted.rows:
                folder = _find_folder(row, targets)
                if folder is not None:
                    found[folder].add(row.id or row.file)
    return {folder: len(ids) for folder, ids in found.items()}


def _find_folder(row: BacklogRow, targets: Sequence[Target]) -> ProjectPath | None:
    """The folder that a row is listed for: that of its file, else the one of its heading."""
    beside = posixpath.dirname(row.file.strip("/"))
    for target in targets:
        folder = _folder_of(target)
        if beside and f"/{folder}".endswith(f"/{beside}"):
            return folder
        if not beside and _is_heading_of(row.group or "", target):
            return folder
    return None


def _is_heading_of(heading: str, target: Target) -> bool:
    category = target.category.casefold()
    return bool(category) and f"{heading.casefold()} ".startswith(f"{category} ")


def _is_met(
    target: Target, folder: _Folder, registered: int, ledger: Ledger, has_code: bool
) -> bool | None:
    if target.least is not None:
        return target.least <= registered <= (target.most or target.least)
    if ledger.has_records and has_code:
        return not _without_record(folder, ledger) if folder.below else None
    count = None if target.count is None else target.count.count
    return None if count is None else registered >= count


def _without_record(folder: _Folder, ledger: Ledger) -> list[ProjectPath]:
    artifact_of = ledger.system.artifact_of
    return [path for path in folder.code if artifact_of.get(path) not in ledger.records]


def _find_mistakes(one: TargetProgress, folder: _Folder, ledger: Ledger) -> Iterator[Discrepancy]:
    target, count = one.target, one.target.count
    name = target.category or target.location
    is_there = one.files is None or bool(folder.below)
    written = None if count is None else count.count
    if count is not None and written is not None and one.files is not None:
        wrong = not folder.can_hold(written) if is_there else written > 0
        if wrong:
            found = folder.describe() if is_there else f"there is no folder {folder.path}"
            mend = Correction(str(written), str(len(folder.below)), count.column)
            yield Discrepancy(
                Topic.FILES, target.origin, f"{name}: Count {written}", found, None, mend
            )
        if not is_there:
            # Nobody can register what is not there.
            return
    if target.least is not None and written is not None and written < target.least:
        found = f"its own count is {written}"
        yield Discrepancy(Topic.TARGET, target.origin, f"{name}: {target.approach}", found)
    elif one.is_met is False:
        verb = "registered" if ledger.has_records else "listed"
        found = f"{one.registered} {verb}"
        if target.least is None and ledger.has_records and one.files is not None:
            paths = _without_record(folder, ledger)
            found += f", not {', '.join(paths[:_MOST_NAMED])}"
            found += f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
        yield Discrepancy(Topic.TARGET, target.origin, f"{name}: {target.approach}", found)


def _find_headings(targets: Sequence[Target], ledger: Ledger) -> Iterator[Discrepancy]:
    """Yield the headings of waves that say "(Selective)" where all are aimed at, or "(All)"."""
    for wave in ledger.registry.waves:
        for group in wave.groups:
            for target in targets:
                if not _is_heading_of(group.name, target):
                    continue
                heading = group.name.casefold()
                is_all = target.least is None
                if heading.endswith("(selective)" if is_all else "(all)"):
                    found = f"{target.approach} at {target.origin.seen_from(group.origin)}"
                    yield Discrepancy(Topic.TARGET, group.origin, group.name, found, wave.number)
