"""Works out what expressions of a program come to, call by call, without running it.

Other than `Code.find_values`, this follows parameters into functions: what a factory builds, which
text a function makes of its argument, which object `app` is in `def init_app(app)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Meaning
from analyzer.sources.outline.values import (
    Assignment,
    Attribute,
    Call,
    Choice,
    Class,
    Constant,
    Element,
    Expression,
    Items,
    Joined,
    Name,
    Other,
    Scope,
    Spread,
    Table,
    Text,
    parts_of,
)
from analyzer.sources.routes import flask_natives as natives
from analyzer.sources.routes.flask_objects import Objects
from analyzer.sources.routes.flask_values import (
    NOTHING,
    UNKNOWN,
    Called,
    Frame,
    Group,
    KnownClass,
    KnownFunction,
    KnownModule,
    Native,
    Pairs,
    Slot,
    Value,
    Values,
    text_of,
)

# More is no program that a person wrote; less keeps a strange one from taking all day.
_DEEPEST = 40
_MOST_REENTRIES = 2
_MOST_VALUES = 200
_MOST_RUNS = 2000


class Evaluator(Objects):
    """The values of a program's expressions."""

    def __init__(
        self, code: Code, kinds: Mapping[str, str], kept: Collection[tuple[str, str]]
    ) -> None:
        """Start with nothing worked out; see `Objects`."""
        super().__init__(code, kinds, kept)
        self._found: dict[tuple[ProjectPath, Scope, Frame, int], Values] = {}
        self._running: set[tuple[object, ...]] = set()
        self._applied: list[tuple[ProjectPath, Scope]] = []
        self._cuts = 0

    def evaluate(
        self, path: ProjectPath, scope: Scope, frame: Frame, expression: Expression | None
    ) -> Values:
        """What an expression may come to, in a run of its scope."""
        if expression is None:
            return ()
        if isinstance(expression, Text | Constant | Other):
            return (expression,)
        key = (path, scope, frame, id(expression))
        if key in self._found:
            return self._found[key]
        if key in self._running or len(self._running) > _DEEPEST:
            self._cuts += 1
            return UNKNOWN
        self._running.add(key)
        cuts = self._cuts
        try:
            values = dict.fromkeys(self._evaluate(path, scope, frame, expression))
        finally:
            self._running.discard(key)
        found = tuple(values)[:_MOST_VALUES]
        if cuts == self._cuts:
            self._found[key] = found
        return found

    def runs_of(
        self, path: ProjectPath, scope: Scope, frame: Frame, expression: Expression
    ) -> list[Frame]:
        """The frames of a statement in loops: one for each item of each loop that it depends on."""
        frames = [frame]
        # A loop may go through what another one gives: the outer ones are entered first.
        loops = self.loops_of(path, scope, expression)
        for around, of in sorted(loops, key=lambda loop: self.depth_of(path, loop)):
            slot: Slot = (path, around, id(of))
            entered = [
                self.frame((*one.slots, *((slot, item) for item in items)))
                for one in frames
                for items in self._rounds(path, around, one, of, slot)
            ]
            is_many = len(entered) > _MOST_RUNS
            frames = (
                [self.frame((*one.slots, (slot, UNKNOWN))) for one in frames]
                if is_many
                else entered
            )
        return frames

    def _rounds(
        self, path: ProjectPath, scope: Scope, frame: Frame, of: Expression, slot: Slot
    ) -> list[tuple[Values, ...]]:
        """What each round of a loop adds to a frame: nothing where the loop is being run."""
        if frame.find(slot) is not None:
            return [()]
        values = self.evaluate(path, scope, frame, of)
        rounds: list[tuple[Values, ...]] = [(item,) for item in self.items(values)]
        is_known = values and all(isinstance(value, Group | Pairs) for value in values)
        return rounds if rounds or is_known else [(UNKNOWN,)]

    def callees(self, path: ProjectPath, scope: Scope, frame: Frame, call: Call) -> Values:
        """What a call calls."""
        if call.receiver is None:
            return self._value_of_name(path, scope, frame, call.name)
        if isinstance(call.receiver, Name) and call.name:
            return self._value_of_name(path, scope, frame, call.dotted)
        if isinstance(call.receiver, Call) and call.receiver.dotted == "super":
            return self._inherited(path, scope, frame, call.name)
        owners = self.evaluate(path, scope, frame, call.receiver)
        return self.attribute(owners, call.name) if call.name else owners

    def apply(self, callee: Value, called: Called) -> Values:
        """What a value gives that is called with arguments that are known."""
        if isinstance(callee, KnownFunction):
            if self._applied.count((callee.path, callee.inside)) > _MOST_REENTRIES:
                self._cuts += 1
                return UNKNOWN
            frame = self.bind(callee, called.arguments, called.keywords)
            returns = self.code.find_returns(
                Definition(
                    callee.path, callee.function.name, callee.function, callee.function.scope
                )
            )
            if not returns:
                return (NOTHING,)
            self._applied.append((callee.path, callee.inside))
            found = tuple(
                value
                for one in returns
                for value in self.evaluate(one.path, one.scope, frame, one.expression)
            )
            self._applied.pop()
            return found
        if isinstance(callee, Native):
            return natives.call_method(callee, called)
        return UNKNOWN

    def _evaluate(
        self, path: ProjectPath, scope: Scope, frame: Frame, expression: Expression
    ) -> Iterator[Value]:
        def inner(part: Expression) -> Values:
            return self.evaluate(path, scope, frame, part)

        match expression:
            case Name(dotted):
                yield from self._value_of_name(path, scope, frame, dotted)
            case Joined(parts):
                yield from natives.join([inner(part) for part in parts])
            case Choice(options, is_fallback):
                yield from natives.choose(
                    [inner(option) for option in options], is_fallback=is_fallback
                )
            case Items(items):
                yield self._group(path, scope, frame, items)
            case Table(pairs):
                yield Pairs(tuple((inner(key), inner(value)) for key, value in pairs))
            case Element(of, position):
                yield from self._items_of_loop(path, scope, frame, of, position)
            case Attribute(of, name):
                yield from self.attribute(inner(of), name)
            case Call():
                yield from self._value_of_call(path, scope, frame, expression)
            case _:
                yield Other()

    def _group(
        self, path: ProjectPath, scope: Scope, frame: Frame, items: tuple[Expression, ...]
    ) -> Group:
        found: list[Values] = []
        for item in items:
            if isinstance(item, Spread):
                found += self.items(self.evaluate(path, scope, frame, item.of))
                continue
            # Of a comprehension that is one for each round.
            found += [
                self.evaluate(path, scope, one, item)
                for one in self.runs_of(path, scope, frame, item)
            ]
        return Group(tuple(found))

    def _items_of_loop(
        self, path: ProjectPath, scope: Scope, frame: Frame, of: Expression, position: int | None
    ) -> Iterator[Value]:
        bound = frame.find((path, scope, id(of)))
        items = [bound] if bound is not None else self.items(self.evaluate(path, scope, frame, of))
        for item in items:
            if position is None:
                yield from item
                continue
            for value in item:
                if isinstance(value, Group) and position < len(value.items):
                    yield from value.items[position]

    def named(self, path: ProjectPath, dotted: str) -> Values:
        """What a name means at the top level of a file."""
        return self._value_of_name(path, (), self.root, dotted)

    def _value_of_name(self, path: ProjectPath, scope: Scope, frame: Frame, dotted: str) -> Values:
        first, _, rest = dotted.partition(".")
        table = self.code.table_of(path)
        for around in table.scopes_seen_from(scope):
            passed = frame.find((path, around, first))
            if passed is None:
                if table.find(around, dotted) or table.is_parameter(around, first):
                    break
                continue
            assigned = self._reassigned(path, around, frame, dotted, passed)
            return assigned or self.attribute(passed, rest)
        meanings = self.code.find_meanings(path, scope, dotted)
        # Of several loops with the same variable it is the one that is being run.
        current = [one for one in meanings if _is_running(one, frame)]
        return tuple(
            value
            for meaning in current or meanings
            for value in self._value_of_meaning(frame, meaning)
        )

    def _reassigned(
        self, path: ProjectPath, scope: Scope, frame: Frame, dotted: str, passed: Values
    ) -> Values:
        """What a parameter becomes by an assignment: `rule = prefix + rule`."""
        found = self.code.table_of(path).find(scope, dotted)
        values: list[Value] = []
        for entry in found[0] if found else ():
            if not isinstance(entry, Assignment) or entry.target == "self":
                continue
            key = (path, scope, frame, id(entry.value))
            depends = self._depends_on(path, scope, entry.value, entry.target)
            # `if prefix is None: prefix = "/api"` is for those who pass none.
            if key in self._running or (not depends and passed != (NOTHING,)):
                continue
            values += self.attribute(
                self.evaluate(path, scope, frame, entry.value), found[1] if found else ""
            )
        return tuple(values)

    def _depends_on(
        self, path: ProjectPath, scope: Scope, expression: Expression, name: str
    ) -> bool:
        names = {
            part.dotted.partition(".")[0] for part in parts_of(expression) if isinstance(part, Name)
        }
        loops = self.loops_of(path, scope, expression)
        return name in names or any(isinstance(of, Name) and of.dotted == name for _, of in loops)

    def _value_of_meaning(self, frame: Frame, meaning: Meaning) -> Values:
        if isinstance(meaning, External):
            return (meaning,)
        what = meaning.what
        seen = self.seen_from(frame, meaning.path, meaning.scope)
        if what is None:
            if not meaning.name:
                return (KnownModule(meaning.path),)
            passed = frame.find((meaning.path, meaning.scope, meaning.name))
            return UNKNOWN if passed is None else self.attribute(passed, meaning.rest)
        if isinstance(what, Assignment):
            return self.attribute(self._assigned(meaning.path, what, frame), meaning.rest)
        own: Value = (
            KnownClass(meaning.path, what)
            if isinstance(what, Class)
            else KnownFunction(meaning.path, what, seen, self._class_of(meaning.path, what))
        )
        return self.attribute((own,), meaning.rest)

    def _assigned(self, path: ProjectPath, what: Assignment, frame: Frame) -> Values:
        """What an assignment gives, with what is added to a list after it."""
        needed = {id(of) for _, of in self.loops_of(path, what.scope, what.value)}
        seen = self.seen_from(frame, path, what.scope, loops=needed)
        key = (path, what.scope, seen, id(what))
        if key in self._running:
            # `prefix = prefix + "/b"`: it leads back to itself.
            return UNKNOWN
        self._running.add(key)
        try:
            values = self.evaluate(path, what.scope, seen, what.value)
        finally:
            self._running.discard(key)
        added = [
            one
            for one in self.code.table_of(path).added_to(what.target, what.scope)
            if isinstance(one.value, Items | Name | Call)
        ]
        if not added or not any(isinstance(value, Group) for value in values):
            return values
        items = self.items(values)
        for one in added:
            inside = self.seen_from(frame, path, one.scope)
            for run in self.runs_of(path, one.scope, inside, one.value):
                items += self.items(self.evaluate(path, one.scope, run, one.value))
        return (Group(tuple(items)),)

    def _value_of_call(
        self, path: ProjectPath, scope: Scope, frame: Frame, call: Call
    ) -> Iterator[Value]:
        callees = self.callees(path, scope, frame, call)
        if not callees:
            builtin = None if call.receiver is not None else natives.BUILTINS.get(call.name)
            arguments, _ = self.arguments_of(path, scope, frame, call)
            if builtin is not None:
                yield from builtin(arguments)
            elif call.dotted == "getattr" and len(arguments) > 1 and text_of(arguments[1]):
                yield from self.attribute(arguments[0], text_of(arguments[1]) or "")
            else:
                yield Other()
        for callee in callees:
            if isinstance(callee, External):
                yield from self._call_external(path, scope, frame, call, callee)
            elif isinstance(callee, KnownClass):
                kind = self.kind_of(callee.definition)
                yield self._build(path, scope, frame, call, kind=kind, class_=callee)
            elif isinstance(callee, KnownFunction | Native):
                arguments, keywords = self.arguments_of(path, scope, frame, call)
                method = callee if isinstance(callee, Native) else Native(Group(()), "")
                called = Called(method, (path, call.line), arguments, keywords)
                yield from self.apply(callee, called)
            else:
                yield Other()

    def _call_external(
        self, path: ProjectPath, scope: Scope, frame: Frame, call: Call, callee: External
    ) -> Values:
        kind = self._kinds.get(callee.dotted)
        if kind is not None:
            return (self._build(path, scope, frame, call, kind=kind),)
        arguments, _ = self.arguments_of(path, scope, frame, call)
        if callee.dotted == "importlib.import_module" and arguments:
            module = self.code.find_module(path, text_of(arguments[0]) or "")
            return UNKNOWN if module is None else (KnownModule(module),)
        if callee.dotted in ("os.environ.get", "os.getenv"):
            return arguments[1] if len(arguments) > 1 else (NOTHING,)
        if arguments and any(isinstance(one, KnownFunction | Called) for one in arguments[0]):
            # A decorator of a library, called by hand: what it gives stands for what it got.
            return arguments[0]
        return (External(f"{callee.dotted}()"),)


def _is_running(meaning: Meaning, frame: Frame) -> bool:
    match meaning:
        case Definition(path=path, what=Assignment(value=Element(of=of), scope=scope)):
            return frame.find((path, scope, id(of))) is not None
        case _:
            return False
