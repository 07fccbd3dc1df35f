"""Works out what expressions of a program come to, call by call, without running it.

Other than `Code.find_values`, this follows parameters into functions: what a factory builds, which
text a function makes of its argument, which object `app` is in `def init_app(app)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Meaning
from analyzer.sources.outline.tables import Entry
from analyzer.sources.outline.values import (
    Assignment,
    Attribute,
    Call,
    Choice,
    Class,
    Constant,
    Element,
    Expression,
    Function,
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
from analyzer.sources.routes.flask_values import (
    NOTHING,
    UNKNOWN,
    Built,
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
_DEEPEST = 60
_MOST_VALUES = 200
_MOST_RUNS = 2000


class Evaluator:
    """The values of a program's expressions."""

    def __init__(
        self, code: Code, kinds: Mapping[str, str], kept: Collection[tuple[str, str]]
    ) -> None:
        """Start with nothing worked out.

        Args:
            code: the program.
            kinds: the classes of a framework by their full names, and what to call their objects.
            kept: attributes by such a name that are the first argument the object is built with.
        """
        self.code = code
        self._kinds = kinds
        self._kept = kept
        self._frames: dict[tuple[tuple[Slot, Values], ...], Frame] = {}
        self._built: dict[tuple[ProjectPath, Scope, int, Frame], Built] = {}
        self._found: dict[tuple[ProjectPath, Scope, Frame, int], Values] = {}
        self._running: set[tuple[object, ...]] = set()
        self._loops: dict[tuple[ProjectPath, Scope, int], tuple[tuple[Scope, Expression], ...]] = {}
        self._cuts = 0
        self.root = self.frame(())

    @property
    def built(self) -> Iterator[Built]:
        """Every object that was met so far."""
        yield from self._built.values()

    def frame(self, slots: Iterable[tuple[Slot, Values]]) -> Frame:
        """The frame with some slots."""
        key = tuple(sorted(slots, key=lambda one: (one[0][0], one[0][1], str(one[0][2]))))
        return self._frames.setdefault(key, Frame(key))

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
        loops = dict.fromkeys(self._loops_of(path, scope, expression))
        frames = [frame]
        # A loop may go through what another one gives: the outer ones are entered first.
        for around, of in sorted(loops, key=lambda loop: self._depth_of(path, loop)):
            slot: Slot = (path, around, id(of))
            frames = [
                self.frame((*one.slots, (slot, item)))
                for one in frames
                for item in self.items(self.evaluate(path, around, one, of)) or [UNKNOWN]
                if one.find(slot) is None
            ] or frames
            if len(frames) > _MOST_RUNS:
                return [frame]
        return frames

    def bind(
        self,
        function: KnownFunction,
        arguments: Sequence[Values],
        keywords: Sequence[tuple[str, Values]],
    ) -> Frame:
        """The frame of a function that is called; parameters without a value have their default."""
        inside = function.inside
        names = list(function.function.parameters)
        slots: dict[str, Values] = {}
        for name, default in function.function.defaults:
            slots[name] = self.evaluate(
                function.path, function.function.scope, function.frame, default
            )
        positional = list(arguments)
        if self._takes_owner(function) and function.owner is not None:
            positional.insert(0, (function.owner,))
        for position, name in enumerate(names):
            if name.startswith("*") and not name.startswith("**") and len(name) > 1:
                slots[name[1:]] = (Group(tuple(positional[position:])),)
            if name.startswith("*"):
                break
            if position < len(positional):
                slots[name] = positional[position]
        rest = [(name, values) for name, values in keywords if name not in names]
        slots.update((name, values) for name, values in keywords if name in names)
        for name in names:
            if name.startswith("**"):
                slots[name[2:]] = (Pairs(tuple(((Text(key),), value) for key, value in rest)),)
        own: list[tuple[Slot, Values]] = [
            ((function.path, inside, name), values) for name, values in slots.items()
        ]
        return self.frame((*function.frame.slots, *own))

    def arguments_of(
        self, path: ProjectPath, scope: Scope, frame: Frame, call: Call
    ) -> tuple[tuple[Values, ...], tuple[tuple[str, Values], ...]]:
        """The arguments of a call, with `*` and `**` taken apart."""
        positional: list[Values] = []
        for argument in call.arguments:
            if isinstance(argument, Spread):
                positional += self.items(self.evaluate(path, scope, frame, argument.of))
            else:
                positional.append(self.evaluate(path, scope, frame, argument))
        keywords: list[tuple[str, Values]] = []
        for name, value in call.keywords:
            if isinstance(value, Spread):
                for one in self.evaluate(path, scope, frame, value.of):
                    pairs = one.items if isinstance(one, Pairs) else ()
                    keywords += [
                        (text, content) for key, content in pairs if (text := text_of(key))
                    ]
            else:
                keywords.append((name, self.evaluate(path, scope, frame, value)))
        return tuple(positional), tuple(keywords)

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

    def named(self, path: ProjectPath, dotted: str) -> Values:
        """What a name means at the top level of a file."""
        return self._value_of_name(path, (), self.root, dotted)

    def attribute(self, owners: Values, dotted: str) -> Values:
        """What an attribute, or an attribute of one, of values may be."""
        name, _, rest = dotted.partition(".")
        if not name:
            return owners
        found = tuple(value for owner in owners for value in self._attribute(owner, name))
        return self.attribute(found, rest)

    def apply(self, callee: Value, called: Called) -> Values:
        """What a value gives that is called with arguments that are known."""
        if isinstance(callee, KnownFunction):
            frame = self.bind(callee, called.arguments, called.keywords)
            returns = self.code.find_returns(
                Definition(
                    callee.path, callee.function.name, callee.function, callee.function.scope
                )
            )
            if not returns:
                return (NOTHING,)
            return tuple(
                value
                for one in returns
                for value in self.evaluate(one.path, one.scope, frame, one.expression)
            )
        if isinstance(callee, Native):
            return natives.call_method(callee, called)
        return UNKNOWN

    def items(self, values: Values) -> list[Values]:
        """The items of lists."""
        found: list[Values] = []
        for value in values:
            if isinstance(value, Group):
                found += value.items
            elif isinstance(value, Pairs):
                found += [key for key, _ in value.items]
        return found

    def initializer(self, built: Built) -> tuple[KnownFunction, Frame] | None:
        """The `__init__` of the project's own class that builds an object, and its frame."""
        for one in self._attribute(built, "__init__"):
            if isinstance(one, KnownFunction):
                arguments, keywords = self.arguments_of(
                    built.path, built.scope, built.frame, built.call
                )
                return one, self.bind(one, arguments, keywords)
        return None

    def kind_of(self, class_: Definition, depth: int = 20) -> str:
        """What the framework calls objects of a class; empty for other classes."""
        for base in self.code.find_bases(class_) if depth else ():
            kind = (
                self._kinds.get(base.dotted, "")
                if isinstance(base, External)
                else self.kind_of(base, depth - 1)
            )
            if kind:
                return kind
        return ""

    def _evaluate(
        self, path: ProjectPath, scope: Scope, frame: Frame, expression: Expression
    ) -> Iterable[Value]:
        def inner(part: Expression) -> Values:
            return self.evaluate(path, scope, frame, part)

        match expression:
            case Name(dotted):
                return self._value_of_name(path, scope, frame, dotted)
            case Joined(parts):
                return natives.join([inner(part) for part in parts])
            case Choice(options):
                # `prefix or "/api"` is never None: what stays last is what it falls back to.
                found = [value for option in options for value in inner(option)]
                return [value for value in found if value != NOTHING] or found
            case Items(items):
                return [self._group(path, scope, frame, items)]
            case Table(pairs):
                return [Pairs(tuple((inner(key), inner(value)) for key, value in pairs))]
            case Element(of, position):
                return self._items_of_loop(path, scope, frame, of, position)
            case Attribute(of, name):
                return self.attribute(inner(of), name)
            case Call():
                return self._value_of_call(path, scope, frame, expression)
            case _:
                return UNKNOWN

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
        loops = self._loops_of(path, scope, expression)
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

    def _class_of(self, path: ProjectPath, function: Function) -> KnownClass | None:
        owner = self.code.table_of(path).class_at(function.scope)
        return None if owner is None else KnownClass(path, owner)

    def _assigned(self, path: ProjectPath, what: Assignment, frame: Frame) -> Values:
        """What an assignment gives, with what is added to a list after it."""
        needed = {id(of) for _, of in self._loops_of(path, what.scope, what.value)}
        seen = self.seen_from(frame, path, what.scope, loops=needed)
        values = self.evaluate(path, what.scope, seen, what.value)
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

    def seen_from(
        self, frame: Frame, path: ProjectPath, scope: Scope, loops: set[int] | None = None
    ) -> Frame:
        """The part of a frame that a scope depends on: what is built there is one object in all."""
        return self.frame(
            (slot, values)
            for slot, values in frame.slots
            if slot[0] == path
            and slot[1] == scope[: len(slot[1])]
            and (isinstance(slot[2], str) or slot[2] in (loops or ()))
        )

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
                yield self._build(kind, path, scope, frame, call, callee)
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
            return (self._build(kind, path, scope, frame, call, None),)
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

    def _build(
        self,
        kind: str,
        path: ProjectPath,
        scope: Scope,
        frame: Frame,
        call: Call,
        class_: KnownClass | None,
    ) -> Built:
        needed = {id(of) for _, of in self._loops_of(path, scope, call)}
        seen = self.seen_from(frame, path, scope, loops=needed)
        key = (path, scope, id(call), seen)
        if key not in self._built:
            self._built[key] = Built(kind, path, scope, call, seen, class_)
        return self._built[key]

    def _attribute(self, owner: Value, name: str) -> Iterable[Value]:
        match owner:
            case KnownModule(path):
                meanings = self.code.find_meanings(path, (), name)
                inner = None if meanings else self.code.find_module(path, f".{name}")
                found: list[Value] = [] if inner is None else [KnownModule(inner)]
                for meaning in meanings:
                    found += self._value_of_meaning(self.root, meaning)
                return found
            case External(dotted):
                return (External(f"{dotted}.{name}"),)
            case Built() if (owner.kind, name) in self._kept:
                arguments, _ = self.arguments_of(owner.path, owner.scope, owner.frame, owner.call)
                return arguments[0] if arguments else UNKNOWN
            case Built() | KnownClass():
                return self._member(owner, name)
            case Text() | Group() | Pairs():
                return (Native(owner, name),)
            case _:
                return UNKNOWN

    def _member(self, owner: Built | KnownClass, name: str) -> Iterable[Value]:
        class_ = owner.class_ if isinstance(owner, Built) else owner
        members = () if class_ is None else self.code.find_members(class_.definition, name)
        found: list[Value] = []
        for member in members:
            found += self._value_of_member(owner, member)
        return found if members else (Native(owner, name),)

    def _value_of_member(self, owner: Built | KnownClass, member: Definition) -> Values:
        what = member.what
        if isinstance(what, Function):
            return (KnownFunction(member.path, what, self.root, owner),)
        if isinstance(what, Class):
            return (KnownClass(member.path, what),)
        if not isinstance(what, Assignment):
            return UNKNOWN
        method = self.code.table_of(member.path).function_at(what.scope)
        if method is None:
            return self._assigned(member.path, what, self.root)
        known = KnownFunction(member.path, method, self.root, owner)
        started = self.initializer(owner) if isinstance(owner, Built) else None
        if started is not None and started[0] == known:
            return self._assigned(member.path, what, started[1])
        return self._assigned(member.path, what, self.bind(known, (), ()))

    def _inherited(self, path: ProjectPath, scope: Scope, frame: Frame, name: str) -> Values:
        """What `super().name` is."""
        table = self.code.table_of(path)
        class_ = table.class_around(scope)
        method = table.function_at(scope)
        if class_ is None or method is None or not method.parameters:
            return UNKNOWN
        owners = frame.find((path, scope, method.parameters[0])) or ()
        own = Definition(path, class_.name, class_, class_.scope)
        members = [
            member
            for base in self.code.find_bases(own)
            if isinstance(base, Definition)
            for member in self.code.find_members(base, name)
        ]
        found: list[Value] = []
        for owner in owners:
            if isinstance(owner, Built | KnownClass):
                for member in members:
                    found += self._value_of_member(owner, member)
                if not members:
                    found.append(Native(owner, name))
        return tuple(found)

    def _takes_owner(self, function: KnownFunction) -> bool:
        """Whether a method's first parameter is what it is called on."""
        decorators = {one.dotted for one in function.function.decorators if isinstance(one, Name)}
        if "staticmethod" in decorators:
            return False
        return isinstance(function.owner, Built) or "classmethod" in decorators

    def _loops_of(
        self, path: ProjectPath, scope: Scope, expression: Expression, line: int | None = None
    ) -> tuple[tuple[Scope, Expression], ...]:
        """The loops that give the items that an expression is made of, also by other names."""
        key = (path, scope, id(expression))
        if key not in self._loops:
            self._loops[key] = ()
            found: list[tuple[Scope, Expression]] = []
            table = self.code.table_of(path)
            if isinstance(expression, Call):
                line = expression.line
            for part in parts_of(expression):
                if isinstance(part, Element):
                    found.append((scope, part.of))
                dotted = _name_in(part)
                if dotted is None:
                    continue
                for around in table.scopes_seen_from(scope):
                    entries = table.find(around, dotted)
                    if entries:
                        for entry in _current(entries[0], line if around == scope else None):
                            found += self._loops_of(path, around, entry.value, entry.line)
                        break
            self._loops[key] = tuple(dict.fromkeys(found))
        return self._loops[key]

    def _depth_of(self, path: ProjectPath, loop: tuple[Scope, Expression]) -> int:
        return len(self._loops_of(path, *loop))


def _name_in(part: Expression) -> str | None:
    if isinstance(part, Name):
        return part.dotted
    return part.name if isinstance(part, Call) and part.receiver is None else None


def _current(entries: Iterable[Entry], line: int | None) -> list[Assignment]:
    """The assignments of a name that hold on a line: of several loops the last one before it."""
    found = [entry for entry in entries if isinstance(entry, Assignment)]
    loops = [one for one in found if isinstance(one.value, Element)]
    before = [one for one in loops if line is None or one.line <= line]
    last = before[-1:] or loops[:1] if line is not None else loops
    return [one for one in found if one not in loops or one in last]


def _is_running(meaning: Meaning, frame: Frame) -> bool:
    match meaning:
        case Definition(path=path, what=Assignment(value=Element(of=of), scope=scope)):
            return frame.find((path, scope, id(of))) is not None
        case _:
            return False
