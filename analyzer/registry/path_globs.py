"""Globs in a record's `path`: `*` stays within a folder, `**` crosses folders."""

from __future__ import annotations

import fnmatch
import functools
import re
from collections.abc import Callable

_MAGIC = re.compile(r"[*?\[]")


def is_glob(entry: str) -> bool:
    """Whether an entry has a character that stands for others."""
    return _MAGIC.search(entry) is not None


def literal_folder(glob: str) -> str:
    """The folders that a glob begins with before anything in it varies: "" or `a/b/`."""
    magic = _MAGIC.search(glob)
    literal = glob if magic is None else glob[: magic.start()]
    return literal[: literal.rfind("/") + 1]


@functools.lru_cache(maxsize=1024)
def compile_glob(glob: str) -> Callable[[str], bool]:
    """A predicate: does a whole path fit a glob?

    Unlike a pattern of .gitignore, a glob that fits a folder says nothing about what is below it:
    `services/*` is the files that stand directly in `services`. A folder `**` stands for any
    number of folders, also none. Parts are matched as by `fnmatch`.
    """
    parts = [
        None if part == "**" else re.compile(fnmatch.translate(part)).match
        for part in glob.split("/")
    ]

    def fits(path: str) -> bool:
        # One try after another from the last `**` on: no glob takes more than parts times names.
        names = path.split("/")
        at_part = at_name = 0
        retry: tuple[int, int] | None = None
        while at_name < len(names):
            part = parts[at_part] if at_part < len(parts) else None
            if at_part < len(parts) and part is None:
                at_part += 1
                retry = (at_part, at_name)
            elif part is not None and part(names[at_name]):
                at_part += 1
                at_name += 1
            elif retry is not None:
                retry = (retry[0], retry[1] + 1)
                at_part, at_name = retry
            else:
                return False
        return all(part is None for part in parts[at_part:])

    return fits
