from __future__ import annotations

import pytest

from analyzer.sources.statements import Surroundings, read_from_import


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("from a.b import c", (0, "a.b", [("c", "c")])),
        ("from a import b as c, d", (0, "a", [("b", "c"), ("d", "d")])),
        ("from .. import x", (2, "", [("x", "x")])),
        ("from ...a . b import x", (3, "a.b", [("x", "x")])),
        (
            "from a import (  # why\n    b,  # (c\n    d as e,\n)\nx = 1",
            (0, "a", [("b", "b"), ("d", "e")]),
        ),
        ("from a import b, \\\n    c", (0, "a", [("b", "b"), ("c", "c")])),
        ("from a import *", (0, "a", [("*", "*")])),
        ("try: from a import b; c = (1, 2)", (0, "a", [("b", "b")])),
        ("lazy from a import b", (0, "a", [("b", "b")])),
        ("from a.import_me import important", (0, "a.import_me", [("important", "important")])),
        ("import a.b", None),
    ],
)
def test_a_from_import_is_read(
    code: str, expected: tuple[int, str, list[tuple[str, str]]] | None
) -> None:
    found = read_from_import(code.split("\n"), 1)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        names = [(name.name, name.bound_as) for name in found.names]
        assert (found.level, found.module, names) == expected


def test_a_line_beyond_the_file_says_nothing() -> None:
    assert read_from_import(["import a"], 7) is None


_CONDITIONS = {
    "if TYPE_CHECKING:": ("type-checking", "runtime"),
    "if typing.TYPE_CHECKING:  # why": ("type-checking", "runtime"),
    "if (TYPE_CHECKING):": ("type-checking", "runtime"),
    "if not TYPE_CHECKING:": ("runtime", "type-checking"),
    "if TYPE_CHECKING and X:": ("type-checking", "conditional"),
    "if TYPE_CHECKING or X:": ("conditional", "conditional"),
    "if not TYPE_CHECKING and X:": ("conditional", "conditional"),
    "if X:": ("conditional", "conditional"),
    'if TYPE_CHECKING:  # it\'s """ here': ("type-checking", "runtime"),
}


@pytest.mark.parametrize("condition", _CONDITIONS)
def test_both_branches_of_a_condition(condition: str) -> None:
    lines = [condition, "    import a", "else:", "    import b"]
    kinds = [Surroundings(lines).find_kind(line).value for line in (2, 4)]
    assert tuple(kinds) == _CONDITIONS[condition]


def test_a_statement_may_be_as_long_as_it_likes() -> None:
    lines = ["from a import (", *(f"    n{number}," for number in range(2000)), ")"]
    found = read_from_import(lines, 1)
    assert found is not None
    assert len(found.names) == 2000
