"""Findings against a baseline: what is new, what is accepted, what is gone."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from analyzer.checks.base import build_finding
from analyzer.checks.baseline import Comparison, accept_all, compare_with_baseline, prune
from analyzer.model.baseline import BaselineEntry, entry_for
from analyzer.model.findings import Finding
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.renames import Renames
from analyzer.model.rules import RULES

TODAY = datetime.date(2030, 5, 17)


def finding(path: str, subject: str, *, code: str = "DEP001", line: int = 1) -> Finding:
    return build_finding(
        code,
        message=f"A-1 imports {subject}, which no record covers",
        subject=subject,
        path=ProjectPath(path),
        line=line,
        artifact=ArtifactId("A-1"),
    )


OLD = [finding("a.py", "free.py"), finding("a.py", "other.py"), finding("b.py", "free.py")]


def compare(
    findings: Sequence[Finding],
    entries: Sequence[BaselineEntry],
    *,
    renames: Mapping[str, str] | None = None,
    judged: Sequence[str] = tuple(RULES),
    unread: Sequence[str] = (),
) -> Comparison:
    found: Renames = {ProjectPath(old): ProjectPath(new) for old, new in (renames or {}).items()}
    return compare_with_baseline(
        findings,
        entries,
        today=TODAY,
        judged=judged,
        unread=[ProjectPath(path) for path in unread],
        find_renames=lambda asked: dict.fromkeys(asked, found),
    )


ENTRIES = [entry_for(one) for one in OLD]


def test_what_stood_then_does_not_count_wherever_its_lines_are_now() -> None:
    moved = [replace(one, line=90 + number) for number, one in enumerate(OLD)]
    compared = compare(moved, ENTRIES[::-1])
    assert (compared.findings, compared.baselined, compared.stale) == ((), 3, ())


def test_a_swap_is_one_new_and_one_gone() -> None:
    new = finding("a.py", "third.py")
    compared = compare([OLD[0], new, OLD[2]], ENTRIES)
    assert compared.findings == (new,)
    assert compared.baselined == 2
    assert compared.stale == (ENTRIES[1],)


def test_a_renamed_file_takes_its_entries_along() -> None:
    """On either side: the file that the finding stands in, and the one that it is about."""
    now = [finding("new name.py", "z.py"), finding("new name.py", "other.py"), OLD[2]]
    now[2] = finding("b.py", "z.py")
    renames = {"a.py": "new name.py", "free.py": "z.py"}
    assert len(compare(now, ENTRIES).findings) == 3
    compared = compare(now, ENTRIES, renames=renames)
    assert (compared.findings, compared.baselined, compared.stale) == ((), 3, ())
    # Whoever writes the baseline anew writes the new names.
    written = accept_all(now, compared)
    assert sorted(one.fingerprint for one in written) == sorted(one.fingerprint for one in now)
    assert [one.message for one in written] == [
        "A-1 imports z.py, which no record covers",
        "A-1 imports other.py, which no record covers",
        "A-1 imports z.py, which no record covers",
    ]


def test_a_new_file_under_an_old_name_is_not_what_was_accepted() -> None:
    """`a.py` became `c.py`, and another `a.py` with the same mistake was written."""
    same_again = finding("a.py", "free.py")
    now = [same_again, finding("c.py", "free.py")]
    compared = compare(now, ENTRIES[:1], renames={"a.py": "c.py"})
    assert compared.findings == (same_again,)


def test_of_several_that_say_the_same_each_has_its_entry() -> None:
    twice = [OLD[0], replace(OLD[0], number=2)]
    entries = [entry_for(one) for one in twice]
    assert compare(twice, entries).baselined == 2
    compared = compare(twice, entries[:1])
    assert compared.findings == (twice[1],)
    compared = compare(twice[:1], entries)
    assert [one.number for one in compared.stale] == [2]


def test_an_entry_accepts_until_its_day_is_over() -> None:
    days = [TODAY - datetime.timedelta(1), TODAY, TODAY + datetime.timedelta(1)]
    entries = [replace(one, expires=day) for one, day in zip(ENTRIES, days, strict=True)]
    compared = compare(OLD, entries)
    (expired,) = compared.findings
    assert expired.message.endswith("no record covers (accepted until 2030-05-16, which is over)")
    assert expired.fingerprint == OLD[0].fingerprint
    assert (compared.baselined, compared.expired, compared.stale) == (2, 1, ())
    # Writing the baseline anew does not make the day later.
    assert [one.expires for one in accept_all(OLD, compared)] == days


def test_what_people_add_stays() -> None:
    told = replace(ENTRIES[0], owner="payments", reason="with the price list", message="As it was")
    new = finding("c.py", "free.py")
    compared = compare([*OLD, new], [told, *ENTRIES[1:]])
    written = accept_all([new, *OLD], compared)
    assert told in written
    assert [one.path for one in written] == ["a.py", "a.py", "b.py", "c.py"]
    assert prune(compared) == written[:3]


def test_pruning_takes_out_what_is_gone_and_accepts_nothing() -> None:
    compared = compare([OLD[0], finding("c.py", "free.py")], ENTRIES)
    assert compared.stale == (ENTRIES[1], ENTRIES[2])
    assert prune(compared) == (ENTRIES[0],)


def test_only_what_was_looked_for_can_be_gone() -> None:
    """Neither a rule that did not run nor a file that could not be read says that all is well."""
    compared = compare([], ENTRIES, judged=["REG006"])
    assert (compared.stale, compared.unjudged) == ((), tuple(ENTRIES))
    assert prune(compared) == tuple(ENTRIES)
    compared = compare([], ENTRIES, unread=["a.py"])
    assert compared.stale == (ENTRIES[2],)
    assert accept_all([], compared) == tuple(ENTRIES[:2])


def test_git_is_only_asked_where_it_can_matter() -> None:
    def never(entries: Sequence[BaselineEntry]) -> Mapping[BaselineEntry, Renames]:
        raise AssertionError(entries)

    about_others = finding("a.py", "free.py", code="REG003")
    for findings in (OLD, OLD[:1], [*OLD, about_others]):
        compared = compare_with_baseline(
            findings, ENTRIES, today=TODAY, judged=RULES, find_renames=never
        )
        assert compared.findings == tuple(one for one in findings if one not in OLD)
