"""`diagram`: one picture."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import end
from analyzer.cli.options import Kinds, Output, RequireComplete
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.model.pictures import Picture


class DiagramFormat(enum.StrEnum):
    """Formats of pictures."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    DOT = "dot"
    MERMAID = "mermaid"


_ENDINGS = {
    ".svg": DiagramFormat.SVG,
    ".png": DiagramFormat.PNG,
    ".pdf": DiagramFormat.PDF,
    ".dot": DiagramFormat.DOT,
    ".gv": DiagramFormat.DOT,
    ".mmd": DiagramFormat.MERMAID,
    ".mermaid": DiagramFormat.MERMAID,
}


def diagram(
    context: typer.Context,
    wave: Annotated[int, typer.Option(metavar="N", help="The artifacts of this wave.")],
    format_: Annotated[
        DiagramFormat | None,
        typer.Option("--format", help="Default: by the ending of --output, else svg."),
    ] = None,
    kinds: Kinds = None,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Draw one wave.

    Its artifacts, and what they are linked with in other waves.
    """
    session: Session = context.obj
    chosen = _choose_format(format_, output)
    system = session.analyse(needs_registry=True, kinds=kinds)
    from analyzer.questions.picture import picture_wave  # noqa: PLC0415

    picture = picture_wave(system, wave)
    with session.patience() as report:
        report("drawing")
        content = draw_picture(picture, chosen)
    write_result(content, output)
    end(system=system, require_complete=require_complete)


def draw_picture(picture: Picture, format_: DiagramFormat) -> str | bytes:
    """A picture as text (dot, mermaid) or bytes (svg, png, pdf)."""
    from analyzer.renderings.dot import render_dot  # noqa: PLC0415
    from analyzer.renderings.layout import PictureFormat, draw  # noqa: PLC0415
    from analyzer.renderings.mermaid import render_mermaid  # noqa: PLC0415

    match format_:
        case DiagramFormat.DOT:
            return render_dot(picture)
        case DiagramFormat.MERMAID:
            return render_mermaid(picture)
        case DiagramFormat.SVG | DiagramFormat.PNG | DiagramFormat.PDF:
            return draw(render_dot(picture), format=PictureFormat(format_.value))


def _choose_format(format_: DiagramFormat | None, output: Path | None) -> DiagramFormat:
    if format_ is not None:
        return format_
    if output is None or not output.suffix:
        return DiagramFormat.SVG
    try:
        return _ENDINGS[output.suffix.lower()]
    except KeyError:
        known = ", ".join(sorted(_ENDINGS))
        message = f"{output}: no picture format ends in {output.suffix}; known are {known}"
        raise AnalyzerError(message) from None
