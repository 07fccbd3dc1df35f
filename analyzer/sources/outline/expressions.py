"""Turns the expressions of a syntax tree into values."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from tree_sitter import Node

from analyzer.sources.outline.values import (
    Attribute,
    Call,
    Choice,
    Constant,
    Expression,
    Items,
    Joined,
    Name,
    Other,
    Scope,
    ScopedCall,
    Spread,
    Table,
    Text,
)

# Data in Python's syntax: a table of this size is no table of routes or tasks.
_MOST_ITEMS = 2000
# Deeper than any expression that a person writes; a parser's tree has no such limit.
_DEEPEST = 60
_OTHER = Other()
_CONSTANTS = frozenset({"ellipsis", "false", "float", "integer", "none", "true"})
_COMPREHENSIONS = frozenset(
    {"dictionary_comprehension", "generator_expression", "list_comprehension", "set_comprehension"}
)
_KEPT_STRINGS = 2000


def text_of(node: Node) -> str:
    """The source text of a node."""
    return (node.text or b"").decode("utf-8", "replace")


class ExpressionReader:
    """Converts expressions, and notes each call that it meets on the way."""

    def __init__(self, *, on_loop: Callable[[Node, Expression], None]) -> None:
        """Start with nothing.

        Args:
            on_loop: is told the variable of each comprehension, and what it goes through.
        """
        self.scope: Scope = ()
        self._on_loop = on_loop
        self._calls: list[tuple[int, ScopedCall]] = []
        self._notes_calls = True
        self._depth = 0

    def calls(self) -> Iterator[ScopedCall]:
        """The calls that were met, in the order of the text."""
        self._calls.sort(key=lambda one: one[0])
        return (call for _, call in self._calls)

    @contextmanager
    def without_calls(self) -> Iterator[None]:
        """Convert without noting calls: decorators are kept with what they decorate."""
        self._notes_calls = False
        try:
            yield
        finally:
            self._notes_calls = True

    def table(self, key: Node, value: Expression) -> Table:
        """A dict of one pair."""
        return Table(((self.convert(key), value),))

    def arguments(
        self, node: Node | None
    ) -> tuple[tuple[Expression, ...], tuple[tuple[str, Expression], ...]]:
        """The arguments of a call by position, and those by keyword."""
        if node is None:
            return (), ()
        if node.type != "argument_list":
            return (self.convert(node),), ()
        positional: list[Expression] = []
        keywords: list[tuple[str, Expression]] = []
        for child in node.named_children:
            if child.type == "keyword_argument":
                name = child.child_by_field_name("name")
                value = child.child_by_field_name("value")
                if name is not None and value is not None:
                    keywords.append((text_of(name), self.convert(value)))
            elif child.type == "dictionary_splat":
                keywords.append(("**", self.convert(child)))
            elif child.type != "comment":
                positional.append(self.convert(child))
        return tuple(positional), tuple(keywords)

    def convert(self, node: Node) -> Expression:
        """Convert an expression."""
        self._depth += 1
        try:
            return _OTHER if self._depth > _DEEPEST else self._convert(node)
        finally:
            self._depth -= 1

    def _convert(self, node: Node) -> Expression:
        kind = node.type
        if kind == "identifier":
            return Name(text_of(node))
        if kind in _CONSTANTS:
            return Constant(text_of(node))
        method = _METHODS.get(kind)
        return self._wrapped(node, kind) if method is None else method(self, node)

    def _concatenated(self, node: Node) -> Expression:
        return _joined([self.convert(child) for child in node.named_children])

    def _wrapped(self, node: Node, kind: str) -> Expression:
        if kind in ("parenthesized_expression", "await"):
            inner = [child for child in node.named_children if child.type != "comment"]
            return self.convert(inner[0]) if inner else _OTHER
        if kind in ("list_splat", "dictionary_splat"):
            return Spread(self.convert(node.named_children[0])) if node.named_children else _OTHER
        if kind == "boolean_operator":
            operator = node.child_by_field_name("operator")
            is_fallback = operator is not None and operator.type == "or"
            return Choice(tuple(self.convert(child) for child in node.named_children), is_fallback)
        if kind == "conditional_expression":
            parts = [self.convert(child) for child in node.named_children]
            return Choice((parts[0], parts[-1])) if len(parts) == 3 else _OTHER
        if kind == "named_expression":
            value = node.child_by_field_name("value")
            return _OTHER if value is None else self.convert(value)
        # The calls inside of anything else still count.
        for child in node.named_children:
            self.convert(child)
        return _OTHER

    def _comprehension(self, node: Node) -> Expression:
        """`[call(x) for x in items]`: a list of such calls; `x` is any of the items."""
        body: Expression = _OTHER
        for child in node.named_children:
            if child.type == "for_in_clause":
                left, right = (child.child_by_field_name(one) for one in ("left", "right"))
                if left is not None and right is not None:
                    self._on_loop(left, self.convert(right))
            elif body is _OTHER:
                body = self.convert(child)
            else:
                self.convert(child)
        return Items((body,))

    def _attribute(self, node: Node) -> Expression:
        base = node.child_by_field_name("object")
        name = node.child_by_field_name("attribute")
        if base is None or name is None:
            return _OTHER
        value = self.convert(base)
        if isinstance(value, Name):
            return Name(f"{value.dotted}.{text_of(name)}")
        return Attribute(value, text_of(name)) if isinstance(value, Call | Attribute) else _OTHER

    def _subscript(self, node: Node) -> Expression:
        """`table[key]`: the call of a method that has no name in the text."""
        base = node.child_by_field_name("value")
        keys = [self.convert(one) for one in node.children_by_field_name("subscript")]
        if base is None:
            return _OTHER
        return Call(self.convert(base), "__getitem__", node.start_point[0] + 1, tuple(keys))

    def _call(self, node: Node) -> Expression:
        function = node.child_by_field_name("function")
        if function is None:
            return _OTHER
        receiver: Expression | None = None
        name = ""
        line = function.start_point[0] + 1
        if function.type == "identifier":
            name = text_of(function)
        elif function.type == "attribute":
            base, last = (function.child_by_field_name(one) for one in ("object", "attribute"))
            if base is not None and last is not None:
                receiver = self.convert(base)
                name = text_of(last)
                line = last.start_point[0] + 1
        else:
            receiver = self.convert(function)
        arguments, keywords = self.arguments(node.child_by_field_name("arguments"))
        call = Call(receiver, name, line, arguments, keywords)
        if self._notes_calls:
            self._calls.append((node.start_byte, ScopedCall(call, self.scope)))
        return call

    def _string(self, node: Node) -> Expression:
        children = node.children
        prefix = text_of(children[0]).lower() if children else ""
        line = node.start_point[0] + 1
        if "b" in prefix or node.end_byte - node.start_byte > _KEPT_STRINGS:
            return _OTHER
        parts: list[Expression] = []
        for child in children[1:-1]:
            if child.type == "interpolation":
                value = child.child_by_field_name("expression")
                is_plain = len(child.named_children) == 1
                parts.append(self.convert(value) if value is not None and is_plain else _OTHER)
            elif child.type == "string_content":
                parts.append(Text(_unescape(text_of(child), prefix), line))
        if not parts:
            return Text("", line)
        return parts[0] if len(parts) == 1 else Joined(tuple(parts))

    def _items(self, node: Node) -> Expression:
        children = [child for child in node.named_children if child.type != "comment"]
        if len(children) > _MOST_ITEMS:
            return _OTHER
        return Items(tuple(self.convert(child) for child in children))

    def _dictionary(self, node: Node) -> Expression:
        if node.named_child_count > _MOST_ITEMS:
            return _OTHER
        pairs: list[tuple[Expression, Expression]] = []
        for child in node.named_children:
            if child.type == "pair":
                key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and value is not None:
                    pairs.append((self.convert(key), self.convert(value)))
            elif child.type == "dictionary_splat":
                pairs.append((_OTHER, self.convert(child)))
        return Table(tuple(pairs))

    def _operator(self, node: Node) -> Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return _OTHER
        values = (self.convert(left), self.convert(right))
        if operator.type == "+":
            if any(isinstance(value, Items) for value in values):
                # `urls + [x]`: a list of both.
                return Items(
                    tuple(
                        item
                        for value in values
                        for item in (value.items if isinstance(value, Items) else (Spread(value),))
                    )
                )
            return _joined(values)
        if operator.type == "/" and any(isinstance(value, Text) for value in values):
            return Call(values[0], "__truediv__", node.start_point[0] + 1, (values[1],))
        if operator.type == "%" and isinstance(values[0], Text):
            return Call(values[0], "__mod__", node.start_point[0] + 1, (values[1],))
        return Choice(values) if operator.type == "|" else _OTHER


_METHODS: Mapping[str, Callable[[ExpressionReader, Node], Expression]] = {
    "attribute": ExpressionReader._attribute,
    "binary_operator": ExpressionReader._operator,
    "call": ExpressionReader._call,
    "concatenated_string": ExpressionReader._concatenated,
    "dictionary": ExpressionReader._dictionary,
    **dict.fromkeys(_COMPREHENSIONS, ExpressionReader._comprehension),
    "expression_list": ExpressionReader._items,
    "list": ExpressionReader._items,
    "set": ExpressionReader._items,
    "string": ExpressionReader._string,
    "subscript": ExpressionReader._subscript,
    "tuple": ExpressionReader._items,
}


def _joined(values: Sequence[Expression]) -> Expression:
    parts: list[Expression] = []
    for value in values:
        parts.extend(value.parts if isinstance(value, Joined) else (value,))
    if parts and all(isinstance(part, Text) for part in parts):
        texts = [part for part in parts if isinstance(part, Text)]
        return Text("".join(text.value for text in texts), texts[0].line)
    return Joined(tuple(parts))


def _unescape(text: str, prefix: str) -> str:
    if "f" in prefix or "t" in prefix:
        text = text.replace("{{", "{").replace("}}", "}")
    if "\\" not in text or "r" in prefix:
        return text
    with warnings.catch_warnings(action="ignore"):
        # Of escapes that Python does not know the backslash stays, as in Python.
        return text.encode("latin-1", "backslashreplace").decode("unicode_escape", "replace")
