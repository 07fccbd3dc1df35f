"""Who owns what nobody registered: as CODEOWNERS says, else as its surroundings do."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.discovery import Certainty, ProposedField
from analyzer.model.names import ProjectPath, folders_above
from analyzer.questions.discovery.units import Unit

_FIELD = "owner"
# Fewer records around say nothing about a folder that none of them stands in.
_FEWEST_AROUND = 3


class CodeOwner(Struct, frozen=True):
    """Whom a line of CODEOWNERS gives a file to."""

    owners: tuple[str, ...]
    """As the line names them, at least one."""
    path: ProjectPath
    line: int


FindCodeOwner = Callable[[ProjectPath], CodeOwner | None]


def no_code_owner(_: ProjectPath) -> None:
    """What a project without CODEOWNERS says."""


class OwnerFinder:
    """Finds owners; nothing is made up: what nobody names has none."""

    def __init__(self, system: System, *, find_code_owner: FindCodeOwner = no_code_owner) -> None:
        """Count the owners of each folder, and of what is below it."""
        self._find_code_owner = find_code_owner
        self._beside: dict[str, Counter[str]] = defaultdict(Counter)
        self._below: dict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, str] = {}
        for artifact in system.artifacts.values():
            owner = artifact.record.owner
            if owner is None:
                continue
            self._names.setdefault(_bare(owner), owner)
            for place in artifact.place.paths:
                self._beside[posixpath.dirname(place)][owner] += 1
                for folder in folders_above(place):
                    self._below[folder][owner] += 1

    def find_owner(self, unit: Unit) -> ProposedField | None:
        """The owner of a unit; nothing where nothing names one, or too many do."""
        return self._by_code_owners(unit) or self._by_records(unit)

    def _by_code_owners(self, unit: Unit) -> ProposedField | None:
        found = {one for file in unit.files if (one := self._find_code_owner(file)) is not None}
        if not found:
            return None
        first = min(found, key=lambda one: (one.path, one.line))
        # The registry may call a team by its own name: `backend` for `@shop/backend`.
        names = [self._names.get(_bare(one), one) for one in first.owners]
        others = first.owners[1:]
        reason = f"CODEOWNERS gives it to {first.owners[0]}"
        if others or len(found) > 1:
            and_ = ", ".join(others) or "for other files of it to others"
            reason += f", and to {and_}" if others else f", and {and_}"
        certainty = Certainty.LIKELY if others or len(found) > 1 else Certainty.CERTAIN
        return ProposedField(_FIELD, names[0], reason, certainty, first.path, first.line)

    def _by_records(self, unit: Unit) -> ProposedField | None:
        folder = posixpath.dirname(unit.path)
        beside = self._beside.get(folder)
        if beside:
            return _majority(beside, f"in {folder or 'its folder'}", fewest=1)
        for above in folders_above(unit.path):
            around = self._below.get(above)
            if around is not None and around.total() >= _FEWEST_AROUND:
                return _majority(around, f"below {above}", fewest=_FEWEST_AROUND)
        return None


def _majority(counts: Counter[str], where: str, *, fewest: int) -> ProposedField | None:
    """The owner of nearly all of some records; one of half of them is a guess, else nothing."""
    owner = min(counts, key=lambda one: (-counts[one], one))
    share = counts[owner] / counts.total()
    if share <= 0.5 or counts[owner] < fewest:
        return None
    certainty = Certainty.LIKELY if share >= 0.8 else Certainty.GUESS
    reason = f"the owner of {counts[owner]} of the {counts.total()} registered {where}"
    return ProposedField(_FIELD, owner, reason, certainty)


def _bare(owner: str) -> str:
    """A name to compare by: `@shop/Backend` is `backend`."""
    return owner.strip().lstrip("@").rpartition("/")[2].lower()
