"""Which statements never run, whatever the settings are: what they mount is not mounted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

_ENDING = frozenset(
    {"break_statement", "continue_statement", "raise_statement", "return_statement"}
)
# `0`, `00`, `0x0`
_ZERO = re.compile(rb"0[xXbBoO]?[0_]*")
_IMPORTS = frozenset({"import_from_statement", "import_statement"})


def parts_that_run(node: Node) -> Iterator[Node]:
    """The parts of a block, a branch or a clause, without what can be seen never to run.

    That is what stands behind a `return` or a `raise`, and under `if False:` or `if
    TYPE_CHECKING:`. Imports in such a branch stay: they say what names mean that are bound in
    another way when the program runs.
    """
    match node.type:
        case "block":
            yield from _until_the_end(node)
        case "if_statement":
            yield from _branches(node)
        case "while_statement" if _truth(node.child_by_field_name("condition")) is False:
            yield from node.children_by_field_name("alternative")
        case _:
            yield from node.named_children


def _until_the_end(block: Node) -> Iterator[Node]:
    for child in block.named_children:
        yield child
        if child.type in _ENDING:
            return


def _branches(node: Node) -> Iterator[Node]:
    clauses = (node, *node.children_by_field_name("alternative"))
    for clause in clauses:
        condition = clause.child_by_field_name("condition")
        if condition is None:
            # `else:`
            yield clause
            return
        yield condition
        block = clause.child_by_field_name("consequence")
        truth = _truth(condition)
        if block is not None:
            if truth is False:
                yield from (child for child in block.named_children if child.type in _IMPORTS)
            else:
                yield block
        if truth:
            return


def _truth(condition: Node | None) -> bool | None:
    """What a condition comes to; nothing where that depends on anything."""
    truth: bool | None = None
    match "" if condition is None else condition.type, condition:
        case ("true" | "false") as text, _:
            truth = text == "true"
        case "integer", Node(text=bytes(digits)):
            truth = _ZERO.fullmatch(digits) is None
        case "identifier" | "attribute", Node(text=bytes(name)):
            truth = False if name.rpartition(b".")[2] == b"TYPE_CHECKING" else None
        case "parenthesized_expression", Node(named_children=[inner, *_]):
            truth = _truth(inner)
        case "not_operator", Node() as operator:
            inside = _truth(operator.child_by_field_name("argument"))
            truth = None if inside is None else not inside
        case "boolean_operator", Node() as operator:
            truth = _truth_of_both(operator)
    return truth


def _truth_of_both(condition: Node) -> bool | None:
    operator = condition.child_by_field_name("operator")
    truths = {_truth(condition.child_by_field_name(side)) for side in ("left", "right")}
    deciding = operator is not None and operator.type == "or"
    if deciding in truths:
        return deciding
    return None if None in truths else not deciding
