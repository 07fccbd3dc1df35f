"""Names that must not be mixed up are different types."""

from __future__ import annotations

from typing import NewType

ArtifactId = NewType("ArtifactId", str)
"""The id of a registered artifact, as its record spells it."""

ProjectPath = NewType("ProjectPath", str)
"""A path in the analysed project: POSIX, relative to the project's root, no leading `./`."""

ModuleName = NewType("ModuleName", str)
"""A dotted name, as an import statement would spell it."""
