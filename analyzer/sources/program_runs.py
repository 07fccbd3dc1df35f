"""Programs that Python code starts: `subprocess.run([sys.executable, "scripts/x.py"])`."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.entry_points import Invocation
from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import PROJECT, UNKNOWN, Place, Started, Word
from analyzer.sources.invocations.commands import Commands, Scene
from analyzer.sources.invocations.shell import ShellText
from analyzer.sources.outline.code import Code, Located
from analyzer.sources.outline.values import (
    Call,
    Constant,
    Expression,
    Items,
    Joined,
    Name,
    Scope,
    Spread,
)
from analyzer.sources.path_expressions import find_path

# The command is the first argument: a list of words, or one text.
_RUNNERS = frozenset(
    {
        "asyncio.create_subprocess_shell", "os.popen", "os.system", "subprocess.Popen",
        "subprocess.call", "subprocess.check_call", "subprocess.check_output",
        "subprocess.getoutput", "subprocess.getstatusoutput", "subprocess.run",
    }
)  # fmt: skip
# Their text is read by a shell; those of the others only with `shell=True`.
_SHELLS = frozenset(
    {
        "asyncio.create_subprocess_shell", "os.popen", "os.system", "subprocess.getoutput",
        "subprocess.getstatusoutput",
    }
)  # fmt: skip
# Each argument is a word, from the position that is given on; `execv` takes a list of them.
_WORDS_FROM = {
    "asyncio.create_subprocess_exec": 0,
    "os.execl": 1, "os.execle": 1, "os.execlp": 1, "os.execlpe": 1,
    "os.spawnl": 2, "os.spawnle": 2, "os.spawnlp": 2, "os.spawnlpe": 2,
}  # fmt: skip
_LIST_AT = {
    "os.execv": 1, "os.execve": 1, "os.execvp": 1, "os.execvpe": 1, "os.posix_spawn": 1,
    "os.spawnv": 2, "os.spawnve": 2, "os.spawnvp": 2, "os.spawnvpe": 2,
}  # fmt: skip
_MODULE_RUNNERS = frozenset({"runpy.run_module", "uvicorn.run"})
_NAMES = frozenset(
    name.rpartition(".")[2]
    for name in (*_RUNNERS, *_WORDS_FROM, *_LIST_AT, *_MODULE_RUNNERS, "runpy.run_path")
)


def find_program_runs(code: Code, commands: Commands) -> tuple[Invocation, ...]:
    """Find the files that Python code starts as programs, sorted.

    Args:
        code: the project's outlines.
        commands: reads the commands, see `invocations.build_commands`.
    """
    found = set()
    for outline in code.outlines:
        names = _NAMES | {one.bound_as for one in outline.bindings if one.name in _NAMES}
        for one in outline.calls:
            if one.call.name not in names:
                continue
            run = _Run(code, commands, outline.path, one.scope, one.call)
            for started in run.find_started():
                if started.path != outline.path:
                    text = code.line_text(outline.path, started.line)
                    link = Link(outline.path, started.path, started.line, Kind.INVOKES, text)
                    found.add(Invocation(link, started.is_test_run))
    return tuple(sorted(found, key=lambda one: (one.link.sort_key(), one.is_test_run)))


class _Run:
    """One call that may start a program."""

    def __init__(
        self, code: Code, commands: Commands, path: ProjectPath, scope: Scope, call: Call
    ) -> None:
        self._code = code
        self._commands = commands
        self._path = path
        self._scope = scope
        self._call = call

    def find_started(self) -> Iterator[Started]:
        """The files that the call starts."""
        call = self._call
        name = self._code.external_name(self._path, self._scope, call.dotted or call.name) or ""
        if name in _RUNNERS:
            command = call.argument(0, "args", "cmd", "command")
            if command is not None:
                yield from self._command(command, is_shell=name in _SHELLS or self._has_shell())
        elif name in _WORDS_FROM:
            yield from self._words(Items(call.arguments[_WORDS_FROM[name] :]))
        elif name in _LIST_AT:
            words = call.argument(_LIST_AT[name], "args", "argv")
            if words is not None:
                yield from self._words(words)
        elif name == "runpy.run_path":
            yield from self._start(self._word(call.argument(0, "path_name")), before=("python",))
        elif name == "runpy.run_module":
            word = self._word(call.argument(0, "mod_name"))
            yield from self._start(word, before=("python", "-m"))
        elif name == "uvicorn.run":
            yield from self._start(self._word(call.argument(0, "app")), before=("uvicorn",))

    def _has_shell(self) -> bool:
        return self._call.argument(None, "shell") == Constant("True")

    def _command(self, command: Expression, *, is_shell: bool) -> Iterator[Started]:
        for value in self._code.find_values(self._path, self._scope, command):
            if isinstance(value.expression, Items):
                yield from self._words(command)
                return
        word = self._word(command)
        if UNKNOWN in word.text and not word.text.strip(UNKNOWN):
            return
        if is_shell:
            shell = ShellText(word.text, self._call.line, self._place(), {})
            for started in self._commands.find_started(shell):
                # The lines inside of a string are not those of the file.
                yield Started(started.path, self._call.line, started.is_test_run)
        else:
            yield from self._start(word)

    def _words(self, words: Expression) -> Iterator[Started]:
        found = [self._word(one.expression, one) for one in self._items(words)]
        if found:
            yield from self._start(*found)

    def _items(self, words: Expression) -> Iterator[Located]:
        for one in self._code.find_items(self._path, self._scope, words):
            if not isinstance(one.expression, Spread):
                yield one

    def _start(self, *words: Word, before: tuple[str, ...] = ()) -> Iterator[Started]:
        line = self._call.line
        scene = Scene(self._commands, self._place(), {})
        command = [*(Word(text, line) for text in before), *words]
        yield from self._commands.find_started_by_words(command, scene)

    def _place(self) -> Place:
        """Where the program runs: in `cwd`, else where this one was started from."""
        cwd = self._call.argument(None, "cwd")
        if cwd is not None and cwd != Constant("None"):
            text = self._text(cwd, None)
            whole = Place(("",))
            return Place(self._commands.tree.find_folders(text, whole))
        folder = self._path[: max(self._path.rfind("/"), 0)]
        return Place(tuple(dict.fromkeys(("", folder))))

    def _word(self, expression: Expression | None, one: Located | None = None) -> Word:
        if expression is None:
            return Word(UNKNOWN, self._call.line)
        line = getattr(expression, "line", 0) if one is None or one.path == self._path else 0
        return Word(self._text(expression, one), line or self._call.line)

    def _text(self, expression: Expression, one: Located | None) -> str:
        """A word as a command line would have it; what is not known is marked."""
        path, scope = (self._path, self._scope) if one is None else (one.path, one.scope)
        if isinstance(expression, Name):
            name = self._code.external_name(path, scope, expression.dotted)
            if name == "sys.executable":
                return "python"
        found = find_path(self._code, path, scope, expression)
        if found is not None:
            return f"{PROJECT}/{found}" if found else PROJECT
        text = self._code.find_text(path, scope, expression)
        if text is not None:
            return text
        if isinstance(expression, Joined):
            return "".join(self._text(part, one) for part in expression.parts)
        return UNKNOWN
