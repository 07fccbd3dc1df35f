"""Goes through a program that uses Flask as if it ran, and notes what it does with routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, External
from analyzer.sources.outline.values import (
    Call,
    Class,
    Expression,
    Function,
    Name,
    Outline,
    Scope,
    Text,
)
from analyzer.sources.routes.explaining import last_name_of, may_run
from analyzer.sources.routes.flask_evaluator import Evaluator
from analyzer.sources.routes.flask_reach import find_telling
from analyzer.sources.routes.flask_values import (
    API,
    DECORATORS,
    KEPT,
    KINDS,
    NOTHING,
    Built,
    Called,
    Frame,
    Group,
    KnownClass,
    KnownFunction,
    Native,
    Value,
    Values,
)
from analyzer.sources.routes.plugins import find_loaded

# Longer ways from a program's start to a route are circles.
_DEEPEST = 30
# A function that calls itself goes on with what is inside of what it was given.
_MOST_REENTRIES = 2

Site = tuple[ProjectPath, int]
"""A file and a 1-based line."""


class Origin(Struct, frozen=True):
    """The statement that gives a wrapper of the project its address or its handler."""

    site: Site
    decorated: KnownFunction | KnownClass | None = None
    """What it is a decorator of."""


class Noted(Struct, frozen=True):
    """One thing that the framework is told, and by which statement."""

    called: Called
    declared: Site
    decorated: KnownFunction | KnownClass | None = None
    """What it is, or is called by, a decorator of."""
    line: int | None = None
    """1-based line of that decorator."""


class TakenIn(Struct, frozen=True):
    """A blueprint or an API that is given to something."""

    router: Values
    by: Built | None
    """Nothing where that is not known."""
    called: Called | None
    path: ProjectPath
    scope: Scope
    line: int
    name: str = ""
    """What the router is called at its end: of `module.bp` it is `bp`."""


class Program:
    """What a program tells Flask, statement by statement, and each time that it runs."""

    def __init__(self, code: Code, users: Sequence[Outline]) -> None:
        """Go through the code.

        Args:
            code: all of it.
            users: the files that have to do with Flask; others are gone through where these lead.
        """
        self.code = code
        self.evaluator = Evaluator(code, KINDS, KEPT)
        self.routes: dict[Noted, None] = {}
        self.taken_in: dict[TakenIn, None] = {}
        self._done: set[tuple[ProjectPath, Scope, Frame, Origin | None]] = set()
        self._stack: list[tuple[ProjectPath, Scope]] = []
        self._frames: dict[tuple[ProjectPath, Scope], dict[Frame, None]] = defaultdict(dict)
        self._outlines = users
        self._telling, self._names = find_telling(self._outlines)
        for outline in self._outlines:
            self._run(outline.path, (), self.evaluator.root, None)
        self._run_the_rest()

    def happens(self, one: TakenIn) -> bool:
        """Whether something is taken in when the program runs.

        Not in a function that nothing calls; of one that builds the application itself, whoever
        takes that calls it, such as a web server.
        """
        is_built_there = one.by is not None and (
            (one.by.path, one.by.scope[:1]) == (one.path, one.scope[:1])
        )
        return is_built_there or may_run(self.code, one.path, one.scope)

    def _run_the_rest(self) -> None:
        """Run what nothing was seen to call: it may be called by name, or by a web server."""
        called = {
            one.call.name for outline in self._outlines for one in outline.calls if one.call.name
        }
        left = sorted(self._telling, key=lambda one: (one[1][-1] in called, one[0], one[1]))
        for path, inside in left:
            if (path, inside) in self._frames:
                continue
            table = self.code.table_of(path)
            function = table.function_at(inside)
            if function is None:
                continue
            for frame in list(self._frames.get((path, function.scope), ())) or [
                self.evaluator.root
            ]:
                known = KnownFunction(path, function, frame)
                self._run(path, inside, self.evaluator.bind(known, (), ()), None)

    def _run(self, path: ProjectPath, scope: Scope, frame: Frame, origin: Origin | None) -> None:
        key = (path, scope, frame, origin)
        depth = self._stack.count((path, scope))
        if key in self._done or len(self._stack) > _DEEPEST or depth > _MOST_REENTRIES:
            return
        self._done.add(key)
        self._frames[path, scope][frame] = None
        self._stack.append((path, scope))
        self._run_statements(path, scope, frame, origin)
        self._stack.pop()

    def _run_statements(
        self, path: ProjectPath, scope: Scope, frame: Frame, origin: Origin | None
    ) -> None:
        outline = self.code.outline_of(path)
        for class_ in outline.classes:
            if class_.scope == scope:
                self._run(path, (*scope, class_.name), frame, origin)
                self._decorate(path, scope, frame, class_, origin)
        for one in outline.calls:
            if one.scope == scope and self._may_tell(path, scope, frame, one.call):
                for run in self.evaluator.runs_of(path, scope, frame, one.call):
                    self._call(path, scope, run, one.call, origin)
        for function in outline.functions:
            if function.scope == scope:
                self._decorate(path, scope, frame, function, origin)

    def _may_tell(self, path: ProjectPath, scope: Scope, frame: Frame, call: Call) -> bool:
        if call.name in self._names or not call.name:
            return True
        first = call.dotted.partition(".")[0]
        table = self.code.table_of(path)
        if call.receiver is None and any(
            table.is_parameter(around, first) for around in table.scopes_seen_from(scope)
        ):
            return True
        arguments = (*call.arguments, *(value for _, value in call.keywords))
        return any(
            isinstance(value, Built) and value.kind
            for argument in arguments
            if isinstance(argument, Name)
            for value in self.evaluator.evaluate(path, scope, frame, argument)
        )

    def _call(
        self, path: ProjectPath, scope: Scope, frame: Frame, call: Call, origin: Origin | None
    ) -> None:
        evaluator = self.evaluator
        arguments, keywords = evaluator.arguments_of(path, scope, frame, call)
        site = (path, call.line)
        for callee in evaluator.callees(path, scope, frame, call):
            if isinstance(callee, Native):
                called = Called(callee, site, arguments, keywords)
                is_passed = origin is not None and self._is_passed(path, scope, call, called)
                self._note(called, path, scope, call, origin if is_passed else None)
            elif isinstance(callee, KnownFunction):
                inner = self._origin_of(path, scope, call, (arguments, keywords), origin)
                run = evaluator.bind(callee, arguments, keywords)
                self._run(callee.path, callee.inside, run, inner)
            elif isinstance(callee, Called) and arguments:
                # `bp.route("/x")(view)`
                for value in arguments[0]:
                    if isinstance(value, KnownFunction | KnownClass):
                        self._apply(callee, value, None, origin or Origin(site))
            elif call.name == "register_blueprint" and arguments:
                # On something that is not known, or of a library that is built on Flask.
                name = last_name_of(call.argument(0, "blueprint"))
                one = TakenIn(arguments[0], None, None, path, scope, call.line, name)
                self.taken_in[one] = None
            elif isinstance(callee, KnownClass | External):
                self._build(path, scope, frame, call)

    def _build(self, path: ProjectPath, scope: Scope, frame: Frame, call: Call) -> None:
        for built in self.evaluator.evaluate(path, scope, frame, call):
            if not isinstance(built, Built):
                continue
            started = self.evaluator.initializer(built)
            if started is not None:
                self._run(started[0].path, started[0].inside, started[1], None)
            if built.kind != API:
                continue
            arguments, keywords = constructor_of(self.evaluator, built)
            target = dict(keywords).get("app", arguments[0] if arguments else ())
            for value in target:
                if value != NOTHING:
                    by = value if isinstance(value, Built) and value.kind else None
                    one = TakenIn((built,), by, None, path, scope, call.line)
                    self.taken_in[one] = None

    def _note(
        self,
        called: Called,
        path: ProjectPath,
        scope: Scope,
        call: Call,
        origin: Origin | None,
    ) -> None:
        owner, name = called.method.owner, called.method.name
        kind = owner.kind if isinstance(owner, Built) else ""
        if name in ("add_url_rule", "add_resource") and kind:
            self.routes[_noted(called, origin)] = None
        elif name == "register_blueprint":
            by = owner if isinstance(owner, Built) and kind else None
            taken = call.argument(0, "blueprint")
            router = called.argument(0, "blueprint") or ()
            if not any(isinstance(one, Built) for one in router):
                router = self._loaded(path, scope, taken) or router
            line = called.site[1]
            one = TakenIn(router, by, called, path, scope, line, last_name_of(taken))
            self.taken_in[one] = None
        elif name == "init_app" and kind == API and isinstance(owner, Built):
            for target in called.argument(0, "app") or ():
                by = target if isinstance(target, Built) and target.kind else None
                self.taken_in[TakenIn((owner,), by, None, path, scope, called.site[1])] = None

    def _loaded(self, path: ProjectPath, scope: Scope, taken: Expression | None) -> Values:
        return tuple(
            value
            for place, dotted in find_loaded(self.code, path, scope, taken)
            for value in (self.evaluator.named(place, dotted) if dotted else ())
        )

    def _decorate(
        self,
        path: ProjectPath,
        scope: Scope,
        frame: Frame,
        what: Function | Class,
        origin: Origin | None,
    ) -> None:
        lines = what.decorator_lines
        for decorator, line in zip(what.decorators, lines, strict=False):
            for run in self.evaluator.runs_of(path, scope, frame, decorator):
                seen = self.evaluator.seen_from(run, path, scope)
                known = (
                    KnownFunction(path, what, seen)
                    if isinstance(what, Function)
                    else KnownClass(path, what)
                )
                for value in self.evaluator.evaluate(path, scope, run, decorator):
                    self._apply(value, known, line, Origin((path, line), known))
                if isinstance(decorator, Call):
                    self._call_factory(path, scope, run, decorator, origin)

    def _call_factory(
        self, path: ProjectPath, scope: Scope, frame: Frame, call: Call, origin: Origin | None
    ) -> None:
        """What a decorator factory does by itself, such as to register a blueprint."""
        for callee in self.evaluator.callees(path, scope, frame, call):
            if isinstance(callee, KnownFunction) and callee.function.name in self._names:
                arguments, keywords = self.evaluator.arguments_of(path, scope, frame, call)
                run = self.evaluator.bind(callee, arguments, keywords)
                self._run(callee.path, callee.inside, run, origin)

    def _apply(
        self,
        decorator: Value,
        known: KnownFunction | KnownClass,
        line: int | None,
        origin: Origin,
    ) -> None:
        if isinstance(decorator, Called):
            owner, name = decorator.method.owner, decorator.method.name
            if isinstance(owner, Built) and owner.kind and name in DECORATORS:
                self.routes[Noted(decorator, origin.site, known, line)] = None
        elif isinstance(decorator, KnownFunction) and decorator.function.name in self._names:
            run = self.evaluator.bind(decorator, [(known,)], ())
            self._run(decorator.path, decorator.inside, run, origin)

    def _origin_of(
        self,
        path: ProjectPath,
        scope: Scope,
        call: Call,
        given: tuple[tuple[Values, ...], tuple[tuple[str, Values], ...]],
        origin: Origin | None,
    ) -> Origin | None:
        arguments, keywords = given
        tells = any(
            isinstance(value, Text | KnownFunction | KnownClass | Group)
            for values in (*arguments, *(values for _, values in keywords))
            for value in values
        )
        if not tells:
            return None
        called = Called(Native(Group(()), ""), (path, call.line), arguments, keywords)
        if origin is not None and self._is_passed(path, scope, call, called):
            return origin
        return Origin((path, call.line))

    def _is_passed(self, path: ProjectPath, scope: Scope, call: Call, called: Called) -> bool:
        """Whether a call's arguments are what its function was given, not written there."""
        evaluator = self.evaluator
        arguments, keywords = evaluator.arguments_of(path, scope, evaluator.root, call)
        static = [_plain(values) for values in (*arguments, *(values for _, values in keywords))]
        real = [_plain(values) for values in (*called.arguments, *dict(called.keywords).values())]
        return static != real


def constructor_of(
    evaluator: Evaluator, built: Built
) -> tuple[tuple[Values, ...], tuple[tuple[str, Values], ...]]:
    """The arguments that the framework's own constructor gets."""
    started = evaluator.initializer(built)
    if started is None:
        return evaluator.arguments_of(built.path, built.scope, built.frame, built.call)
    method, frame = started
    for one in evaluator.code.outline_of(method.path).calls:
        if one.scope == method.inside and one.call.name == "__init__":
            return evaluator.arguments_of(method.path, one.scope, frame, one.call)
    return (), ()


def _noted(called: Called, origin: Origin | None) -> Noted:
    if origin is None:
        return Noted(called, called.site)
    line = None if origin.decorated is None else origin.site[1]
    return Noted(called, origin.site, origin.decorated, line)


def _plain(values: Values) -> tuple[object, ...]:
    found: list[object] = []
    for value in values:
        if isinstance(value, KnownFunction):
            found.append((value.path, value.function.name, value.function.line))
        elif isinstance(value, Text | KnownClass):
            found.append(value)
        elif isinstance(value, Group):
            found.append(tuple(_plain(item) for item in value.items))
        elif isinstance(value, Called):
            found.append(value.method.name)
    return tuple(found)
