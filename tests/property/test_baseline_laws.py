"""Laws of the baseline: names may change as they like, what was accepted stays accepted."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from analyzer.checks.base import build_finding
from analyzer.checks.baseline import accept_all, compare_with_baseline, prune
from analyzer.checks.baseline_file import parse_baseline, render_baseline
from analyzer.model.baseline import BaselineEntry, entry_for
from analyzer.model.findings import Finding
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.renames import Renames, rename_paths
from analyzer.model.rules import RULES

TODAY = datetime.date(2030, 1, 1)

NAMES = ["a.py", "b.py", "a/b.py", "b/a.py", "a b.py", "c.d.py", "missing.py", "e.py"]
NEW = [*NAMES, "new.py", "a/new.py", "new name.py"]

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def _subject(shape: int, one: str, other: str) -> str:
    """Of every shape that checks have: a path, paths among words, none at all."""
    plain = other if " " not in other else "x.py"
    return (one, f"{plain} T-1 {plain}", f"missing:{plain}", "unregistered")[shape]


def _findings(paths: list[str]) -> st.SearchStrategy[list[Finding]]:
    path = st.sampled_from(paths)

    def build(code: str, at: str, subject: str, artifact: str | None) -> Finding:
        return build_finding(
            code,
            message=f"{subject} is wrong",
            subject=subject,
            path=ProjectPath(at),
            artifact=None if artifact is None else ArtifactId(artifact),
        )

    one = st.builds(
        build,
        st.sampled_from(["DEP001", "REG003", "REG006"]),
        path,
        st.builds(_subject, st.integers(0, 3), path, path),
        st.sampled_from([None, "A"]),
    )
    return st.lists(one, max_size=8, unique_by=lambda finding: finding.fingerprint)


@given(_findings(NAMES), st.permutations(NEW))
def test_a_bijection_of_paths_keeps_everything_accepted(
    findings: list[Finding], names: list[str]
) -> None:
    """Each path gets another one, its own, or that of another file; no two get the same."""
    renames: Renames = {
        ProjectPath(old): ProjectPath(new) for old, new in zip(NAMES, names, strict=False)
    }
    now = [
        replace(one, path=renames[one.path], subject=rename_paths(one.subject, renames), line=7)
        for one in findings
    ]
    entries = [entry_for(one) for one in reversed(findings)]
    compared = compare_with_baseline(
        now,
        entries,
        today=TODAY,
        judged=RULES,
        find_renames=lambda asked: dict.fromkeys(asked, renames),
    )
    assert (compared.findings, compared.stale) == ((), ())
    assert compared.baselined == len(findings)
    # Written anew, the baseline speaks of the names that there are now: no git is needed any more.
    written = accept_all(now, compared)
    again = compare_with_baseline(now, written, today=TODAY, judged=RULES)
    assert (again.findings, again.stale) == ((), ())


@given(_findings(["a.py", "b.py", "c.py"]), _findings(["a.py", "b.py", "d.py"]))
def test_each_finding_is_new_or_accepted_and_each_entry_has_its_finding_or_is_stale(
    before: list[Finding], after: list[Finding]
) -> None:
    compared = compare_with_baseline(
        after, [entry_for(one) for one in before], today=TODAY, judged=RULES
    )
    prints = [{one.fingerprint for one in some} for some in (before, after)]
    assert {one.fingerprint for one in compared.findings} == prints[1] - prints[0]
    assert {one.fingerprint for one in compared.stale} == prints[0] - prints[1]
    assert {one.fingerprint for one in prune(compared)} == prints[0] & prints[1]
    assert {one.fingerprint for one in accept_all(after, compared)} == prints[1]


@given(
    st.lists(
        st.builds(
            BaselineEntry,
            code=_texts,
            path=_texts,
            artifact=st.none() | _texts,
            subject=_texts,
            number=st.integers(1, 3),
            message=_texts,
            owner=st.none() | _texts,
            reason=st.none() | _texts,
            expires=st.none() | st.dates(),
        ),
        unique_by=lambda entry: entry.fingerprint,
        max_size=4,
    )
)
def test_what_is_written_is_read_back(entries: list[BaselineEntry]) -> None:
    text = render_baseline(entries)
    assert all(one.isprintable() or one == "\n" for one in text)
    back = parse_baseline(text.encode(), shown="base.json")
    plain = [replace(one, line=None) for one in back]
    assert plain == sorted(entries, key=BaselineEntry.sort_key)
    assert render_baseline(reversed(back)) == text
    for entry in back:
        # Git is asked since when this line says what it says.
        assert entry.line is not None
        assert entry.fingerprint in text.splitlines()[entry.line - 1]
