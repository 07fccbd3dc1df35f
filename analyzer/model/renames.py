"""Files that bear other names than before, and texts that speak of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analyzer.model.names import ProjectPath

Renames = Mapping[ProjectPath, ProjectPath]
"""Old path -> new path. Two files may have swapped names."""

_BETWEEN_WORDS = re.compile(r"([\s,:;]+)")


def rename_paths(text: str, renames: Renames) -> str:
    """A text with the new names of the paths that it consists of or holds as words.

    All are renamed at once, so that two which have swapped names stay apart. A path with blanks in
    it is only known where the text is nothing else.
    """
    if text in renames:
        return renames[ProjectPath(text)]
    words = _BETWEEN_WORDS.split(text)
    return "".join(renames.get(ProjectPath(word), word) for word in words)
