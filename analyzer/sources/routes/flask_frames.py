"""Which run of a function or a loop a statement is seen in."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.tables import Entry
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Element,
    Expression,
    Name,
    Scope,
    parts_of,
)
from analyzer.sources.routes.flask_values import (
    Frame,
    Slot,
    Values,
)


class Frames:
    """The frames of a program: equal ones are one object."""

    def __init__(self, code: Code) -> None:
        """Start with the frame of everything that runs once."""
        self.code = code
        self._frames: dict[tuple[tuple[Slot, Values], ...], Frame] = {}
        self._loops: dict[tuple[ProjectPath, Scope, int], tuple[tuple[Scope, Expression], ...]] = {}
        self.root = self.frame(())

    def frame(self, slots: Iterable[tuple[Slot, Values]]) -> Frame:
        """The frame with some slots."""
        key = tuple(sorted(slots, key=lambda one: (one[0][0], one[0][1], str(one[0][2]))))
        return self._frames.setdefault(key, Frame(key))

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

    def loops_of(
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
                            found += self.loops_of(path, around, entry.value, entry.line)
                        break
            # Two loops through the same list are two.
            self._loops[key] = tuple({id(of): (around, of) for around, of in found}.values())
        return self._loops[key]

    def depth_of(self, path: ProjectPath, loop: tuple[Scope, Expression]) -> int:
        """In how many other loops a loop's items are found."""
        return len(self.loops_of(path, *loop))


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
