"""`status`, `show`, `deps`, `why`, `impact`, `orphans`: questions about the whole system."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import EXIT_FINDINGS, Writing, reply
from analyzer.cli.options import Format, Kinds, Output, Ref, RequireComplete, TextFormat
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from analyzer.graph.modules import KindFilter
    from analyzer.graph.system import System
    from analyzer.model.answers import ImpactAnswer
    from analyzer.model.imports import Mention


# These list files without using them, like the baseline.
_LISTING_FILES = frozenset({"CODEOWNERS", "analyzer.toml"})
_CHANGE_RECORD = re.compile(r"CHANGE-\d{4}-\d{4,}\.ya?ml")


def status(
    context: typer.Context,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show the whole system on one screen.

    Roots, modules, artifacts by wave, type and owner, findings, and what could not be read.
    """
    session: Session = context.obj
    system = session.analyse()
    from analyzer.checks import run_checks  # noqa: PLC0415
    from analyzer.questions.orphans import find_orphans  # noqa: PLC0415
    from analyzer.questions.overview import find_status  # noqa: PLC0415

    # How sure each one is does not matter here: that would mean to read every file.
    orphans = find_orphans(system, find_mentions=lambda _: {})
    findings = run_checks(system, session.config(), orphans=orphans)
    writing = Writing(format_, output, require_complete)
    body = find_status(system, findings=findings, orphans=len(orphans.orphans))
    reply(context, system, body, writing)


