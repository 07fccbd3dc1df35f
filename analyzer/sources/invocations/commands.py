"""Which files of the project a command starts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import (
    TOP,
    UNKNOWN,
    Command,
    Mount,
    Place,
    ReadText,
    Started,
    Word,
)
from analyzer.sources.invocations.places import ProjectTree
from analyzer.sources.invocations.shell import ShellText, read_commands
from analyzer.sources.invocations.wrappers import ASSIGNMENT, unwrap
from analyzer.sources.texts import ModuleResolver

_PYTHON = re.compile(r"(?:python|pypy)[\d.]*")
_SHELLS = frozenset({"ash", "bash", "dash", "ksh", "sh", "zsh"})
_DOTTED_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_OBJECT = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+):([A-Za-z_]\w*)(?:\(\))?")
# A name that stands on a line alone is one of several that are imported.
_BINDING = (
    r"^[ \t]*(?:(?:(?:async\s+)?def|class)\s+{0}\b|{0}\s*[:=]|(?:from|import)\s.*\b{0}\b"
    r"|(?:\w+[ \t]+as[ \t]+)?{0}[ \t]*,?[ \t]*$)"
)
# `-o pipefail`, also at the end of others: `-euo pipefail`.
_SHELL_OPTION = re.compile(r"[-+][a-z]*[oO]")
_PYTHON_SWITCHES_WITH_VALUE = frozenset({"-W", "-X", "--check-hash-based-pycs"})
# Shells in shells, and wrappers in wrappers.
_DEEPEST = 6


class Scene(Struct, frozen=True):
    """A command with everything that decides what its words mean."""

    commands: Commands
    place: Place
    variables: Mapping[str, str]
    body: Word | None = None
    depth: int = 0

    def find_module(self, name: str) -> ProjectPath | None:
        """The file of a dotted name; nothing where it depends on an unknown working directory."""
        if _DOTTED_NAME.fullmatch(name) is None:
            return None
        resolve = self.commands.resolve_module
        folders = list(self.place.folders) or [""]
        found = {resolve(name, ProjectPath(folder or TOP)) for folder in folders} - {None}
        if not found:
            found = {resolve(name, ProjectPath(one or TOP)) for one in self._python_path()} - {None}
        return found.pop() if len(found) == 1 else None

    def find_attribute(self, name: str) -> ProjectPath | None:
        """The file of a dotted name of which the last part may be something inside a module."""
        module = name.partition(":")[0]
        return self.find_module(module) or self.find_module(module.rpartition(".")[0])

    def find_file(self, text: str) -> ProjectPath | None:
        """The file that a path means."""
        return self.commands.tree.find_file(text, self.place)

    def inside(self, folder: str) -> Scene:
        """The same in another working directory."""
        folders = self.commands.tree.find_folders(folder, self.place)
        return replace(self, place=replace(self.place, folders=folders))

    def start(self, words: Sequence[Word]) -> Iterator[Started]:
        """What a command inside of this one starts."""
        yield from self.commands.find_started_by_words(words, replace(self, depth=self.depth + 1))

    def start_shell(self, text: str, line: int) -> Iterator[Started]:
        """What shell text inside of this command starts."""
        if self.depth < _DEEPEST:
            shell = ShellText(text, line, self.place, self.variables)
            yield from self.commands.find_started(shell, depth=self.depth + 1)

    def _python_path(self) -> Iterator[str]:
        for entry in self.variables.get("PYTHONPATH", "").split(":"):
            if entry:
                yield from self.commands.tree.find_folders(entry, self.place)


Tool = Callable[[tuple[Word, ...], Scene], Iterator[Started]]


class Commands(Struct, frozen=True):
    """Reads commands of one project."""

    tree: ProjectTree
    resolve_module: ModuleResolver
    console_scripts: Mapping[str, ProjectPath]
    interesting: Sequence[re.Pattern[bytes]]
    tools: Mapping[str, Tool]
    """Programs that start Python code which they are told by name."""
    read: ReadText
    mounts: tuple[Mount, ...] = ()
    """Where the images of the project keep its files."""

    def find_started(self, shell: ShellText, *, depth: int = 0) -> Iterator[Started]:
        """The files that a piece of shell starts."""
        for command in read_commands(shell, tree=self.tree, interesting=self.interesting):
            yield from self.find_started_by(command, depth=depth)

    def find_started_by(self, command: Command, *, depth: int = 0) -> Iterator[Started]:
        """The files that one command starts."""
        scene = Scene(self, command.place, command.variables, command.body, depth)
        yield from self.find_started_by_words(command.words, scene)

    def find_started_by_words(self, words: Sequence[Word], scene: Scene) -> Iterator[Started]:
        """The files that a command starts, whatever it is wrapped in."""
        if scene.depth > _DEEPEST:
            return
        words = tuple(words)
        while words and (found := ASSIGNMENT.fullmatch(words[0].text)) is not None:
            scene = replace(scene, variables={**scene.variables, found[1]: found[2]})
            words = words[1:]
        if not words:
            return
        head, arguments = words[0], words[1:]
        name = posixpath.basename(head.text)
        inner = unwrap(name, arguments, is_program=self._is_program)
        if inner is not None:
            yield from scene.start(inner)
        elif _PYTHON.fullmatch(name):
            yield from _start_python(arguments, scene)
        elif name in _SHELLS:
            yield from _start_shell(arguments, scene)
        elif name == "eval":
            yield from scene.start_shell(" ".join(word.text for word in arguments), head.line)
        elif head.text in ("source", "."):
            if arguments:
                yield from _start_file(arguments[0], scene)
        elif "/" in head.text and (path := scene.find_file(head.text)) is not None:
            yield Started(path, head.line)
            yield from _start_subcommand(path, arguments, scene)
        else:
            yield from self._start_tool(name, head, arguments, scene)

    def _start_tool(
        self, name: str, head: Word, arguments: tuple[Word, ...], scene: Scene
    ) -> Iterator[Started]:
        path = self.console_scripts.get(name)
        if path is not None:
            yield Started(path, head.line)
            yield from _start_named(arguments, scene)
            return
        if "/" not in head.text:
            path = self.tree.find_on_path(name, scene.place)
        if path is not None:
            yield Started(path, head.line)
        elif name in self.tools:
            yield from self.tools[name](arguments, scene)

    def _is_program(self, text: str) -> bool:
        """Whether a word is surely the start of a command that is worth reading."""
        name = posixpath.basename(text)
        return (
            _PYTHON.fullmatch(name) is not None
            or name in _SHELLS
            or name in self.tools
            or name in self.console_scripts
            or name == "manage.py"
        )


def _start_python(arguments: tuple[Word, ...], scene: Scene) -> Iterator[Started]:
    """`python [switches] -m module | path | -c text | -`."""
    position = 0
    while position < len(arguments):
        word = arguments[position]
        text = word.text
        if text in _PYTHON_SWITCHES_WITH_VALUE:
            position += 2
        elif text == "-" or text.startswith("-c"):
            return
        elif text.startswith("-") and not text.startswith("--") and "m" in text:
            # `-m x`, `-um x`, `-mx`
            rest = text.partition("m")[2]
            named = Word(rest, word.line) if rest else next(iter(arguments[position + 1 :]), None)
            following = arguments[position + (1 if rest else 2) :]
            if named is not None:
                yield from _start_module(named, following, scene)
            return
        elif text.startswith("-"):
            position += 1
        else:
            yield from _start_file(word, scene)
            path = scene.find_file(text)
            if path is not None:
                yield from _start_subcommand(path, arguments[position + 1 :], scene)
            return


def _start_module(named: Word, arguments: tuple[Word, ...], scene: Scene) -> Iterator[Started]:
    path = scene.find_module(f"{named.text}.__main__") or scene.find_module(named.text)
    if path is not None:
        yield Started(path, named.line)
        if path in scene.commands.console_scripts.values():
            yield from _start_named(arguments, scene)
    elif named.text in scene.commands.tools:
        yield from scene.commands.tools[named.text](arguments, scene)


def _start_named(arguments: Sequence[Word], scene: Scene) -> Iterator[Started]:
    """`shop server start shop.main:app`: what a program of the project itself is told by name.

    Only its own code knows what its arguments are. One that names a module of the project with a
    dot, and something that the module binds, is no image and no address: `app:latest`, `db:5432`.
    """
    for word in arguments:
        found = _OBJECT.fullmatch(word.text)
        path = None if found is None else scene.find_module(found[1])
        source = None if path is None else scene.commands.read(path)
        if found is None or path is None or source is None:
            continue
        if re.search(_BINDING.format(found[2]), source.text, re.MULTILINE):
            yield Started(path, word.line)


def _start_file(word: Word, scene: Scene) -> Iterator[Started]:
    """A path that is run: a file, or a folder with a `__main__.py`."""
    path = scene.find_file(word.text) or scene.find_file(f"{word.text}/__main__.py")
    if path is not None:
        yield Started(path, word.line)


def _start_shell(arguments: tuple[Word, ...], scene: Scene) -> Iterator[Started]:
    """`sh [switches] path | -c text | < text`."""
    position = 0
    while position < len(arguments):
        text = arguments[position].text
        if text in ("--rcfile", "--init-file") or _SHELL_OPTION.fullmatch(text):
            position += 2
        elif text.startswith("-") and not text.startswith("--") and "c" in text:
            if position + 1 < len(arguments):
                word = arguments[position + 1]
                yield from scene.start_shell(word.text, word.line)
            return
        elif text.startswith(("-", "+")):
            position += 1
        else:
            yield from _start_file(arguments[position], scene)
            return
    if scene.body is not None:
        yield from scene.start_shell(scene.body.text, scene.body.line)


def _start_subcommand(
    path: ProjectPath, arguments: Sequence[Word], scene: Scene
) -> Iterator[Started]:
    """`manage.py x` runs `management/commands/x.py` where the project has just one of that name."""
    if posixpath.basename(path) != "manage.py" or not arguments:
        return
    name = arguments[0].text
    if UNKNOWN in name or not name.isidentifier():
        return
    found = [
        one
        for one in scene.commands.tree.files_named(f"{name}.py")
        if f"/{one}".endswith(f"/management/commands/{name}.py")
    ]
    if len(found) == 1:
        yield Started(found[0], arguments[0].line)
