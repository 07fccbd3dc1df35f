"""`registry import`: the artifacts that backlog documents list get records."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from analyzer.cli.answering import EXIT_FINDINGS, command_of
from analyzer.cli.options import Format, Output, TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.model.importing import ImportAnswer
    from analyzer.model.registry import Registry


def import_(
    context: typer.Context,
    documents: Annotated[
        list[Path],
        typer.Argument(metavar="BACKLOG.md...", readable=False, help="Backlog documents."),
    ],
    to: Annotated[
        Path,
        typer.Option(
            "--to", metavar="DIR", readable=False, help="The folder of records; made if missing."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the differences and write nothing.")
    ] = False,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
) -> None:
    """Give each artifact that a document lists a record.

    One that has a record gets what that lacks. It is DIR/<id>.yaml, or where the id stands in DIR
    already. What people wrote there stays byte for byte. Exits with 1 where a row is left out,
    which is said with its line.
    """
    session: Session = context.obj
    project = session.project()
    backlog = _read_backlog(documents, project)
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.registry.writing import lock_registry  # noqa: PLC0415

    folder = to.absolute()
    if folder.exists() and not folder.is_dir():
        raise AnalyzerError(f"{to}: this is no folder; name the folder of the records")
    with contextlib.nullcontext() if dry_run else lock_registry(folder, report=session.warn):
        answer = replace(_plan(session, backlog, folder), is_dry_run=dry_run)
        for change in () if dry_run else answer.changes:
            write_whole(project / change.path, change.after)
    write_result(_render(context, answer, format_), output)
    raise typer.Exit(EXIT_FINDINGS if answer.problems else 0)


def _read_backlog(documents: Sequence[Path], project: Path) -> Registry:
    """What some documents list and agree upon; several are one backlog.

    Raises:
        AnalyzerError: a document cannot be read, is none, or all of them list nothing.
    """
    from analyzer.registry.loading import load_registry  # noqa: PLC0415

    for document in documents:
        if not document.exists():
            raise AnalyzerError(f"{document}: there is no such document; check its name")
        if document.suffix.lower() != ".md" or document.is_dir():
            raise AnalyzerError(
                f"{document}: a backlog is a Markdown file; name one that ends in .md"
            )
    backlog = load_registry(locations=[one.absolute() for one in documents], project=project)
    for deviation in backlog.deviations:
        if deviation.subject in ("unreadable", "too large"):
            raise AnalyzerError(f"{deviation.origin}: {deviation.message}")
    if not any(wave.rows for wave in backlog.waves):
        names = ", ".join(map(str, documents))
        raise AnalyzerError(
            f"{names}: lists no artifacts; expected are sections such as `### Wave 2: Services` "
            "with tables of file and artifact id"
        )
    return backlog


def _plan(session: Session, backlog: Registry, folder: Path) -> ImportAnswer:
    from analyzer.model.globs import build_matcher  # noqa: PLC0415
    from analyzer.registry.importing import load_existing, plan_import  # noqa: PLC0415
    from analyzer.registry.places import PlaceFinder  # noqa: PLC0415
    from analyzer.sources.files import list_files  # noqa: PLC0415

    project, config = session.project(), session.config()
    listing = list_files(project=project, is_excluded=build_matcher(config.exclude))
    place = session.registry_place()
    return plan_import(
        backlog.waves,
        existing=load_existing(folder=folder, registry=place.find_locations(), project=project),
        conventions=place.conventions or backlog.conventions,
        places=PlaceFinder(listing.files, is_test=build_matcher(config.tests)),
        project=project,
    )


def _render(context: typer.Context, answer: ImportAnswer, format_: TextFormat) -> str:
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.renderings.importing import (  # noqa: PLC0415
        render_import_json,
        render_import_text,
    )

    match format_:
        case TextFormat.TEXT:
            return render_import_text(answer)
        case TextFormat.JSON:
            return render_import_json(Answer(command_of(context), answer, ()))
        case _:
            assert_never(format_)
