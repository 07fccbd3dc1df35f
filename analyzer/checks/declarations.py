"""What the entries of a record stand for: its dependencies, its importers, its callers.

People write ids (`AOS-BE-SVC-RMT-001 (recovery_matcher.py)`), file names (`guard.py`), paths
(`backends/memory.py`, `workers/*`), dotted names (`app.models.tenant.WorkerRun`, `app.api.*`), and
prose (`PostgreSQL`, `Rate limiting`, `get_session`). Prose and the names of libraries from outside
say nothing that code could be held against; they are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cached_property

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact, Record, Value

OUTWARD = ("dependencies", "relations.imports")
"""The fields in which a record declares what it depends on."""
INWARD = "relations.imported_by"
"""The field in which a record declares who depends on it."""

_WILDCARDS = frozenset("*?[")
_LONGEST_TEXT = 80
# "guard.py (the route)": what stands in brackets behind a name is a remark.
_REMARK = re.compile(r"\s+\(.*\)$", re.DOTALL)
_ID = re.compile(r"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){1,4}-\d{3}$")
_DOTTED = re.compile(r"^[^\W\d]\w*(?:\.[^\W\d]\w*)+(?:\.\*)?$|^[^\W\d]\w*\.\*$")
_PROGRAM = re.compile(
    r"\.(?:bash|cjs|go|java|js|jsx|kt|mjs|php|pl|ps1|py|pyi|pyx|rb|rs|sh|svelte|ts|tsx|vue|zsh)$"
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Meaning(Struct, frozen=True):
    """What an entry stands for in this project."""

    artifacts: frozenset[ArtifactId] = frozenset()
    files: frozenset[ProjectPath] = frozenset()
    missing: str = ""
    """What is not there, where the entry can only mean something of this project."""

    def names(self, artifact: Artifact) -> bool:
        """Whether an artifact, or a file of it, is meant."""
        return artifact.id in self.artifacts or not self.files.isdisjoint(artifact.files)


class Entry(Struct, frozen=True):
    """One entry of a record's list."""

    field: str
    text: str
    """As it was written, on one line."""
    line: int | None
    meaning: Meaning | None
    """Nothing where it is prose, or the name of something from outside."""

    @property
    def shown(self) -> str:
        """The text in quotes, cut where it is long."""
        is_long = len(self.text) > _LONGEST_TEXT
        return f'"{self.text[:_LONGEST_TEXT]}{"…" if is_long else ""}"'

    @property
    def subject(self) -> str:
        """Field and text: what a finding about it is about."""
        return f"{self.field} {self.text}"


