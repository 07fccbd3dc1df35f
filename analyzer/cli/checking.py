"""`check` and `export`: the whole tree for reviews and for other tools."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from analyzer.cli.answering import EXIT_FINDINGS, Writing, end, reply
from analyzer.cli.options import Format, Output, RequireComplete, TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.findings import Severity


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
    select: Annotated[
        str, typer.Option(help="Only these codes or prefixes, separated by commas.")
    ] = "",
    ignore: Annotated[
        str, typer.Option(help="Not these codes or prefixes, separated by commas.")
    ] = "",
    fail_level: Annotated[
        Severity, typer.Option(help="Exit with 1 where a finding is at least so grave.")
    ] = Severity.ERROR,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """List every finding in the tree."""
    session: Session = context.obj
    from analyzer.checks import run_checks, split_codes  # noqa: PLC0415
    from analyzer.model.answers import CheckAnswer  # noqa: PLC0415

    selected, ignored = split_codes(select), split_codes(ignore)
    system = session.analyse(needs_registry=True)
    findings = run_checks(system, session.config(), select=selected, ignore=ignored)
    gravest_first = list(Severity)
    failing = gravest_first[: gravest_first.index(fail_level) + 1]
    writing = Writing(format_, output, require_complete)
    reply(
        context,
        system,
        CheckAnswer(findings, baselined=0),
        writing,
        exit_code=EXIT_FINDINGS if any(one.severity in failing for one in findings) else 0,
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
