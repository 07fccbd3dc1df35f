"""`registry change …`: records of changes, for teams that require one for each."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import Writing, reply
from analyzer.cli.options import Format, TextFormat
from analyzer.cli.session import Session
from analyzer.whole_files import write_whole

if TYPE_CHECKING:
    from analyzer.cli.reviewing import BothEnds
    from analyzer.graph.system import System
    from analyzer.model.change_records import ChangeUnderReview
    from analyzer.model.changes import ChangeSet
    from analyzer.questions.change_drafting import Interfaces
    from analyzer.sources.git_repository import Repository

app = typer.Typer(no_args_is_help=True, help="Records of changes.", rich_markup_mode=None)


@app.callback()
def change() -> None:
    """Records of changes: what a change does to which artifacts, and how risky that is."""


@app.command()
def new(
    context: typer.Context,
    base: Annotated[
        str, typer.Option("--base", metavar="REV", help="The git revision that it begins at.")
    ],
    merge_base: Annotated[
        bool, typer.Option("--merge-base", help="Begin where REV and HEAD have parted.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the record and write nothing.")
    ] = False,
    format_: Format = TextFormat.TEXT,
) -> None:
    """Draft the record of a change.

    From the change itself, REV to the work tree, under the next free number of this year. What only
    people know says TODO. It is written into the folder that `change-records` of the configuration
    names, else into `changes` in the registry's folder.
    """
    session: Session = context.obj
    from contextlib import nullcontext  # noqa: PLC0415

    from analyzer.cli.output import say, write_result  # noqa: PLC0415
    from analyzer.cli.reviewing import compare_with  # noqa: PLC0415
    from analyzer.model.change_records import DraftedChange  # noqa: PLC0415
    from analyzer.model.errors import AnalyzerError  # noqa: PLC0415
    from analyzer.questions.change_drafting import draft_change  # noqa: PLC0415
    from analyzer.registry.change_records import (  # noqa: PLC0415
        find_change_records,
        format_change_record,
        next_change_id,
        open_fields,
    )
    from analyzer.registry.writing import lock_registry  # noqa: PLC0415
    from analyzer.sources.git_repository import find_repository  # noqa: PLC0415

    both = compare_with(session, base, from_merge_base=merge_base)
    if not both.answer.changes.files:
        raise AnalyzerError(
            f"nothing differs between {base} and the work tree, so there is no change to record; "
            "check --base"
        )
    repository = find_repository(session.project())
    shown = folder_of_changes(session, both.head)
    folder = session.project() / shown
    today = datetime.datetime.now(tz=datetime.UTC).date()
    with nullcontext() if dry_run else lock_registry(folder, report=say):
        records = find_change_records(folder, shown=shown)
        draft = draft_change(
            both.base,
            both.head,
            both.answer,
            id_=next_change_id(folder, records, year=today.year),
            date=today.isoformat(),
            folder=shown,
            interfaces=_compare_interfaces(repository, both),
        )
        text = format_change_record(draft)
        if not dry_run:
            write_whole(folder / f"{draft.id}.yaml", text.encode())
    if dry_run and format_ is TextFormat.TEXT:
        # The record and nothing else: it may go into a file.
        write_result(text, None)
        raise typer.Exit
    answer = DraftedChange(
        id=draft.id,
        path=f"{shown}/{draft.id}.yaml",
        artifacts=draft.artifacts,
        open=open_fields(draft),
        text=text,
        is_written=not dry_run,
    )
    reply(context, both.head, answer, Writing(format_, None, False))


def folder_of_changes(session: Session, system: System) -> str:
    """Where the records of changes are, as a path in the project."""
    from analyzer.model.errors import AnalyzerError  # noqa: PLC0415

    configured = session.config().change_records
    if configured is not None:
        return configured
    places = {
        Path(record.origin.path).parent.as_posix()
        for record in system.registry.records
        if record.origin.path.endswith((".yaml", ".yml"))
    }
    inside = sorted(place for place in places if place.split("/")[0] != "..")
    if not inside:
        raise AnalyzerError(
            "the registry has no folder in this project to keep records of changes in; name one as "
            "`change-records` in analyzer.toml"
        )
    # Beside the records; those of `registry/artifacts` have theirs in `registry/changes`.
    top = min(inside, key=lambda place: (place.count("/"), place))
    above = top.rpartition("/")[0] if top.endswith("/artifacts") else top
    return f"{above}/changes" if above != "." else "changes"


def find_change(
    session: Session, base: System, head: System, changes: ChangeSet
) -> ChangeUnderReview:
    """What a change touches, and the records of changes that it brings."""
    from analyzer.questions.change_drafting import find_change_under_review  # noqa: PLC0415
    from analyzer.registry.change_records import find_change_records  # noqa: PLC0415

    shown = folder_of_changes(session, head)
    records = find_change_records(session.project() / shown, shown=shown)
    return find_change_under_review(base, head, changes, records)


def _compare_interfaces(repository: Repository, both: BothEnds) -> Interfaces:
    """How the interface of each changed Python file differs."""
    from analyzer.sources.git import read_blobs  # noqa: PLC0415
    from analyzer.sources.python_interface import compare_interfaces  # noqa: PLC0415

    changed = [
        one
        for one in both.answer.changes.files
        if any(path is not None and path.endswith(".py") for path in (one.before, one.after))
    ]
    old = read_blobs(
        repository, both.answer.base, [one.before for one in changed if one.before is not None]
    )
    found = {}
    for one in changed:
        before = None if one.before is None else old.get(one.before)
        file = None if one.after is None else repository.project / one.after
        after = file.read_bytes() if file is not None and file.is_file() else None
        path = one.after or one.before
        if path is not None:
            found[path] = compare_interfaces(before, after)
    return found