def show(
    context: typer.Context,
    ref: Ref,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show one artifact and its neighbours.

    Its record, its place and how that was decided, and direct neighbours with evidence.
    """
    session: Session = context.obj
    system = session.analyse(needs_registry=True)
    from analyzer.questions import dependencies  # noqa: PLC0415
    from analyzer.questions.references import get_artifact  # noqa: PLC0415

    artifact = get_artifact(system, ref, project=session.project(), working_directory=Path.cwd())
    writing = Writing(format_, output, require_complete)
    reply(context, system, dependencies.show(system, artifact), writing)


def deps(
    context: typer.Context,
    ref: Ref,
    reverse: Annotated[
        bool, typer.Option("--reverse", help="What depends on REF instead.")
    ] = False,
    transitive: Annotated[
        bool, typer.Option("--transitive", help="Also through other artifacts.")
    ] = False,
    kinds: Kinds = None,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show what REF depends on.

    With --reverse, what depends on REF; with --transitive, also through other artifacts.
    """
    session: Session = context.obj
    system = session.analyse(needs_registry=True, kinds=kinds)
    from analyzer.questions.dependencies import find_dependencies  # noqa: PLC0415
    from analyzer.questions.references import get_artifact  # noqa: PLC0415

    artifact = get_artifact(system, ref, project=session.project(), working_directory=Path.cwd())
    writing = Writing(format_, output, require_complete)
    reply(
        context,
        system,
        find_dependencies(system, artifact, is_reverse=reverse, is_transitive=transitive),
        writing,
    )


def why(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="REF that imports.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="REF that is reached.")],
    kinds: Kinds = None,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show a shortest chain of imports.

    From FROM to TO, with file and line for each link; exit 1 where there is none.
    """
    session: Session = context.obj
    system = session.analyse(kinds=kinds)
    from analyzer.questions.dependencies import find_why  # noqa: PLC0415
    from analyzer.questions.references import get_reference  # noqa: PLC0415

    ends = [
        get_reference(system, ref, project=session.project(), working_directory=Path.cwd())
        for ref in (source, target)
    ]
    answer = find_why(system, source=ends[0], target=ends[1])
    writing = Writing(format_, output, require_complete)
    reply(context, system, answer, writing, exit_code=0 if answer.chain else EXIT_FINDINGS)


def impact(
    context: typer.Context,
    refs: Annotated[
        list[str] | None,
        typer.Argument(metavar="REF...", help="Artifacts, paths or modules that change."),
    ] = None,
    diff: Annotated[
        str | None,
        typer.Option("--diff", metavar="BASE", help="Everything changed since this git revision."),
    ] = None,
    kinds: Kinds = None,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show what a change can affect.

    Artifacts by distance with a chain each, owners to tell, and tests to run.
    """
    session: Session = context.obj
    if bool(refs) == bool(diff):
        raise AnalyzerError("name what changes: either REF... or --diff BASE")
    from analyzer.graph.modules import any_kind, runs  # noqa: PLC0415
    from analyzer.model.owners import Owners  # noqa: PLC0415
    from analyzer.questions.impact import find_impact  # noqa: PLC0415
    from analyzer.questions.references import get_reference  # noqa: PLC0415

    # Who names the kinds gets them, also imports that only type checkers see.
    allows = any_kind if kinds else runs
    if diff is not None:
        system, answer = _find_impact_of_diff(session, diff, kinds, allows)
    else:
        system = session.analyse(kinds=kinds)
        references = [
            get_reference(system, ref, project=session.project(), working_directory=Path.cwd())
            for ref in refs or ()
        ]
        owners = Owners(session.config().owners, system.codeowners)
        answer = find_impact(system, references, allows=allows, owners=owners)
    reply(context, system, answer, Writing(format_, output, require_complete))


def _find_impact_of_diff(
    session: Session, revision: str, kinds: str | None, allows: KindFilter
) -> tuple[System, ImpactAnswer]:
    from analyzer.cli.base import base_at_hand  # noqa: PLC0415
    from analyzer.model.owners import Owners  # noqa: PLC0415
    from analyzer.questions.impact import find_impact_of_change  # noqa: PLC0415
    from analyzer.sources import git  # noqa: PLC0415
    from analyzer.sources.git_repository import find_repository  # noqa: PLC0415

    repository = find_repository(session.project())
    commit = git.find_commit(repository, revision, option="--diff")
    changes = git.find_changes(repository, commit)

    def answer(head: System, base: System | None) -> ImpactAnswer:
        owners = Owners(session.config().owners, head.codeowners)
        return find_impact_of_change(head, base, changes, allows=allows, owners=owners)

    if not any(path.endswith(".py") for path in changes.gone):
        system = session.analyse(kinds=kinds)
        return system, answer(system, None)
    with base_at_hand(session, repository, commit) as analyse_base:
        system = session.analyse(kinds=kinds)
        whole, _ = analyse_base()
        base = whole.restricted_to(system.kinds)
        return system, answer(system, base)


def orphans(
    context: typer.Context,
    fail: Annotated[
        bool, typer.Option("--fail", help="Exit with 1 where there are orphans.")
    ] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="REF", help="Everything that was weighed about one."),
    ] = None,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """List artifacts that nothing uses.

    Nothing in production, that is: each with its reason, and how sure that is.
    """
    session: Session = context.obj
    system = session.analyse(needs_registry=True)
    from analyzer.questions import orphans as questions  # noqa: PLC0415
    from analyzer.questions.references import get_artifact  # noqa: PLC0415

    project = session.project()
    writing = Writing(format_, output, require_complete)

    def find_mentions(
        names: Mapping[str, Collection[ProjectPath]],
    ) -> Mapping[ProjectPath, Mention]:
        return find_mentions_in(system, project, names, baseline=session.config().baseline)

    if explain is not None:
        artifact = get_artifact(system, explain, project=project, working_directory=Path.cwd())
        reasoning = questions.explain(system, artifact, find_mentions=find_mentions)
        is_orphan = reasoning.orphan is not None
        exit_code = EXIT_FINDINGS if fail and is_orphan else 0
        reply(context, system, reasoning, writing, exit_code=exit_code)
    answer = questions.find_orphans(system, find_mentions=find_mentions)
    exit_code = EXIT_FINDINGS if fail and answer.orphans else 0
    reply(context, system, answer, writing, exit_code=exit_code)


def find_mentions_in(
    system: System,
    project: Path,
    names: Mapping[str, Collection[ProjectPath]],
    *,
    baseline: str = "",
) -> Mapping[ProjectPath, Mention]:
    """Find the places in production code and configuration that name files without importing.

    The baseline, a path in the project, is no such place.
    """
    from analyzer.sources.mentions import find_mentions  # noqa: PLC0415

    tests = {module.path for module in system.facts.modules if module.is_test}
    records = {record.origin.path for record in system.registry.records}
    records |= {deviation.origin.path for deviation in system.registry.deviations}
    names_of = ((path, path.rpartition("/")[2]) for path in system.facts.files)
    lists = {
        path for path, name in names_of if name in _LISTING_FILES or _CHANGE_RECORD.fullmatch(name)
    }
    lists.add(ProjectPath(posixpath.normpath(baseline)))
    naming = {
        (link.named_at.path, link.imported)
        for link in system.links
        if link.named_at is not None and not system.is_test(link.importer)
    }
    return find_mentions(
        project=project,
        files=system.facts.files,
        names=names,
        ignored=tests | records | lists,
        # What imports a file, or holds the name that it is imported by, is weighed as an importer.
        is_own=lambda place, named: (
            system.artifact_of.get(place) == system.artifact_of.get(named) is not None
            or bool(system.module_graph.links_between(importer=place, imported=named))
            or (place, named) in naming
        ),
    )
