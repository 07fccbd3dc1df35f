"""Ids for new records: as the registry's other ids are built, and none given twice.

An id is a head, a domain and a number: in `AOS-BE-SVC-TNT-001` the head is `AOS-BE-SVC`. The head
is that of the records next to the new one, else it is put together from what the convention says.
The domain is made from the file's name. On the registry of the example that this was made for, the
rule gives the domain that people chose in three of five cases; the rest are words that people
abbreviate by ear.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field

from analyzer.model.discovery import Certainty
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import NamingConvention, Origin, Record
from analyzer.registry.conventions import is_by_convention

_HIGHEST = 999
_NOWHERE = Origin(ProjectPath(""), None)
# Layer and code of each type where nothing in the registry says better.
_DEFAULTS = {
    "api-route": ("BE", "API"),
    "service": ("BE", "SVC"),
    "worker": ("BE", "WKR"),
    "job": ("BE", "WKR"),
    "script": ("OP", "OPS"),
    "migration": ("OP", "MIG"),
    "library": ("LIB", "PKG"),
    "sdk-package": ("SDK", "PKG"),
    "page": ("FE", "PG"),
    "ui-page": ("FE", "PG"),
    "ui-component": ("FE", "CMP"),
    "test": ("BE", "TST"),
    "infra": ("OP", "INF"),
    "doc": ("OP", "DOC"),
}
_FALLBACK = ("BE", "MOD")
_DEFAULT_PREFIX = "APP"
# A word that says what kind of thing a file is, and not which one; only at the end of a name.
_KINDS = frozenset(
    {
        "api", "apis", "handler", "handlers", "job", "jobs", "route", "router", "routes", "sdk",
        "service", "services", "task", "tasks", "view", "views", "worker", "workers",
    }
)  # fmt: skip
# What scripts are told to do with the thing that they are about.
_VERBS = frozenset({"check", "run"})
_VOWELS = frozenset("AEIOU")
# No separator of folders, and no dot or hyphen in front: such a file would be hidden, or an option.
_NAME_OF_A_FILE = re.compile(r"\w[\w.-]*")
# File systems take names of 255 bytes, and a file that is being written has a longer one.
_LONGEST_NAME = 200


def can_name_a_file(id_: str) -> bool:
    """Whether a record's file may be called by its id: no id leads out of the registry's folder."""
    return _NAME_OF_A_FILE.fullmatch(id_) is not None and len(id_.encode()) <= _LONGEST_NAME


class ProposedId(Struct, frozen=True):
    """An id that nobody has, and how it came about."""

    id: ArtifactId
    reason: str
    certainty: Certainty


class _Known(Struct, frozen=True):
    """A record as far as its id and its place teach something."""

    id: str
    type: str | None
    folder: str | None
    """The folder that holds what it registers; nothing where it has no place."""

    @property
    def head(self) -> str:
        """The id without domain and number."""
        return self.id.rsplit("-", 2)[0]

    @property
    def domain(self) -> str:
        """The part in front of the number."""
        return self.id.split("-")[-2]


class _Group(Struct):
    """What the ids of some records have in common."""

    heads: Counter[str] = field(default_factory=Counter)
    """How many of them have each head."""
    examples: dict[str, str] = field(default_factory=dict)
    """Head -> the first of its ids in the alphabet."""
    domains: dict[str, set[str]] = field(default_factory=dict)
    """Head -> what stands behind it."""

    def add(self, one: _Known) -> None:
        """Count a record in."""
        head = one.head
        self.heads[head] += 1
        self.examples[head] = min(one.id, self.examples.get(head, one.id))
        self.domains.setdefault(head, set()).add(one.domain)


class Naming:
    """Gives ids. One that was given is taken from then on."""

    def __init__(
        self,
        *,
        records: Iterable[Record],
        places: Mapping[ArtifactId, ProjectPath],
        conventions: Collection[NamingConvention],
        project: str,
        taken: Iterable[str] = (),
    ) -> None:
        """Learn how ids are built, from those that are built as agreed.

        Args:
            records: of the registry.
            places: where they stand: a file or a folder.
            conventions: what documents say about ids.
            project: the project's name, which the ids of a first registry begin with.
            taken: further ids that are not free.
        """
        records = tuple(records)
        known = [
            _Known(
                record.id,
                record.type,
                posixpath.dirname(places[record.id]) if record.id in places else None,
            )
            for record in records
            if is_by_convention(record, tuple(conventions))
        ]
        self._taken = {one.id.upper() for one in records} | {one.upper() for one in taken}
        self._highest: dict[str, int] = defaultdict(int)
        for id_ in sorted(self._taken):
            self._note(id_)
        self._conventions = tuple(conventions)
        self._convention = next(iter(conventions), None)
        # Of three parts, `AOS-CLI-001`, only the domain tells something, and that is not learnt.
        well_built = [one for one in known if one.id.count("-") > 2]
        # Counted once: an id is given to each of thousands of new artifacts.
        self._beside: dict[tuple[str | None, str], _Group] = defaultdict(_Group)
        self._below: dict[tuple[str | None, str], _Group] = defaultdict(_Group)
        self._alike: dict[str | None, _Group] = defaultdict(_Group)
        self._layers_below: dict[str, Counter[str]] = defaultdict(Counter)
        self._head_of: dict[tuple[str, str], tuple[str, str, Certainty]] = {}
        for one in well_built:
            self._alike[one.type].add(one)
            if one.folder is not None:
                self._beside[one.type, one.folder].add(one)
                self._below[one.type, _top(one.folder)].add(one)
                if "-" in one.head:
                    self._layers_below[_top(one.folder)][one.head.split("-")[1]] += 1
        self._prefix = self._find_prefix(well_built, project)

    def is_free(self, id_: str) -> bool:
        """Whether no record has an id, in whatever case."""
        return id_.upper() not in self._taken

    def take(self, id_: str) -> None:
        """Note that an id is given."""
        self._taken.add(id_.upper())
        self._note(id_.upper())

    def propose(self, *, type_: str, path: ProjectPath) -> ProposedId:
        """Give a new artifact an id, which is taken from then on."""
        proposed = self.find_next(type_=type_, path=path)
        self.take(proposed.id)
        return proposed

    def find_next(self, *, type_: str, path: ProjectPath) -> ProposedId:
        """The id that a new artifact would be given; it stays free."""
        folder = posixpath.dirname(path)
        head, why, certainty = self._find_head(type_, folder)
        domain, how = self._find_domain(head, type_, path)
        number = self._highest[f"{head}-{domain}"] + 1
        if number > _HIGHEST:
            domain, number = self._find_free_letters(head), 1
            how = f"as what its name gives has the number {_HIGHEST}"
        id_ = ArtifactId(f"{head}-{domain}-{number:03}")
        return ProposedId(id_, f"{head} {why}; {domain} {how}; {number:03} is free", certainty)

    def _note(self, id_: str) -> None:
        stem, _, number = id_.rpartition("-")
        if number.isascii() and number.isdigit():
            self._highest[stem] = max(self._highest[stem], int(number))

    def _find_prefix(self, known: list[_Known], project: str) -> str:
        if self._convention is not None:
            literal = self._convention.pattern.partition("-")[0].upper()
            if re.fullmatch(r"[A-Z][A-Z0-9]*", literal):
                return literal
        counts = Counter(one.id.partition("-")[0] for one in known)
        return _most_frequent(counts) or prefix_of(project)

    def _find_head(self, type_: str, folder: str) -> tuple[str, str, Certainty]:
        """The first head, the nearest first, that is as agreed for a type."""
        if (type_, folder) not in self._head_of:
            found = list(self._heads(type_, folder))
            fitting = (one for one in found if self._is_fitting(one[0], type_))
            self._head_of[type_, folder] = next(fitting, found[-1])
        return self._head_of[type_, folder]

    def _is_fitting(self, head: str, type_: str) -> bool:
        record = Record(ArtifactId(f"{head}-AAA-001"), _NOWHERE, type=type_)
        return is_by_convention(record, self._conventions)

    def _heads(self, type_: str, folder: str) -> Iterator[tuple[str, str, Certainty]]:
        beside = self._beside.get((type_, folder))
        if beside is not None:
            # Of two that are as frequent here, the one that more of its type have anywhere.
            here, usual = beside.heads, self._alike[type_].heads
            head = min(here, key=lambda one: (-here[one], -usual[one], one))
            yield head, f"as {beside.examples[head]} beside it", Certainty.CERTAIN
        code = self._code_of(type_)
        below = f"below {_top(folder) or 'the project'}"
        for group, where in (
            (self._below.get((type_, _top(folder))), below),
            (self._alike.get(type_), "elsewhere"),
        ):
            # `AOS-LIB-BLL` are the libraries of one product: no head for another one's.
            found = {} if group is None else group.heads
            heads = Counter({one: found[one] for one in found if one.endswith(f"-{code}")})
            head = _most_frequent(heads) or ""
            if head and group is not None:
                yield head, f"as {group.examples[head]} {where}", Certainty.LIKELY
        for layer in self._layers(type_, folder):
            if self._convention is not None:
                origin = self._convention.origin
                yield self._compose(layer, code), f"by {origin}", Certainty.LIKELY
            else:
                why = "by the tool's own convention"
                yield self._compose(layer, code), why, Certainty.GUESS

    def _compose(self, layer: str, code: str) -> str:
        """A head as the pattern of the convention has it: `<LAYER>` and `<TYPE>` are filled in."""
        if self._convention is None:
            return f"{self._prefix}-{layer}-{code}"
        parts = []
        for part in self._convention.pattern.split("-"):
            match part.strip("<>").lower() if part.startswith("<") else "":
                case "layer":
                    parts.append(layer)
                case "type":
                    parts.append(code)
                case "":
                    parts.append(part.upper())
                case _:
                    break
        return "-".join(parts) or self._prefix

    def _code_of(self, type_: str) -> str:
        """The code of a type: of several that the convention has, the first one."""
        usual = _DEFAULTS.get(type_, _FALLBACK)[1]
        meanings = None if self._convention is None else self._convention.meanings
        if meanings is None or type_ in meanings.get(usual, ()):
            return usual
        fitting = [code for code, types in meanings.items() if type_ in types]
        return next(iter(fitting), next(iter(meanings), usual))

    def _layers(self, type_: str, folder: str) -> Iterator[str]:
        """The layers that an id may have, the likeliest first: those of what stands around it."""
        usual = _DEFAULTS.get(type_, _FALLBACK)[0]
        around = self._layers_below.get(_top(folder), Counter())
        nearest = sorted(around, key=lambda one: (-around[one], one))
        # What serves, serves as a part of what stands around it; a script is one anywhere.
        yield from (*nearest, usual) if usual == "BE" else (usual, *nearest)
        if self._convention is not None:
            yield from self._convention.layers

    def _find_domain(self, head: str, type_: str, path: ProjectPath) -> tuple[str, str]:
        beside = self._beside.get((type_, posixpath.dirname(path)))
        if beside is not None and beside.heads[head] > 1 and len(beside.domains[head]) == 1:
            return next(iter(beside.domains[head])), "is the domain of everything beside it"
        words = words_of(path)
        codes = list(dict.fromkeys(domain_codes(words)))
        for code in codes:
            if not self._highest[f"{head}-{code}"]:
                return code, f"from `{' '.join(words)}`"
        return codes[0], f"from `{' '.join(words)}`, with what has it already"

    def _find_free_letters(self, head: str) -> str:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        return next(
            code
            for code in (a + b + c for a in letters for b in letters for c in letters)
            if not self._highest[f"{head}-{code}"]
        )


def words_of(path: str) -> list[str]:
    """The words of a file's name that tell which one it is, in lower case.

    What kind of thing it is at the end (`_service`), a version and the suffix are left out, unless
    nothing else is there.
    """
    stem = re.sub(r"\.\w+$", "", posixpath.basename(path)) or path
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", stem)
    words = [word for word in re.split(r"[^A-Za-z0-9]+", spaced.lower()) if word]
    words = [word for word in words if not re.fullmatch(r"v\d+", word)] or words
    while len(words) > 1 and words[-1] in _KINDS:
        words.pop()
    while len(words) > 1 and words[0] in _VERBS:
        words.pop(0)
    return words or ["module"]


def domain_codes(words: list[str]) -> Iterator[str]:
    """Codes of three letters for some words, the most usual first.

    The consonants of a single word (`tenant` is TNT); of three words their initials; else the first
    word, then the first two together (`cost ops` is COP), which keeps near names apart.
    """
    short = [_without_vowels(word) for word in words]
    if len(words) > 2:
        yield "".join(word[0] for word in words[:3]).upper()
    yield _padded(short[0])
    if len(words) > 1:
        yield _padded(short[0][0] + short[1][:2])
        yield _padded(short[0][:2] + short[1][0])
        yield _padded(short[1])
    consonants = _consonants(words[0])
    yield _padded(consonants[:2] + consonants[-1])
    yield _padded(words[0].upper())


def prefix_of(project: str) -> str:
    """What the ids of a project without any begin with: its name, or the code of a long one."""
    words = [word for word in re.split(r"[^A-Za-z0-9]+", project) if word]
    whole = "".join(words).upper()
    if not whole or not whole[0].isalpha():
        return _DEFAULT_PREFIX
    if len(whole) <= 8:
        return whole
    return next(domain_codes([word.lower() for word in words]), _DEFAULT_PREFIX)


def _without_vowels(word: str) -> str:
    """A word with its vowels left out from the front, as long as more than three letters stay.

    Letters that repeat count once, unless too few would stay; `memory` is MEM, as MM tells nothing.
    """
    letters = _single(word.upper())
    if len(letters) > 3 and letters[0] == letters[2] and letters[1] in _VOWELS:
        return letters
    while len(letters) > 3:
        vowel = next((at for at in range(1, len(letters)) if letters[at] in _VOWELS), None)
        if vowel is None:
            break
        letters = letters[:vowel] + letters[vowel + 1 :]
    return _single(letters)


def _single(letters: str) -> str:
    """Letters without repetition side by side, unless too few would stay: tenant is TNT."""
    single = re.sub(r"(.)\1+", r"\1", letters)
    return single if len(single) > 2 else letters


def _consonants(word: str) -> str:
    letters = re.sub(r"(.)\1+", r"\1", word.upper())
    return letters[0] + "".join(one for one in letters[1:] if one not in _VOWELS)


def _padded(letters: str) -> str:
    """Three letters; a name that has fewer gets X behind."""
    return letters[:3].ljust(3, "X")


def _top(folder: str) -> str:
    return folder.partition("/")[0]


def _most_frequent(counts: Counter[str]) -> str | None:
    """The most frequent of some texts; of several the first in the alphabet."""
    return min(counts, key=lambda one: (-counts[one], one), default=None)
