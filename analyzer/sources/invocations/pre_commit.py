"""Hooks of pre-commit that a project keeps itself.

Format: https://pre-commit.com/#repository-local-hooks
"""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Command, Place, SourceFile, Started, Word
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.yaml_tree import Node, as_words, read_yaml

_NAMES = frozenset({".pre-commit-config.yaml", ".pre-commit-config.yml"})
# Their entry is a pattern, a message, or the name of an image.
_WITHOUT_COMMAND = frozenset({"docker_image", "fail", "pygrep"})


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a configuration of pre-commit."""
    return posixpath.basename(path) in _NAMES


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the hooks of the project itself start, always in the folder that the file stands in."""
    place = Place((source.folder,), commands.mounts)
    for document in read_yaml(source):
        for repository in document.get("repos").items:
            if repository.value("repo") != "local":
                continue
            for hook in repository.get("hooks").items:
                if hook.value("language") not in _WITHOUT_COMMAND:
                    words = (*_entry(hook.get("entry")), *as_words(hook.get("args")))
                    yield from commands.find_started_by(Command(words, place))


def _entry(node: Node) -> tuple[Word, ...]:
    """The words of a command line; pre-commit splits it as a shell would, and starts none."""
    try:
        words = shlex.split(node.text or "")
    except ValueError:
        return ()
    return tuple(Word(word, node.line) for word in words)
