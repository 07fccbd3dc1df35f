"""Who owns what nobody registered: as CODEOWNERS says, else its surroundings, else git."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cached_property

from analyzer.graph.system import System
from analyzer.model.codeowners import OwnerRule
from analyzer.model.discovery import Certainty, ProposedField
from analyzer.model.history import Author, History
from analyzer.model.names import ProjectPath, folders_above
from analyzer.model.owners import Owners
from analyzer.questions.discovery.units import Unit

_FIELD = "owner"
# Fewer records around say nothing about a folder that none of them stands in.
_FEWEST_AROUND = 3
ReadHistory = Callable[[], History | None]


class OwnerFinder:
    """Finds owners; nothing is made up: what nobody names has none."""

    def __init__(self, system: System, owners: Owners, read_history: ReadHistory) -> None:
        """Count the owners of each folder, and of what is below it.

        Args:
            system: what is registered.
            owners: what they are called elsewhere.
            read_history: is called once, where nothing else names an owner; None without git.
        """
        self._codeowners = system.codeowners
        self._owners = owners
        self._allowed = system.registry.allowed.get(_FIELD, ())
        self._beside: dict[str, Counter[str]] = defaultdict(Counter)
        self._below: dict[str, Counter[str]] = defaultdict(Counter)
        names: set[str] = set()
        for artifact in system.artifacts.values():
            owner = artifact.record.owner
            if owner is None:
                continue
            names.add(owner)
            for place in artifact.place.paths:
                self._beside[posixpath.dirname(place)][owner] += 1
                for folder in folders_above(place):
                    self._below[folder][owner] += 1
        self._names = sorted(names)
        # Only people whom somebody calls owners can be found by what they changed.
        self._people = sorted(names | set(owners.mapping))
        self._read_history = read_history
        self._known: dict[Author, tuple[str, ...]] = {}

    def find_owner(self, unit: Unit) -> ProposedField | None:
        """The owner of a unit.

        Nothing where nothing names one that the registry's schema allows, or too many are named.
        """
        found = self._by_code_owners(unit) or self._by_records(unit) or self._by_history(unit)
        is_allowed = found is not None and (not self._allowed or found.value in self._allowed)
        return found if is_allowed else None

    def _by_code_owners(self, unit: Unit) -> ProposedField | None:
        if self._codeowners is None:
            return None
        found: dict[tuple[str, ...], OwnerRule] = {}
        for file in unit.files:
            for rule in self._codeowners.find_rules(file):
                if rule.owners:
                    found.setdefault(rule.owners, rule)
        if not found:
            return None
        handles, rule = next(iter(found.items()))
        place = self._codeowners.place_of(rule)
        # The registry may call a team by its own name: `backend` for `@shop/backend`.
        known = (one for one in self._names if self._owners.is_among(one, handles))
        reason = f"CODEOWNERS gives it to {', '.join(handles)}"
        others = sorted({one for line in found for one in line} - set(handles))
        if others:
            reason += f", and parts of it to {', '.join(others)}"
        is_clear = len(handles) == 1 and not others
        certainty = Certainty.CERTAIN if is_clear else Certainty.LIKELY
        value = next(known, handles[0])
        return ProposedField(_FIELD, value, reason, certainty, place.path, place.line)

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

    def _by_history(self, unit: Unit) -> ProposedField | None:
        """Who wrote most of the last year's commits: an owner, or somebody of an owner's people."""
        if not self._people or self._history is None:
            return None
        # By their numbers: two commits may be by one author and of the same files.
        numbers = {one for file in unit.files for one in self._commits.get(file, ())}
        commits = [self._history.commits[number] for number in numbers]
        counts = Counter(owner for one in commits for owner in self._owners_of(one.author))
        if not counts:
            return None
        owner = min(counts, key=lambda one: (-counts[one], one))
        if counts[owner] * 2 <= len(commits):
            return None
        which = (
            f"{counts[owner]} of its {len(commits)} commits" if len(commits) > 1 else "its commit"
        )
        reason = f"{which} since {self._history.since}"
        return ProposedField(_FIELD, owner, reason, Certainty.GUESS)

    @cached_property
    def _history(self) -> History | None:
        return self._read_history()

    @cached_property
    def _commits(self) -> dict[ProjectPath, list[int]]:
        found: dict[ProjectPath, list[int]] = defaultdict(list)
        commits = () if self._history is None else self._history.commits
        for number, commit in enumerate(commits):
            for file in commit.files:
                found[file].append(number)
        return found

    def _owners_of(self, author: Author) -> tuple[str, ...]:
        if author not in self._known:
            name, email = author.name, author.email
            is_one = self._owners.is_author
            self._known[author] = tuple(
                one for one in self._people if is_one(one, name=name, email=email)
            )
        return self._known[author]


def _majority(counts: Counter[str], where: str, *, fewest: int) -> ProposedField | None:
    """The owner of nearly all of some records; one of half of them is a guess, else nothing."""
    owner = min(counts, key=lambda one: (-counts[one], one))
    share = counts[owner] / counts.total()
    if share <= 0.5 or counts[owner] < fewest:
        return None
    certainty = Certainty.LIKELY if share >= 0.8 else Certainty.GUESS
    which = f"{counts[owner]} of the {counts.total()}" if counts.total() > 1 else "the only one"
    reason = f"the owner of {which} registered {where}"
    return ProposedField(_FIELD, owner, reason, certainty)
