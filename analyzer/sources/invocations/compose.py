"""Compose files: what each service builds and runs.

Format: https://github.com/compose-spec/compose-spec/blob/main/spec.md
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Command, Mount, Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.dockerfiles import Image, place_in_container, read_image
from analyzer.sources.invocations.shell import ShellText
from analyzer.sources.invocations.yaml_tree import (
    Node,
    as_shell,
    as_words,
    environment,
    read_yaml,
)

_NAME = re.compile(r"(?:.*[.-])?compose(?:[.-].*)?\.ya?ml")


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a compose file."""
    return _NAME.fullmatch(posixpath.basename(path)) is not None


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the services of a compose file start, their Dockerfiles among it."""
    for document in read_yaml(source):
        services = document.get("services").fields
        images: dict[str, Image] = {}
        built = {}
        for name, service in services.items():
            image, dockerfile = _build(service, source, commands)
            if dockerfile is not None:
                yield dockerfile
            if image is not None:
                built[name] = image
                if (tag := service.value("image")) is not None:
                    images[tag] = image
        for name, service in services.items():
            shared = images.get(service.value("image") or "")
            yield from _start_service(service, built.get(name) or shared, source, commands)


def _build(
    service: Node, source: SourceFile, commands: Commands
) -> tuple[Image | None, Started | None]:
    build = service.get("build")
    context = build.text if build.text is not None else build.value("context")
    if context is None:
        if not build.fields:
            return None, None
        context = "."
    folder = _inside(source.folder, context)
    if folder is None or folder not in commands.tree.folders:
        return None, None
    named = build.get("dockerfile")
    path = posixpath.normpath(posixpath.join(folder, named.text or "Dockerfile"))
    dockerfile = commands.read(ProjectPath(path)) if path in commands.tree.files else None
    if dockerfile is None:
        return Image(folder), None
    line = named.line if named.text else build.line if build.text else build.get("context").line
    image = read_image(dockerfile, commands.tree, folder)
    return image, Started(ProjectPath(path), line)


def _start_service(
    service: Node, image: Image | None, source: SourceFile, commands: Commands
) -> Iterator[Started]:
    image = image or Image(source.folder)
    mounts = (*_volumes(service, source), *image.mounts)
    folder = service.value("working_dir") or image.working_directory
    place = place_in_container(folder, mounts, image.context, commands.tree)
    variables = {**image.variables, **environment(service.get("environment"))}
    entry = service.get("entrypoint")
    command = service.get("command")
    for node in (entry, command):
        yield from _start(node, source, place, variables, commands)
    if command.items:
        words = as_words(entry)
        if not words:
            last = [run.words for run in image.runs if run.instruction == "ENTRYPOINT"][-1:]
            line = command.line
            words = tuple(replace(word, line=line) for word in (last[0] or ())) if last else ()
        if words:
            both = Command((*words, *as_words(command)), place, variables)
            # What the image's own entry point starts is the Dockerfile's doing.
            lines = {item.line for item in (*entry.items, *command.items)}
            for started in commands.find_started_by(both):
                if started.line in lines:
                    yield started
    test = service.get("healthcheck", "test")
    if test.items and test.items[0].text == "CMD":
        words = as_words(test)[1:]
        yield from commands.find_started_by(Command(words, place, variables))
    elif test.items and test.items[0].text == "CMD-SHELL":
        for item in test.items[1:2]:
            yield from _start(item, source, place, variables, commands)
    else:
        yield from _start(test, source, place, variables, commands)


def _start(
    node: Node, source: SourceFile, place: Place, variables: dict[str, str], commands: Commands
) -> Iterator[Started]:
    if node.items:
        yield from commands.find_started_by(Command(as_words(node), place, variables))
    elif node.text:
        text, line = as_shell(node, source)
        shell = ShellText(text.replace("$$", "$"), line, place, variables)
        yield from commands.find_started(shell)


def _volumes(service: Node, source: SourceFile) -> Iterator[Mount]:
    for item in service.get("volumes").items:
        if item.text is not None:
            host, colon, rest = item.text.partition(":")
            target = rest.partition(":")[0]
            if not colon or not host.startswith("."):
                continue
        else:
            host, target = item.value("source") or "", item.value("target") or ""
            if item.value("type") != "bind":
                continue
        path = _inside(source.folder, host)
        if path is not None and target.startswith("/"):
            yield Mount(posixpath.normpath(target), path)


def _inside(folder: str, path: str) -> str | None:
    if "$" in path or path.startswith("/") or "://" in path:
        return None
    joined = posixpath.normpath(posixpath.join(folder, path))
    if joined == ".":
        return ""
    return None if joined.startswith("..") else joined
