"""`check` and `export`: the whole tree for reviews and for other tools."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from analyzer.cli.answering import end
from analyzer.cli.baselining import BaselinePlace
from analyzer.cli.findings import (
    Also,
    FindingsWriting,
    FormatOfFindings,
    check_tree,
    parse_also,
    reply_findings,
)
from analyzer.cli.options import (
    BaselineFile,
    FailLevel,
    Ignore,
    NoBaseline,
    Output,
    RequireComplete,
    Select,
)
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.findings import Severity
from analyzer.renderings.formats import FindingsFormat


class Level(enum.StrEnum):
    """How fine an export is."""

    ARTIFACT = "artifact"
    MODULE = "module"


class ExportFormat(enum.StrEnum):
    """Formats that other tools read."""

    JSON = "json"
    GRAPHML = "graphml"
    CSV = "csv"


def check(
    context: typer.Context,
    select: Select = "",
    ignore: Ignore = "",
    fail_level: FailLevel = Severity.ERROR,
    max_length: Annotated[
        int | None,
        typer.Option(min=2, metavar="N", help="Only cycles (DEP005) of at most N artifacts."),
    ] = None,
    baseline: BaselineFile = None,
    no_baseline: NoBaseline = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where the baseline is stale.")
    ] = False,
    format_: FormatOfFindings = FindingsFormat.TEXT,
    output: Output = None,
    also: Also = None,
    require_complete: RequireComplete = False,
) -> None:
    """List every finding in the tree.

    What the baseline accepts is left out. Of what it accepts and is gone, the entries are listed as
    stale; that fails only with --strict.
    """
    session: Session = context.obj
    from analyzer.checks import judged_codes, split_codes  # noqa: PLC0415
    from analyzer.model.reports import CheckAnswer  # noqa: PLC0415

    selected, ignored = split_codes(select), split_codes(ignore)
    others = parse_also(also)
    config = session.config()
    if max_length is not None:
        config = config.with_option("DEP005", "max-length", max_length)
    place = BaselinePlace(session, baseline)
    entries = place.read(is_off=no_baseline)
    system = session.analyse(needs_registry=True)
    compared = place.compare(
        system,
        check_tree(system, session.project(), config, (selected, ignored)).findings,
        entries,
        judged=judged_codes(config, select=selected, ignore=ignored),
    )
    if compared.stale:
        place.tell_of_stale(len(compared.stale), may_be_renamed=bool(compared.findings))
    reply_findings(
        context,
        system,
        CheckAnswer(compared.findings, baselined=compared.baselined, stale=compared.stale),
        FindingsWriting(format_, output, require_complete, fail_level, others),
        fails=strict and bool(compared.stale),
    )


def export(
    context: typer.Context,
    level: Annotated[Level, typer.Option(help="Artifacts or modules.")] = Level.ARTIFACT,
    format_: Annotated[
        ExportFormat, typer.Option("--format", help="How the graph is written.")
    ] = ExportFormat.JSON,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Write the graph for other tools."""
    session: Session = context.obj
    system = session.analyse(needs_registry=level is Level.ARTIFACT)
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.questions.overview import export_artifacts, export_modules  # noqa: PLC0415
    from analyzer.renderings.documents import render_json  # noqa: PLC0415
    from analyzer.renderings.tables import render_csv, render_graphml  # noqa: PLC0415

    body = export_modules(system) if level is Level.MODULE else export_artifacts(system)
    answer = Answer("export", body, system.facts.unscanned)
    match format_:
        case ExportFormat.JSON:
            text = render_json(answer)
        case ExportFormat.GRAPHML:
            text = render_graphml(answer)
        case ExportFormat.CSV:
            text = render_csv(answer)
    write_result(text, output)
    end(system=system, require_complete=require_complete)
