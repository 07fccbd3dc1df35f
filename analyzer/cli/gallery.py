"""`diagram --all`: a picture of everything, of each wave and of each owner, in a folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from analyzer.cli.drawing import Request, draw_patiently, find_shaped
from analyzer.cli.output import is_written, write_result
from analyzer.cli.picturing import Question
from analyzer.cli.session import Session
from analyzer.renderings.gallery import Drawn, render_gallery
from analyzer.renderings.text_parts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analyzer.cli.picturing import Painter
    from analyzer.graph.system import System

FOLDER = Path("output")
INDEX = "pictures.md"


def update_gallery(session: Session, painter: Painter, request: Request, *, is_check: bool) -> bool:
    """Write all pictures and their index, or only tell which are not up to date.

    Returns:
        Whether all of them were up to date, or are now.

    Raises:
        AnalyzerError: there is nothing to draw, or the folder cannot be written to.
    """
    folder = request.output or FOLDER
    drawn: list[Drawn] = []
    stale: list[Path] = []
    for name, question in _list_questions(painter.system):
        picture = find_shaped(painter, replace(request, question=question))
        if picture is None:
            continue
        file = f"{name}.{request.format_.value}"
        content = draw_patiently(session, picture, request)
        drawn.append(Drawn(file, picture))
        if not _put(content, folder / file, is_check=is_check):
            stale.append(folder / file)
    index = folder / INDEX
    if not _put(render_gallery(drawn), index, is_check=is_check):
        stale.append(index)
    for one in stale:
        word = "is not up to date" if is_check else "written"
        write_result(f"{one}: {word}\n", None)
    if not is_check:
        written = f"{counted(len(drawn), 'picture')}, {counted(len(stale), 'file')} written"
        write_result(f"{index}: {written}\n", None)
    return not (is_check and stale)


def _put(content: str | bytes, file: Path, *, is_check: bool) -> bool:
    """Whether a file is as it should be already; else it is written, unless that is only asked."""
    if is_written(content, file):
        return True
    if not is_check:
        write_result(content, file)
    return False


def _list_questions(system: System) -> Iterator[tuple[str, Question]]:
    """The pictures, each with the name of its file."""
    yield "overview", Question()
    records = [artifact.record for artifact in system.artifacts.values()]
    for wave in sorted({one.wave for one in records if one.wave is not None}):
        yield f"wave-{wave}", Question(waves=(wave,))
    taken: set[str] = set()
    for owner in sorted({one.owner or "" for one in records}):
        name = re.sub(r"[^a-z0-9]+", "-", owner.lower()).strip("-") or "none"
        number = 1
        while (unique := name if number == 1 else f"{name}-{number}") in taken:
            number += 1
        taken.add(unique)
        yield f"owner-{unique}", Question(owners=(owner,))
