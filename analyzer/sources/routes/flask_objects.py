"""The objects and functions of a program: their attributes, arguments and classes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Meaning
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Expression,
    Function,
    Name,
    Scope,
    Spread,
    Text,
)
from analyzer.sources.routes.flask_frames import Frames
from analyzer.sources.routes.flask_values import (
    UNKNOWN,
    Built,
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


class Objects(Frames, ABC):
    """What is built, and what its attributes are."""

    def __init__(
        self, code: Code, kinds: Mapping[str, str], kept: Collection[tuple[str, str]]
    ) -> None:
        """Start with nothing built.

        Args:
            code: the program.
            kinds: the classes of a framework by their full names, and what to call their objects.
            kept: attributes by such a name that are the first argument the object is built with.
        """
        super().__init__(code)
        self._kinds = kinds
        self._kept = kept
        self._built: dict[tuple[ProjectPath, Scope, int, Frame], Built] = {}

    @abstractmethod
    def evaluate(
        self, path: ProjectPath, scope: Scope, frame: Frame, expression: Expression | None
    ) -> Values:
        """What an expression may come to, in a run of its scope."""

    @abstractmethod
    def _value_of_meaning(self, frame: Frame, meaning: Meaning) -> Values:
        """What a name may come to, of which it is known what it means."""

    @abstractmethod
    def _assigned(self, path: ProjectPath, what: Assignment, frame: Frame) -> Values:
        """What an assignment gives, with what is added to a list after it."""

    @property
    def built(self) -> Iterator[Built]:
        """Every object that was met so far."""
        yield from self._built.values()

    def attribute(self, owners: Values, dotted: str) -> Values:
        """What an attribute, or an attribute of one, of values may be."""
        name, _, rest = dotted.partition(".")
        if not name:
            return owners
        found = tuple(value for owner in owners for value in self._attribute(owner, name))
        return self.attribute(found, rest)

    def initializer(self, built: Built) -> tuple[KnownFunction, Frame] | None:
        """The `__init__` of the project's own class that builds an object, and its frame."""
        for one in self._attribute(built, "__init__"):
            if isinstance(one, KnownFunction):
                arguments, keywords = self.arguments_of(
                    built.path, built.scope, built.frame, built.call
                )
                return one, self.bind(one, arguments, keywords)
        return None

    def kind_of(self, class_: Definition) -> str:
        """What the framework calls objects of a class; empty for other classes."""
        bases = self.code.find_outer_bases(class_)
        return next((self._kinds[base] for base in bases if base in self._kinds), "")

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

    def items(self, values: Values) -> list[Values]:
        """The items of lists."""
        found: list[Values] = []
        for value in values:
            if isinstance(value, Group):
                found += value.items
            elif isinstance(value, Pairs):
                found += [key for key, _ in value.items]
        return found

    def _build(
        self,
        path: ProjectPath,
        scope: Scope,
        frame: Frame,
        call: Call,
        *,
        kind: str,
        class_: KnownClass | None = None,
    ) -> Built:
        """The object that a call builds in a run."""
        needed = {id(of) for _, of in self.loops_of(path, scope, call)}
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

    def _class_of(self, path: ProjectPath, function: Function) -> KnownClass | None:
        owner = self.code.table_of(path).class_at(function.scope)
        return None if owner is None else KnownClass(path, owner)
