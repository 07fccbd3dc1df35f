"""The libraries of the page: minified files as npm has them, with their notices.

`package.json` declares them and `package-lock.json` locks them; `make explorer-libraries` puts the
files into `vendor/` anew. So whoever installs the package needs neither npm nor the network.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from msgspec import Struct

FOLDER = Path(__file__).parent
VENDOR = FOLDER / "vendor"

# It would send a browser's developer tools to a file that is not there.
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


class Library(Struct, frozen=True):
    """One library, and what of it is kept."""

    name: str
    """Its name in npm."""
    script: str
    """The minified file, by its path in the package."""
    notice: str
    """The file with the licence notice, likewise."""
    holds: str
    """What of others is in the file, as its source before minification says."""

    def kept(self, path: str) -> Path:
        """Where a file of the package is kept."""
        return VENDOR / self.name.rpartition("/")[2] / path.rpartition("/")[2]


LIBRARIES = (
    Library(
        "cytoscape",
        "dist/cytoscape.min.js",
        "LICENSE",
        "Holds, under the MIT licence: thenable, Copyright (c) 2013-2014 Ralf S. Engelschall; "
        "bezier-easing, Copyright 2014-2026 Gaetan Renaudeau; spring physics adapted from "
        "Framer.js, copyright Koen Bok; events after jQuery, Copyright OpenJS Foundation.",
    ),
    Library(
        "@dagrejs/dagre",
        "dist/dagre.min.js",
        "LICENSE",
        "Holds @dagrejs/graphlib, Copyright (c) 2012-2014 Chris Pettitt, under the same licence.",
    ),
)


def load_libraries() -> str:
    """One script of all libraries, each after its notice."""
    parts = []
    for library in LIBRARIES:
        script = library.kept(library.script).read_text(encoding="utf-8")
        script = _SOURCE_MAP.sub("", script).strip()
        parts.append(f"/*!\n{load_notice(library)}\n*/\n{script}")
    return "\n;\n".join(parts)


def load_notice(library: Library) -> str:
    """The whole licence notice of a library, after its name."""
    notice = library.kept(library.notice).read_text(encoding="utf-8").strip()
    return f"{library.name}\n\n{notice}\n\n{library.holds}"


def renew(installed: Path) -> None:
    """Copy what is kept from a folder `node_modules`."""
    for library in LIBRARIES:
        for path in (library.script, library.notice):
            kept = library.kept(path)
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(installed / library.name / path, kept)


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
