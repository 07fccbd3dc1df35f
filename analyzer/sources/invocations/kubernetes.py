"""Manifests of Kubernetes and templates of Helm: what the containers of a workload run.

Format: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Command, Place, SourceFile, Started, Word
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.yaml_tree import Node, as_words, read_yaml

# Kind -> where its template of a pod stands.
_POD = ("spec", "template", "spec")
_WORKLOADS = {
    "CronJob": ("spec", "jobTemplate", *_POD),
    "DaemonSet": _POD,
    "Deployment": _POD,
    "Job": _POD,
    "Pod": ("spec",),
    "ReplicaSet": _POD,
    "Rollout": _POD,
    "StatefulSet": _POD,
}
_WORKLOAD = re.compile(rf"\bkind[\"']?:[ \t]*[\"']?(?:{'|'.join(_WORKLOADS)})\b")
_CONTAINERS = ("initContainers", "containers")
_HOOKS = (
    ("livenessProbe", "exec"),
    ("readinessProbe", "exec"),
    ("startupProbe", "exec"),
    ("lifecycle", "postStart", "exec"),
    ("lifecycle", "preStop", "exec"),
)
# Stands for an action of a template; no text that is read has it.
_ACTION = "\x00"
_VARIABLE = re.compile(r"\$\((\w+)\)")


def is_read(path: ProjectPath) -> bool:
    """Whether a file may be a manifest: only its content tells."""
    return path.endswith((".yaml", ".yml"))


def is_one(_: ProjectPath, text: str) -> bool:
    """Whether a file holds a workload, as far as the start of its text tells."""
    return _WORKLOAD.search(text) is not None


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the containers of the workloads in a file start.

    Which image a container is made from is not known, nor where that keeps the project's files:
    paths are found as those of all the project's images are.
    """
    if not is_one(source.path, source.text):
        return
    for document in read_yaml(source, without_actions(source.text)):
        for node in (document, *document.get("items").items):
            place = _WORKLOADS.get(node.value("kind") or "")
            if place is None:
                continue
            pod = node.get(*place)
            for name in _CONTAINERS:
                for container in pod.get(name).items:
                    yield from _start_container(container, commands)


def without_actions(text: str) -> str:
    """A template as far as it is YAML; every line stays where it was.

    Lines that only say what the template does are left empty. A value that is put in is `$_`, which
    to a shell is something unknown, and to YAML a word.
    """
    pieces = []
    end = 0
    # A pattern would look for the end of each action that has none, through the whole text.
    while (start := text.find("{{", end)) >= 0 and (close := text.find("}}", start)) >= 0:
        lines = text.count("\n", start, close)
        # What `nindent` gives begins on a line of its own, and lines below may go on with it.
        value = "" if "nindent" in text[start:close] else _ACTION
        pieces += [text[end:start], value, "\n" * lines]
        end = close + 2
    if not pieces:
        return text
    lines_of_text = "".join([*pieces, text[end:]]).split("\n")
    return "\n".join(
        line.replace(_ACTION, "$_") if line.replace(_ACTION, "").strip() else ""
        for line in lines_of_text
    )


def _start_container(container: Node, commands: Commands) -> Iterator[Started]:
    variables = {
        name: value
        for one in container.get("env").items
        if (name := one.value("name")) and (value := one.value("value")) is not None
    }
    folder = container.value("workingDir")
    place = Place((), commands.mounts)
    if folder is not None:
        place = Place(commands.tree.find_folders(folder, place), commands.mounts)
    command, arguments = (as_words(container.get(name)) for name in ("command", "args"))
    # Without a command the image's own entry point comes first; most run what they are given.
    lists = [(*command, *arguments)]
    lists += [as_words(container.get(*hook, "command")) for hook in _HOOKS]
    for words in lists:
        filled = tuple(_fill(word, variables) for word in words)
        yield from commands.find_started_by(Command(filled, place, variables))


def _fill(word: Word, variables: dict[str, str]) -> Word:
    """`$(NAME)` is Kubernetes' own way to name a variable."""
    text = _VARIABLE.sub(lambda found: variables.get(found[1], found[0]), word.text)
    return Word(text, word.line)
