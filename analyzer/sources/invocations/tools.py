"""Programs that start Python code which they are told by name: one line each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.alembic import find_folders, join, read_environments
from analyzer.sources.invocations.base import Started, Word
from analyzer.sources.invocations.commands import Scene, Tool

_APPLICATION = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*(?:\(.*\))?", re.DOTALL)
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_PYTEST_OPTIONS = frozenset(
    {
        "-c", "-k", "-m", "-n", "-o", "-p", "-r", "-W", "--basetemp", "--confcutdir", "--cov",
        "--cov-report", "--deselect", "--durations", "--ignore", "--junitxml", "--rootdir", "--tb",
    }
)  # fmt: skip
# The others read the files of versions at most.
_ALEMBIC_COMMANDS = frozenset(
    {"check", "current", "downgrade", "ensure_version", "revision", "stamp", "upgrade"}
)

Words = tuple[Word, ...]


def _option(words: Words, *names: str) -> Word | None:
    """The value of an option: `-A x`, `-Ax`, `--app x`, `--app=x`."""
    for position, word in enumerate(words):
        if word.text in names:
            return words[position + 1] if position + 1 < len(words) else None
        for name in names:
            glue = f"{name}=" if name.startswith("--") else name
            if word.text.startswith(glue) and word.text != name:
                return replace(word, text=word.text[len(glue) :])
    return None


def _operands(words: Words) -> Words:
    """The words that are neither options nor stand right after one that may have a value."""
    found = []
    before = ""
    for word in words:
        if not word.text.startswith("-") and (not before.startswith("-") or "=" in before):
            found.append(word)
        before = word.text
    return tuple(found)


def _started(path: ProjectPath | None, word: Word) -> Iterator[Started]:
    if path is not None:
        yield Started(path, word.line)


def _serve(words: Words, scene: Scene) -> Iterator[Started]:
    """`uvicorn x:app`, wherever among the options the application stands."""
    folder = _option(words, "--app-dir", "--chdir", "--pythonpath", "--working-dir")
    inner = scene.inside(folder.text) if folder is not None else scene
    config = _option(words, "-c", "--config")
    if config is not None:
        name = config.text.removeprefix("file:")
        yield from _started(inner.find_file(name), config)
    for word in words:
        if _APPLICATION.fullmatch(word.text):
            path = inner.find_attribute(word.text) or scene.find_attribute(word.text)
            if path is not None:
                yield Started(path, word.line)
                return
    for word in _operands(words):
        # gunicorn looks for `application` in a module that is named alone.
        path = inner.find_module(word.text)
        if path is not None:
            yield Started(path, word.line)
            return


def _celery(words: Words, scene: Scene) -> Iterator[Started]:
    folder = _option(words, "--workdir")
    scene = scene.inside(folder.text) if folder is not None else scene
    named = _option(words, "-A", "--app")
    if named is None:
        return
    module = named.text.partition(":")[0]
    path = scene.find_attribute(module)
    if path is not None and path.endswith("__init__.py"):
        # Celery looks for `proj.celery` where `proj` itself holds no application.
        path = scene.find_module(f"{module}.celery") or path
    yield from _started(path, named)


def _modules(words: Words, scene: Scene) -> Iterator[Started]:
    """`dramatiq x y`, `huey_consumer x.huey`: every operand is a module or something in one."""
    for word in _operands(words):
        yield from _started(scene.find_attribute(word.text), word)


def _first_module(words: Words, scene: Scene) -> Iterator[Started]:
    for word in words:
        if _DOTTED.fullmatch(word.text) or _APPLICATION.fullmatch(word.text):
            yield from _started(scene.find_attribute(word.text), word)
            return


def _after(*subcommands: str, tool: Tool) -> Tool:
    """The tool only where one of its subcommands is asked for."""

    def start(words: Words, scene: Scene) -> Iterator[Started]:
        for position, word in enumerate(words):
            if word.text in subcommands:
                yield from tool(words[position + 1 :], scene)
                return

    return start


def _rq(words: Words, scene: Scene) -> Iterator[Started]:
    for named in (
        _option(words, "-c", "--config"),
        _option(words, "-w", "--worker-class"),
        _option(words, "-j", "--job-class"),
    ):
        if named is not None:
            yield from _started(scene.find_attribute(named.text), named)


def _option_module(*names: str) -> Tool:
    def start(words: Words, scene: Scene) -> Iterator[Started]:
        named = _option(words, *names)
        if named is not None:
            yield from _module_or_path(named, scene)

    return start


def _module_or_path(named: Word, scene: Scene) -> Iterator[Started]:
    # `x.py:create_app()` is a path with something in it.
    text = named.text.partition(":")[0]
    path = scene.find_file(text) if text.endswith(".py") else scene.find_attribute(text)
    yield from _started(path, named)


def _flask(words: Words, scene: Scene) -> Iterator[Started]:
    named = _option(words, "-A", "--app", "-a")
    variable = scene.variables.get("FLASK_APP")
    if named is not None:
        yield from _module_or_path(named, scene)
    elif words and variable:
        yield from _module_or_path(Word(variable, words[0].line), scene)
    elif any(word.text == "run" for word in words):
        yield from _first_file(("wsgi.py", "app.py"), words[0], scene)


def _fastapi(words: Words, scene: Scene) -> Iterator[Started]:
    """`fastapi run path`; without a path it looks where such applications mostly are."""
    if not any(word.text in ("dev", "run") for word in words):
        return
    named = _option(words, "-e", "--entrypoint")
    operands = [word for word in _operands(words) if word.text.endswith(".py")]
    if named is not None:
        yield from _module_or_path(named, scene)
    elif operands:
        yield from _script(tuple(operands), scene)
    else:
        names = ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py")
        yield from _first_file(names, words[0], scene)


def _first_file(names: tuple[str, ...], word: Word, scene: Scene) -> Iterator[Started]:
    """The file that a tool takes when it is told none; only in a folder that is certain."""
    if len(scene.place.folders) != 1:
        return
    for name in names:
        path = f"{scene.place.folders[0]}/{name}".lstrip("/")
        if path in scene.commands.tree.files:
            yield Started(ProjectPath(path), word.line)
            return


def _script(words: Words, scene: Scene) -> Iterator[Started]:
    """The first operand is the path of a script."""
    for word in words:
        path = scene.find_file(word.text) if word.text.endswith(".py") else None
        if path is not None:
            yield Started(path, word.line)
            return


def _like_python(words: Words, scene: Scene) -> Iterator[Started]:
    """`coverage run -m x`, `debugpy --listen … x.py`: options of its own, then as Python's."""
    for position, word in enumerate(words):
        if word.text == "-m" or (word.text.endswith(".py") and not word.text.startswith("-")):
            yield from scene.start((Word("python", word.line), *words[position:]))
            return


