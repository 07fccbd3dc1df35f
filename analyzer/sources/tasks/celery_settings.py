"""Celery's configuration: timetables, and the modules that a worker imports when it starts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Call,
    Expression,
    Function,
    Name,
    Other,
    Scope,
    Spread,
    Table,
    Text,
    parts_of,
)
from analyzer.sources.tasks.celery import find_applications, find_named, texts_in
from analyzer.sources.tasks.origins import Origins
from analyzer.sources.tasks.registry import Registry
from analyzer.sources.tasks.sends import Calls, Send, link_to

_TIMETABLES = ("beat_schedule", "celerybeat_schedule")
_IMPORTS = frozenset({"celery_imports", "celery_include"})
_IN_APPLICATION = frozenset({"imports", "include"})
_INSTALLED = "INSTALLED_APPS"
_DEEPEST = 6
# Of a call that is looked at as text.
_MOST_LINES = 5

_Setting = tuple[str, Located, int]
"""The name of a setting in lower case, its value, and the line."""


def find_schedules(code: Code, calls: Calls, registry: Registry) -> Iterator[Send]:
    """What the timetables send: `beat_schedule`, `add_periodic_task`, `PeriodicTask` records."""

    def resolve(located: Located) -> list[Task]:
        if isinstance(located.expression, Call) and located.expression.receiver is not None:
            located = replace(located, expression=located.expression.receiver)
        return find_named(code, registry, located)

    for name, value, line in _settings(code, calls):
        if name.endswith(_TIMETABLES):
            for entry, entry_line in _entries(code, value, line, _DEEPEST):
                yield Send(entry, entry_line, resolve, is_schedule=True)
    for path, scope, call in calls.named("add_periodic_task"):
        signature = call.argument(1, "sig")
        if signature is not None:
            line = signature.line if isinstance(signature, Call) else call.line
            yield Send(Located(path, scope, signature), line, resolve, is_schedule=True)
    for path, scope, call in calls.named("create", "get_or_create", "update_or_create"):
        if "PeriodicTask" in call.dotted.split("."):
            for table in (call, *(value for _, value in call.keywords)):
                for task in _tasks_named_in(table):
                    where = Located(path, scope, task)
                    yield Send(where, call.line, resolve, is_schedule=True)


def find_imports(code: Code, calls: Calls, origins: Origins) -> Iterator[Link]:
    """Links to the modules that `include`, `imports` and `autodiscover_tasks` name."""
    for path, scope, call in find_applications(code, origins):
        included = call.argument(None, "include")
        if included is not None:
            yield from _named_modules(code, Located(path, scope, included), call.line)
    for name, value, line in _settings(code, calls):
        short = name.rpartition(".")[2]
        is_of_application = short in _IN_APPLICATION and name.endswith(f"conf.{short}")
        if is_of_application or short in _IMPORTS:
            yield from _named_modules(code, value, line)
    yield from _configuration_modules(code, calls)
    for path, scope, call in calls.named("autodiscover_tasks"):
        yield from _discovered(code, path, scope, call)


def _settings(code: Code, calls: Calls) -> Iterator[_Setting]:
    """`app.conf.imports = …`, `CELERY_IMPORTS = …`, `app.conf.update(imports=…)`."""
    for outline in code.outlines:
        for one in outline.assignments:
            yield one.target.lower(), Located(outline.path, one.scope, one.value), one.line
    for path, scope, call in calls.named("update"):
        if call.dotted.endswith("conf.update"):
            for name, value in call.keywords:
                yield f"conf.{name.lower()}", Located(path, scope, value), call.line
            for table in call.arguments:
                for name, value in _pairs(table):
                    yield f"conf.{name.lower()}", Located(path, scope, value), call.line
        elif call.dotted.lower().removesuffix(".update").endswith(_TIMETABLES):
            for table in call.arguments:
                name = call.dotted.lower().removesuffix(".update")
                yield name, Located(path, scope, table), call.line
    for path in _configuration_files(code, calls):
        for one in code.outline_of(path).assignments:
            name = f"conf.{one.target.lower()}"
            if name.endswith(("conf.imports", "conf.include")):
                yield name, Located(path, one.scope, one.value), one.line


def _pairs(expression: Expression) -> Iterator[tuple[str, Expression]]:
    if isinstance(expression, Table):
        for key, value in expression.pairs:
            if isinstance(key, Text):
                yield key.value, value


def _entries(code: Code, located: Located, line: int, depth: int) -> Iterator[tuple[Located, int]]:
    """The values of `task` in a timetable, wherever it is built."""
    if depth <= 0:
        return
    for value in code.find_values(located.path, located.scope, located.expression):
        match value.expression:
            case Table(pairs):
                named = _tasks_named_in(value.expression)
                for task in named:
                    yield replace(value, expression=task), _line(task) or line
                for _, content in () if named else pairs:
                    yield from _entries(code, replace(value, expression=content), line, depth - 1)
            case Spread(of):
                yield from _entries(code, replace(value, expression=of), line, depth - 1)
            case Call() if value.expression.dotted:
                yield from _entries_of_call(code, value, value.expression)


def _entries_of_call(code: Code, value: Located, call: Call) -> Iterator[tuple[Located, int]]:
    """A function that builds the timetable: every table in it that names a task."""
    for meaning in code.find_meanings(value.path, value.scope, call.dotted):
        if not (isinstance(meaning, Definition) and isinstance(meaning.what, Function)):
            continue
        inside = (*meaning.what.scope, meaning.what.name)
        outline = code.outline_of(meaning.path)
        statements = [
            *((one.value, one.line) for one in outline.assignments if one.scope == inside),
            *((one.value, one.line) for one in outline.returns if one.scope == inside),
        ]
        for statement, statement_line in statements:
            for part in parts_of(statement):
                for task in _tasks_named_in(part) if isinstance(part, Table) else ():
                    yield Located(meaning.path, inside, task), _line(task) or statement_line


def _line(expression: Expression) -> int:
    return expression.line if isinstance(expression, Text) else 0


def _tasks_named_in(expression: Expression) -> list[Expression]:
    if isinstance(expression, Call):
        return [value for name, value in expression.keywords if name == "task"]
    return [value for name, value in _pairs(expression) if name == "task"]


def _named_modules(code: Code, located: Located, line: int) -> Iterator[Link]:
    for text, own_line, item in texts_in(code, located):
        module = code.find_module(item.path, text)
        if module is not None and module != item.path:
            yield link_to(code, item.path, own_line or line, module, kind=Kind.DYNAMIC)


def _configuration_modules(code: Code, calls: Calls) -> Iterator[Link]:
    for path, scope, call in calls.named("config_from_object"):
        value = call.argument(0, "obj")
        if value is not None:
            yield from _named_modules(code, Located(path, scope, value), call.line)


def _configuration_files(code: Code, calls: Calls) -> list[ProjectPath]:
    """The modules that hold Celery's settings: `app.config_from_object("shop.celeryconfig")`."""
    found: set[ProjectPath] = set()
    for path, scope, call in calls.named("config_from_object"):
        value = call.argument(0, "obj")
        text = None if value is None else code.find_text(path, scope, value)
        if text is not None:
            module = code.find_module(path, text)
            found.update(() if module is None else (module,))
        elif isinstance(value, Name):
            for meaning in code.find_meanings(path, scope, value.dotted):
                if isinstance(meaning, Definition) and not meaning.name:
                    found.add(meaning.path)
    return sorted(found)


