"""`check` and `review`: from findings to any of their formats and an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from msgspec import Struct

from analyzer.cli.answering import EXIT_FINDINGS, command_of, end, exit_code_for
from analyzer.cli.output import write_result
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Severity
from analyzer.renderings.formats import FindingsFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.checks import Checked
    from analyzer.graph.system import System
    from analyzer.model.configuration import Config
    from analyzer.renderings.findings import Findings

FormatOfFindings = Annotated[
    FindingsFormat, typer.Option("--format", help="How the findings are written.")
]


Also = Annotated[
    list[str] | None,
    typer.Option(
        "--also",
        metavar="FORMAT=FILE",
        help="Write the same answer to a file in another format as well; repeatable.",
    ),
]


class FindingsWriting(Struct, frozen=True):
    """The options that say how findings are written, and when they fail."""

    format_: FindingsFormat
    output: Path | None
    require_complete: bool
    fail_level: Severity
    also: Sequence[tuple[FindingsFormat, Path]] = ()


def parse_also(texts: Sequence[str] | None) -> tuple[tuple[FindingsFormat, Path], ...]:
    """`sarif=out/x.sarif` as a format and a file.

    Raises:
        AnalyzerError: one that is not of this form, or of no format.
    """
    found = []
    for text in texts or ():
        name, sign, file = text.partition("=")
        if not sign or not file or name not in list(FindingsFormat):
            raise AnalyzerError(
                f'--also takes FORMAT=FILE, such as sarif=analyzer.sarif, not "{text}"; '
                f"formats are {', '.join(FindingsFormat)}"
            )
        found.append((FindingsFormat(name), Path(file)))
    return tuple(found)


def check_tree(
    system: System, project: Path, config: Config, chosen: tuple[Sequence[str], Sequence[str]]
) -> Checked:
    """Find everything that is wrong in a tree.

    Args:
        system: registry and code.
        project: the folder whose files say how sure an orphan is.
        config: severities and options.
        chosen: codes that are selected, and codes that are ignored.
    """
    from analyzer.checks import check_system  # noqa: PLC0415
    from analyzer.cli.asking import find_mentions_in  # noqa: PLC0415

    select, ignore = chosen
    return check_system(
        system,
        config,
        select=select,
        ignore=ignore,
        find_mentions=lambda names: find_mentions_in(
            system, project, names, baseline=config.baseline
        ),
    )


def reply_findings(
    context: typer.Context,
    system: System,
    body: Findings,
    writing: FindingsWriting,
    *,
    fails: bool = False,
) -> NoReturn:
    """Quote what the findings point at, write them, and end the command with its exit code.

    That is 1 where a finding is as grave as the level, or where the command fails in any case.
    """
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.checks.explanations import load_explanation  # noqa: PLC0415
    from analyzer.model.answers import Answer  # noqa: PLC0415
    from analyzer.questions.quoting import quote_findings  # noqa: PLC0415
    from analyzer.renderings.formats import render_findings  # noqa: PLC0415

    session: Session = context.obj
    project = session.project()
    quoted = replace(body, findings=quote_findings(body.findings, system=system, project=project))
    answer = Answer(command_of(context), quoted, system.facts.unscanned)
    for format_, file in (*writing.also, (writing.format_, writing.output)):
        text = render_findings(
            answer,
            format_,
            fail_level=writing.fail_level,
            prefix=find_prefix(project),
            explain=load_explanation,
            is_verbose=session.is_verbose,
        )
        write_result(text, file)
    end(
        system=system,
        require_complete=writing.require_complete,
        exit_code=EXIT_FINDINGS if fails else exit_code_for(body.findings, writing.fail_level),
    )


def find_prefix(project: Path) -> str:
    """The project's path in its repository; empty where that is the same, or there is none."""
    for folder in (project, *project.parents):
        # A file in a submodule and in a further work tree.
        if (folder / ".git").exists():
            path = project.relative_to(folder).as_posix()
            return "" if path == "." else path
    return ""