def _pytest(words: Words, scene: Scene) -> Iterator[Started]:
    """Test files that are named, and the `conftest.py` of folders that are."""
    position = 0
    while position < len(words):
        word = words[position]
        position += 2 if word.text in _PYTEST_OPTIONS else 1
        if word.text.startswith("-"):
            continue
        text = word.text.partition("::")[0].rstrip("/")
        path = scene.find_file(text) or scene.find_file(f"{text}/conftest.py")
        if path is not None and path.endswith(".py"):
            yield Started(path, word.line, is_test_run=True)


def _unittest(words: Words, scene: Scene) -> Iterator[Started]:
    for word in words:
        path = scene.find_attribute(word.text) or scene.find_file(word.text)
        if path is not None:
            yield Started(path, word.line, is_test_run=True)


def _config_file(words: Words, scene: Scene) -> Iterator[Started]:
    named = _option(words, "-c", "--configuration")
    if named is not None:
        yield from _started(scene.find_file(named.text), named)


def _alembic(words: Words, scene: Scene) -> Iterator[Started]:
    """The `env.py` of the folder that `alembic.ini` names, for the commands that run it."""
    if not any(word.text in _ALEMBIC_COMMANDS for word in words):
        return
    named = _option(words, "-c", "--config")
    ini = scene.find_file("alembic.ini" if named is None else named.text)
    source = None if ini is None else scene.commands.read(ini)
    if ini is None or source is None:
        return
    name = _option(words, "-n", "--name")
    section = "alembic" if name is None else name.text
    for environment in read_environments(source.text):
        if environment.section != section:
            continue
        for folder in find_folders(
            environment.location,
            ini=ini,
            find_module=scene.find_module,
            working_folders=scene.place.folders,
        ):
            path = join(folder, "env.py")
            if path in scene.commands.tree.files:
                yield Started(ProjectPath(path), words[0].line)
                return


def _make(words: Words, scene: Scene) -> Iterator[Started]:
    folder = _option(words, "-C", "--directory")
    inner = scene.inside(folder.text) if folder is not None else scene
    named = _option(words, "-f", "--file", "--makefile")
    if named is not None:
        yield from _started(inner.find_file(named.text), named)
    elif words and len(inner.place.folders) == 1:
        yield from _first_file(("GNUmakefile", "makefile", "Makefile"), words[0], inner)


TOOLS: Mapping[str, Tool] = {
    "alembic": _alembic,
    "arq": _first_module,
    "celery": _celery,
    "chainlit": _after("run", tool=_script),
    "cProfile": _like_python,
    "coverage": _after("run", tool=_like_python),
    "daphne": _serve,
    "debugpy": _like_python,
    "dramatiq": _modules,
    "fastapi": _fastapi,
    "faust": _option_module("-A", "--app"),
    "flask": _flask,
    "granian": _serve,
    "gunicorn": _serve,
    "huey_consumer": _modules,
    "huey_consumer.py": _modules,
    "hypercorn": _serve,
    "kernprof": _like_python,
    "litestar": _option_module("--app"),
    "locust": _option_module("-f", "--locustfile"),
    "make": _make,
    "memray": _after("run", tool=_like_python),
    "pdb": _like_python,
    "procrastinate": _option_module("-a", "--app"),
    "py.test": _pytest,
    "pytest": _pytest,
    "rq": _after("worker", "worker-pool", tool=_rq),
    "runpy": _like_python,
    "sanic": _first_module,
    "saq": _first_module,
    "scalene": _like_python,
    "supervisord": _config_file,
    "streamlit": _after("run", tool=_script),
    "taskiq": _after("worker", "scheduler", tool=_modules),
    "trace": _like_python,
    "unittest": _unittest,
    "uvicorn": _serve,
    "uwsgi": _option_module("-w", "--module", "--wsgi-file"),
    "viztracer": _like_python,
    "waitress-serve": _serve,
}
"""Program, or module run by `python -m`, -> what it starts."""
