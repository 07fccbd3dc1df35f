"""The names that one file binds, by scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from analyzer.sources.outline.values import (
    Assignment,
    Binding,
    Class,
    Function,
    Outline,
    Scope,
)

Entry = Binding | Assignment | Function | Class


class NameTable:
    """What binds each name of one file."""

    def __init__(self, outline: Outline) -> None:
        """Sort the names of an outline by scope."""
        self._names: dict[Scope, dict[str, list[Entry]]] = defaultdict(dict)
        self._added: dict[str, list[Assignment]] = defaultdict(list)
        self._functions = {(*one.scope, one.name): one for one in outline.functions}
        self._classes = {(*one.scope, one.name): one for one in outline.classes}
        self.stars = tuple(one for one in outline.bindings if one.bound_as == "*")
        for binding in outline.bindings:
            if binding.bound_as != "*":
                self._enter(binding.scope, binding.bound_as, binding)
        for function in outline.functions:
            self._enter(function.scope, function.name, function)
        for class_ in outline.classes:
            self._enter(class_.scope, class_.name, class_)
        for assignment in outline.assignments:
            if assignment.is_added:
                self._added[assignment.target].append(assignment)
            else:
                self._enter(assignment.scope, assignment.target, assignment)

    def _enter(self, scope: Scope, name: str, entry: Entry) -> None:
        self._names[scope].setdefault(name, []).append(entry)

    def scopes_seen_from(self, scope: Scope) -> Iterator[Scope]:
        """The scopes that a name is looked up in, innermost first: not the classes further out."""
        yield scope
        for end in range(len(scope) - 1, -1, -1):
            if scope[:end] not in self._classes:
                yield scope[:end]

    def find(self, scope: Scope, dotted: str) -> tuple[list[Entry], str] | None:
        """What binds the longest beginning of a dotted name in a scope, and the rest of it."""
        names = self._names.get(scope)
        if not names:
            return None
        end = len(dotted)
        while end > 0:
            entries = names.get(dotted[:end])
            if entries is not None:
                return entries, dotted[end + 1 :]
            end = dotted.rfind(".", 0, end)
        return None

    def is_parameter(self, scope: Scope, name: str) -> bool:
        """Whether a scope is a function with a parameter of a name."""
        function = self._functions.get(scope)
        return function is not None and name in (one.lstrip("*") for one in function.parameters)

    def function_at(self, scope: Scope) -> Function | None:
        """The function whose statements stand in a scope."""
        return self._functions.get(scope)

    def class_around(self, scope: Scope) -> Class | None:
        """The class that the method around a scope belongs to."""
        for end in range(len(scope) - 1, 0, -1):
            if scope[:end] in self._classes:
                return self._classes[scope[:end]]
        return None

    def class_at(self, scope: Scope) -> Class | None:
        """The class whose statements stand in a scope."""
        return self._classes.get(scope)

    def members_of(self, owner: Class, name: str) -> list[Assignment | Function | Class]:
        """What a class binds under a name: in its own statements, or as `self.name` in a method."""
        inside = (*owner.scope, owner.name)
        found: list[Assignment | Function | Class] = [
            entry
            for entry in self._names.get(inside, {}).get(name, ())
            if not isinstance(entry, Binding)
        ]
        if found:
            return found
        for scope, names in self._names.items():
            if scope[: len(inside)] == inside:
                found.extend(
                    entry
                    for entry in names.get(f"self.{name}", ())
                    if not isinstance(entry, Binding)
                )
        return found

    def added_to(self, target: str, scope: Scope) -> list[Assignment]:
        """What is added to a list after it was built, in its own scope or in one further in."""
        return [one for one in self._added.get(target, ()) if one.scope[: len(scope)] == scope]
