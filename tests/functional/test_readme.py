"""The README says what the tool does: its quoted answers and its table of commands are checked."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from analyzer.model.rules import RULES
from tests.support import run_cli

_ROOT = Path(__file__).parents[2]
_README = (_ROOT / "README.md").read_text(encoding="utf-8")
_CONSOLES = re.findall(r"```console\n\$ analyzer (.*?)\n(.*?)```", _README, re.DOTALL)


@pytest.mark.parametrize(("command", "expected"), _CONSOLES)
def test_quoted_answers_are_those_of_the_bundled_example(command: str, expected: str) -> None:
    run = run_cli(*shlex.split(command), cwd=_ROOT)
    # What is left out is marked.
    first, mark, last = expected.partition("...\n")
    assert run.out.startswith(first)
    assert run.out.endswith(last if mark else first)
    assert run.err == ""


def test_every_command_is_in_the_readme_and_the_other_way_round(tmp_path: Path) -> None:
    listed = run_cli("--help", cwd=tmp_path).out.partition("Commands:")[2]
    commands = set(re.findall(r"^  (\w+)", listed, re.MULTILINE))
    table = _README.partition("| command | answers |")[2].partition("\n\n")[0]
    named = {word for word in re.findall(r"`(\w+)", table) if word.islower()}
    assert commands == named


def test_every_rule_is_in_the_readme() -> None:
    table = _README.partition("## What is checked")[2].partition("## Configuration")[0]
    rows = re.findall(r"^\| ([A-Z]+\d+) \| ([\w-]+).*\| (\w+) \|$", table, re.MULTILINE)
    assert rows == [(rule.code, rule.name, rule.default) for rule in RULES.values()]
