"""`registry progress`: how far registration has come, and documents brought up to date."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import EXIT_FINDINGS, Writing, end, reply
from analyzer.cli.documents import read_document
from analyzer.cli.options import Format, Output, RequireComplete, TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath

if TYPE_CHECKING:
    from analyzer.model.progress import ProgressAnswer

_MOST_LINES = 10


def progress(
    context: typer.Context,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="DOC.md",
            help="Bring the figures of this document up to date, between its marks.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="With --write: write nothing; exit 1 where it is stale.")
    ] = False,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show how far registration has come.

    Wave by wave: what the backlog documents claim and list, what has a record, what stands in the
    code, what to register next, and everything that the documents say and that is not so. It is an
    answer: exit 0 whatever it is.

    --write corrects what stands between <!-- analyzer: progress --> and <!-- /analyzer --> in a
    document: numbers, percentages and statuses, and nothing else.
    """
    session: Session = context.obj
    if check and write is None:
        raise AnalyzerError("--check needs --write DOC.md")
    if write is not None and (output is not None or format_ is not TextFormat.TEXT):
        raise AnalyzerError("--write takes no --format or --output; run it without --write, too")
    system = session.analyse(needs_registry=True)
    from analyzer.questions.progress import find_progress  # noqa: PLC0415

    answer = find_progress(system)
    if write is None:
        reply(context, system, answer, Writing(format_, output, require_complete))
    is_fresh = _update(write, session.project(), answer, is_check=check)
    exit_code = 0 if is_fresh or not check else EXIT_FINDINGS
    end(system=system, require_complete=require_complete, exit_code=exit_code)


def _update(document: Path, project: Path, answer: ProgressAnswer, *, is_check: bool) -> bool:
    """Bring a document up to date, or only tell what is not; whether all of it was."""
    from analyzer.renderings.inert import log_line  # noqa: PLC0415
    from analyzer.renderings.progress_writing import bring_up_to_date  # noqa: PLC0415

    text = read_document(document, option="--write")
    shown = os.path.relpath(os.path.realpath(document), os.path.realpath(project))
    updated = bring_up_to_date(
        text, document=str(document), path=ProjectPath(Path(shown).as_posix()), answer=answer
    )
    lines = [f"{document}:{one.line}: {one.what}" for one in updated.changes]
    if is_check and updated.changes:
        lines.append(f"Run `analyzer registry progress --write {shlex.quote(str(document))}`.")
    elif not is_check:
        if updated.text != text:
            write_result(updated.text.encode(), document)
        lines.append(f"{document}: {len(updated.changes)} corrected")
    if updated.outside:
        stale = sorted({one.origin.line or 1 for one in updated.outside})
        named = ", ".join(map(str, stale[:_MOST_LINES]))
        more = f" and {len(stale) - _MOST_LINES} more" if len(stale) > _MOST_LINES else ""
        lines.append(f"{document}: outside of the marks and not so: lines {named}{more}")
    write_result("".join(f"{log_line(line)}\n" for line in lines), None)
    return not updated.changes
