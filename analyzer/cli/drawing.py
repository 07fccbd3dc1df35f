"""`diagram`: one picture, all of them, or those of a document."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct
from typer.models import OptionInfo

from analyzer.cli.answering import EXIT_FINDINGS, end
from analyzer.cli.options import Kinds, Output, RequireComplete
from analyzer.cli.output import say, write_result
from analyzer.cli.picturing import Painter, Question, Shape
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.model.pictures import MOST_BOXES, Direction, FoldBy
from analyzer.renderings.look import LIGHT, Look, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

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


class Request(Struct, frozen=True, kw_only=True):
    """One picture: what it shows, how much of it, how it looks and where it goes."""

    question: Question
    shape: Shape
    look: Look
    format_: DiagramFormat
    output: Path | None


_DEFAULT = Request(
    question=Question(),
    shape=Shape(max_boxes=MOST_BOXES),
    look=LIGHT,
    format_=DiagramFormat.SVG,
    output=None,
)


class Marker:
    """Stands in for the session where options are read from a document: they are kept."""

    request: Request | None = None


class FoldChoice(enum.StrEnum):
    """By what a picture is folded, or that it is not."""

    WAVE = "wave"
    OWNER = "owner"
    TYPE = "type"
    PRODUCT = "product"
    FOLDER = "folder"
    NONE = "none"

    def find_shape(self) -> FoldBy | None:
        """What it stands for; nothing where nothing is folded."""
        return None if self is FoldChoice.NONE else FoldBy(self.value)


def _repeatable(name: str, metavar: str, help_: str) -> OptionInfo:
    option: OptionInfo = typer.Option(name, metavar=metavar, help=f"{help_} Repeatable.")
    return option


def diagram(
    context: typer.Context,
    wave: Annotated[
        list[int] | None, _repeatable("--wave", "N", "The artifacts of this wave.")
    ] = None,
    owner: Annotated[list[str] | None, _repeatable("--owner", "NAME", "Of this owner.")] = None,
    type_: Annotated[list[str] | None, _repeatable("--type", "NAME", "Of this type.")] = None,
    product: Annotated[
        list[str] | None, _repeatable("--product", "NAME", "Of this product.")
    ] = None,
    around: Annotated[
        str | None, typer.Option(metavar="REF", help="What is around this artifact.")
    ] = None,
    depth: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="With --around: so many steps. Default: 1."),
    ] = None,
    direction: Annotated[
        Direction | None,
        typer.Option(help="With --around: what it needs, what needs it. Default: both."),
    ] = None,
    why: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="FROM TO", help="A shortest chain; exit 1 where there is none."),
    ] = None,
    impact: Annotated[
        list[str] | None, _repeatable("--impact", "REF", "What a change of this can affect.")
    ] = None,
    cycle: Annotated[
        str | None, typer.Option(metavar="REF", help="The cycle that this artifact is in.")
    ] = None,
    diff: Annotated[
        str | None, typer.Option(metavar="REV", help="What has changed since this git revision.")
    ] = None,
    max_boxes: Annotated[
        int, typer.Option(min=1, metavar="N", help="Fold what has more boxes.")
    ] = MOST_BOXES,
    fold_by: Annotated[
        FoldChoice | None,
        typer.Option(help="Fold by this. Default: whatever leaves the fewest boxes."),
    ] = None,
    expand: Annotated[
        list[str] | None, _repeatable("--expand", "NAME", "Open this folded box.")
    ] = None,
    reduce: Annotated[
        bool, typer.Option("--reduce", help="Leave out lines that a longer way implies.")
    ] = False,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is called.")] = None,
    kinds: Kinds = None,
    format_: Annotated[
        DiagramFormat | None,
        typer.Option("--format", help="Default: by the ending of --output, else svg."),
    ] = None,
    theme: Annotated[Theme, typer.Option(help="What it is read on.")] = Theme.LIGHT,
    link_template: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where boxes and lines lead, with {path} and {line}."),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Every wave, every owner and the overview, with an index, into a folder."
        ),
    ] = False,
    embed: Annotated[
        list[Path] | None,
        _repeatable("--embed", "FILE.md", "Bring the pictures in this document up to date."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="With --all or --embed: write nothing; exit 1 where one is stale."
        ),
    ] = False,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Draw a picture.

    Of everything, or of what --wave, --owner, --type and --product choose and its neighbours; of
    what is around one artifact, a chain, an impact, a cycle, or a change. Where there are too many
    boxes they are folded.

    With --all, --output names a folder (default: output). With --embed, each picture stands between
    two comments that say what it shows: <!-- analyzer: diagram --wave 2 --> and <!-- /analyzer -->;
    with --output FILE in the first one it is a file beside the document.
    """
    question = Question(
        waves=tuple(wave or ()),
        owners=tuple(owner or ()),
        types=tuple(type_ or ()),
        products=tuple(product or ()),
        around=around,
        depth=depth,
        direction=direction,
        why=why,
        impact=tuple(impact or ()),
        cycle=cycle,
        diff=diff,
        kinds=kinds,
    )
    shape = Shape(
        max_boxes=max_boxes,
        fold_by=None if fold_by is None else fold_by.find_shape(),
        is_whole=fold_by is FoldChoice.NONE,
        expand=tuple(expand or ()),
        is_reduced=reduce,
        title=title,
    )
    shape.check()
    request = Request(
        question=question,
        shape=shape,
        look=Look(theme=theme, link_template=link_template),
        format_=DiagramFormat.SVG if every and format_ is None else _choose_format(format_, output),
        output=output,
    )
    if isinstance(context.obj, Marker):
        if every or embed or check or require_complete:
            raise AnalyzerError(
                "a picture in a document takes no --all, --embed, --check or --require-complete"
            )
        context.obj.request = request
        return
    session: Session = context.obj
    painter = Painter(session)
    if every or embed or check:
        is_fresh = _bring_up_to_date(
            session, painter, request, every=every, documents=embed or (), is_check=check
        )
        exit_code = 0 if is_fresh else EXIT_FINDINGS
        end(system=painter.system, require_complete=require_complete, exit_code=exit_code)
    picture = find_shaped(painter, request)
    if picture is None:
        source, target = question.why or ("", "")
        say(f"analyzer: no chain of imports leads from {source} to {target}")
        end(system=painter.system, require_complete=require_complete, exit_code=EXIT_FINDINGS)
    write_result(draw_patiently(session, picture, request), output)
    end(system=painter.system, require_complete=require_complete)


