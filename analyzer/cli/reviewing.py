"""`review`: both ends of a change are analysed, and the difference is reported."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import Struct

from analyzer.cli.base import base_at_hand
from analyzer.cli.baselining import BaselinePlace
from analyzer.cli.findings import (
    Also,
    FindingsWriting,
    FormatOfFindings,
    check_tree,
    parse_also,
    reply_findings,
)
from analyzer.cli.options import (
    BaselineFile,
    FailLevel,
    Ignore,
    NoBaseline,
    Output,
    RequireComplete,
    Select,
)
from analyzer.cli.session import Session
from analyzer.model.findings import Severity
from analyzer.renderings.formats import FindingsFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyzer.graph.system import System
    from analyzer.model.changes import ChangeSet
    from analyzer.model.findings import Finding
    from analyzer.model.reports import ReviewAnswer
    from analyzer.sources.git_repository import Repository


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
    baseline: BaselineFile = None,
    no_baseline: NoBaseline = False,
    format_: FormatOfFindings = FindingsFormat.TEXT,
    output: Output = None,
    also: Also = None,
    require_complete: RequireComplete = False,
) -> None:
    """Show what a change adds and what it mends.

    The change goes from REV to the work tree; uncommitted and untracked files count. What was
    wrong before it is not shown, nor what the baseline accepts. Nothing of the repository is
    touched.
    """
    session: Session = context.obj
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.checks import split_codes  # noqa: PLC0415

    chosen = split_codes(select), split_codes(ignore)
    others = parse_also(also)
    place = BaselinePlace(session, baseline)
    accepted = place.read(is_off=no_baseline)
    both = compare_with(session, base, from_merge_base=merge_base, chosen=chosen)
    # Whether an entry is stale is a question about the whole tree: `check` answers it.
    compared = place.compare(both.head, both.answer.findings, accepted, judged=())
    answer = replace(both.answer, findings=compared.findings, baselined=compared.baselined)
    writing = FindingsWriting(format_, output, require_complete, fail_level, others)
    reply_findings(context, both.head, answer, writing)


class BothEnds(Struct, frozen=True):
    """Both ends of a change, and how they differ; the files of the base are gone by now."""

    base: System
    head: System
    answer: ReviewAnswer


def compare_with(
    session: Session,
    revision: str,
    *,
    from_merge_base: bool = False,
    chosen: tuple[Sequence[str], Sequence[str]] = ((), ()),
    option: str = "--base",
) -> BothEnds:
    """Compare the work tree with a revision; what the baseline accepts is among the findings.

    Args:
        session: says which project.
        revision: where the change begins.
        from_merge_base: whether it begins where the revision and HEAD have parted instead.
        chosen: codes that are selected, and codes that are ignored.
        option: what named the revision, for messages.

    Raises:
        AnalyzerError: there is no such revision, no repository or no registry.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.checks.dep005_dependency_cycle import CycleOptions  # noqa: PLC0415
    from analyzer.checks.ignoring import apply_ignores  # noqa: PLC0415
    from analyzer.checks.options import read_options  # noqa: PLC0415
    from analyzer.cli.changing import find_change  # noqa: PLC0415
    from analyzer.model.configuration import OFF  # noqa: PLC0415
    from analyzer.model.owners import Owners  # noqa: PLC0415
    from analyzer.model.rules import RULES  # noqa: PLC0415
    from analyzer.questions.review import End, compare  # noqa: PLC0415
    from analyzer.sources import git  # noqa: PLC0415
    from analyzer.sources.git_repository import find_repository  # noqa: PLC0415
    from analyzer.sources.git_tree import is_large  # noqa: PLC0415
    from analyzer.sources.processes import started  # noqa: PLC0415

    repository = find_repository(session.project())
    commit = git.find_commit(repository, revision, option=option)
    if from_merge_base:
        commit = git.find_merge_base(repository, commit)
    head = git.find_head(repository)
    config = session.config()
    with (
        base_at_hand(session, repository, commit) as analyse_base,
        TemporaryDirectory(prefix="analyzer-", ignore_cleanup_errors=True) as scratch,
        started(
            _find_changes,
            _Between(repository, commit, Path(scratch)),
            apart=is_large(repository, commit),
        ) as finish_changes,
    ):
        system = session.analyse(needs_registry=True)
        before, folder = analyse_base()
        findings = tuple(
            _seen_from(repository.project, one, folder)
            for one in check_tree(before, folder, config, chosen).findings
        )
        changes, is_clean = finish_changes()
    minds_records = config.severity_of("CHG001") != OFF
    change = find_change(session, before, system, changes) if minds_records else None
    checked = check_tree(system, repository.project, config, chosen, change=change)
    answer = compare(
        End(commit, before, findings),
        End(head, system, checked.findings, checked.ignored),
        changes=changes,
        is_clean=is_clean,
        graver=frozenset() if config.sets_severity_of("REG006") else frozenset({"REG006"}),
        max_length=read_options(CycleOptions, rule=RULES["DEP005"], config=config).max_length,
        owners=Owners(config.owners, system.codeowners),
    )
    # What only the change shows stands where a comment may say why.
    kept = apply_ignores(answer.findings, system.ignores).kept
    return BothEnds(before, system, replace(answer, findings=kept))


class _Between(Struct, frozen=True):
    """The work tree, and the commit that it is compared with."""

    repository: Repository
    commit: str
    scratch: Path
    """A folder for temporary files."""


def _find_changes(request: _Between) -> tuple[ChangeSet, bool]:
    """The changes, and whether the work tree is as it was committed."""
    from analyzer.sources import git  # noqa: PLC0415

    changes = git.find_changes(request.repository, request.commit, scratch=request.scratch)
    return changes, git.is_clean(request.repository)


def _seen_from(project: Path, finding: Finding, base: Path) -> Finding:
    """A finding at the base; a registry outside of the project is the same at both ends."""
    from msgspec.structs import replace  # noqa: PLC0415

    if not finding.path.startswith("../"):
        return finding
    return replace(finding, path=os.path.relpath(base / finding.path, project))
