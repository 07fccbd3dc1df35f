"""Reads the outline of one Python file with tree-sitter.

The parser knows the grammar of newer Pythons than the one that runs, and goes on behind what it
cannot read. It takes about as long as Python's own, so it is only given files, and of these only
the functions, in which something stands that anyone asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tree_sitter import Language, Node, Parser

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.dead_code import parts_that_run
from analyzer.sources.outline.expressions import ExpressionReader, text_of
from analyzer.sources.outline.interest import ANYTHING, Interest
from analyzer.sources.outline.skeletons import skeleton_of
from analyzer.sources.outline.values import (
    Assignment,
    Binding,
    Call,
    Class,
    Constant,
    Element,
    Expression,
    Function,
    Items,
    Name,
    Other,
    Outline,
    Return,
    Scope,
)

# Deeper nesting is no code that a person wrote.
_DEEPEST = 100
_BLOCKS = frozenset(
    {
        "block", "case_clause", "elif_clause", "else_clause", "except_clause",
        "except_group_clause", "finally_clause", "if_statement", "match_statement", "module",
        "try_statement", "while_statement", "ERROR",
    }
)  # fmt: skip


@cache
def python_language() -> Language:
    """The grammar of Python."""
    # Imported here because only files of interest need it.
    import tree_sitter_python  # noqa: PLC0415

    return Language(tree_sitter_python.language())


def read_outline(path: ProjectPath, data: bytes, *, interest: Interest = ANYTHING) -> Outline:
    """Read the outline of a file; what is no Python in it, or never runs, is left out.

    Args:
        path: the file's path in the project.
        data: its content. What is not UTF-8 in it, or in an encoding that agrees with ASCII, is
            read as if it were Latin-1.
        interest: functions without anything of interest are left out, but for their headers.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data = b"   " + data[3:]
    reader = _Reader()
    parser = Parser(python_language())
    skeleton = skeleton_of(data, interest=interest)
    tree = parser.parse(skeleton)
    if tree.root_node.has_error and skeleton != data:
        # Perhaps it is the skeleton that is broken.
        tree = parser.parse(data)
    reader.read(tree.root_node)
    return Outline(
        path=path,
        bindings=tuple(reader.bindings),
        assignments=tuple(reader.assignments),
        functions=tuple(reader.functions),
        classes=tuple(reader.classes),
        calls=tuple(reader.expressions.calls()),
        returns=tuple(reader.returns),
        has_errors=tree.root_node.has_error,
        comments=tuple(_comments(data)),
    )


# A comment that may be a line of code that mounts something.
_MOUNTING = re.compile(
    rb"\b(?:include_router|register_blueprint|mount|include|init_app|add_resource|path|url|register)\s*\("
)
_COMMENT = re.compile(rb"\n[ \t]*#+[ \t]*(.*)")


def _comments(data: bytes) -> Iterator[tuple[int, str]]:
    line, start = 1, 0
    # With a break in front of each line: what begins with a fixed character is found much faster.
    for found in _COMMENT.finditer(b"\n" + data):
        if _MOUNTING.search(found[1]):
            line += data.count(b"\n", start, found.start())
            start = found.start()
            yield line, found[1].decode("utf-8", "replace").strip()


