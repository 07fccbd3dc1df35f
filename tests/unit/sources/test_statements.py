from __future__ import annotations

import pytest

from analyzer.sources.statements import read_from_import


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
