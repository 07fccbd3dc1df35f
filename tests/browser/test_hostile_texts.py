"""Texts of the analysed project stay texts, whatever they want to be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer.renderings.inert import printable
from tests.browser.conftest import Open
from tests.browser.pages import HOSTILE


@pytest.mark.parametrize(
    "fragment",
    [
        "pick=T-SVC-AAA-001",
        "view=artifacts",
        "view=owners",
        "view=findings",
        "list=yes",
        "q=script",
    ],
)
def test_nothing_of_it_is_ever_executed(open_page: Open, fragment: str) -> None:
    explorer = open_page("hostile", fragment=fragment)
    assert explorer.page.title() == "hostile · explorer"
    assert (
        explorer.page.locator("main script, #details script, img:not(#paper), main b").count() == 0
    )
    assert explorer.page.evaluate("document.scripts.length") == 3


def test_all_of_it_is_shown_as_it_is_written(open_page: Open) -> None:
    explorer = open_page("hostile", fragment="pick=T-SVC-AAA-001")
    shown = explorer.page.locator("#details").inner_text()
    for text in HOSTILE[:6]:
        for line in text.split("\n"):
            assert printable(line) in shown, line
    # Marks of direction turn nothing around.
    assert "\\u202eright to left\\u2066" in shown
    assert 'from app import b  # <script>alert("x")</script> ]]>' in shown
    assert explorer.page.locator("h2").first.inner_text() == HOSTILE[0]


def test_very_long_text_is_cut_and_there_when_asked_for(open_page: Open) -> None:
    explorer = open_page("hostile", fragment="pick=T-SVC-AAA-001")
    purpose = explorer.page.locator("dd", has_text="more characters").first
    assert "9,405 more characters" in purpose.inner_text()
    purpose.locator("summary").click()
    shown = purpose.inner_text().replace("9,405 more characters", "")
    assert "".join(shown.split()) == HOSTILE[6].replace(" ", "")
    assert explorer.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_its_values_can_be_filtered_and_shared(open_page: Open) -> None:
    explorer = open_page("hostile")
    explorer.choose_filter("owner", HOSTILE[1])
    assert len(explorer.boxes()) == 1
    assert explorer.state() == [("owner", HOSTILE[1])]
    other = open_page("hostile", fragment=explorer.page.url.partition("#")[2])
    assert other.state() == explorer.state()
    assert other.boxes() == explorer.boxes()


def test_fragment_of_somebody_else_is_only_text(open_page: Open) -> None:
    explorer = open_page("hostile", fragment="pick=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert "pick=<img src=x onerror=alert(1)>" in explorer.text("#word")
    assert explorer.page.locator("img:not(#paper)").count() == 0


def test_data_in_the_page_is_what_was_read(open_page: Open) -> None:
    explorer = open_page("hostile")
    data = json.loads(explorer.page.locator("#data").text_content() or "")
    for text in HOSTILE:
        assert "\n".join(map(printable, text.split("\n"))) in data["strings"]
    source = Path(explorer.page.url.partition("#")[0].removeprefix("file://")).read_text(
        encoding="utf-8"
    )
    block = source.partition('id="data">')[2].partition("</script>")[0]
    assert json.loads(block) == data
    assert not set("<>&\u2028\u2029") & set(block)