class _Reader:
    """Walks the statements of one file."""

    def __init__(self) -> None:
        self.bindings: list[Binding] = []
        self.assignments: list[Assignment] = []
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.returns: list[Return] = []
        self.expressions = ExpressionReader(on_loop=self._read_loop)

    def read(self, root: Node) -> None:
        """Read all statements; without recursion into blocks, however deep they nest."""
        pending: list[tuple[Node, Scope]] = [(root, ())]
        while pending:
            node, scope = pending.pop()
            if node.type in _BLOCKS:
                if node.type == "ERROR" and len(scope) > _DEEPEST:
                    continue
                inner = list(parts_that_run(node))
                pending.extend((child, scope) for child in reversed(inner))
                continue
            self.expressions.scope = scope
            below = self._read_statement(node, scope)
            pending.extend(reversed(below))

    def _read_statement(self, node: Node, scope: Scope) -> list[tuple[Node, Scope]]:
        """Read one statement; return the blocks inside of it, with their scopes."""
        match node.type:
            case "expression_statement":
                for child in node.named_children:
                    self._read_expression(child, scope)
            case "import_statement" | "import_from_statement":
                self.bindings.extend(_bindings(node, scope))
            case "decorated_definition" | "function_definition" | "class_definition":
                return self._read_definition(node, scope)
            case "return_statement":
                value = self._value(node.named_children[0]) if node.named_children else Other()
                self._add_return(value, node, scope)
            case "type_alias_statement":
                left = node.child_by_field_name("left")
                inner = left.named_children[0] if left is not None and left.named_children else None
                while inner is not None and inner.type != "identifier":
                    inner = inner.named_children[0] if inner.named_children else None
                if inner is not None:
                    self._assign(inner, Other(), scope)
            case "for_statement":
                return self._read_for(node, scope)
            case "with_statement":
                return self._read_with(node, scope)
            case _:
                # A condition, or what is left of a statement that is broken.
                self._read_expression(node, scope)
        return []

    def _read_expression(self, node: Node, scope: Scope) -> None:
        if node.type == "assignment":
            self._read_assignment(node, scope)
        elif node.type == "augmented_assignment":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None:
                self._assign(left, self._value(right), scope, is_added=True)
        elif node.type == "yield":
            for child in node.named_children:
                self._add_return(self._value(child), node, scope)
        else:
            value = self._value(node)
            if isinstance(value, Call) and value.name in ("append", "extend"):
                self._read_append(value, scope)

    def _read_append(self, call: Call, scope: Scope) -> None:
        if isinstance(call.receiver, Name) and len(call.arguments) == 1:
            added = call.arguments[0]
            value = Items((added,)) if call.name == "append" else added
            one = Assignment(call.receiver.dotted, value, call.line, scope, is_added=True)
            self.assignments.append(one)

    def _read_assignment(self, node: Node, scope: Scope) -> None:
        """`a = b = value`, `a: T = value`; a mere annotation binds nothing."""
        targets = []
        right: Node | None = node
        while right is not None and right.type == "assignment":
            left = right.child_by_field_name("left")
            if left is not None:
                targets.append(left)
            right = right.child_by_field_name("right")
        if right is None:
            return
        value = self._value(right)
        for target in targets:
            self._assign(target, value, scope)

    def _assign(
        self, target: Node, value: Expression, scope: Scope, *, is_added: bool = False
    ) -> None:
        line = target.start_point[0] + 1
        if target.type in ("identifier", "attribute"):
            name = self.expressions.convert(target)
            if isinstance(name, Name):
                self.assignments.append(Assignment(name.dotted, value, line, scope, is_added))
        elif target.type in ("pattern_list", "tuple_pattern", "list_pattern"):
            parts = target.named_children
            values = value.items if isinstance(value, Items) else ()
            of = value.of if isinstance(value, Element) and value.position is None else None
            for position, part in enumerate(parts):
                if len(values) == len(parts):
                    self._assign(part, values[position], scope)
                elif of is not None:
                    # `for router, prefix in table`: the position in each of the items.
                    self._assign(part, Element(of, position), scope)
                elif isinstance(value, Call):
                    # `module, name = text.split(":")`: a part of what comes back.
                    index = Constant(str(position))
                    self._assign(part, Call(value, "__getitem__", line, (index,)), scope)
        elif target.type == "subscript":
            # `settings["x"] = value`: the table is added to.
            base = target.child_by_field_name("value")
            key = target.child_by_field_name("subscript")
            if base is not None and key is not None:
                table = self.expressions.table(key, value)
                if isinstance(name := self.expressions.convert(base), Name):
                    one = Assignment(name.dotted, table, line, scope, is_added=True)
                    self.assignments.append(one)

    def _read_for(self, node: Node, scope: Scope) -> list[tuple[Node, Scope]]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None:
            self._assign(left, Element(self._value(right)), scope)
        return _blocks_of(node, scope)

    def _read_loop(self, variable: Node, items: Expression) -> None:
        self._assign(variable, Element(items), self.expressions.scope)

    def _read_with(self, node: Node, scope: Scope) -> list[tuple[Node, Scope]]:
        for clause in node.named_children:
            for item in clause.named_children if clause.type == "with_clause" else ():
                value = item.named_children[0] if item.named_children else None
                if value is not None and value.type == "as_pattern":
                    target = value.child_by_field_name("alias")
                    bound = self._value(value.named_children[0])
                    if target is not None and target.named_children:
                        self._assign(target.named_children[0], bound, scope)
                elif value is not None:
                    self._value(value)
        return _blocks_of(node, scope)

    def _read_definition(self, node: Node, scope: Scope) -> list[tuple[Node, Scope]]:
        decorators: list[Expression] = []
        lines: list[int] = []
        definition = node
        if node.type == "decorated_definition":
            for child in node.named_children:
                if child.type == "decorator" and child.named_children:
                    with self.expressions.without_calls():
                        decorators.append(self.expressions.convert(child.named_children[0]))
                    lines.append(child.start_point[0] + 1)
            inner = node.child_by_field_name("definition")
            if inner is None:
                return []
            definition = inner
        name_node = definition.child_by_field_name("name")
        body = definition.child_by_field_name("body")
        if name_node is None:
            return []
        name = text_of(name_node)
        line = name_node.start_point[0] + 1
        if definition.type == "class_definition":
            bases, keywords = self.expressions.arguments(
                definition.child_by_field_name("superclasses")
            )
            self.classes.append(
                Class(name, line, scope, bases, keywords, tuple(decorators), tuple(lines))
            )
        else:
            parameters, defaults = self._parameters(definition.child_by_field_name("parameters"))
            self.functions.append(
                Function(name, line, scope, tuple(decorators), tuple(lines), parameters, defaults)
            )
        return [] if body is None else [(body, (*scope, name))]

    def _parameters(
        self, node: Node | None
    ) -> tuple[tuple[str, ...], tuple[tuple[str, Expression], ...]]:
        names: list[str] = []
        defaults: list[tuple[str, Expression]] = []
        for child in () if node is None else node.named_children:
            name = child.child_by_field_name("name")
            value = child.child_by_field_name("value")
            if name is not None and value is not None:
                names.append(text_of(name))
                defaults.append((text_of(name), self._value(value)))
            elif child.type not in ("comment", "keyword_separator", "positional_separator"):
                # `a`, `a: T`, `*a`, `**a: T`: all but the name and the stars is the annotation.
                names.append(text_of(child).partition(":")[0].strip())
        return tuple(names), tuple(defaults)

    def _value(self, node: Node) -> Expression:
        return self.expressions.convert(node)

    def _add_return(self, value: Expression, node: Node, scope: Scope) -> None:
        if not isinstance(value, Other):
            self.returns.append(Return(value, node.start_point[0] + 1, scope))


