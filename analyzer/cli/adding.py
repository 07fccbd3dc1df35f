"""`registry add`: writes records of what has none, asked for or filled in by itself."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import Writing, reply
from analyzer.cli.discovering import (
    find_answer,
    find_name,
    get_project_path,
    refuse_registered,
    select,
    tell_of_unusable_files,
)
from analyzer.cli.options import Format, Output, TextFormat
from analyzer.cli.output import say
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from pathlib import Path

    from analyzer.graph.system import System
    from analyzer.model.discovery import AdditionAnswer, Proposal
    from analyzer.model.registry import NamingConvention
    from analyzer.registry.adding import NewRecord, Target
    from analyzer.registry.naming import Naming

# In the order in which they are asked for: what an id is made of comes before the id.
_ASKED = (
    "type",
    "artifact_id",
    "name",
    "status",
    "owner",
    "purpose",
    "authority_level",
    "execution_surface",
)
_OF_ONE = frozenset({"artifact_id", "name", "purpose"})

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: write what is proposed.")]


def add(
    context: typer.Context,
    path: Annotated[
        str | None, typer.Argument(metavar="PATH", help="A file, or the folder of a package.")
    ] = None,
    all_in: Annotated[
        str | None,
        typer.Option(
            "--all-in",
            metavar="FOLDER",
            help="Everything below a folder that `registry discover` proposes, a record each.",
        ),
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="The artifact id.")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="What it is, such as service.")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="What people call it.")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="Whether it is in use, such as active.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="OWNER", help="The team or the person to ask.")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What it is for, in one sentence.")
    ] = None,
    authority_level: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="The most that it may do, such as mutate.")
    ] = None,
    execution_surface: Annotated[
        str | None, typer.Option(metavar="SURFACE", help="Where it runs, such as server.")
    ] = None,
    wave: Annotated[int | None, typer.Option(min=0, metavar="N", help="Its wave.")] = None,
    yes: Yes = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be written; write nothing.")
    ] = False,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
) -> None:
    """Write the record of a file or package that has none.

    Asks for each field on a terminal, with what `registry discover` proposes as the answer to
    Return. The record goes beside those of its type. An owner that nothing names is left out.
    """
    session: Session = context.obj
    if (path is None) == (all_in is None):
        raise AnalyzerError("registry add: name one PATH, or a folder with --all-in")
    given = {
        "artifact_id": id_,
        "type": type_,
        "name": name,
        "status": status,
        "owner": owner,
        "purpose": purpose,
        "authority_level": authority_level,
        "execution_surface": execution_surface,
    }
    decided = {field: value for field, value in given.items() if value is not None}
    for field in sorted(_OF_ONE & set(decided)) if all_in is not None else ():
        option = "--id" if field == "artifact_id" else f"--{field}"
        raise AnalyzerError(f"{option}: one for all is none; leave it away with --all-in")
    asks = not (yes or dry_run)
    if asks and not sys.stdin.isatty():
        raise AnalyzerError(
            "stdin is no terminal, so that nobody can be asked; write what is proposed with --yes, "
            "or look at it with --dry-run"
        )
    project = session.project()
    target = get_project_path(project, path if path is not None else all_in or "")
    system = session.analyse(needs_registry=True)
    if path is not None:
        refuse_registered(system, target)
    tell_of_unusable_files(session, system)
    proposals = _find_proposals(session, system, target, is_all=all_in is not None)
    if asks and all_in is not None:
        _confirm(proposals)
    from analyzer.questions.discovery.proposing import build_naming  # noqa: PLC0415

    naming = build_naming(system, find_name(project))
    records = [
        _build_record(
            one,
            decided,
            system=system,
            naming=naming,
            wave=wave,
            asks=asks and all_in is None,
        )
        for one in proposals
    ]
    place = session.registry_place()
    registry = build_target(system, project, place.find_locations(), place.conventions)
    answer = write_records(session, registry, records, is_dry_run=dry_run)
    writing = Writing(format_, output, require_complete=False)
    reply(context, system, answer, writing)


def _find_proposals(
    session: Session, system: System, target: str, *, is_all: bool
) -> Sequence[Proposal]:
    from analyzer.model.names import ProjectPath  # noqa: PLC0415

    path = ProjectPath(target)
    found = find_answer(
        session, system, session.project(), session.config(), wanted=[] if is_all else [path]
    )
    if not is_all:
        return [one for one in found.proposals if one.path == path]
    proposals = sorted(select(found, [path]).proposals, key=lambda one: one.path)
    if not proposals:
        raise AnalyzerError(
            f"{target}: nothing below it is in scope and without a record; name a file, or add the "
            "folder to [scope]"
        )
    return proposals


def _confirm(proposals: Sequence[Proposal]) -> None:
    for one in proposals:
        say(f"{one.id}  {one.path}")
    if _read_answer(f"Write {len(proposals)} records? [y/N]: ").lower() not in ("y", "yes"):
        raise AnalyzerError("nothing was written")


def _build_record(
    one: Proposal,
    decided: Mapping[str, str],
    *,
    system: System,
    naming: Naming,
    wave: int | None,
    asks: bool,
) -> NewRecord:
    from analyzer.model.names import ArtifactId  # noqa: PLC0415
    from analyzer.registry.adding import NewRecord  # noqa: PLC0415

    values = {field.name: field.value for field in one.fields} | dict(decided)
    if "artifact_id" not in decided and values["type"] != _proposed(one, "type"):
        values["artifact_id"] = _find_id(naming, one, values["type"])
    if asks:
        say(f"{one.path}; Return takes what is proposed")
        for field in _ASKED:
            if field in decided:
                continue
            values[field] = _ask(one, field, values.get(field, ""), system)
            if field == "type" and values["type"] != _proposed(one, "type"):
                values["artifact_id"] = _find_id(naming, one, values["type"])
    id_ = values.pop("artifact_id")
    values.pop("path")
    # What was only taken over may give way to what another run takes meanwhile.
    offered = {one.id, _find_id(naming, one, values["type"])}
    return NewRecord(
        id=ArtifactId(id_),
        is_id_given="artifact_id" in decided or id_ not in offered,
        named_by=one.named_by,
        paths=one.paths,
        fields={name: value for name, value in values.items() if value}
        | ({} if wave is None else {"wave": wave}),
    )


def _proposed(one: Proposal, name: str) -> str:
    field = one.find(name)
    return "" if field is None else field.value


def _find_id(naming: Naming, one: Proposal, type_: str) -> str:
    """The id of a type that somebody has chosen."""
    return naming.find_next(type_=type_, path=one.named_by).id


def _ask(one: Proposal, name: str, default: str, system: System) -> str:
    """Ask for one field until the answer is one that a record may have."""
    from analyzer.registry.naming import can_name_a_file  # noqa: PLC0415

    field = one.find(name)
    if field is not None and field.value == default:
        say(f"  {field.certainty}: {field.reason}")
    allowed = system.registry.allowed.get(name, ())
    by_id = {record.id.upper(): record.origin for record in system.registry.records}
    while True:
        shown = f" [{default}]" if default else ""
        text = _read_answer(f"{name}{shown}: ") or default
        if allowed and text not in allowed:
            say(f"  one of {', '.join(allowed)}")
        elif name == "artifact_id" and not can_name_a_file(text):
            say("  it is the name of a file, too: letters, digits, `-`, `_` and `.`")
        elif name == "artifact_id" and (taken := by_id.get(text.upper())) is not None:
            say(f"  {taken} has it")
        else:
            return text


def _read_answer(question: str) -> str:
    """Ask on stderr, as stdout carries results, which `input` would write into.

    Raises:
        AnalyzerError: whoever is asked has closed stdin.
    """
    typer.echo(question, err=True, nl=False)
    line = sys.stdin.readline()
    if not line:
        raise AnalyzerError("stdin: closed in the middle of the questions; nothing was written")
    return line.strip()


def write_records(
    session: Session, target: Target, records: Sequence[NewRecord], *, is_dry_run: bool
) -> AdditionAnswer:
    """Write records into the registry of a project; tell of those that nobody owns."""
    from analyzer.model.discovery import AdditionAnswer  # noqa: PLC0415
    from analyzer.registry.adding import add_records  # noqa: PLC0415

    written = add_records(records, target, is_dry_run=is_dry_run, report=session.warn)
    unowned = sum("owner" not in one.fields for one in records)
    if unowned:
        which = "the record names" if len(records) == 1 else f"{unowned} of the records name"
        session.warn(f"{which} no owner, as nothing says who it is (OWN001); add it by hand")
    return AdditionAnswer(written, is_dry_run)


def build_target(
    system: System,
    project: Path,
    locations: Sequence[Path],
    conventions: tuple[NamingConvention, ...] = (),
) -> Target:
    """The registry that records are written into, and what of the code it covers."""
    from analyzer.registry.adding import Target  # noqa: PLC0415

    places = {
        id_: artifact.place.paths[0]
        for id_, artifact in system.artifacts.items()
        if artifact.place.paths
    }
    return Target(project, find_name(project), tuple(locations), places, conventions)
