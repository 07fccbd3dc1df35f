"""Options of checks: read from `[rules.<name>]`, and refused with the place of what is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta, field

from analyzer.checks.base import Options
from analyzer.checks.options import read_options
from analyzer.config import load_config
from analyzer.model.configuration import Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.rules import RULES
from tests.functional.running import Invoke, assert_refused, build_invoke
from tests.support import write_tree


class End(Options, frozen=True):
    type: str | None = None


class Pair(Options, frozen=True):
    reason: str
    from_: End = field(name="from", default_factory=End)


class Many(Options, frozen=True):
    max_length: Annotated[int, Meta(ge=2)] | None = None
    is_strict: bool = False
    products: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()


PAIR = """\
[[rules.dependency-cycle.pairs]]
reason = 'r'
[rules.dependency-cycle.pairs.from]
"""


def read(folder: Path, text: str) -> Many:
    write_tree(folder, {"analyzer.toml": text})
    config = load_config(project=folder, file=None)
    return read_options(Many, rule=RULES["DEP005"], config=config)


def test_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "[rules.dependency-cycle]\nseverity = 'info'\n") == Many()
    assert read(tmp_path, "") == Many()


def test_every_kind_of_value(tmp_path: Path) -> None:
    text = (
        "[rules.dependency-cycle]\nmax-length = 3\nis-strict = true\nproducts = ['a', 'b']\n"
        "[[rules.dependency-cycle.pairs]]\nfrom = {type = 'x'}\nreason = 'r'\n"
    )
    pair = Pair(reason="r", from_=End(type="x"))
    assert read(tmp_path, text) == Many(3, True, ("a", "b"), (pair,))


def test_the_code_outweighs_the_name_key_by_key(tmp_path: Path) -> None:
    text = (
        "[rules.DEP005]\nmax-length = 3\n[rules.dependency-cycle]\nmax-length=4\nis-strict=true\n"
    )
    assert read(tmp_path, text) == Many(max_length=3, is_strict=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "max-lenght = 3",
            '2: unknown key "rules.dependency-cycle.max-lenght"; did you mean "max-length"?',
        ),
        (
            'severty = "off"',
            '2: unknown key "rules.dependency-cycle.severty"; did you mean "severity"?',
        ),
        (
            'max-length = "3"',
            '2: wrong value for "rules.dependency-cycle.max-length": expected is a number',
        ),
        (
            "\nmax-length = 1",
            '3: wrong value for "rules.dependency-cycle.max-length": expected is a number >= 2',
        ),
        (
            "is-strict = 'yes'",
            '2: wrong value for "rules.dependency-cycle.is-strict": expected is true or false',
        ),
        (
            "products = 'a'",
            '2: wrong value for "rules.dependency-cycle.products": expected is a list',
        ),
        (
            "products = [1]",
            '2: wrong value for "rules.dependency-cycle.products": expected is text',
        ),
        (
            "pairs = [{from = {}}]",
            '2: "rules.dependency-cycle.pairs" has no key "reason"; give it one',
        ),
        (
            "\n[[rules.dependency-cycle.pairs]]\nreason = 'r'\nfrom = {typ = 'x'}",
            '5: unknown key "rules.dependency-cycle.pairs.from.typ"; did you mean "type"?',
        ),
        (
            f"{PAIR}type = 'x'\n{PAIR}type = 1",
            '9: wrong value for "rules.dependency-cycle.pairs.from.type": expected is text',
        ),
        (
            "[[rules.dependency-cycle.pairs]]\nreason = 'r'\n[[rules.dependency-cycle.pairs]]\n",
            '4: "rules.dependency-cycle.pairs" has no key "reason"; give it one',
        ),
    ],
)
def test_what_is_wrong(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(AnalyzerError, match=f"^analyzer.toml:{re.escape(message)}$"):
        read(tmp_path, f"[rules.dependency-cycle]\n{text}\n")


def test_options_that_no_file_holds_have_a_place_as_well() -> None:
    config = Config().with_option("DEP005", "max-length", "x")
    with pytest.raises(AnalyzerError, match=r"^rules\.DEP005\.max-length: wrong value"):
        read_options(Many, rule=RULES["DEP005"], config=config)


@pytest.mark.parametrize("command", [["deps", "T-1"], ["status"], ["check", "--select", "REG"]])
def test_every_command_refuses_wrong_options(
    command: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    invoke: Invoke = build_invoke(monkeypatch, capfdbinary)
    write_tree(tmp_path, {"analyzer.toml": "[rules.DEP005]\nmax-length = 1\n", "registry/x": ""})
    assert_refused(
        invoke(*command, cwd=tmp_path), 'analyzer.toml:2: wrong value for "rules.DEP005.max-length"'
    )
    write_tree(tmp_path, {"analyzer.toml": "[rules.REG001]\nmax-length = 1\n"})
    assert_refused(
        invoke(*command, cwd=tmp_path),
        'analyzer.toml:2: unknown key "rules.REG001.max-length"; known are severity',
    )