class Statement(Struct, frozen=True):
    """What a record says in one direction."""

    entries: tuple[Entry, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether code can be held against it: it says "nothing", or names something at all."""
        return not self.entries or any(entry.meaning is not None for entry in self.entries)

    def names(self, artifact: Artifact) -> bool:
        """Whether an artifact is declared; prose counts where it holds the words of its file name.

        So "Email verification service" and `EmailVerification` declare `email_verification.py`.
        """
        stems = {_words(path.rpartition("/")[2].partition(".")[0]) for path in artifact.files}
        return any(
            _holds(_words(entry.text), stems)
            if entry.meaning is None
            else entry.meaning.names(artifact)
            for entry in self.entries
        )


class Declarations(Struct, frozen=True, dict=True):
    """Reads the entries of records; the names of the project are looked up once."""

    system: System

    def find_statement(self, record: Record, *fields: str) -> Statement | None:
        """What a record says in some fields; nothing where it has none of them."""
        if all(_find_value(record, field) is None for field in fields):
            return None
        return Statement(self.entries(record, *fields))

    def entries(self, record: Record, *fields: str) -> tuple[Entry, ...]:
        """The entries of some fields, of which each may be missing."""
        return tuple(
            entry for field in fields for entry in self._read(record, field, names_callers=False)
        )

    def callers(self, record: Record, name: str) -> tuple[Entry, ...]:
        """The entries of `forbidden_callers` or `expected_callers`, also below `invocation`.

        Here a single word may be a type, an owner or a product: `worker`, `workers`, `ops`.
        """
        return tuple(
            entry
            for field in (name, f"invocation.{name}")
            for entry in self._read(record, field, names_callers=True)
        )

    def is_judged(self, artifact: Artifact) -> bool:
        """Whether all code of an artifact is Python that could be read."""
        modules = [self.system.modules.get(path) for path in artifact.files]
        return any(modules) and self.are_read(frozenset(artifact.files))

    def are_read(self, files: frozenset[ProjectPath]) -> bool:
        """Whether no file holds code that is not Python, or that could not be read."""
        modules = self.system.modules
        return all(
            modules[path].is_scanned if path in modules else _PROGRAM.search(path) is None
            for path in files
        )

    def _read(self, record: Record, field: str, *, names_callers: bool) -> list[Entry]:
        value = _find_value(record, field)
        values = value if isinstance(value, tuple) else () if value is None else (value,)
        entries = []
        for index, one in enumerate(values):
            # An entry that is a mapping is prose: "Environment: OUTBOX_BATCH_SIZE".
            text = " ".join(one.split()) if isinstance(one, str) else ""
            # Entries that an alias brings in have no line of their own.
            line = record.lines.get(f"{field}[{index}]", record.line_of(field))
            meaning = self._find_meaning(text, names_callers=names_callers) if text else None
            entries.append(Entry(field, text, line, meaning))
        return entries

    def _find_meaning(self, text: str, *, names_callers: bool) -> Meaning | None:
        name = _REMARK.sub("", text).strip("`'\"")
        by_id = self._find_by_id(name)
        if by_id is not None or " " in name or "://" in name:
            return by_id
        if _DOTTED.match(name) and not _PROGRAM.search(name):
            return self._find_modules(name)
        if "/" in name or _PROGRAM.search(name):
            return self._find_files(name, names_callers=names_callers)
        return self._find_by_word(name) if names_callers else None

    def _find_by_id(self, name: str) -> Meaning | None:
        first = name.split(" ", maxsplit=1)[0].rstrip(":,;").lower()
        if first in self._ids:
            return Meaning(artifacts=frozenset({self._ids[first]}))
        if _ID.match(name) and name.partition("-")[0] in self._prefixes:
            return Meaning(missing="no record has that id")
        if "-" not in name or "/" in name or _WILDCARDS.isdisjoint(name) or _PROGRAM.search(name):
            return None
        found = [id_ for lower, id_ in self._ids.items() if fnmatchcase(lower, name.lower())]
        return Meaning(artifacts=frozenset(found)) if found else None

    def _find_modules(self, name: str) -> Meaning | None:
        found = self.system.module_names.find(name)
        if found:
            return Meaning(files=found)
        is_own = self.system.module_names.is_own(name)
        return Meaning(missing="there is no such module") if is_own else None

    def _find_files(self, name: str, *, names_callers: bool) -> Meaning | None:
        found = self.system.file_names.find(name)
        if found:
            return Meaning(files=found)
        if names_callers:
            # A caller that is forbidden, or expected, need not be there yet.
            return Meaning()
        # "discord.py" is a library.
        is_own = "/" in name and _PROGRAM.search(name) and _WILDCARDS.isdisjoint(name)
        return Meaning(missing="there is no such file") if is_own else None

    def _find_by_word(self, name: str) -> Meaning | None:
        """The artifacts of a type, an owner or a product; `libraries` is the type `library`."""
        if name in ("*", "**"):
            return Meaning(frozenset(self.system.artifacts), frozenset(self.system.facts.files))
        word = name.lower()
        for one in (word, word.removesuffix("s"), re.sub("ies$", "y", word)):
            if one in self._by_word:
                return Meaning(artifacts=self._by_word[one])
        return None

    @cached_property
    def _ids(self) -> Mapping[str, ArtifactId]:
        return {id_.lower(): id_ for id_ in self.system.artifacts}

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset(id_.partition("-")[0] for id_ in self.system.artifacts)

    @cached_property
    def _by_word(self) -> Mapping[str, frozenset[ArtifactId]]:
        found: dict[str, set[ArtifactId]] = {}
        for artifact in self.system.artifacts.values():
            record = artifact.record
            for word in (record.type, record.owner, record.product):
                if word is not None:
                    found.setdefault(word.lower(), set()).add(artifact.id)
        return {word: frozenset(ids) for word, ids in found.items()}


def _find_value(record: Record, way: str) -> Value:
    value: Value = record.fields
    for key in way.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


def _holds(words: tuple[str, ...], parts: set[tuple[str, ...]]) -> bool:
    return any(
        part and part == words[start : start + len(part)]
        for part in parts
        for start in range(len(words))
    )
