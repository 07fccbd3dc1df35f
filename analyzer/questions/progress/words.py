"""What the words of backlog documents mean: statuses, and names of categories."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.model.progress import Standing

_STANDINGS = {
    Standing.DONE: "complete completed done closed finished registered",
    Standing.BEGUN: "in-progress partial partially-complete wip ongoing started",
    Standing.OPEN: "not-started planned todo pending upcoming unregistered",
}
_STANDING_OF = {
    word.replace("-", " "): standing
    for standing, words in _STANDINGS.items()
    for word in words.split()
}
_KIN = {
    one: kin
    for kin in (("job", "worker"), ("page", "ui-page"), ("library", "sdk-package"))
    for one in kin
}
COUNT_IN_HEADING = re.compile(
    r"\((\d{1,6})(?: (?:artifacts?|entries|files?|items?|modules?|scripts?|services?))?\)$"
)
_WORD = re.compile(r"[a-z0-9]+")


def standing_of(text: str | None) -> Standing | None:
    """What a status means; nothing where it is a sentence, or a word such as BLOCKED."""
    words = " ".join(_WORD.findall((text or "").lower()))
    return _STANDING_OF.get(words)


def spell(standing: Standing, *, like: str) -> str:
    """A status, in capitals where another one is."""
    if like.isupper():
        return standing.value.upper()
    return standing.value.capitalize() if like[:1].isupper() else standing.value


def find_types(name: str, types: Sequence[str]) -> tuple[str, ...]:
    """The record types that a category's name means: `api-route` for "Backend API Routes".

    Those whose words all stand in the name; of several the one with the most words. `ui-page` is
    meant by "Pages" where no record has the type `page`. Empty where nothing is certain.
    """
    words = {_singular(word) for word in _WORD.findall(name.lower())}
    fitting = [one for one in types if set(one.split("-")) <= words]
    if not fitting:
        fitting = [one for one in types if one.split("-")[-1] in words]
    most = max((len(one.split("-")) for one in fitting), default=0)
    longest = [one for one in fitting if len(one.split("-")) == most]
    return tuple(longest) if len(longest) == 1 else ()


def widen(types: tuple[str, ...]) -> tuple[str, ...]:
    """Types with those that people also call so: a worker may be registered as a job."""
    return tuple(sorted({*types, *(kin for one in types for kin in _KIN.get(one, ()))}))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
