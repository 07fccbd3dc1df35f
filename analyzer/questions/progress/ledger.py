"""What is listed, registered and located, wave by wave: the truth that claims are held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.names import ArtifactId
from analyzer.model.progress import CategoryProgress, Standing, Tally
from analyzer.model.registry import (
    Artifact,
    BacklogCategory,
    BacklogRow,
    Record,
    Tracking,
    TrackingRow,
    Wave,
)
from analyzer.questions.progress.words import find_types, standing_of, widen
from analyzer.registry.vocabulary import DEFAULT_VOCABULARY


class Counted(Struct, frozen=True):
    """One wave, counted."""

    number: int
    wave: Wave | None
    """Its section; none where only records name it."""
    rows: tuple[BacklogRow, ...]
    """What it lists, without repetitions."""
    missing: tuple[BacklogRow, ...]
    """Those without a record."""
    unlisted: tuple[Record, ...]
    """Records of the wave that no row of any wave lists, sorted by id."""
    categories: tuple[CategoryProgress, ...]
    records: int
    located: int
    credited: int | None
    """What a true claim of registered artifacts says; none where nothing can tell."""
    total: int | None
    """What a true total says."""


class Ledger:
    """Everything that a registry's documents and records say about waves, joined once."""

    def __init__(self, system: System) -> None:
        """Take a system."""
        self.system = system
        self.registry = system.registry
        rows = [row for wave in self.registry.waves for row in wave.rows]
        origins = {row.origin for row in rows}
        self.records: dict[ArtifactId, Record] = {
            record.id: record for record in self.registry.records if record.origin not in origins
        }
        """Records that people wrote: a row alone registers nothing. Sorted by id."""
        self.has_records = bool(self.records)
        self.listed = {row.id for row in rows if row.id is not None}

    @cached_property
    def waves(self) -> tuple[Counted, ...]:
        """Every wave that a document or a record names, sorted by number."""
        sections = {wave.number: wave for wave in self.registry.waves}
        numbers = sorted({*sections, *self._unlisted})
        return tuple(self._count(number, sections.get(number)) for number in numbers)

    @cached_property
    def tracked(self) -> dict[int, list[tuple[Tracking, TrackingRow]]]:
        """Wave -> its rows in tables of all waves."""
        found: dict[int, list[tuple[Tracking, TrackingRow]]] = defaultdict(list)
        for tracking in self.registry.tracking:
            for row in tracking.rows:
                if row.wave is not None:
                    found[row.wave].append((tracking, row))
        return found

    @cached_property
    def strays(self) -> tuple[Record, ...]:
        """Records that no row lists, that name no wave, and that no category speaks of."""
        return tuple(
            record
            for record in self.records.values()
            if record.wave is None and record.id not in self._told_by_category
        )

    def is_registered(self, row: BacklogRow) -> bool:
        """Whether a listed artifact has a record of its own."""
        return row.id is not None and row.id in self.records

    def is_located(self, row: BacklogRow) -> bool:
        """Whether a listed artifact stands in the code."""
        artifact = self.find_artifact(row)
        if artifact is None:
            return bool(self.system.file_names.find(row.file))
        return bool(artifact.place.paths)

    def find_artifact(self, row: BacklogRow) -> Artifact | None:
        """The artifact of a row; none where the row has no id."""
        return None if row.id is None else self.system.artifacts.get(row.id)

    def claimed_completion(self, wave: int) -> str | None:
        """What the first table of all waves says about a wave's completion."""
        claims = (row.completion for _, row in self.tracked.get(wave, ()))
        return next((claim.text for claim in claims if claim is not None), None)

    @cached_property
    def _unlisted(self) -> dict[int, list[Record]]:
        found: dict[int, list[Record]] = defaultdict(list)
        for record in self.records.values():
            if record.wave is not None and record.id not in self.listed:
                found[record.wave].append(record)
        return found

    def _count(self, number: int, wave: Wave | None) -> Counted:
        rows = _distinct(() if wave is None else wave.rows)
        unlisted = tuple(self._unlisted.get(number, ()))
        categories = () if wave is None else self._count_categories(wave)
        records = len({row.id for row in rows if self.is_registered(row)}) + len(unlisted)
        located = sum(map(self.is_located, rows)) + sum(map(self._stands, unlisted))
        credited: int | None = records if self.has_records else len(rows)
        total: int | None = len(rows) + len(unlisted)
        if not rows and wave is not None and categories:
            # It lists nothing: its categories say how much there is.
            told = [_credit_of(one) for one in categories]
            from_told = None if None in told else sum(one or 0 for one in told)
            credited = len(unlisted) or from_told
            total = max(sum(map(size_of, categories)), len(unlisted))
            if not unlisted and self.has_records:
                records = sum(one.records or 0 for one in categories)
                located = sum(map(self._count_located, wave.categories))
        elif not rows:
            credited = len(unlisted) or None
            # A section that lists nothing may be about more than the records that name its wave.
            total = len(unlisted) if wave is None else None
        return Counted(
            number=number,
            wave=wave,
            rows=rows,
            missing=tuple(row for row in rows if not self.is_registered(row)),
            unlisted=unlisted,
            categories=categories,
            records=records,
            located=located,
            credited=credited,
            total=total,
        )

    def _count_located(self, category: BacklogCategory) -> int:
        """How many records of a category stand in the code, where only their type tells them."""
        if standing_of(category.status) is not Standing.DONE:
            return 0
        return min(sum(map(self._stands, self._find_free(category))), category.count)

    def _count_categories(self, wave: Wave) -> tuple[CategoryProgress, ...]:
        types = [self._types_of(category) for category in wave.categories]
        return tuple(
            CategoryProgress(
                origin=one.origin,
                name=one.name,
                claimed=one.count,
                status=one.status,
                types=meant,
                records=self._count_category(wave, one, meant, types.count(meant)),
            )
            for one, meant in zip(wave.categories, types, strict=True)
        )

    def _count_category(
        self, wave: Wave, category: BacklogCategory, types: tuple[str, ...], namesakes: int
    ) -> int | None:
        """The records of a category: of its type, and of its wave or of none.

        None where the wave lists files, whose headings are other ones, where the category is not
        said to be done, or where its name means no type for certain.
        """
        is_done = standing_of(category.status) is Standing.DONE
        if not self.has_records or wave.rows or not types or namesakes > 1 or not is_done:
            return None
        own = self._unlisted.get(wave.number)
        if own:
            exact, wide = (
                sum(record.type in meant for record in own) for meant in (types, widen(types))
            )
            return wide if wide == category.count else exact
        if wave.number not in self._silent or self._silent_types[types] > 1:
            return None
        # More than it counts may belong to no wave at all: which, nobody says.
        return min(len(self._find_free(category)), category.count)

    @cached_property
    def _silent(self) -> dict[int, Wave]:
        """Waves that neither list anything nor are named by a record: only categories count."""
        return {
            wave.number: wave
            for wave in self.registry.waves
            if wave.categories and not wave.rows and wave.number not in self._unlisted
        }

    @cached_property
    def _silent_types(self) -> dict[tuple[str, ...], int]:
        """Types -> how many categories of such waves mean them."""
        found: dict[tuple[str, ...], int] = defaultdict(int)
        for wave in self._silent.values():
            for category in wave.categories:
                found[self._types_of(category)] += 1
        return found

    @cached_property
    def _told_by_category(self) -> dict[ArtifactId, int]:
        """Records of no wave that just make up a category of a wave which lists nothing -> wave."""
        found: dict[ArtifactId, int] = {}
        for wave in self._silent.values():
            for category in wave.categories:
                types = self._types_of(category)
                free = self._find_free(category)
                is_done = standing_of(category.status) is Standing.DONE
                is_sure = types and self._silent_types[types] == 1 and is_done
                if is_sure and len(free) <= category.count:
                    found.update((record.id, wave.number) for record in free)
        return found

    def _find_free(self, category: BacklogCategory) -> list[Record]:
        """Records of no wave that a category may mean: of its type, else of one called alike."""
        exact = self._types_of(category)
        readings = [
            [one for type_ in types for one in self._free_by_type.get(type_, ())]
            for types in (exact, widen(exact))
        ]
        fitting = (free for free in readings if len(free) >= category.count)
        return next(fitting, readings[0])

    @cached_property
    def _free_by_type(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.records.values():
            if record.wave is None and record.type is not None:
                found[record.type].append(record)
        return found

    def _types_of(self, category: BacklogCategory) -> tuple[str, ...]:
        in_use = find_types(category.name, self._known_types)
        return in_use or find_types(category.name, DEFAULT_VOCABULARY.allowed["type"])

    @cached_property
    def _known_types(self) -> tuple[str, ...]:
        return tuple(sorted({one.type for one in self.records.values() if one.type is not None}))

    def _stands(self, record: Record) -> bool:
        return bool(self.system.artifacts[record.id].place.paths)


def tally_by(
    rows: Sequence[BacklogRow],
    key: Callable[[BacklogRow], str | None],
    ledger: Ledger,
    *,
    order: Iterable[str | None] | None = None,
) -> tuple[Tally, ...]:
    """Count rows by some text of theirs, in an order or sorted; those without one are left out."""
    found: dict[str, list[BacklogRow]] = defaultdict(list)
    for row in rows:
        name = key(row)
        if name is not None:
            found[name].append(row)
    names = sorted(found) if order is None else dict.fromkeys(one for one in order if one)
    return tuple(
        Tally(
            name=name,
            listed=len(found[name]),
            records=len({row.id for row in found[name] if ledger.is_registered(row)}),
            located=sum(map(ledger.is_located, found[name])),
        )
        for name in names
    )


def _distinct(rows: Iterable[BacklogRow]) -> tuple[BacklogRow, ...]:
    """Rows without those that repeat both id and file of an earlier one."""
    first: dict[tuple[str | None, str], BacklogRow] = {}
    for row in rows:
        first.setdefault((row.id, row.file), row)
    return tuple(first.values())


def size_of(category: CategoryProgress) -> int:
    """How much a category is about: its records; what it counts, where it has none."""
    return category.records or category.claimed


def _credit_of(category: CategoryProgress) -> int | None:
    """How much of a category is registered; none where nobody can tell."""
    match standing_of(category.status):
        case Standing.DONE:
            return category.claimed if category.records is None else category.records
        case Standing.OPEN:
            return 0
        case _:
            return None
