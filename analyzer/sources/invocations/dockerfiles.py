"""Dockerfiles: what an image runs, and where it keeps the files of the project.

Format: https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator

from msgspec import Struct, field

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Command, Mount, Place, SourceFile, Started, Word
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.places import ProjectTree
from analyzer.sources.invocations.shell import ShellText

_INSTRUCTION = re.compile(r"[ \t]*([A-Za-z]+)[ \t]+(.*)", re.DOTALL)
_HEREDOC = re.compile(r"<<-?[ \t]*([\"']?)(\w+)\1")
_FLAG = re.compile(r"\s*--[\w-]+(?:=\S*)?\s+")
_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")


class Run(Struct):
    """One thing that an image runs: a list of words, or shell text."""

    instruction: str
    line: int
    words: tuple[Word, ...] | None
    text: str
    place: Place
    variables: dict[str, str]


class Image(Struct):
    """What a Dockerfile says."""

    context: str
    runs: list[Run] = field(default_factory=list)
    mounts: list[Mount] = field(default_factory=list)
    working_directory: str = "/"
    variables: dict[str, str] = field(default_factory=dict)

    def place(self, tree: ProjectTree) -> Place:
        """Where the image runs what it is started with."""
        return place_in_container(self.working_directory, tuple(self.mounts), self.context, tree)


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a Dockerfile."""
    name = posixpath.basename(path)
    known = name in ("Containerfile", "Dockerfile") or name.startswith(
        ("Containerfile.", "Dockerfile.", "Dockerfile-")
    )
    return known or name.endswith((".Dockerfile", ".dockerfile"))


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What building and running an image starts."""
    image = read_image(source, commands.tree)
    entry: Run | None = None
    for run in image.runs:
        yield from _start(run, commands)
        if run.instruction == "ENTRYPOINT":
            entry = run
        elif run.instruction == "CMD" and entry and entry.words and run.words:
            both = Command((*entry.words, *run.words), run.place, run.variables)
            yield from commands.find_started_by(both)


def _start(run: Run, commands: Commands) -> Iterator[Started]:
    if run.words is not None:
        yield from commands.find_started_by(Command(run.words, run.place, run.variables))
    else:
        yield from commands.find_started(ShellText(run.text, run.line, run.place, run.variables))


def read_image(source: SourceFile, tree: ProjectTree, context: str | None = None) -> Image:
    """Read a Dockerfile.

    Args:
        source: the file.
        tree: the project.
        context: the folder that the image is built from; else the one in which most of what is
            copied is there.
    """
    instructions = list(_instructions(source.lines))
    if context is None:
        context = _find_context(source, instructions, tree)
    image = Image(context)
    for line, name, text in instructions:
        match name:
            case "FROM":
                image.working_directory = "/"
            case "WORKDIR":
                folder = _fill(text.strip().strip("\"'"), image.variables)
                image.working_directory = posixpath.join(image.working_directory, folder)
            case "ENV" | "ARG":
                _read_variables(text, image.variables)
            case "COPY" | "ADD":
                image.mounts.extend(_mounts(text, image, tree))
            case "CMD" | "ENTRYPOINT" | "RUN" | "HEALTHCHECK":
                image.runs.append(_read_run(name, text, line, image, tree))
            case _:
                pass
    return image


def _read_run(name: str, text: str, line: int, image: Image, tree: ProjectTree) -> Run:
    if name == "HEALTHCHECK":
        before, _, text = text.partition("CMD")
        line += before.count("\n")
    text, words = _command(text, line)
    return Run(name, line, words, text, image.place(tree), dict(image.variables))


def place_in_container(
    folder: str, mounts: tuple[Mount, ...], context: str, tree: ProjectTree
) -> Place:
    """A folder of a container; the build context stands in where its files come from elsewhere."""
    folders = tree.find_folders(posixpath.normpath(folder), Place((), mounts)) if mounts else ()
    return Place(folders or (context,), mounts)


def _instructions(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    position = 0
    while position < len(lines):
        start = position
        kept: list[str] = []
        while position < len(lines):
            line = lines[position]
            position += 1
            is_comment = line.lstrip().startswith("#")
            if is_comment and not kept:
                start = position
                continue
            # A comment between continued lines ends nothing; its line is kept empty.
            kept.append("\\" if is_comment else line)
            if not is_comment and not line.rstrip().endswith("\\"):
                break
        text = "\n".join(kept)
        found = _INSTRUCTION.match(text)
        if found is None:
            continue
        name = found[1].upper()
        heredoc = _HEREDOC.search(text) if name == "RUN" else None
        if heredoc is not None:
            while position < len(lines) and lines[position].strip() != heredoc[2]:
                text += "\n" + lines[position]
                position += 1
            text += "\n" + heredoc[2]
            position += 1
            found = _INSTRUCTION.match(text) or found
        yield start + 1, name, found[2]


def _command(text: str, line: int) -> tuple[str, tuple[Word, ...] | None]:
    while (flag := _FLAG.match(text)) is not None:
        text = text[flag.end() :]
        line += flag[0].count("\n")
    if text.lstrip().startswith("["):
        plain = text.replace("\\\n", "\n")
        try:
            words = json.loads(plain)
        except ValueError:
            return text, None
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return text, tuple(Word(word, _line_of(word, text, line)) for word in words)
    heredoc = _HEREDOC.match(text.lstrip())
    if heredoc is not None:
        # `RUN <<EOF` is a script.
        text = text.partition("\n")[2].rpartition("\n")[0]
        return f"\n{text}", None
    return text, None


def _line_of(word: str, text: str, line: int) -> int:
    return line + text.count("\n", 0, max(text.find(json.dumps(word)), 0))


def _sources(text: str, variables: dict[str, str]) -> list[str]:
    if "--from=" in text:
        return []
    while (flag := _FLAG.match(text)) is not None:
        text = text[flag.end() :]
    plain = text.replace("\\\n", " ").strip()
    if plain.startswith("["):
        try:
            words = json.loads(plain)
        except ValueError:
            return []
        return [str(word) for word in words] if isinstance(words, list) else []
    return [_fill(word.strip("\"'"), variables) for word in plain.split()]


def _mounts(text: str, image: Image, tree: ProjectTree) -> Iterator[Mount]:
    *sources, target = _sources(text, image.variables) or [""]
    if not target:
        return
    goal = posixpath.normpath(posixpath.join(image.working_directory, target))
    for copied in sources:
        path = posixpath.normpath(posixpath.join(image.context, copied.lstrip("/")))
        path = "" if path == "." else path
        if path in tree.folders:
            yield Mount(goal, path)
        elif path in tree.files:
            is_folder = target.endswith(("/", ".")) or len(sources) > 1
            name = posixpath.basename(path)
            yield Mount(posixpath.join(goal, name) if is_folder else goal, path)
        elif "*" in path and posixpath.dirname(path) in tree.folders:
            yield Mount(goal, posixpath.dirname(path))


def _find_context(
    source: SourceFile, instructions: list[tuple[int, str, str]], tree: ProjectTree
) -> str:
    folder = source.folder
    candidates = [folder]
    while folder:
        folder = posixpath.dirname(folder)
        candidates.append(folder)
    copied = [
        posixpath.normpath(one.lstrip("/"))
        for _, name, text in instructions
        if name in ("ADD", "COPY")
        for one in _sources(text, {})[:-1]
    ]

    def count(candidate: str) -> int:
        paths = [posixpath.normpath(posixpath.join(candidate, one)) for one in copied]
        return sum(one in tree.files or one in tree.folders or one == "." for one in paths)

    # The nearest of the best: `max` takes the first.
    return max(candidates, key=count)


def _read_variables(text: str, variables: dict[str, str]) -> None:
    plain = text.replace("\\\n", " ").strip()
    first, _, rest = plain.partition(" ")
    if "=" not in first:
        if rest:
            variables[first] = _fill(rest.strip(), variables)
        return
    for name, value in re.findall(r"(\w+)=(\"[^\"]*\"|'[^']*'|\S*)", plain):
        variables[name] = _fill(value.strip("\"'"), variables)


def _fill(text: str, variables: dict[str, str]) -> str:
    return _VARIABLE.sub(
        lambda found: variables.get(found[1] or found[3], found[2] or "").strip(), text
    )
