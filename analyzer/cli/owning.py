"""`owners`: who owns what, who depends on whom, and who really changes it."""

from __future__ import annotations

from typing import Annotated

import typer

from analyzer.cli.answering import Writing, reply
from analyzer.cli.options import Format, Output, RequireComplete, TextFormat
from analyzer.cli.session import Session


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
