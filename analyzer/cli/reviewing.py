"""`review`: both ends of a change are analysed, and the difference is reported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import Writing, exit_code_for, reply
from analyzer.cli.options import (
    FailLevel,
    Format,
    Ignore,
    Output,
    RequireComplete,
    Select,
    TextFormat,
)
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.graph.system import System
    from analyzer.model.configuration import Config
    from analyzer.model.findings import Finding
    from analyzer.sources.git import Repository


def review(
    context: typer.Context,
    base: Annotated[
        str, typer.Option("--base", metavar="REV", help="The git revision that it begins at.")
    ],
    merge_base: Annotated[
        bool,
        typer.Option("--merge-base", help="Begin where REV and HEAD have parted."),
    ] = False,
    select: Select = "",
    ignore: Ignore = "",
    fail_level: FailLevel = Severity.ERROR,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show what a change adds and what it mends.

    The change goes from REV to the work tree; uncommitted and untracked files count. What was
    wrong before it is not shown. Nothing of the repository is touched.
    """
    session: Session = context.obj
    from analyzer.checks import split_codes  # noqa: PLC0415
    from analyzer.questions.review import End, compare  # noqa: PLC0415
    from analyzer.sources import git  # noqa: PLC0415

    chosen = split_codes(select), split_codes(ignore)
    repository = git.find_repository(session.project())
    commit = git.find_commit(repository, base)
    if merge_base:
        commit = git.find_merge_base(repository, commit)
    head = git.find_head(repository)
    changes = git.find_changes(repository, commit)
    system = session.analyse(needs_registry=True)
    config = session.config()
    before, findings = _analyse_base(session, repository, commit, config, chosen)
    answer = compare(
        End(commit, before, findings),
        End(head, system, _check(system, config, chosen)),
        changes=changes,
        is_clean=git.is_clean(repository),
        graver=frozenset() if config.sets_severity_of("REG006") else frozenset({"REG006"}),
    )
    reply(
        context,
        system,
        answer,
        Writing(format_, output, require_complete),
        exit_code=exit_code_for(answer.findings, fail_level),
    )


def _analyse_base(
    session: Session,
    repository: Repository,
    commit: str,
    config: Config,
    chosen: tuple[Sequence[str], Sequence[str]],
) -> tuple[System, tuple[Finding, ...]]:
    """Analyse the project as it was at a commit, and check it while its files are there."""
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.pipeline import analyse  # noqa: PLC0415
    from analyzer.sources.git_tree import checked_out  # noqa: PLC0415

    with session.patience() as report:
        report("reading the base")
        with checked_out(repository, commit) as base:
            for path in base.missing_submodules:
                session.warn(
                    f"{path}: the commit of this submodule at the base is not here, so all of it "
                    f"counts as added; bring it with `git -C {path} fetch`"
                )
            system = analyse(
                project=base.project,
                config=_config_of_base(session, repository, base.project, config),
                registry=[
                    _at_base(path, repository.project, base.project)
                    for path in session.registry_option
                ],
                report=lambda doing: report(f"base: {doing}"),
            )
            findings = _check(system, config, chosen)
    return system, tuple(
        # A registry outside of the project is the same at both ends.
        replace(one, path=os.path.relpath(base.project / one.path, repository.project))
        if one.path.startswith("../")
        else one
        for one in findings
    )


def _check(
    system: System, config: Config, chosen: tuple[Sequence[str], Sequence[str]]
) -> tuple[Finding, ...]:
    from analyzer.checks import run_checks  # noqa: PLC0415

    select, ignore = chosen
    return run_checks(system, config, select=select, ignore=ignore)


def _config_of_base(session: Session, repository: Repository, base: Path, config: Config) -> Config:
    """Where things were at the base, by its own configuration, and what is wrong by today's.

    So a registry may be moved by the change, and a new rule makes nothing old new.
    """
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.config import load_config  # noqa: PLC0415

    file = session.config_option
    if file is not None:
        file = _at_base(file, repository.project, base)
    try:
        own = load_config(project=base, file=file, has_other_registry=bool(session.registry_option))
    except AnalyzerError:
        # It is broken there, or not there yet: what it says today, as far as that was there.
        return replace(
            config,
            registry=tuple(one for one in config.registry if (base / one).exists()),
            roots=tuple(one for one in config.roots if (base / one).exists()),
        )
    return replace(
        config,
        registry=own.registry,
        roots=own.roots,
        exclude=own.exclude,
        tests=own.tests,
        entry_points=own.entry_points,
    )


def _at_base(path: Path, project: Path, base: Path) -> Path:
    """The same place at the base; a place outside of the project is the same."""
    absolute = path.absolute()
    return base / absolute.relative_to(project) if absolute.is_relative_to(project) else absolute
