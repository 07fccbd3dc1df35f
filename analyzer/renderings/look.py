"""How a picture looks: its theme, and where its boxes and lines lead."""

from __future__ import annotations

import enum
import re
from urllib.parse import quote

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath

# What RFC 3986 allows in a reference, and braces: no space, quote, backslash or control character.
_REFERENCE = re.compile(
    r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}|\{path\}|\{line\})*"
)
_SCHEME = re.compile(r"[^/?#]*?:")


class Theme(enum.StrEnum):
    """What a picture is read on."""

    LIGHT = "light"
    DARK = "dark"


class Look(Struct, frozen=True, kw_only=True):
    """How a picture looks.

    Raises:
        AnalyzerError: the template is none, or leads elsewhere than to a web page or a file beside
            the picture.
    """

    theme: Theme = Theme.LIGHT
    link_template: str | None = None
    """Such as `https://github.com/you/project/blob/main/{path}#L{line}`; none: no links."""

    def __post_init__(self) -> None:
        if self.link_template is not None:
            _check(self.link_template)

    def find_link(self, path: ProjectPath | None, line: int | None) -> str | None:
        """Return the address of a line, of the first where it is not known; None without a path.

        Whatever a path holds stays in the path of the address.
        """
        if self.link_template is None or not path:
            return None
        quoted = quote(_encode(path.lstrip("/")), safe="/")
        return self.link_template.replace("{line}", str(line or 1)).replace("{path}", quoted)


def _encode(path: str) -> bytes:
    try:
        # Bytes of a file name that are no UTF-8 come back as they were.
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")


def _check(template: str) -> None:
    # A path has no colon once it is quoted, so what stands before the first one is the scheme.
    scheme = _SCHEME.match(template)
    if scheme and scheme[0].lower() not in {"http:", "https:"}:
        reason = "begins with something else than http:, https: or a relative path"
    elif not _REFERENCE.fullmatch(template):
        reason = "holds what no address may hold, or braces around another word than path or line"
    elif "{path}" not in template:
        reason = "has no {path}"
    else:
        return
    raise AnalyzerError(
        f"link template {template!r} {reason}; write one like"
        " https://example.org/blob/main/{path}#L{line}"
    )


LIGHT = Look()
"""The light theme, without links."""
