"""The baseline file: what is written, what is read back, and what is refused with its line."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from analyzer.checks.baseline_file import parse_baseline, render_baseline
from analyzer.model.baseline import BaselineEntry
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId, ProjectPath

ONE = BaselineEntry("DEP001", ProjectPath("a.py"), ArtifactId("A-1"), "free.py", 1, "A-1 imports")
TWO = BaselineEntry("REG006", ProjectPath("b.py"), None, "unregistered", 2, "no record")
TEXT = """\
{
  "version": 1,
  "findings": {
    "FIRST": {
      "code": "DEP001",
      "path": "a.py",
      "artifact": "A-1",
      "subject": "free.py",
      "message": "A-1 imports"
    },
    "SECOND": {
      "code": "REG006",
      "path": "b.py",
      "subject": "unregistered",
      "number": 2,
      "message": "no record"
    }
  }
}
""".replace("FIRST", ONE.fingerprint).replace("SECOND", TWO.fingerprint)


def parse(text: str) -> tuple[BaselineEntry, ...]:
    return parse_baseline(text.encode(), shown="base.json")


def test_what_is_written() -> None:
    assert render_baseline([TWO, ONE]) == TEXT
    assert render_baseline([]) == '{\n  "version": 1,\n  "findings": {}\n}\n'


def test_what_people_add_is_read_and_written_again() -> None:
    added = '"message": "A-1 imports",\n      "owner": "me",\n      "reason": "Größe",\n'
    text = TEXT.replace('"message": "A-1 imports"\n', f'{added}      "expires": "2030-02-28"\n')
    entries = parse(text)
    assert [(one.owner, one.reason, one.line) for one in entries] == [
        ("me", "Größe", 4),
        (None, None, 14),
    ]
    assert str(entries[0].expires) == "2030-02-28"
    assert render_baseline(entries) == text


def test_what_could_move_a_terminal_is_escaped_and_comes_back() -> None:
    nasty = 'a"\\\n\x1b[31m\x7f\x85\u202e\u2028\U000e0001é\U0001f600.py'
    entry = BaselineEntry("DEP001", ProjectPath(nasty), None, nasty, 1, nasty, nasty, nasty)
    text = render_baseline([entry])
    assert all(one.isprintable() or one == "\n" for one in text)
    assert "é\U0001f600.py" in text
    (back,) = parse(text)
    assert (back.path, back.subject, back.reason) == (nasty, nasty, nasty)


def test_line_ends_and_layout_do_not_matter() -> None:
    expected = [one.fingerprint for one in parse(TEXT)]
    for text in (TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT, json.dumps(json.loads(TEXT))):
        assert [one.fingerprint for one in parse(text)] == expected


def test_both_sides_of_a_merge_may_hold_the_same_entry() -> None:
    start, end = TEXT.index(f'    "{ONE.fingerprint}'), TEXT.index(f'    "{TWO.fingerprint}')
    again = TEXT[:start] + TEXT[start:end] + TEXT[start:]
    assert [one.line for one in parse(again)] == [4, 18]
    told = again.replace('"A-1 imports"', '"A-1 imports", "owner": "me"', 1)
    with pytest.raises(AnalyzerError) as raised:
        parse(told)
    assert str(raised.value) == (
        f"base.json:11: {ONE.fingerprint} stands at line 4 already; remove one of the two"
    )


def test_both_sides_of_a_conflict_may_be_taken() -> None:
    """Also with what both come from between them, and where the ends of the entries are shared."""
    head = TEXT.index(f'    "{TWO.fingerprint}')
    cut = TEXT.index('      "number"')
    third = replace(TWO, path=ProjectPath("c.py"), number=1)
    other = f'    "{third.fingerprint}": {{\n      "code": "REG006",\n      "path": "c.py",\n'
    other += '      "subject": "unregistered",\n'
    sides = f"<<<<<<< HEAD\n{TEXT[head:cut]}||||||| base\n    broken\n=======\n{other}>>>>>>> x\n"
    text = TEXT[:head] + sides + TEXT[cut:].replace('      "number": 2,\n', "")
    text = text.replace(TWO.fingerprint, replace(TWO, number=1).fingerprint)
    entries = parse_baseline(text.encode(), shown="base.json", takes_both_sides=True)
    assert [(one.path, one.line) for one in entries] == [("a.py", 4), ("b.py", 12), ("c.py", 19)]


def test_what_both_sides_have_changed_is_for_a_person() -> None:
    owners = '<<<<<<< a\n      "owner": "a",\n=======\n      "owner": "b",\n>>>>>>> b\n'
    text = TEXT.replace('      "message": "A-1', f'{owners}      "message": "A-1')
    with pytest.raises(AnalyzerError, match=r"^base\.json:4: both sides of a merge have changed"):
        parse_baseline(text.encode(), shown="base.json", takes_both_sides=True)


BROKEN = {
    "empty": ("", "1: not JSON: expecting value; mend it"),
    "cut": (TEXT[:200], "9: not JSON: unterminated string"),
    "comma": (TEXT.replace('"a.py",', '"a.py"'), "7: not JSON: expecting ',' delimiter"),
    "list": ("[]", '1: not a baseline: it has no "findings"'),
    "deep": ("[" * 100_000, "1: not a baseline: nested too deep"),
    "version": (TEXT.replace('"version": 1', '"version": 2'), "2: not a baseline of version 1"),
    "top": (TEXT.replace('"version": 1', '"version": 1,\n  "finding": 3'), '3: unknown key "fi'),
    "findings": ('{"version": 1,\n"findings": []}', '2: "findings" is not an object'),
    "entry": (f'{{"version": 1, "findings": {{\n"{ONE.fingerprint}": 3}}}}', "2: the entry "),
    "conflict": (
        TEXT.replace('      "path": "b.py",\n', "<<<<<<< HEAD\n=======\n>>>>>>> x\n"),
        "13: a merge conflict; `analyzer baseline --prune` keeps the entries of both sides",
    ),
    "code": (TEXT.replace('"DEP001"', '"DEP005"'), "4: this fingerprint was not made from the"),
    "path": (TEXT.replace('"b.py"', '"c.py"'), "11: this fingerprint was not made from the"),
    "missing": (TEXT.replace('"path": "b.py",\n', ""), "11: the entry "),
    "unknown": (
        TEXT.replace('"message": "no record"', '"expire": "2030-01-01"'),
        '16: unknown key "expire"; did you mean "expires"?',
    ),
    "kind": (TEXT.replace('"no record"', "3"), '16: wrong value for "message": expected is text'),
    "number": (TEXT.replace('"number": 2', '"number": true'), '15: wrong value for "number"'),
    "twice": (
        TEXT.replace('"number": 2,', '"number": 2,\n      "path": "b.py",'),
        '13: "path" is given twice; remove one of the two',
    ),
    "day": (
        TEXT.replace('"no record"', '"no record",\n      "expires": "2030-02-30"'),
        '17: "2030-02-30" is no day; write it as YYYY-MM-DD',
    ),
    "date": (
        TEXT.replace('"no record"', '"no record",\n      "expires": "2030-W01-1"'),
        '17: "2030-W01-1" is no day; write it as YYYY-MM-DD',
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_refused(name: str) -> None:
    text, message = BROKEN[name]
    with pytest.raises(AnalyzerError) as raised:
        parse(text)
    assert str(raised.value).startswith(f"base.json:{message}")
    assert "\n" not in str(raised.value)


def test_what_is_not_utf8() -> None:
    with pytest.raises(AnalyzerError, match=r"^base\.json:2: not UTF-8; save it as UTF-8$"):
        parse_baseline(b'{"version": 1,\n"\xff": 3}', shown="base.json")
