"""`owners` and `registry codeowners`: who owns what, and who is asked by the forge."""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import EXIT_FINDINGS, Writing, reply
from analyzer.cli.options import Format, Output, RequireComplete, TextFormat
from analyzer.cli.output import write_result
from analyzer.cli.session import Session

if TYPE_CHECKING:
    from analyzer.graph.system import System
    from analyzer.model.codeowners import Codeowners, Dialect
    from analyzer.model.ownership import CompiledCodeowners


def owners(
    context: typer.Context,
    history: Annotated[
        bool, typer.Option("--history", help="Also who changed each artifact, from git.")
    ] = False,
    days: Annotated[
        int, typer.Option(min=1, metavar="N", help="How far --history goes back from HEAD.")
    ] = 365,
    bulk: Annotated[
        int,
        typer.Option(min=1, metavar="N", help="--history leaves commits of more files out."),
    ] = 100,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show who owns what and who depends on whom.

    For each owner artifacts, endpoints and findings; the matrix of dependencies between owners with
    the worst chain of each pair; records without an owner, and files that CODEOWNERS gives to
    nobody.
    """
    session: Session = context.obj
    system = session.analyse(needs_registry=True)
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.registry.records import is_unusable  # noqa: PLC0415

    for one in filter(is_unusable, system.deviations):
        session.warn(f"{one.origin}: {one.message}; mend it first, as its records are missing here")

    from analyzer.checks import run_checks  # noqa: PLC0415
    from analyzer.model.owners import Owners  # noqa: PLC0415
    from analyzer.questions.ownership import find_owners  # noqa: PLC0415

    config = session.config()
    known = Owners(config.owners, system.codeowners)
    answer = find_owners(system, findings=run_checks(system, config), owners=known)
    if history:
        from analyzer.questions.authorship import find_authors  # noqa: PLC0415
        from analyzer.sources.git_history import read_history  # noqa: PLC0415
        from analyzer.sources.git_repository import find_repository  # noqa: PLC0415

        with session.patience() as report:
            report("reading the history")
            repository = find_repository(session.project())
            read = read_history(repository, days=days, most_files=bulk)
        answer = replace(answer, history=find_authors(system, read, owners=known))
    reply(context, system, answer, Writing(format_, output, require_complete))


def codeowners(
    context: typer.Context,
    check: Annotated[
        bool,
        typer.Option("--check", help="Only compare with the file that is there; exit 1 if stale."),
    ] = False,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
) -> None:
    """Compile a CODEOWNERS file from the records.

    A line for each place, the most specific ones last. What an owner is called by the forge says
    [owners] of the configuration, else the CODEOWNERS file that is there. With --check, that file
    (or the one of --output) is compared and nothing is written.
    """
    session: Session = context.obj
    system = session.analyse(needs_registry=True)
    from analyzer.cli.findings import find_prefix  # noqa: PLC0415
    from analyzer.model.owners import Owners  # noqa: PLC0415
    from analyzer.questions.compiling import compile_codeowners  # noqa: PLC0415
    from analyzer.renderings.codeowners import render_codeowners  # noqa: PLC0415
    from analyzer.sources.codeowners import find_dialect  # noqa: PLC0415

    _refuse_unread_records(system)
    project, there = session.project(), system.codeowners
    dialect = find_dialect(project) if there is None else there.dialect
    body = compile_codeowners(
        system,
        owners=Owners(session.config().owners, there),
        dialect=dialect,
        prefix=find_prefix(project),
    )
    text = render_codeowners(body)
    _tell_what_is_missing(session, system, check, output)
    if check:
        place = _find_place(project, there, dialect) if output is None else str(output)
        body = _compare(session, body, text, shown=place, output=output)
        output = None
        text = "up to date\n" if body.stale is None else f"{body.stale}\n"
    exit_code = 0 if body.stale is None else EXIT_FINDINGS
    if format_ is TextFormat.TEXT:
        write_result(text, output)
        raise typer.Exit(exit_code)
    reply(context, system, body, Writing(format_, output, False), exit_code=exit_code)


def _refuse_unread_records(system: System) -> None:
    """Make sure that no record is left out: its files would go to whoever stands around them.

    Raises:
        AnalyzerError: a file of records cannot be used, or two records have one id.
    """
    from analyzer.model.errors import AnalyzerError  # noqa: PLC0415
    from analyzer.registry.records import is_unusable  # noqa: PLC0415

    for one in system.deviations:
        if one.code == "REG002" or is_unusable(one):
            raise AnalyzerError(
                f"{one.origin}: {one.message}; mend it first, as the lines of its records would be "
                "missing"
            )


def _tell_what_is_missing(
    session: Session, system: System, is_check: bool, output: Path | None
) -> None:
    """Tell of records that give no line, and of rules that somebody has written by hand."""
    from analyzer.renderings.codeowners import is_generated  # noqa: PLC0415

    artifacts = system.artifacts.values()
    unowned = sum(not one.record.owner for one in artifacts)
    astray = sum(bool(one.record.owner) and not one.place.paths for one in artifacts)
    for number, reason in ((unowned, "no owner (OWN001)"), (astray, "no place (REG003, REG004)")):
        if number:
            session.warn(
                f"{number} of {len(artifacts)} records give no line, as there is {reason}; "
                "`analyzer registry validate` lists them"
            )
    if is_check or output is None or not output.is_file():
        return
    with contextlib.suppress(OSError):
        if not is_generated(output.read_text(encoding="utf-8", errors="replace")):
            session.warn(
                f"{output}: was not generated; what somebody wrote there for files of no record "
                "goes; `git diff` shows it"
            )


def _find_place(project: Path, there: Codeowners | None, dialect: Dialect) -> str:
    """Where the file is or belongs, relative to the project; the repository may be larger."""
    from analyzer.cli.findings import find_prefix  # noqa: PLC0415
    from analyzer.sources.codeowners import usual_place  # noqa: PLC0415

    if there is not None:
        return there.path
    path = os.path.relpath(usual_place(dialect), find_prefix(project) or ".")
    return path.replace(os.sep, "/")


def _compare(
    session: Session, body: CompiledCodeowners, text: str, *, shown: str, output: Path | None
) -> CompiledCodeowners:
    """The same with where the file that is there is stale."""
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.model.errors import AnalyzerError  # noqa: PLC0415
    from analyzer.renderings.codeowners import find_difference  # noqa: PLC0415

    file = output or session.project() / shown
    # A command for the folder that the user is in, which need not be the project.
    named = session.project_option
    project = "" if named is None else f"--project {shlex.quote(str(named))} "
    place = Path(os.path.realpath(file.parent), file.name)
    target = shlex.quote(os.path.relpath(place).replace(os.sep, "/"))
    command = f"run `analyzer {project}registry codeowners --output {target}`"
    if not file.exists():
        return replace(body, stale=f"{shown}: it is not there; {command}")
    try:
        found = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise AnalyzerError(f"{shown}: cannot be read: {error.strerror}; check it") from error
    difference = find_difference(path=shown, there=found, expected=text)
    if difference is None:
        return body
    return replace(body, stale=f"{difference}; {command}")
