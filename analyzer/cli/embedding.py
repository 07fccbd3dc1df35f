"""`diagram --embed`: the pictures of Markdown documents are brought up to date."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer
from msgspec.structs import replace

from analyzer.cli.documents import read_document
from analyzer.cli.drawing import DiagramFormat, Marker, Request, draw_patiently, find_shaped
from analyzer.cli.misplaced import UsageError
from analyzer.cli.output import is_written, write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.renderings.embedding import (
    Embed,
    fill_embeds,
    find_embeds,
    find_stale,
    link_picture,
    show_mermaid,
)
from analyzer.renderings.text_parts import counted

if TYPE_CHECKING:
    from typer.core import TyperGroup

    from analyzer.cli.picturing import Painter


def update_documents(
    session: Session, painter: Painter, documents: Sequence[Path], *, is_check: bool
) -> bool:
    """Bring the pictures of some documents up to date, or only tell which are not.

    Returns:
        Whether all of them were up to date.

    Raises:
        AnalyzerError: a document cannot be read or asks for no picture, or for one that there is
            not.
    """
    stale = [
        place
        for document in documents
        for place in _update(session, painter, document, is_check=is_check)
    ]
    for place in stale if is_check else ():
        write_result(f"{place}: this picture is not up to date\n", None)
    if is_check and stale:
        names = " ".join(f"--embed {shlex.quote(str(one))}" for one in documents)
        write_result(f"Run `analyzer diagram {names}`.\n", None)
    return not (is_check and stale)


def _update(session: Session, painter: Painter, document: Path, *, is_check: bool) -> list[str]:
    text = read_document(document, option="--embed")
    embeds = find_embeds(text, document=str(document))
    if not embeds:
        raise AnalyzerError(
            f"{document}: it asks for no picture; write <!-- analyzer: diagram --> and "
            "<!-- /analyzer --> around the place of one"
        )
    contents: list[str] = []
    files: dict[Path, tuple[Embed, str | bytes]] = {}
    for embed in embeds:
        place = f"{document}:{embed.line}"
        request = _read_options(embed, place)
        try:
            picture = find_shaped(painter, request)
            if picture is None:
                raise AnalyzerError("there is no such chain of imports to draw")
            drawn = draw_patiently(session, picture, request)
        except AnalyzerError as error:
            raise AnalyzerError(f"{place}: {error}") from error
        if request.output is None:
            contents.append(show_mermaid(str(drawn)))
        else:
            file = document.parent / request.output
            if file in files:
                raise AnalyzerError(f"{place}: another picture is written to {request.output}, too")
            files[file] = embed, drawn
            contents.append(link_picture(picture.title, request.output.as_posix()))
    stale = {embed.line for embed in find_stale(text, embeds, contents)}
    stale |= {embed.line for file, (embed, drawn) in files.items() if not is_written(drawn, file)}
    if not is_check:
        for file, (_, drawn) in files.items():
            if not is_written(drawn, file):
                write_result(drawn, file)
        filled = fill_embeds(text, embeds, contents)
        if filled != text:
            write_result(filled.encode(), document)
        write_result(f"{document}: {counted(len(embeds), 'picture')}, {len(stale)} new\n", None)
    return [f"{document}:{line}" for line in sorted(stale)]


def _read_options(embed: Embed, place: str) -> Request:
    """The options of a comment, read as the command line reads them."""
    from analyzer.cli.app import app  # noqa: PLC0415 - it holds this command

    marker = Marker()
    try:
        arguments = shlex.split(embed.options)
        command = cast("TyperGroup", typer.main.get_command(app)).commands["diagram"]
        with command.make_context(
            "diagram", arguments, obj=marker, help_option_names=[]
        ) as context:
            command.invoke(context)
    except UsageError as error:
        raise AnalyzerError(f"{place}: {error.format_message()}") from error
    except (ValueError, AnalyzerError) as error:
        raise AnalyzerError(f"{place}: {error}") from error
    assert marker.request is not None  # noqa: S101 - the command has kept it
    return _placed(marker.request, place)


def _placed(request: Request, place: str) -> Request:
    """Mermaid where the picture stands in the document itself, else a file that it can show."""
    if request.output is None:
        return replace(request, format_=DiagramFormat.MERMAID)
    if request.output.is_absolute():
        raise AnalyzerError(f"{place}: --output is a path beside the document; make it relative")
    if request.format_ not in (DiagramFormat.SVG, DiagramFormat.PNG):
        raise AnalyzerError(f"{place}: a document shows svg and png; name such a file in --output")
    return request
