"""What is analysed, and how: the configuration once it has been read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from analyzer.model.findings import Severity
from analyzer.model.names import ProjectPath
from analyzer.model.rules import RULES

DEFAULT_TESTS = ("**/tests/**", "**/test_*.py", "**/*_test.py", "**/conftest.py")
OFF: Literal["off"] = "off"


def _name_of(keys: Sequence[str | int]) -> str:
    """What stands for the place of a key that stands in no file."""
    return ".".join(map(str, keys))


class Scope(Struct, frozen=True):
    """Which files ought to have a record."""

    include: tuple[str, ...] | None = None
    """Patterns; without any, every folder that directly holds a registered module."""
    exclude: tuple[str, ...] = ()


class Ids(Struct, frozen=True):
    """How ids are built; it stands in for what backlog documents say."""

    pattern: str
    """Such as `AOS-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>`."""
    layers: tuple[str, ...] | None = None
    """Without any, the usual ones."""
    types: Mapping[str, tuple[str, ...]] | None = None
    """Code -> the types of records that it stands for; without any, the usual codes and more."""


class Config(Struct, frozen=True):
    """The configuration; every key has a default that fits most repositories."""

    registry: tuple[str, ...] = ()
    """Folders of records and backlog documents; without any, the usual folders."""
    roots: tuple[ProjectPath, ...] = ()
    """Folders that imports start from; without any, they are found."""
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = DEFAULT_TESTS
    entry_points: tuple[str, ...] = ()
    """Patterns of files that something outside of the code starts, beside those that are found."""
    task_decorators: tuple[str, ...] = ()
    """The project's own decorators of functions that a task queue runs: `app.tasks.job`, `job`."""
    baseline: str = "analyzer-baseline.json"
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What an owner of records is called elsewhere: handles of CODEOWNERS, addresses and names of
    authors."""
    scope: Scope = field(default_factory=Scope)
    ids: Ids | None = None
    severities: Mapping[str, Severity | Literal["off"]] = field(default_factory=dict)
    """By the rule's name or code."""
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By the rule's name or code: what its table holds beside the severity, as TOML gives it.

    Each check knows what its own options are, and reads them from here."""
    place_of: Callable[[Sequence[str | int]], str] = _name_of
    """The way to a key -> its place, such as `analyzer.toml:12`, for messages."""

    def with_option(self, code: str, key: str, value: object) -> Config:
        """The same with one option of a rule, which outweighs what is written."""
        written = self.options.get(code, {})
        return replace(self, options={**self.options, code: {**written, key: value}})

    def sets_severity_of(self, code: str) -> bool:
        """Whether the severity of a rule is the user's own choice."""
        return code in self.severities or RULES[code].name in self.severities

    def severity_of(self, code: str) -> Severity | Literal["off"]:
        """The severity of a rule's findings; "off" where the user does not want any."""
        rule = RULES[code]
        return self.severities.get(code) or self.severities.get(rule.name) or rule.severity