def _discovered(code: Code, path: ProjectPath, scope: Scope, call: Call) -> Iterator[Link]:
    """`<package>.tasks` of each package; without a list, of each installed Django application."""
    related = call.argument(1, "related_name")
    name = "tasks" if related is None else code.find_text(path, scope, related)
    packages = call.argument(0, "packages")
    names: dict[str, int] = {}
    if packages is not None and not _is_of_django(code, path, call, packages):
        for text, line, item in texts_in(code, Located(path, scope, packages)):
            names[text] = line if item.path == path else 0
    else:
        names = dict.fromkeys(_installed(code), 0)
    for package, line in names.items():
        module = code.find_module(path, package if name is None else f"{package}.{name}")
        if module is not None and module != path:
            yield link_to(code, path, line or call.line, module, kind=Kind.DYNAMIC)


def _is_of_django(code: Code, path: ProjectPath, call: Call, packages: Expression) -> bool:
    """`settings.INSTALLED_APPS`, or a lambda with it; nothing else of a lambda is known."""
    if isinstance(packages, Name):
        return packages.dotted.rpartition(".")[2] == _INSTALLED
    if not isinstance(packages, Other):
        return False
    text = ""
    for line in range(call.line, call.line + _MOST_LINES):
        text += code.line_text(path, line)
        if text.count("(") <= text.count(")"):
            break
    return _INSTALLED in text


def _installed(code: Code) -> Iterator[str]:
    """The packages of Django applications, without the class that configures them."""
    for outline in code.outlines:
        for one in outline.assignments:
            if one.target != _INSTALLED or one.scope:
                continue
            for text, _, item in texts_in(code, Located(outline.path, one.scope, one.value)):
                package = text
                while package and code.find_module(item.path, package) is None:
                    package = package.rpartition(".")[0]
                yield package.removesuffix(".apps") if package != text else package
