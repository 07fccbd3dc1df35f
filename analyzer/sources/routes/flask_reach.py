"""Which files and functions of a program may have to do with Flask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import (
    Call,
    Name,
    Outline,
    Scope,
)
from analyzer.sources.routes.flask_values import (
    DECORATORS,
    KINDS,
    STATEMENTS,
)


def find_users_of_flask(code: Code) -> tuple[Outline, ...]:
    """The files that import Flask or a library whose name says that it is built on it.

    Also those that import something from such a file, and so on.
    """
    users = {
        outline.path: outline
        for outline in code.outlines
        for binding in outline.bindings
        if binding.level == 0 and binding.module.startswith("flask")
    }
    others = [one for one in code.outlines if users and one.path not in users]
    imported = {one.path: set(_modules_of(code, one)) for one in others}
    while True:
        # A package may pass on what a file in it defines.
        packages = {f"{folder}/__init__.py" for path in users for folder in _folders_around(path)}
        found = [one for one in others if imported[one.path] & (users.keys() | packages)]
        if not found:
            return tuple(users[path] for path in sorted(users))
        users.update((one.path, one) for one in found)
        others = [one for one in others if one.path not in users]


def find_telling(
    outlines: Sequence[Outline],
) -> tuple[set[tuple[ProjectPath, Scope]], frozenset[str]]:
    """The functions in which something is told to Flask, themselves or through others.

    By their names only, which is enough to leave out most of a program. Also returns these names.
    """
    users = _users_by_name(outlines)
    aliases = _aliases(outlines)
    functions = {
        (outline.path, (*one.scope, one.name)) for outline in outlines for one in outline.functions
    }
    telling: set[tuple[ProjectPath, Scope]] = set()
    pending = sorted({*STATEMENTS, *(full.rpartition(".")[2] for full in KINDS)})
    names: set[str] = set()
    while pending:
        name = pending.pop()
        if name in names:
            continue
        names.add(name)
        pending += aliases.get(name, ())
        for path, scope in users.get(name, ()):
            for inside in _functions_around(path, scope, functions):
                telling.add((path, inside))
                is_initializer = inside[-1] == "__init__" and len(inside) > 1
                pending.append(inside[-2] if is_initializer else inside[-1])
    return telling, frozenset(names)


def _users_by_name(outlines: Iterable[Outline]) -> dict[str, set[tuple[ProjectPath, Scope]]]:
    """Where something of a name is called."""
    users: dict[str, set[tuple[ProjectPath, Scope]]] = defaultdict(set)
    for outline in outlines:
        for one in outline.calls:
            # Outside of decorators, `get` is mostly a dict's.
            name = "add_url_rule" if one.call.name in ("resource", "route") else one.call.name
            users[name].add((outline.path, one.scope))
        for what in outline.definitions:
            for decorator in what.decorators:
                name = decorator.name if isinstance(decorator, Call) else ""
                name = "add_url_rule" if name in DECORATORS else name
                users[name].add((outline.path, what.scope))
    return users


def _aliases(outlines: Iterable[Outline]) -> dict[str, set[str]]:
    """Other names of what has a name: by imports; of a class, those of its subclasses."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for outline in outlines:
        for binding in outline.bindings:
            if binding.name is not None:
                aliases[binding.name].add(binding.bound_as)
        for class_ in outline.classes:
            for base in class_.bases:
                if isinstance(base, Name):
                    aliases[base.dotted.rpartition(".")[2]].add(class_.name)
    return aliases


def _modules_of(code: Code, outline: Outline) -> Iterator[ProjectPath]:
    for binding in outline.bindings:
        dotted = "." * binding.level + binding.module
        inner = f"{dotted}.{binding.name}" if binding.module else f"{dotted}{binding.name}"
        for name in (dotted, inner) if binding.name is not None else (dotted,):
            module = code.find_module(outline.path, name)
            if module is not None:
                yield module


def _folders_around(path: ProjectPath) -> Iterator[str]:
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)


def _functions_around(
    path: ProjectPath, scope: Scope, functions: set[tuple[ProjectPath, Scope]]
) -> Iterator[Scope]:
    for end in range(len(scope), 0, -1):
        if (path, scope[:end]) in functions:
            yield scope[:end]
