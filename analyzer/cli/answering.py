"""From an answer to stdout and an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from msgspec import Struct

from analyzer.cli.options import TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyzer.graph.system import System
    from analyzer.model.findings import Finding
    from analyzer.renderings.documents import Body

EXIT_FINDINGS = 1
EXIT_WRONG = 2
EXIT_INCOMPLETE = 3
EXIT_INTERRUPTED = 130


class Writing(Struct, frozen=True):
    """The options that say how an answer is written."""

    format_: TextFormat
    output: Path | None
    require_complete: bool


def reply(
    context: typer.Context, system: System, body: Body, writing: Writing, *, exit_code: int = 0
) -> NoReturn:
    """Render an answer, write it, and end the command with its exit code."""
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.renderings.documents import render_json  # noqa: PLC0415
    from analyzer.renderings.text import render_text  # noqa: PLC0415

    session: Session = context.obj
    answer = Answer(command_of(context), body, system.facts.unscanned)
    if writing.format_ is TextFormat.JSON:
        write_result(render_json(answer), writing.output)
    else:
        write_result(render_text(answer, is_verbose=session.is_verbose), writing.output)
    end(system=system, require_complete=writing.require_complete, exit_code=exit_code)


def command_of(context: typer.Context) -> str:
    """The words of the command, such as `registry list`, without the program's own name."""
    words: list[str] = []
    current: Any = context
    while current.parent is not None:
        words.insert(0, str(current.info_name))
        current = current.parent
    return " ".join(words)


def exit_code_for(findings: Iterable[Finding], fail_level: Severity) -> int:
    """Whether a command fails: it does where a finding is at least as grave as the level."""
    gravest_first = list(Severity)
    failing = gravest_first[: gravest_first.index(fail_level) + 1]
    return EXIT_FINDINGS if any(one.severity in failing for one in findings) else 0


def end(*, system: System, require_complete: bool, exit_code: int = 0) -> NoReturn:
    """End the command; what could not be read outweighs what was found."""
    if require_complete and system.facts.unscanned:
        raise typer.Exit(EXIT_INCOMPLETE)
    raise typer.Exit(exit_code)
