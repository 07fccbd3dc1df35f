"""`init --discover`: the first registry of a repository that has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.cli.adding import build_target, write_records
from analyzer.cli.discovering import find_answer, find_name
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.graph.system import System
    from analyzer.model.discovery import AdditionAnswer, Proposal
    from analyzer.registry.adding import NewRecord

_FOLDER = "registry_data"


class FirstRegistry(Struct, frozen=True):
    """What was written, and what the configuration says about it."""

    written: AdditionAnswer
    location: str
    """The folder of the records, relative to the project."""
    scope: tuple[str, ...]
    """Patterns of the modules that ought to have a record from now on."""
    types: tuple[str, ...]
    """The type of each record."""
    unowned: int
    """How many of the records name no owner."""


def write_first_registry(
    session: Session, system: System, project: Path, owner: str | None
) -> FirstRegistry:
    """Write a record for everything that the project consists of.

    Raises:
        AnalyzerError: there is a registry, or nothing to register.
    """
    from analyzer.model.configuration import Config  # noqa: PLC0415

    if system.registry.records:
        first = system.registry.records[0]
        raise AnalyzerError(
            f"{first.origin}: there is a registry already; `analyzer registry add --all-in .` adds "
            "what is missing"
        )
    proposals = sorted(
        find_answer(session, system, project, Config(), is_first=True).proposals,
        key=lambda p: p.path,
    )
    if not proposals:
        raise AnalyzerError(f"{project}: no module that a record could be about; write one by hand")
    folder = _folder(session, project)
    records = [_build(one, owner) for one in proposals]
    target = build_target(system, project, (project / folder,))
    written = write_records(session, target, records, is_dry_run=False)
    return FirstRegistry(
        written=written,
        location=folder,
        scope=_find_scope(system, proposals),
        types=tuple(str(one.fields["type"]) for one in records),
        unowned=sum("owner" not in one.fields for one in records),
    )


def _folder(session: Session, project: Path) -> str:
    """Where the records go: where the user says, else into a usual folder."""
    named = [path.absolute() for path in session.registry_option]
    if named:
        folder = named[0].resolve()
        root = project.resolve()
        return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
    slug = re.sub(r"[^a-z0-9._-]+", "-", find_name(project).lower()).strip("-.") or "project"
    return f"{_FOLDER}/{slug}"


def _build(one: Proposal, owner: str | None) -> NewRecord:
    from analyzer.registry.adding import NewRecord  # noqa: PLC0415

    values = {field.name: field.value for field in one.fields}
    if owner is not None:
        values.setdefault("owner", owner)
    return NewRecord(
        id=one.id,
        is_id_given=False,
        named_by=one.named_by,
        paths=one.paths,
        fields={k: v for k, v in values.items() if k not in ("artifact_id", "path")},
    )


def _find_scope(system: System, proposals: Sequence[Proposal]) -> tuple[str, ...]:
    """Everything in the packages and the folders that something was registered in.

    So a module that somebody adds there needs a record, whatever folder it is in.
    """
    packages = {
        name if root.path == "." else f"{root.path}/{name}"
        for root in system.facts.roots
        for name in root.packages
    }
    patterns = set()
    for one in proposals:
        for path in one.paths:
            parts = path.split("/")
            above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
            package = next((folder for folder in above if folder in packages), None)
            if package is not None and not package.endswith(".py") and package != path:
                patterns.add(f"{package}/**/*.py")
            elif path.endswith(".py"):
                patterns.add(path if len(parts) == 1 else f"{parts[0]}/**/*.py")
            else:
                patterns.add(f"{path}/**/*.py")
    return tuple(sorted(patterns))
