"""The page that lists all pictures of a system, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from analyzer.model.pictures import Picture
from analyzer.renderings.embedding import link_picture
from analyzer.renderings.markdown_text import code, prose
from analyzer.renderings.picture_text import count_line, said_lines

SHOWN = (".svg", ".png")
"""The endings of what Markdown shows."""


class Drawn(Struct, frozen=True):
    """A picture and the file that it is in."""

    file: str
    """Its name, beside the page."""
    picture: Picture


def render_gallery(drawn: Sequence[Drawn]) -> str:
    """Return the page: a list of the pictures with what each holds and leaves out, then each."""
    lines = ["# Pictures", "", "| picture | holds | folded or left out |", "| --- | --- | --- |"]
    for one in drawn:
        title = f"[{prose(one.picture.title)}]({one.file})"
        said = " ".join(map(prose, said_lines(one.picture)))
        holds = prose(count_line(one.picture).replace(" ·", ","))
        lines.append(f"| {title} | {holds} | {said} |".replace("  ", " "))
    for one in drawn:
        if one.file.endswith(SHOWN):
            lines += ["", f"## {prose(one.picture.title)}", ""]
            lines.append(link_picture(one.picture.title, one.file))
            folds = [box.name for box in one.picture.boxes if box.fold is not None]
            if folds:
                names = ", ".join(map(code, folds))
                lines += ["", f"`--expand NAME` opens one of {names}."]
    return "\n".join(lines) + "\n"
