"""Goes through the code in which routes are registered, as if it ran."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Element,
    Expression,
    Function,
    Name,
    Scope,
    parts_of,
)
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_index import Index
from analyzer.sources.routes.asgi_reading import part_of
from analyzer.sources.routes.asgi_routers import Registrations
from analyzer.sources.routes.asgi_values import (
    BUILDERS,
    CLASS_VIEW,
    DECORATORS,
    METHODS,
    Bound,
    Defined,
    Instance,
    Pending,
    Place,
    Taker,
)

# Calls of one function with more different arguments than this are not told apart.
_MOST_CALLS = 200


class Runner:
    """Runs modules and functions: not their code, but the calls in it that concern routes."""

    def __init__(self, code: Code) -> None:
        """Sort what stands in the code; nothing runs yet."""
        self._code = code
        self.registrations = Registrations(code)
        self.evaluator = Evaluator(
            code,
            on_taker=self.registrations.note_taker,
            on_run=self._enqueue,
            runs=lambda path, scope: tuple(self._known[path, scope]),
        )
        self.registrations.evaluator = self.evaluator
        self._index = Index(code.outlines)
        self._pending: list[Place] = []
        self._seen: dict[tuple[ProjectPath, Scope], dict[Place, None]] = defaultdict(dict)
        self._known: dict[tuple[ProjectPath, Scope], dict[Place, None]] = defaultdict(dict)

    def run(self) -> Registrations:
        """Run every module; then each function that nothing has called, callers first."""
        self._run_all()
        if self.evaluator.is_in_need_of_runs:
            self._known, self._seen = self._seen, defaultdict(dict)
            self.evaluator.forget()
            self.registrations.restart()
            self._run_all()
        self.registrations.follow_plugins()
        return self.registrations

    def _run_all(self) -> None:
        for outline in self._code.outlines:
            self._enqueue(Place(outline.path))
        self._drain()
        functions = sorted(
            self._index.functions(),
            key=lambda one: (self._index.is_called(one[1].name), one[0], one[1].line),
        )
        for path, function in functions:
            if (path, (*function.scope, function.name)) not in self._seen:
                self._run_uncalled(path, function)
                self._drain()

    def _run_uncalled(self, path: ProjectPath, function: Function) -> None:
        definition = Definition(path, function.name, function, function.scope)
        owner = self._code.table_of(path).class_at(function.scope)
        if owner is None:
            self._enqueue(self.evaluator.inside(Defined(definition)))
            return
        around = Definition(path, owner.name, owner, owner.scope)
        objects: list[Taker | Instance] = [
            taker for taker in self.registrations.takers if taker.owner == around
        ]
        for bound in objects or [Instance(around)]:
            self._enqueue(self.evaluator.inside(Defined(definition, bound=bound)))

    def _enqueue(self, place: Place) -> None:
        seen = self._seen[place.path, place.scope]
        if place not in seen and len(seen) < _MOST_CALLS:
            seen[place] = None
            self._pending.append(place)

    def _drain(self) -> None:
        while self._pending:
            self._run(self._pending.pop(0))

    def _run(self, place: Place) -> None:
        here = self._index.at(place.path, place.scope)
        for assignment in here.assignments:
            for around in self._rounds(place, assignment.value, assignment.line):
                self.evaluator.assigned(around, assignment)
        for call in here.calls:
            for around in self._rounds(place, call, call.line):
                self._call(around, call)
        for what in here.decorated:
            for decorator, line in zip(what.decorators, what.decorator_lines, strict=True):
                if isinstance(decorator, Call):
                    for around in self._rounds(place, decorator, line):
                        self._decorate(around, decorator, what, line)
        for class_ in here.classes:
            environment = place.environment
            self._run(Place(place.path, (*place.scope, class_.name), environment))

    def _call(self, place: Place, call: Call) -> None:
        callees = self.evaluator.callees(place, call)
        is_known = False
        for callee in callees:
            if isinstance(callee, Bound):
                is_known = True
                self.registrations.call(callee, call, place)
            elif isinstance(callee, Pending):
                # `router.get("/")(show)`
                is_known = True
                self.registrations.apply(callee, place, call.argument(0), call.line)
            elif isinstance(callee, Defined):
                is_known = True
        if not is_known and call.name in ("include_router", "mount"):
            self.registrations.note_unfollowed(place, call)
        elif any(isinstance(callee, Defined) for callee in callees) or call.name in BUILDERS:
            self.evaluator.evaluate(place, call)

    def _decorate(self, place: Place, decorator: Call, what: Function | Class, line: int) -> None:
        decorated = Defined(Definition(place.path, what.name, what, what.scope))
        for callee in self.evaluator.callees(place, decorator):
            if isinstance(callee, Bound) and callee.name in DECORATORS:
                self.registrations.decorate(callee, decorator, place, decorated, line)
        if isinstance(what, Class) and decorator.name == CLASS_VIEW:
            self._add_class_view(place, decorator, what)

    def _add_class_view(self, place: Place, decorator: Call, what: Class) -> None:
        """`@cbv(router, "/users")`: methods that are called `get` and so on answer there."""
        routers = self.evaluator.evaluate(place, decorator.argument(0, "router"))
        owner = Definition(place.path, what.name, what, what.scope)
        for url in decorator.arguments[1:]:
            for router in (one for one in routers if isinstance(one, Taker)):
                for name in sorted(METHODS):
                    for member in self._code.find_members(owner, name):
                        if isinstance(member.what, Function):
                            call = Call(None, name, decorator.line, (url,))
                            self.registrations.decorate(
                                Bound(router, name), call, place, Defined(member), member.what.line
                            )

    def _rounds(self, place: Place, expression: Expression, line: int) -> Iterator[Place]:
        """One place for each round of the loops whose variables an expression depends on."""
        if not self._index.at(place.path, place.scope).has_loops:
            yield place
            return
        loops = sorted(self._loops_of(place, expression, line, set()), key=lambda one: one[0].line)
        grouped: dict[tuple[int, Expression], list[Assignment]] = {}
        for assignment, element in loops:
            grouped.setdefault((assignment.line, element.of), []).append(assignment)
        yield from self._bind_rounds(place, list(grouped.items()))

    def _bind_rounds(
        self, place: Place, loops: list[tuple[tuple[int, Expression], list[Assignment]]]
    ) -> Iterator[Place]:
        if not loops:
            yield place
            return
        ((_, iterable), variables), *inner = loops
        items = self.evaluator.items(place, iterable)
        for item in items or ((),):
            environment = place.environment
            for variable in variables:
                value = variable.value
                position = value.position if isinstance(value, Element) else None
                environment = environment.bind(
                    (place.path, place.scope, variable.target), part_of(item, position)
                )
            yield from self._bind_rounds(Place(place.path, place.scope, environment), inner)

    def _loops_of(
        self, place: Place, expression: Expression, line: int, seen: set[str]
    ) -> Iterator[tuple[Assignment, Element]]:
        # Of several loops over the same name, the last one before the expression is around it.
        names = {
            part.dotted.partition(".")[0] for part in parts_of(expression) if isinstance(part, Name)
        }
        here = self._index.at(place.path, place.scope)
        for name in sorted(names - seen):
            seen.add(name)
            before = [one for one in here.by_target.get(name, ()) if one.line <= line]
            for assignment in before[-1:]:
                value = assignment.value
                if isinstance(value, Element):
                    yield assignment, value
                yield from self._loops_of(place, value, assignment.line, seen)
