"""Workflows and actions of GitHub.

Format: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText
from analyzer.sources.invocations.yaml_tree import Node, as_shell, environment, read_yaml

_WORKFLOW = re.compile(r"(?:.*/)?\.github/workflows/[^/]+\.ya?ml")
_ACTION = re.compile(r"(?:.*/)?\.github/actions/(?:.*/)?action\.ya?ml|action\.ya?ml")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
_WORKSPACE = re.compile(r"\s*(?:github\.workspace|env\.GITHUB_WORKSPACE)\s*")
_SHELLS = ("bash", "sh")


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a workflow, or an action of the project's own."""
    return _WORKFLOW.fullmatch(path) is not None or _ACTION.fullmatch(path) is not None


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the steps of a workflow or an action start, in the folder that is checked out."""
    before, found, _ = source.path.rpartition(".github/")
    top = Place((before.rstrip("/") if found else "",), commands.mounts)
    for document in read_yaml(source):
        variables = environment(document.get("env"))
        yield from _start_steps(document.get("runs"), source, top, variables, commands)
        place = _moved(document, top, commands)
        for job in document.get("jobs").fields.values():
            if (uses := job.get("uses")).text:
                yield from _uses(uses, commands)
            inner = {**variables, **environment(job.get("env"))}
            yield from _start_steps(job, source, _moved(job, place, commands), inner, commands)


def _start_steps(
    job: Node, source: SourceFile, place: Place, variables: dict[str, str], commands: Commands
) -> Iterator[Started]:
    for step in job.get("steps").items:
        if (uses := step.get("uses")).text:
            yield from _uses(uses, commands)
        run = step.get("run")
        shell = step.value("shell") or "bash"
        if not run.text or not shell.startswith(_SHELLS):
            continue
        folder = step.value("working-directory")
        here = place if folder is None else _in_folder(folder, commands)
        text, line = as_shell(run, source)
        inner = {**variables, **environment(step.get("env"))}
        inner = {name: _without_expressions(value) for name, value in inner.items()}
        yield from commands.find_started(ShellText(_without_expressions(text), line, here, inner))


def _uses(uses: Node, commands: Commands) -> Iterator[Started]:
    """An action or a workflow of the project itself."""
    text = uses.text or ""
    if not text.startswith("./"):
        return
    for name in ("", "/action.yml", "/action.yaml"):
        path = commands.tree.find_file(f"{text.rstrip('/')}{name}", Place(("",)))
        if path is not None:
            yield Started(path, uses.line)
            return


def _moved(node: Node, place: Place, commands: Commands) -> Place:
    folder = node.value("defaults", "run", "working-directory")
    return place if folder is None else _in_folder(folder, commands)


def _in_folder(folder: str, commands: Commands) -> Place:
    place = Place(("",), commands.mounts)
    text = _without_expressions(folder).replace("$GITHUB_WORKSPACE", ".")
    return Place(commands.tree.find_folders(text, place), commands.mounts)


def _without_expressions(text: str) -> str:
    """Text with `${{ … }}` as a shell would see it: the workspace is known, the rest is not."""
    return _EXPRESSION.sub(
        lambda found: "$GITHUB_WORKSPACE" if _WORKSPACE.fullmatch(found[1]) else "${_}", text
    )
