"""Pipelines of GitLab.

Format: https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText
from analyzer.sources.invocations.yaml_tree import Node, as_shell, environment, read_yaml


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a pipeline."""
    name = posixpath.basename(path)
    in_folder = "/.gitlab/" in f"/{path}" and name.endswith((".yml", ".yaml"))
    return in_folder or name.endswith((".gitlab-ci.yml", ".gitlab-ci.yaml"))


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the jobs of a pipeline start. `before_script` and `script` share one shell."""
    place = Place(("",), commands.mounts)
    for document in read_yaml(source):
        variables = environment(document.get("variables"))
        shared = document.get("before_script")
        for job in (document, *document.fields.values()):
            inner = {**variables, **environment(job.get("variables"))}
            before = job.get("before_script")
            first = before if before.items or before.text else shared
            scripts = [*_items(first), *_items(job.get("script"))]
            for items in (scripts, _items(job.get("after_script"))):
                for shell in _joined(items, source):
                    yield from commands.find_started(ShellText(shell[0], shell[1], place, inner))


def _items(node: Node) -> list[Node]:
    """The commands of a script: one, a list, or lists in a list."""
    if node.text is not None:
        return [node]
    found: list[Node] = []
    pending = list(reversed(node.items))
    seen: set[int] = set()
    while pending:
        item = pending.pop()
        if id(item) in seen:
            # Lists of aliases of lists of aliases grow beyond all bounds.
            continue
        seen.add(id(item))
        if item.text is not None:
            found.append(item)
        pending.extend(reversed(item.items))
    return found


def _joined(items: list[Node], source: SourceFile) -> Iterator[tuple[str, int]]:
    """Commands of one shell as one text, each on its own line, so that `cd` is followed.

    A command that stands further up (an alias) starts a new text.
    """
    text, first, line = "", 0, 0
    for item in items:
        piece, start = as_shell(item, source)
        if text and start >= line:
            text += "\n" * (start - line)
        else:
            if text:
                yield text, first
            text, first, line = "", start, start
        text += piece
        line = start + piece.count("\n")
    if text:
        yield text, first
