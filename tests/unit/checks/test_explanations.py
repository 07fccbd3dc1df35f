"""Each rule explains itself, and its example is true: it gives these findings and no others.

A path alone in a line, such as `shop/prices.py`:, names the file that the fenced block below it
holds; a block marked `text` holds the findings. Records are shortened to the fields that matter;
here the others are filled in. What stands below "How to mend" replaces files, and mends everything.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.checks import load_check, run_checks
from analyzer.checks.explanations import SECTIONS, load_docstring, load_explanation
from analyzer.config import load_config
from analyzer.model.changes import ChangeSet, FileChange
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.model.rules import RULES, Rule
from analyzer.pipeline import analyse
from analyzer.questions.change_drafting import find_change_under_review
from analyzer.registry.change_records import find_change_records
from tests.functional.running import ROOT, record
from tests.support import write_tree

_FILE = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FINDINGS = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)

each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)


def sections(rule: Rule) -> dict[str, str]:
    """Heading -> text of an explanation."""
    _, *parts = re.split(r"^## (.+)\n", "\n" + load_explanation(rule), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_each_rule_has_its_file_and_the_other_way_round() -> None:
    files = (ROOT / "analyzer/checks").glob("[a-z][a-z][a-z][0-9][0-9][0-9]_*.py")
    assert sorted(file.stem for file in files) == sorted(rule.module for rule in RULES.values())
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@each_rule
def test_an_explanation_is_whole(rule: Rule) -> None:
    first = load_docstring(rule).partition("\n")[0]
    assert first == f"{rule.code} {rule.name}: {rule.summary}."
    options = load_check(rule).options.__struct_fields__
    found = sections(rule)
    assert list(found) == [*SECTIONS, *(["Options"] if options else [])]
    assert all(text.strip() for text in found.values())
    for option in options:
        assert f"`{option.replace('_', '-')}`" in found["Options"]


@each_rule
def test_an_example_is_true(rule: Rule, tmp_path: Path) -> None:
    found = sections(rule)
    files = dict(_FILE.findall(found["Example"]))
    (expected,) = _FINDINGS.findall(found["Example"])
    findings = find(tmp_path / "wrong", files, rule)
    assert [shown(one) for one in findings] == expected.splitlines()
    mended = dict(_FILE.findall(found["How to mend"]))
    assert mended
    assert find(tmp_path / "mended", files | mended, rule) == ()


def find(folder: Path, files: dict[str, str], rule: Rule) -> tuple[Finding, ...]:
    write_tree(folder, {path: completed(path, text) for path, text in files.items()})
    config = load_config(project=folder, file=None)
    system = analyse(project=folder, config=config)
    # As if a change had brought all of it.
    changes = ChangeSet(tuple(FileChange(None, ProjectPath(path)) for path in sorted(files)), {})
    records = find_change_records(folder / "registry/changes", shown="registry/changes")
    change = find_change_under_review(None, system, changes, records)
    return run_checks(system, config, select=[rule.code], change=change)


def completed(path: str, text: str) -> str:
    """A record with the fields that an example leaves out."""
    if not (path.startswith("registry/") and path.endswith(".yaml")):
        return text
    if "/changes/" in path:
        return text
    given = re.findall(r"^(\w+):", text, re.MULTILINE)
    rest = record("SHOP-001").splitlines(keepends=True)
    return text + "".join(line for line in rest if line.partition(":")[0] not in given)


def shown(finding: Finding) -> str:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    return f"{place}: {finding.code} {finding.message}"
