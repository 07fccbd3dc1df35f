"""Names that must not be mixed up are different types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NewType

ArtifactId = NewType("ArtifactId", str)
"""The id of a registered artifact, as its record spells it."""

ProjectPath = NewType("ProjectPath", str)
"""A path in the analysed project: POSIX, relative to the project's root, no leading `./`."""

ModuleName = NewType("ModuleName", str)
"""A dotted name, as an import statement would spell it."""


def is_package_init(path: str) -> bool:
    """Whether a file is the `__init__.py` of a package."""
    return path == "__init__.py" or path.endswith("/__init__.py")


def folders_above(path: str) -> Iterator[ProjectPath]:
    """The folders around a path, the deepest first, without the project itself."""
    end = path.rfind("/")
    while end > 0:
        yield ProjectPath(path[:end])
        end = path.rfind("/", 0, end)