def _bring_up_to_date(
    session: Session,
    painter: Painter,
    request: Request,
    *,
    every: bool,
    documents: Sequence[Path],
    is_check: bool,
) -> bool:
    """Whether all pictures of --all or --embed were as they are now."""
    from analyzer.cli.embedding import update_documents  # noqa: PLC0415
    from analyzer.cli.gallery import update_gallery  # noqa: PLC0415

    if every == bool(documents):
        raise AnalyzerError(
            "--check needs either --all or --embed FILE.md, and these exclude each other"
        )
    if every:
        if request.question != Question() or request.shape.title or request.shape.expand:
            raise AnalyzerError(
                "--all draws every wave and owner; leave out what chooses, names or opens one"
            )
        return update_gallery(session, painter, request, is_check=is_check)
    if request != _DEFAULT:
        raise AnalyzerError(
            "--embed takes what a picture shows from the document; write the options into its "
            "comment"
        )
    return update_documents(session, painter, documents, is_check=is_check)


def find_shaped(painter: Painter, request: Request) -> Picture | None:
    """The picture that is asked for, folded and thinned; nothing where there is no chain."""
    from analyzer.cli.picturing import shape_picture  # noqa: PLC0415

    picture = painter.find_picture(request.question)
    return None if picture is None else shape_picture(picture, request.shape)


def draw_patiently(session: Session, picture: Picture, request: Request) -> str | bytes:
    """Draw a picture, and tell people who wait for it."""
    with session.patience() as report:
        report(f"drawing {picture.title}")
        return draw_picture(picture, request.format_, look=request.look)


def draw_picture(picture: Picture, format_: DiagramFormat, *, look: Look = LIGHT) -> str | bytes:
    """A picture as text (dot, mermaid) or bytes (svg, png, pdf)."""
    from analyzer.renderings.dot import render_dot  # noqa: PLC0415
    from analyzer.renderings.layout import PictureFormat, draw  # noqa: PLC0415
    from analyzer.renderings.mermaid import render_mermaid  # noqa: PLC0415

    match format_:
        case DiagramFormat.DOT:
            return render_dot(picture, look=look)
        case DiagramFormat.MERMAID:
            return render_mermaid(picture, look=look)
        case DiagramFormat.SVG | DiagramFormat.PNG | DiagramFormat.PDF:
            return draw(render_dot(picture, look=look), format=PictureFormat(format_.value))


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
