"""Globs in a record's `path`: `*` stays within a folder, `**` crosses folders."""

from __future__ import annotations

import functools
import re

_MAGIC = re.compile(r"[*?\[]")
_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[[!^]?\]?[^\]]*\]|.", re.DOTALL)
_TRANSLATED = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def is_glob(entry: str) -> bool:
    """Whether an entry has a character that stands for others."""
    return _MAGIC.search(entry) is not None


def literal_folder(glob: str) -> str:
    """The folders that a glob begins with before anything in it varies: "" or `a/b/`."""
    magic = _MAGIC.search(glob)
    literal = glob if magic is None else glob[: magic.start()]
    return literal[: literal.rfind("/") + 1]


@functools.lru_cache(maxsize=1024)
def compile_glob(glob: str) -> re.Pattern[str]:
    """A regular expression that whole paths fit.

    Unlike a pattern of .gitignore, a glob that fits a folder says nothing about what is below it:
    `services/*` is the files that stand directly in `services`. A bracket that is no range of
    characters is taken as it stands.
    """
    parts = []
    for part in _PART.findall(glob):
        if part.startswith("[") and len(part) > 1:
            inner = part[1:-1].replace("\\", "\\\\").replace("[", "\\[")
            negated = inner.startswith(("!", "^"))
            body = inner[1:] if negated else inner
            parts.append(f"(?!/)[{'^' if negated else ''}{body.replace('^', chr(92) + '^')}]")
        else:
            parts.append(_TRANSLATED.get(part) or re.escape(part))
    try:
        return re.compile("".join(parts), re.DOTALL)
    except re.error:
        # A range such as [z-a].
        return re.compile(re.escape(glob))
