"""How a file uses the names that it imports: as they are, or only for what they hold.

Read off the text without parsing it. Whatever is doubtful counts as a use of the name itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_DOTTED = r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*"
_IMPORT = r"(?:from[ \t]+[\w. \t]+)?\bimport\b[ \t]*(?:\([^)]*\)|(?:[^\n;\\]|\\\n)*)"
_TOKEN = re.compile(
    rf"#[^\n]*|(?<![\w.])(?P<import>{_IMPORT})"
    r"|(?P<prefix>\b[a-zA-Z]{1,2}(?=[\"'])|)(?P<quote>\"{3}|'{3}|\"|')"
    rf"|(?<![\w.])(?P<name>{_DOTTED})"
)
_ENDS = {
    quote: re.compile(
        rf"(?:[^\\{quote[0]}]|\\.|{quote[0]}(?!{quote[0] * 2}))*{quote}"
        if len(quote) == 3
        else rf"(?:[^\\{quote}\n]|\\.)*{quote}",
        re.DOTALL,
    )
    for quote in ('"""', "'''", '"', "'")
}
# `x: "services.Tenant | None"`: an annotation in quotes.
_ANNOTATION = re.compile(r"(?!.*\w \w)[\w.\[\], |]{1,200}")
_NAMES = re.compile(rf"(?<![\w.]){_DOTTED}")

Attributes = tuple[str, ...]


class Uses(Struct, frozen=True):
    """The uses of one name in a file."""

    attributes: frozenset[Attributes]
    """What is taken from it: of `services.tenants.Tenant` it is `("tenants", "Tenant")`."""
    is_used_itself: bool
    """The name stands alone somewhere: it is passed on, or bound anew."""


class NameUses:
    """The names that the code of one file uses, import statements left out."""

    def __init__(self, text: str) -> None:
        """Read a text."""
        found = {
            (tuple(part.strip() for part in name.split(".")), is_text)
            for name, is_text in _names(text)
        }
        self._chains = {chain for chain, _ in found}
        self._in_code = frozenset(chain[0] for chain, is_text in found if not is_text)

    @property
    def names(self) -> frozenset[str]:
        """Every name that is used, without what is taken from it."""
        return frozenset(chain[0] for chain in self._chains)

    @property
    def names_in_code(self) -> frozenset[str]:
        """The same without what only strings name, such as those of `__all__`."""
        return self._in_code

    def find(self, dotted: str) -> Uses:
        """The uses of a name, or of a module that is used by its dotted name."""
        name = tuple(dotted.split("."))
        attributes = {chain[len(name) :] for chain in self._chains if chain[: len(name)] == name}
        is_used_itself = any(chain == name[: len(chain)] for chain in self._chains)
        return Uses(frozenset(attributes - {()}), is_used_itself)


def _names(text: str) -> Iterator[tuple[str, bool]]:
    """Dotted names, and whether each stands in a string."""
    position = 0
    lists_names = "__all__" in text
    while (found := _TOKEN.search(text, position)) is not None:
        position = max(found.end(), position + 1)
        if found["name"]:
            yield found["name"], False
        elif found["quote"]:
            end = _ENDS[found["quote"]].match(text, found.end())
            if end is None:
                continue
            position = end.end()
            content = text[found.end() : position - len(found["quote"])]
            if set(found["prefix"].lower()) & {"f", "t"}:
                yield from ((one, False) for one in _NAMES.findall(content.partition("{")[2]))
            elif _ANNOTATION.fullmatch(content):
                names = _NAMES.findall(content)
                yield from ((one, True) for one in names if "." in one or lists_names)
