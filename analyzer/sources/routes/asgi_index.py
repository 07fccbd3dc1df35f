"""Finds the statements that concern routes: all that the runner has to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Element,
    Function,
    Name,
    Outline,
    Scope,
)
from analyzer.sources.routes.asgi_values import (
    ADDERS,
    BUILDERS,
    CLASS_VIEW,
    DECORATORS,
    ROUTE_LIST,
    TAKING_IN,
)


class Statements:
    """What stands in one scope."""

    def __init__(self) -> None:
        self.assignments: list[Assignment] = []
        """Those that call something of interest."""
        self.has_loops = False
        """Whether anything is bound by a loop."""
        self.by_target: dict[str, list[Assignment]] = defaultdict(list)
        self.calls: list[Call] = []
        self.decorated: list[Function | Class] = []
        self.classes: list[Class] = []


class Index:
    """The statements of all files that concern routes, by scope.

    What calls something of interest, by its simple name, is of interest itself.
    """

    def __init__(self, outlines: Iterable[Outline]) -> None:
        """Sort the statements of some files."""
        self._outlines = tuple(outlines)
        self._scopes: dict[tuple[ProjectPath, Scope], Statements] = {}
        self._hot: set[tuple[ProjectPath, Scope]] = set()
        self._names: set[str] = {*BUILDERS, *ADDERS, *TAKING_IN}
        self._called: set[str] = set()
        while self._spread():
            pass
        for outline in self._outlines:
            self._enter(outline)

    def at(self, path: ProjectPath, scope: Scope) -> Statements:
        """What stands in a scope."""
        return self._scopes.get((path, scope)) or Statements()

    def functions(self) -> Iterator[tuple[ProjectPath, Function]]:
        """The functions in which something of interest stands."""
        for outline in self._outlines:
            for function in outline.functions:
                if (outline.path, (*function.scope, function.name)) in self._hot:
                    yield outline.path, function

    def is_called(self, name: str) -> bool:
        """Whether anything of that name is called by code of interest."""
        return name in self._called

    def _spread(self) -> bool:
        """Find what calls that of which it is known; whether there was more."""
        before = len(self._names), len(self._hot)
        for outline in self._outlines:
            self._names.update(one.bound_as for one in outline.bindings if one.name in self._names)
            derived = {
                (*one.scope, one.name)
                for one in outline.classes
                if any(
                    isinstance(base, Name) and base.dotted.rpartition(".")[2] in self._names
                    for base in one.bases
                )
            }
            self._names.update(scope[-1] for scope in derived)
            for scope in self._hot_scopes(outline, derived):
                for end in range(1, len(scope) + 1):
                    self._hot.add((outline.path, scope[:end]))
                    # `super().__init__()` is told by its class: everybody calls one.
                    if scope[end - 1] != "__init__":
                        self._names.add(scope[end - 1])
        return before != (len(self._names), len(self._hot))

    def _hot_scopes(self, outline: Outline, derived: set[Scope]) -> Iterator[Scope]:
        for one in outline.calls:
            if self._is_hot(one.call) or (
                one.call.name == "__init__" and one.scope[:-1] in derived
            ):
                yield one.scope
        for defined in outline.definitions:
            if _is_decorated(defined):
                yield defined.scope
        lists = {
            one.value.of.dotted
            for one in outline.assignments
            if isinstance(one.value, Element)
            and isinstance(one.value.of, Name)
            and (outline.path, one.scope) in self._hot
        }
        for assignment in outline.assignments:
            # `self.routers.append(router)`, where another method goes through them.
            if assignment.is_added and assignment.target in lists:
                yield assignment.scope

    def _is_hot(self, call: Call) -> bool:
        if call.name in self._names:
            return True
        if not call.name:
            return isinstance(call.receiver, Call) and call.receiver.name in DECORATORS
        is_list = call.name in ROUTE_LIST and isinstance(call.receiver, Name)
        return is_list and call.dotted.endswith(f".routes.{call.name}")

    def _enter(self, outline: Outline) -> None:
        def at(scope: Scope) -> Statements:
            return self._scopes.setdefault((outline.path, scope), Statements())

        assigned: dict[Scope, list[Call]] = defaultdict(list)
        for assignment in outline.assignments:
            here = at(assignment.scope)
            here.by_target[assignment.target].append(assignment)
            here.has_loops |= isinstance(assignment.value, Element)
            value = assignment.value
            if isinstance(value, Call) and self._is_hot(value) and not assignment.is_added:
                here.assignments.append(assignment)
                assigned[assignment.scope].append(value)
        for one in outline.calls:
            is_start = one.call.name == "__init__" and (outline.path, one.scope) in self._hot
            if self._is_hot(one.call) or is_start:
                at(one.scope).calls.append(one.call)
                self._called.add(one.call.name)
        for scope, calls in assigned.items():
            # What builds something is told by the assignment what it is called.
            at(scope).calls = [call for call in at(scope).calls if call not in calls]
        for function in outline.functions:
            if _is_decorated(function):
                at(function.scope).decorated.append(function)
        for class_ in outline.classes:
            at(class_.scope).classes.append(class_)
            if _is_decorated(class_):
                at(class_.scope).decorated.append(class_)


def _is_decorated(what: Function | Class) -> bool:
    return any(
        isinstance(one, Call) and (one.name in DECORATORS or one.name == CLASS_VIEW)
        for one in what.decorators
    )
