"""Comments that say why a finding is left: which there are, and which lines they speak for."""

from __future__ import annotations

import pytest

from analyzer.model.ignores import Ignore
from analyzer.model.names import ProjectPath
from analyzer.sources.ignores import find_ignores


def find(text: str | bytes) -> list[Ignore]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(find_ignores(ProjectPath("a.py"), data))


def shown(text: str | bytes) -> list[str]:
    return [
        f"{one.line} ({one.first_line}-{one.last_line}) {','.join(one.codes)}: {one.reason}"
        for one in find(text)
    ]


@pytest.mark.parametrize(
    ("comment", "codes", "reason"),
    [
        ("# analyzer: ignore[DEP001] old", "DEP001", "old"),
        ("#analyzer:ignore[DEP001]: old", "DEP001", "old"),
        ("# analyzer: ignore[DEP001, REG006,DEP001] - see #12", "DEP001,REG006", "see #12"),
        ("# noqa: F401  # analyzer: ignore[DEP001] old  # pylint: disable=x", "DEP001", "old"),
        ("# analyzer: ignore[DEP001]  # noqa: F401", "DEP001", ""),
        ("# analyzer: ignore[DEP001]", "DEP001", ""),
        ("# analyzer: ignore[] old", "", "old"),
        ("# analyzer: ignore", "", ""),
        ("# analyzer: ignore old", "", "old"),
        ("# analyzer: ignore[DEP001] Überholt \U0001f98a", "DEP001", "Überholt \U0001f98a"),
    ],
)
def test_what_a_comment_says(comment: str, codes: str, reason: str) -> None:
    (found,) = find(f"import x  {comment}\r\n")
    assert (",".join(found.codes), found.reason, found.line) == (codes, reason, 1)


@pytest.mark.parametrize(
    "line",
    [
        '"# analyzer: ignore[DEP001] in a string"',
        "'''\n# analyzer: ignore[DEP001] in a longer one\n'''",
        'f"{1}# analyzer: ignore[DEP001] in a formatted one"',
        # Valid from Python 3.12 on; older tokenizers take this for a comment.
        'f"{x["# analyzer: ignore[DEP001] x"]}"',
        '# write "# analyzer: ignore[DEP001] reason" behind it',
        "# analyzer: ignores nothing",
        "# analyzer: ignore-files[DEP001] x",
        "# Analyzer: ignore[DEP001] x",
        "# the analyzer: ignore[DEP001] x",
    ],
)
def test_what_is_none(line: str) -> None:
    assert find(f"import x\n{line}\nimport y\n") == []


def test_an_import_over_several_lines_is_spoken_for_on_any_of_them() -> None:
    parts = ["from a import (", "    b,", "    c,", ")"]
    for at in range(4):
        lines = [
            f"{text}  # analyzer: ignore[X] y" if n == at else text for n, text in enumerate(parts)
        ]
        assert shown("import z\n" + "\n".join(lines) + "\nimport w\n") == [f"{at + 2} (2-5) X: y"]


def test_other_statements_are_spoken_for_a_line_at_a_time() -> None:
    table = "TABLE = {\n    'a': 'app.a',  # analyzer: ignore[X] y\n    'b': 'app.b',\n}\n"
    assert shown(table) == ["2 (2-2) X: y"]
    body = "def f(  # analyzer: ignore[X] y\n):\n    import a  # analyzer: ignore[X] z\n"
    assert shown(body) == ["1 (1-1) X: y", "3 (3-3) X: z"]
    # A comment of its own between two imports belongs to neither.
    assert shown("from a import (\n    b\n)\n# analyzer: ignore[X] y\nimport c\n") == [
        "4 (4-4) X: y"
    ]


def test_newer_grammar_and_broken_code_around_it() -> None:
    newer = "type X[T] = list[T]\nmatch x:\n    case 1: pass\nimport a  # analyzer: ignore[X] y\n"
    assert shown(newer) == ["4 (4-4) X: y"]
    assert shown("def (:\nimport a  # analyzer: ignore[X] y\nclass (:\n") == ["2 (2-2) X: y"]
    assert shown(b"\xef\xbb\xbfimport a  # analyzer: ignore[X] \xff\n") == ["1 (1-1) X: �"]


@pytest.mark.parametrize(
    ("text", "is_misplaced"),
    [
        ("# analyzer: ignore-file[REG006] x", False),
        ("#!/usr/bin/python\n\n# analyzer: ignore-file[REG006] x\nimport a\n", False),
        ('"""Doc."""\n# analyzer: ignore-file[REG006] x\nimport a\n', False),
        ("import a  # analyzer: ignore-file[REG006] x\n", True),
        ("import a\n# analyzer: ignore-file[REG006] x\n", True),
    ],
)
def test_a_file_is_spoken_for_at_its_top(text: str, is_misplaced: bool) -> None:
    (found,) = find(text)
    assert (found.is_for_file, found.is_misplaced) == (True, is_misplaced)
    assert found.covers(None) is not is_misplaced
    assert not found.covers(found.line)
