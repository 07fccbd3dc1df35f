"""What a CODEOWNERS file says: whom a forge asks about a change of which files."""

from __future__ import annotations

import enum
import posixpath
import re
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.model.registry import Origin


class Dialect(enum.StrEnum):
    """Whose rules hold for the file."""

    GITHUB = "github"
    GITLAB = "gitlab"
    BITBUCKET = "bitbucket"


class OwnerRule(Struct, frozen=True):
    """One line of the file: a pattern, and who owns what fits it."""

    line: int
    """1-based."""
    pattern: str
    """As it is written."""
    owners: tuple[str, ...]
    """Handles and addresses as they are written; empty where the line takes files from everybody.
    """
    regex: str
    """What the pattern means, to be matched from the beginning of a path in the repository on."""
    section: str = ""
    """Of GitLab, in lower case; empty before the first one."""
    is_exclusion: bool = False
    """Whether the files that fit have no owner in the section, whatever its other lines say."""
    is_optional: bool = False
    """Whether nobody of the section has to approve."""


class OwnerProblem(Struct, frozen=True):
    """A line that the forge does not understand, or takes otherwise than its author may think."""

    line: int
    message: str


class Codeowners(Struct, frozen=True, dict=True):
    """A CODEOWNERS file."""

    path: ProjectPath
    """Relative to the project; begins with `../` where the repository is larger than that."""
    dialect: Dialect
    rules: tuple[OwnerRule, ...] = ()
    """As they stand in the file."""
    problems: tuple[OwnerProblem, ...] = ()
    prefix: str = ""
    """The project's path in the repository; empty where they are the same."""
    is_read: bool = True
    """Whether its rules are known; else a problem says why not."""

    def find_rules(self, path: ProjectPath) -> tuple[OwnerRule, ...]:
        """The rules that count for a file of the project: the last one that fits in each section.

        One of each section on GitLab; elsewhere at most one. A rule may name nobody.
        """
        # Checks and answers ask for the same files: 300 rules take seconds for 10,000 of them.
        if path not in self._found:
            place = posixpath.normpath(f"{self.prefix}/{path}") if self.prefix else path
            found = (section.find(place) for section in self._sections)
            self._found[path] = tuple(rule for rule in found if rule is not None)
        return self._found[path]

    def owners_of(self, path: ProjectPath) -> tuple[str, ...]:
        """Who owns a file of the project: of all sections, each once, sorted."""
        rules = self.find_rules(path)
        return tuple(sorted({owner for rule in rules for owner in rule.owners}))

    def place_of(self, rule: OwnerRule) -> Origin:
        """Where a rule stands."""
        return Origin(self.path, rule.line)

    @cached_property
    def _found(self) -> dict[ProjectPath, tuple[OwnerRule, ...]]:
        return {}

    @cached_property
    def _sections(self) -> tuple[_Section, ...]:
        names = dict.fromkeys(rule.section for rule in self.rules)
        return tuple(
            _Section([rule for rule in self.rules if rule.section == name]) for name in names
        )


class _Section:
    """The rules among which the last one that fits wins."""

    def __init__(self, rules: Sequence[OwnerRule]) -> None:
        excluding = [rule.regex for rule in rules if rule.is_exclusion]
        self._excluded = re.compile("|".join(excluding)) if excluding else None
        self._rules = [rule for rule in reversed(rules) if not rule.is_exclusion]
        # One expression for all of them: the first alternative that fits is the last rule that
        # does, found without a step of Python for each rule.
        self._any = re.compile("|".join(f"({rule.regex})" for rule in self._rules) or r"(?!)")

    def find(self, path: str) -> OwnerRule | None:
        if self._excluded is not None and self._excluded.match(path):
            return None
        found = self._any.match(path)
        return None if found is None else self._rules[(found.lastindex or 1) - 1]
