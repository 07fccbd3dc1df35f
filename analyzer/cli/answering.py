"""From an answer to stdout and an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from analyzer.cli.options import TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session

if TYPE_CHECKING:
    from analyzer.graph.system import System
    from analyzer.renderings.documents import Body

EXIT_FINDINGS = 1
EXIT_WRONG = 2
EXIT_INCOMPLETE = 3
EXIT_INTERRUPTED = 130


def answer_with(
    body: Body,
    *,
    command: str,
    system: System,
    session: Session,
    format_: TextFormat,
    output: Path | None,
    require_complete: bool,
    exit_code: int = 0,
) -> None:
    """Render an answer, write it, and end the command with its exit code."""
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.renderings.documents import render_json  # noqa: PLC0415
    from analyzer.renderings.text import render_text  # noqa: PLC0415

    answer = Answer(command, body, system.facts.unscanned)
    if format_ is TextFormat.JSON:
        write_result(render_json(answer), output)
    else:
        write_result(render_text(answer, is_verbose=session.is_verbose), output)
    end(system=system, require_complete=require_complete, exit_code=exit_code)


def end(*, system: System, require_complete: bool, exit_code: int = 0) -> None:
    """End the command; what could not be read outweighs what was found."""
    if require_complete and system.facts.unscanned:
        raise typer.Exit(EXIT_INCOMPLETE)
    raise typer.Exit(exit_code)
