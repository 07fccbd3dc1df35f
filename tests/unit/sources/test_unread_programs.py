"""Files that may start programs and cannot be read are told of; other files are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.sources.survey import survey_programs
from analyzer.sources.texts import LARGEST_FILE
from tests.support import write_tree
from tests.unit.sources.test_survey import build_request

LARGE = "#" * LARGEST_FILE + "\n"
TOO_LARGE = "None too-large over 1,048,576 bytes"


def unread(project: Path) -> list[str]:
    found = survey_programs(build_request(project)).unscanned
    return [f"{one.path} {one.line} {one.reason} {one.detail}" for one in found]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("compose.yml", "a: 1\nb: [\n", "3 syntax-error no YAML: did not find expected node"),
        (".gitlab-ci.yml", "[" * 100, "None syntax-error nested more than 64 deep"),
        (".github/workflows/x.yml", "a: 'b", "1 syntax-error no YAML: found unexpected end of"),
        (".pre-commit-config.yaml", "a: b: c\n", "1 syntax-error no YAML: mapping values are not"),
        ("k8s/x.yaml", "kind: Job\na: b: c\n", "2 syntax-error no YAML: mapping values are not"),
        ("package.json", "{\n,", "2 syntax-error no JSON: Expecting property name"),
        ("pyproject.toml", "[a]\nb = \n", "2 syntax-error no TOML: Invalid value"),
        ("pyproject.toml", "[a", "None syntax-error no TOML: Expected ']'"),
        ("setup.cfg", "a = 1\n", "1 syntax-error no INI file: no section before this line"),
        ("alembic.ini", "[a]\nb = 1\nc\n", "3 syntax-error no INI file: no option"),
        ("compose.yaml", LARGE, TOO_LARGE),
        ("Dockerfile", LARGE, TOO_LARGE),
        ("run.sh", LARGE, TOO_LARGE),
        ("bin/run", f"#!/bin/sh\n{LARGE}", TOO_LARGE),
        ("k8s/x.yaml", f"kind: Pod\n{LARGE}", TOO_LARGE),
        ("setup.cfg", LARGE, TOO_LARGE),
        ("run.sh", "\0", "None encoding no text"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (found,) = unread(write_tree(tmp_path, {name: text}))
    assert found.startswith(f"{name} {expected}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data.yaml", "a: b: c\n"),
        ("data.yaml", LARGE),
        ("data", LARGE),
        ("program", "\x7fELF\0"),
        ("page.html", LARGE),
        ("tox.ini", "a = 1\n"),
        ("compose.yml", "services: {}\n"),
        ("templates/job.yaml", "{{ if x }}\nkind: Job\na: {{ b }}\n{{ end }}\n"),
        ("package.json", "{}"),
        ("setup.cfg", "[a]\nb = 1\nb = %(2\n"),
    ],
)
def test_what_starts_nothing_or_is_read(tmp_path: Path, name: str, text: str) -> None:
    assert unread(write_tree(tmp_path, {name: text})) == []


def test_files_that_are_gone(tmp_path: Path) -> None:
    """As they are when somebody works on the project, or without permission to read."""
    write_tree(tmp_path, {"run.sh": "", "lib/setup.cfg": "", "data.csv": ""})
    request = build_request(tmp_path)
    for path in ("run.sh", "lib/setup.cfg", "data.csv"):
        (tmp_path / path).unlink()
    found = survey_programs(request).unscanned
    assert [(one.path, one.reason, one.detail) for one in found] == [
        ("run.sh", "unreadable", "No such file or directory"),
        ("lib/setup.cfg", "unreadable", "No such file or directory"),
    ]
