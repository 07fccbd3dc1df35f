"""The tasks that have been found, by the function that they run and by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from msgspec.structs import replace

from analyzer.model.names import ProjectPath, is_package_init
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Function,
    Name,
    Scope,
    Table,
)

# `TASKS["mail"]`, `TASKS.get("mail")`
_SUBSCRIPTS = frozenset({"__getitem__", "get"})


class Registry:
    """All tasks of a project."""

    def __init__(self, code: Code) -> None:
        """Start with none."""
        self._code = code
        self._by_function: dict[tuple[ProjectPath, str], Task] = {}
        self._by_name: dict[str, dict[str, list[Task]]] = defaultdict(lambda: defaultdict(list))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All of them, sorted."""
        return tuple(sorted(self._by_function.values()))

    def add(self, task: Task) -> Task:
        """Add a task; what another queue runs already stays that queue's."""
        known = self._by_function.setdefault((task.path, task.function), task)
        if known is task:
            self._by_name[task.queue][task.name].append(task)
        elif known.queue == task.queue and known.name != task.name:
            # One function by two names: both lead to it.
            self._by_name[task.queue][task.name].append(known)
        return known

    def forget_inside(self, path: ProjectPath, scope: Scope) -> None:
        """Drop the tasks inside of a decorator: they stand for what it decorates."""
        inside = f"{'.'.join(scope)}."
        for key, task in list(self._by_function.items()):
            if task.path == path and task.function.startswith(inside):
                del self._by_function[key]
                self._by_name[task.queue][task.name].remove(task)

    def find(self, path: ProjectPath, function: str) -> Task | None:
        """The task that runs a function of a file."""
        return self._by_function.get((path, function))

    def find_by_object(
        self, located: Located, *, attributes: Collection[str] = ("",)
    ) -> list[Task]:
        """The tasks that an expression means: a name of one, `Mailer()` of a class, a choice.

        Args:
            located: the expression.
            attributes: what may be left over behind the task, such as `name` in `send_mail.name`.
        """
        found: dict[Task, None] = {}
        for definition in definitions_of(self._code, located):
            if definition.rest in attributes and definition.what is not None:
                task = self.find(definition.path, name_in_file(definition))
                if task is not None:
                    found[task] = None
        return list(found)

    def find_by_name(self, queue: str, name: str, *, is_dotted: bool = False) -> list[Task]:
        """The tasks of a queue that are sent by a name; none where they are several.

        Args:
            queue: whose names these are.
            name: as it was written.
            is_dotted: the queue names its tasks by their modules. As a module may be imported by
                several names, it is enough then that one name ends with the other.
        """
        names = self._by_name[queue]
        found = list(names.get(name, ()))
        if not found and is_dotted and "." in name:
            found = [
                task
                for known, tasks in names.items()
                if known.endswith(f".{name}") or ("." in known and name.endswith(f".{known}"))
                for task in tasks
            ]
        return found if len({(task.path, task.function) for task in found}) == 1 else []


def definitions_of(code: Code, located: Located) -> list[Definition]:
    """What of the project an expression may mean; of `Mailer()` it is the class."""
    found: dict[Definition, None] = {}
    for one in (located, *_values_of(code, located)):
        if isinstance(one.expression, Name):
            for meaning in code.find_meanings(one.path, one.scope, one.expression.dotted):
                if isinstance(meaning, Definition):
                    found[meaning] = None
                    found.update(dict.fromkeys(_members_of_built(code, meaning)))
        elif isinstance(one.expression, Call):
            call = one.expression
            registered = call.argument(0) if call.name == "register_task" else None
            if isinstance(registered, Call):
                # Celery gives back what it registers.
                call = registered
            found.update(dict.fromkeys(code.find_classes_built(one.path, one.scope, call)))
    return list(found)


def _values_of(code: Code, located: Located) -> Iterator[Located]:
    for one in code.find_values(located.path, located.scope, located.expression):
        yield one
        if isinstance(one.expression, Call) and one.expression.name in _SUBSCRIPTS:
            for value in _taken_out(code, one, one.expression):
                yield from code.find_values(value.path, value.scope, value.expression)


def _taken_out(code: Code, one: Located, call: Call) -> Iterator[Located]:
    """What `TASKS["mail"]` is in a dict of tasks; everything in it where the key is not known."""
    key = call.argument(0)
    if key is None or call.receiver is None:
        return
    wanted = code.find_text(one.path, one.scope, key)
    pairs = [
        (code.find_text(pair.path, pair.scope, name), replace(pair, expression=value))
        for pair in _tables(code, replace(one, expression=call.receiver))
        if isinstance(pair.expression, Table)
        for name, value in pair.expression.pairs
    ]
    for name, value in pairs:
        if wanted is None or name is None or name == wanted:
            yield value


def _tables(code: Code, located: Located) -> Iterator[Located]:
    """What a name of a table is built as, and what is put into it later."""
    yield from code.find_values(located.path, located.scope, located.expression)
    if isinstance(located.expression, Name):
        for meaning in code.find_meanings(located.path, located.scope, located.expression.dotted):
            if isinstance(meaning, Definition) and isinstance(meaning.what, Assignment):
                table = code.table_of(meaning.path)
                for added in table.added_to(meaning.what.target, meaning.scope):
                    yield Located(meaning.path, added.scope, added.value)


def _members_of_built(code: Code, owner: Definition) -> Iterator[Definition]:
    """With `mailer = Mailer()`, what `mailer.send` is: the method of the class."""
    if isinstance(owner.what, Assignment) and isinstance(owner.what.value, Call) and owner.rest:
        name, _, rest = owner.rest.partition(".")
        for built in code.find_classes_built(owner.path, owner.what.scope, owner.what.value):
            for member in code.find_members(built, name):
                yield replace(member, rest=rest)


def functions_of(code: Code, located: Located) -> list[Definition]:
    """The functions of the project that an expression means."""
    return [
        one
        for one in definitions_of(code, located)
        if isinstance(one.what, Function) and not one.rest
    ]


def name_in_file(definition: Definition) -> str:
    """The name of what is defined, with the classes and functions around it: `Mailer.send`."""
    return ".".join((*definition.scope, definition.name))


def module_name(code: Code, path: ProjectPath) -> str:
    """The dotted name of a file: from its outermost package on, or from a root further out."""
    parts = path.removesuffix(".py").split("/")
    start = len(parts) - 1
    if is_package_init(path) and start:
        parts.pop()
    level = 1
    while start and code.find_module(path, "." * level) is not None:
        start -= 1
        level += 1
    for begin in range(start, -1, -1):
        name = ".".join(parts[begin:])
        if code.find_module(path, name) == path:
            return name
    return ".".join(parts[start:])


def line_of(what: Function | Class | Assignment, decorator: int | None = None) -> int:
    """The line of a decorator by its position; of what has none, of the definition."""
    if decorator is None or isinstance(what, Assignment):
        return what.line
    return what.decorator_lines[decorator]


def decorated(code: Code) -> Iterator[tuple[ProjectPath, Scope, Function]]:
    """The functions that have decorators."""
    for outline in code.outlines:
        for function in outline.functions:
            if function.decorators:
                yield outline.path, function.scope, function