def _blocks_of(node: Node, scope: Scope) -> list[tuple[Node, Scope]]:
    names = ("body", "alternative")
    blocks = (node.child_by_field_name(name) for name in names)
    return [(block, scope) for block in blocks if block is not None]


def _bindings(node: Node, scope: Scope) -> Iterator[Binding]:
    line = node.start_point[0] + 1
    if node.type == "import_statement":
        for child in node.children_by_field_name("name"):
            dotted, alias = _dotted_and_alias(child)
            if alias is None:
                yield Binding(dotted.partition(".")[0], dotted, None, 0, line, scope)
            else:
                yield Binding(alias, dotted, None, 0, line, scope)
        return
    origin = node.child_by_field_name("module_name")
    module = "" if origin is None else "".join(text_of(origin).split())
    level = len(module) - len(module.lstrip("."))
    module = module[level:]
    if any(child.type == "wildcard_import" for child in node.children):
        yield Binding("*", module, "*", level, line, scope)
    for child in node.children_by_field_name("name"):
        name, alias = _dotted_and_alias(child)
        yield Binding(alias or name, module, name, level, line, scope)


def _dotted_and_alias(node: Node) -> tuple[str, str | None]:
    if node.type == "aliased_import":
        name, alias = node.child_by_field_name("name"), node.child_by_field_name("alias")
        dotted = "" if name is None else "".join(text_of(name).split())
        return dotted, None if alias is None else text_of(alias)
    return "".join(text_of(node).split()), None
