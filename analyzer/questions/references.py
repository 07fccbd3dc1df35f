"""REF: how users name an artifact, a file or a module on the command line."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact

_MOST_NEAR_NAMES = 3
_MOST_CANDIDATES = 10


class Reference(Struct, frozen=True):
    """What a REF means: an artifact with all its files, or some files."""

    ref: str
    artifact: Artifact | None
    """The artifact that was named, or the one that all the named files belong to."""
    files: tuple[ProjectPath, ...]


def get_reference(system: System, ref: str, *, project: Path, working_directory: Path) -> Reference:
    """Find what a REF means.

    In this order: an artifact id (any case), a path (relative to the project or to the working
    directory, or absolute), a dotted module name, a record's name where only one record bears it.

    Raises:
        AnalyzerError: nothing fits (with up to three near names), or several things do.
    """
    exact = [artifact for id_, artifact in system.artifacts.items() if id_ == ref]
    same = exact or [one for id_, one in system.artifacts.items() if id_.lower() == ref.lower()]
    if len(same) > 1:
        raise _ambiguous(ref, "is the id of several artifacts", [one.id for one in same])
    if same:
        return Reference(ref, same[0], same[0].files)
    files = _files_at(system, ref, project=project, working_directory=working_directory)
    if files:
        return Reference(ref, _common_artifact(system, files), files)
    modules = [module.path for module in system.facts.modules if module.name == ref]
    if len(modules) > 1:
        raise _ambiguous(ref, "is the name of several modules", modules)
    if modules:
        return Reference(ref, _common_artifact(system, modules), tuple(modules))
    named = [artifact for artifact in system.artifacts.values() if artifact.record.name == ref]
    if len(named) > 1:
        raise _ambiguous(ref, "is the name of several records", [one.id for one in named])
    if named:
        return Reference(ref, named[0], named[0].files)
    raise AnalyzerError(f'"{ref}" is no artifact, path, module or record{_near(system, ref)}')


def get_artifact(system: System, ref: str, *, project: Path, working_directory: Path) -> Artifact:
    """Find the artifact that a REF means, or that the file it means belongs to.

    Raises:
        AnalyzerError: there is none.
    """
    found = get_reference(system, ref, project=project, working_directory=working_directory)
    if found.artifact is None:
        raise AnalyzerError(
            f'"{ref}" is not part of a registered artifact; ask `analyzer impact` or '
            "`analyzer why` about it, or register it"
        )
    return found.artifact


def _files_at(
    system: System, ref: str, *, project: Path, working_directory: Path
) -> tuple[ProjectPath, ...]:
    for base in (project, working_directory) if ref else ():
        # The project's own path has no symbolic links; what the user writes may have.
        for absolute in (os.path.normpath(base / ref), os.path.realpath(base / ref)):
            path = os.path.relpath(absolute, project).replace(os.sep, "/")
            if path == ".":
                return system.facts.files
            if path.startswith("../"):
                continue
            below = f"{path}/"
            files = tuple(
                file for file in system.facts.files if file == path or file.startswith(below)
            )
            if files:
                return files
    return ()


def _common_artifact(system: System, files: Iterable[ProjectPath]) -> Artifact | None:
    artifacts = {system.artifact_of.get(path) for path in files}
    if len(artifacts) != 1:
        return None
    artifact = artifacts.pop()
    return None if artifact is None else system.artifacts[artifact]


def _ambiguous(ref: str, why: str, candidates: Iterable[ProjectPath | ArtifactId]) -> AnalyzerError:
    names = sorted(candidates)
    shown = ", ".join(names[:_MOST_CANDIDATES])
    more = f" and {len(names) - _MOST_CANDIDATES} more" if len(names) > _MOST_CANDIDATES else ""
    return AnalyzerError(f'"{ref}" {why}: {shown}{more}; name one of them')


def _near(system: System, ref: str) -> str:
    spellings: dict[str, str] = {}
    for artifact in system.artifacts.values():
        spellings[artifact.id.lower()] = artifact.id
        if artifact.record.name is not None:
            spellings.setdefault(artifact.record.name.lower(), artifact.record.name)
    for module in system.facts.modules:
        spellings.setdefault(module.name.lower(), module.name)
        spellings.setdefault(module.path.lower(), module.path)
    close = difflib.get_close_matches(ref.lower(), list(spellings), n=_MOST_NEAR_NAMES)
    if not close:
        return "; `analyzer registry list` names all artifacts"
    return f"; near names: {', '.join(spellings[name] for name in close)}"
