"""Links lead to web pages or to files beside the picture, whatever a path is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.renderings.look import LIGHT, Look


@pytest.mark.parametrize(
    ("template", "path", "line", "expected"),
    [
        ("https://x.org/{path}#L{line}", "app/a.py", 3, "https://x.org/app/a.py#L3"),
        ("../{path}", "app/a.py", 3, "../app/a.py"),
        ("{path}?line={line}", "a b/ü.py", None, "a%20b/%C3%BC.py?line=1"),
        ("{path}", "javascript:alert(1)", 1, "javascript%3Aalert%281%29"),
        ("{path}", "//evil.example/x", 1, "evil.example/x"),
        ("{path}", 'a"><script>&\\{line}', 7, "a%22%3E%3Cscript%3E%26%5C%7Bline%7D"),
        ("{path}", "no-utf-8-\udcff", 1, "no-utf-8-%FF"),
        ("{path}", "\ud800", 1, "%3F"),
        ("HTTP://x.org/{path}", "a.py", 1, "HTTP://x.org/a.py"),
        (None, "a.py", 1, None),
        ("{path}", None, 1, None),
    ],
)
def test_links(template: str | None, path: str | None, line: int | None, expected: str) -> None:
    look = Look(link_template=template)
    assert look.find_link(None if path is None else ProjectPath(path), line) == expected


def test_the_usual_look_has_no_links() -> None:
    assert LIGHT.find_link(ProjectPath("a.py"), 1) is None


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("javascript:alert('{path}')", "begins with something else"),
        ("JavaScript:{path}", "begins with something else"),
        ("data:text/html,{path}", "begins with something else"),
        ("file:///{path}", "begins with something else"),
        ("java\nscript:{path}", "begins with something else"),
        (" https://x.org/{path}", "begins with something else"),
        ("https://x.org/{path} ", "holds what no address may hold"),
        ('https://x.org/"{path}', "holds what no address may hold"),
        ("https://x.org/{file}{path}", "holds what no address may hold"),
        ("https://x.org/\\{path}", "holds what no address may hold"),
        ("https://x.org/#L{line}", "has no {path}"),
        ("", "has no {path}"),
    ],
)
def test_templates_that_lead_elsewhere_are_errors(template: str, reason: str) -> None:
    with pytest.raises(AnalyzerError) as caught:
        Look(link_template=template)
    assert reason in str(caught.value)
    assert str(caught.value).endswith("https://example.org/blob/main/{path}#L{line}")
    assert "\n" not in str(caught.value)


@given(path=st.text(st.characters(), min_size=1), line=st.none() | st.integers(1))
def test_no_path_leaves_its_place(path: str, line: int | None) -> None:
    look = Look(link_template="https://x.org/{path}#L{line}")
    link = look.find_link(ProjectPath(path), line) or ""
    start, end = "https://x.org/", f"#L{line or 1}"
    assert link.startswith(start)
    assert link.endswith(end)
    middle = link[len(start) : -len(end)]
    assert not set(middle) & set(" \t\r\n\"'<>#?&;:\\{}")
    assert middle.isascii()
