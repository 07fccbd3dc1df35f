"""`registry validate` and `registry schema`: what records have to be like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from analyzer.cli.answering import command_of, exit_code_for
from analyzer.cli.findings import FormatOfFindings, find_prefix
from analyzer.cli.options import FailLevel, Output
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.findings import Severity
from analyzer.renderings.formats import FindingsFormat

if TYPE_CHECKING:
    from analyzer.graph.system import System
    from analyzer.model.findings import Finding

VALIDATED = ("REG001", "REG002", "REG003", "REG004", "REG005", "OWN001")


def validate(
    context: typer.Context,
    fail_level: FailLevel = Severity.ERROR,
    format_: FormatOfFindings = FindingsFormat.TEXT,
    output: Output = None,
) -> None:
    """List what is wrong with the records.

    That is what differs from the schema, the convention of ids and the files that are there, each
    with line and column. No code is read, and the baseline does not count. Exits with 1 where a
    finding is at least as grave as the fail level.
    """
    session: Session = context.obj
    system = session.read_records()
    from analyzer.checks import check_system  # noqa: PLC0415

    findings = check_system(system, session.config(), select=VALIDATED).findings
    write_result(_render(context, system, findings, format_, fail_level), output)
    raise typer.Exit(exit_code_for(findings, fail_level))


def schema(context: typer.Context, output: Output = None) -> None:
    """Print a JSON Schema of a record for editors.

    With the values that the registry's own schema allows; without one, with the usual ones.
    """
    session: Session = context.obj
    from analyzer.registry.loading import load_registry  # noqa: PLC0415
    from analyzer.registry.schema import build_schema  # noqa: PLC0415
    from analyzer.renderings.inert import dump_json  # noqa: PLC0415

    place = session.registry_place()
    registry = load_registry(locations=place.find_locations(), project=place.project)
    write_result(dump_json(build_schema(registry.allowed)), output)


def _render(
    context: typer.Context,
    system: System,
    findings: tuple[Finding, ...],
    format_: FindingsFormat,
    fail_level: Severity,
) -> str:
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.model.reports import CheckAnswer, ValidationAnswer  # noqa: PLC0415
    from analyzer.renderings.validation import (  # noqa: PLC0415
        render_validation_json,
        render_validation_text,
    )

    command = command_of(context)
    validation = ValidationAnswer(findings, len(system.registry.records))
    if format_ is FindingsFormat.TEXT:
        return render_validation_text(validation)
    if format_ is FindingsFormat.JSON:
        return render_validation_json(Answer(command, validation, ()))
    from analyzer.checks.explanations import load_explanation  # noqa: PLC0415
    from analyzer.questions.quoting import quote_findings  # noqa: PLC0415
    from analyzer.renderings.formats import render_findings  # noqa: PLC0415

    project = context.obj.project()
    quoted = quote_findings(findings, system=system, project=project)
    return render_findings(
        Answer(command, CheckAnswer(quoted, baselined=0), ()),
        format_,
        fail_level=fail_level,
        prefix=find_prefix(project),
        explain=load_explanation,
    )
