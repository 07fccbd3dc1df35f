"""What people do with the explorer, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

_RULES = "AOS-BE-SVC-RRE-001"
_CLAIMS = "AOS-BE-WKR-RCC-001"


def test_first_view_is_folded_and_says_what_is_folded(open_page: Open) -> None:
    explorer = open_page()
    assert explorer.boxes() == [
        "wave 1: Initial Survey | 58 artifacts, 14 errors",
        "wave 2: Backend Services | 22 artifacts, 1 error",
        "wave 3: BudgetLLM Module | 9 artifacts",
        "wave 4: Scripts | 12 artifacts",
    ]
    assert explorer.text("#caption") == (
        "4 boxes for 101 artifacts, 3 lines for 33 dependencies; 4 boxes of several, folded by "
        "wave: 16 dependencies inside of them not shown."
    )
    assert explorer.state() == []


@pytest.mark.parametrize(
    ("query", "first", "why"),
    [
        ("svc-rre", _RULES, ""),
        ("recovery_rule_engine.py", _RULES, ""),
        ("app/services/recovery_rule", _RULES, "path backend/app/services/recovery_rule_engine.py"),
        ("/recovery/suggest", "AOS-BE-API-RCV-001", "endpoint POST /api/v1/recovery/suggest"),
        ("sdk publish", "", ""),
        ("owner-of-nothing", "", ""),
    ],
)
def test_search_finds_by_any_word_of_an_artifact(
    open_page: Open, query: str, first: str, why: str
) -> None:
    explorer = open_page()
    explorer.page.locator("#search").fill(query)
    found = explorer.texts("#results [role=option]")
    if not first:
        assert found == ["Nothing found"]
        return
    assert first in found[0]
    assert why in found[0]
    explorer.page.keyboard.press("Enter")
    assert explorer.text("#details .id") == first
    # What hid it was opened.
    assert ("pick", first) in explorer.state()
    assert len(explorer.boxes("node.picked")) == 1


def test_back_from_a_search_empties_its_box_too(open_page: Open) -> None:
    explorer = open_page(fragment="view=findings")
    explorer.page.locator("#search").fill("rule_engine")
    explorer.page.keyboard.press("Enter")
    assert ("q", "rule_engine") in explorer.state()
    explorer.page.evaluate("location.hash = '#view=findings'")
    expect(explorer.page.locator("#search")).to_have_value("")


def test_search_goes_through_what_it_finds_by_keys(open_page: Open) -> None:
    explorer = open_page()
    explorer.page.keyboard.press("/")
    explorer.page.keyboard.type("recovery")
    second = explorer.page.locator("#results [role=option]").nth(1).locator("strong").inner_text()
    explorer.page.keyboard.press("ArrowDown")
    explorer.page.keyboard.press("ArrowDown")
    expect(explorer.page.locator("#search")).to_have_attribute("aria-activedescendant", "option-1")
    explorer.page.keyboard.press("Enter")
    assert explorer.text("#details .id") == second


def test_filters_leave_what_fits_all_of_them(open_page: Open) -> None:
    explorer = open_page()
    explorer.choose_filter("wave", "2")
    explorer.choose_filter("finding", "DEP001")
    assert explorer.boxes() == ["recovery_matcher.py | ! 1 · service · backend"]
    assert "100 artifacts left out by filters" in explorer.text("#caption")
    assert explorer.state() == [("wave", "2"), ("finding", "DEP001")]
    explorer.choose_filter("status", "deprecated")
    assert explorer.boxes() == []
    explorer.page.locator("#clear").click()
    assert len(explorer.boxes()) == 4
    assert explorer.state() == []


def test_filter_by_kind_takes_lines_away(open_page: Open) -> None:
    explorer = open_page(fragment="fold=none")
    assert explorer.lines() == 33
    explorer.choose_filter("kind", "conditional")
    assert explorer.lines() == 1
    assert len(explorer.boxes()) == 101


def test_click_shows_everything_that_is_known(open_page: Open) -> None:
    explorer = open_page(fragment="fold=none&wave=2&wave=1")
    explorer.click_box(_RULES)
    assert explorer.text("#details h2") == "recovery_rule_engine.py"
    used = " ".join(explorer.section("Used by").inner_text().split())
    assert "AOS-BE-API-RCV-001 recovery.py" in used
    assert (
        "backend/app/api/recovery.py:28 function-level from app.services.recovery_rule_engine "
        "import evaluate_rules → backend/app/services/recovery_rule_engine.py"
    ) in used
    record = explorer.section("Record").inner_text()
    assert "Applies rules to a failure to choose a recovery" in record
    assert f"{_RULES}.yaml:1" in record
    reach = explorer.section("Reach")
    assert "A change of it can affect 3 artifacts" in reach.inner_text()
    reach.get_by_text("A change of it").click()
    expect(reach.locator("h4")).to_have_text(["1 away (2)", "2 away (1)"])
    assert sorted(reach.locator("button").all_inner_texts()) == [
        "AOS-BE-API-RCV-001", _CLAIMS, "AOS-BE-WKR-RCE-001",
    ]  # fmt: skip
    assert explorer.boxes("node.up") == [
        "recovery.py | uses it, 1 away",
        "recovery_claim_worker.py | uses it, 2 away",
        "recovery_evaluator.py | uses it, 1 away",
    ]


def test_details_tell_why_an_orphan_is_one(open_page: Open) -> None:
    explorer = open_page(fragment="pick=AOS-BE-API-TNT-001")
    orphan = explorer.section("Orphan: unmounted-route (certain)")
    assert "backend/app/main.py:103 would mount it but is commented out" in orphan.inner_text()
    use = explorer.section("Whether production uses it").inner_text()
    assert "Nothing starts its own files." in use
    assert "No way from anything that is started leads to it." in use
    assert "POST /api/v1/tenants create_tenant (not mounted)" in " ".join(
        explorer.section("Endpoints").inner_text().split()
    )


def test_why_between_two_picked_artifacts(open_page: Open) -> None:
    explorer = open_page(fragment=f"fold=none&pick={_CLAIMS}")
    explorer.page.get_by_role("button", name="Why: from here").click()
    explorer.page.locator("#search").fill(_RULES)
    explorer.page.keyboard.press("Enter")
    explorer.page.get_by_role("button", name="Why: to here").click()
    assert "2 links, through 3 artifacts:" in explorer.text(".why-part")
    assert explorer.texts(".why-part .evidence code") == [
        "from app.worker.recovery_evaluator import FailureEvent, RecoveryEvaluator",
        "from app.services.recovery_rule_engine import evaluate_rules",
    ]
    assert [label.split(" | ")[1] for label in explorer.boxes("node.why")] == [
        "step 1 of 3", "step 2 of 3", "step 3 of 3",
    ]  # fmt: skip
    explorer.page.goto(
        explorer.page.url.replace("from=", "x=").replace("to=", "from=").replace("x=", "to=")
    )
    assert "No chain leads from the first to the second." in explorer.text(".why-part")
    explorer.page.get_by_role("button", name="Try the other way round").click()
    assert "2 links" in explorer.text(".why-part")
    explorer.page.get_by_role("button", name="End why").click()
    expect(explorer.page.locator(".why-part")).to_have_count(0)


def test_fold_is_opened_in_its_place_and_closed(open_page: Open) -> None:
    explorer = open_page()
    explorer.click_box("wave:4")
    assert explorer.text("#details h2") == "wave 4: Scripts"
    assert len(explorer.boxes()) == 4
    explorer.click_box("wave:4")
    assert explorer.boxes("node.frame") == ["wave 4: Scripts"]
    assert len(explorer.boxes()) == 3 + 1 + 12
    assert explorer.state() == [("open", "wave:4"), ("pick", "wave:4")]
    explorer.page.get_by_role("button", name="Close it").click()
    assert len(explorer.boxes()) == 4
    explorer.page.go_back()
    assert len(explorer.boxes("node.frame")) == 1


@pytest.mark.parametrize(
    ("fold", "first"),
    [
        ("owner", "ai-console | 17 artifacts, 1 error"),
        ("type", "api-route | 28 artifacts, 9 errors"),
        ("product", "ai-console | 25 artifacts, 3 errors"),
        ("folder", "backend/app/api | 28 artifacts, 9 errors"),
    ],
)
def test_people_choose_what_it_is_folded_by(open_page: Open, fold: str, first: str) -> None:
    explorer = open_page()
    explorer.page.locator("#fold").select_option(fold)
    assert first in explorer.boxes()
    assert explorer.state() == [("fold", fold)]


def test_line_shows_the_dependencies_that_it_stands_for(open_page: Open) -> None:
    explorer = open_page(fragment="line=wave%3A4&line=wave%3A1")
    assert explorer.text("#details h2") == "wave 4: Scripts → wave 1: Initial Survey"
    section = explorer.section("Dependencies (1)")
    assert section.locator(".evidence").count() >= 1


def test_link_brings_another_person_to_the_same_view(open_page: Open) -> None:
    explorer = open_page()
    explorer.choose_filter("owner", "backend")
    explorer.page.locator("#fold").select_option("type")
    explorer.click_box("type:service", times=2)
    explorer.page.locator("#search").fill("recovery")
    expect(explorer.page.locator(".word")).to_contain_text("found")
    expect(explorer.page).to_have_url(re.compile("q=recovery"))
    fragment = explorer.page.url.partition("#")[2]
    other = open_page(fragment=fragment)
    assert other.state() == explorer.state()
    assert other.boxes() == explorer.boxes()
    assert other.boxes("node.found") == explorer.boxes("node.found") != []
    assert other.text("#caption") == explorer.text("#caption")
    assert other.text("#details") == explorer.text("#details")
    assert other.page.locator("#search").input_value() == "recovery"


def test_broken_link_is_ignored_with_a_word(open_page: Open) -> None:
    explorer = open_page(
        fragment="wave=99&toString=1&nonsense&pick=NOBODY&open=wave:77&view=cellar&%E0%A4%A"
        "&owner=backend&line=x"
    )
    word = explorer.text("#word")
    assert word.startswith("Part of the link says nothing here and is ignored: wave=99, ")
    # A name that every object has is no name of ours.
    assert "toString=1, nonsense and 5 more." in word
    assert explorer.state() == [("owner", "backend")]
    assert "33 artifacts left out by filters" in explorer.text("#caption")


def test_tables_sort_by_any_column(open_page: Open) -> None:
    explorer = open_page(fragment="view=waves")
    assert explorer.texts("tbody tr:first-child td") == [
        "Wave 1", "Initial Survey", "COMPLETE", "58 of 58", "0", "58", "57 of 58", "2", "14",
    ]  # fmt: skip
    explorer.page.get_by_role("button", name="Records").click()
    assert explorer.texts("tbody td:nth-child(6)") == ["58", "22", "12", "9"]
    expect(explorer.page.locator("th", has_text="Records")).to_have_attribute(
        "aria-sort", "descending"
    )
    explorer.page.get_by_role("button", name="Records").click()
    assert explorer.texts("tbody td:nth-child(6)") == ["9", "12", "22", "58"]
    # Where the focus was it stays.
    assert explorer.page.evaluate("document.activeElement.textContent") == "Records"
    explorer.page.get_by_role("tab", name="Orphans").click()
    assert explorer.text("caption") == "Orphans: 9"
    explorer.choose_filter("wave", "2")
    assert explorer.text("caption") == "Orphans: 7"
    explorer.page.locator("tbody .link").first.click()
    assert explorer.page.locator("tbody tr.picked").count() == 1
    explorer.page.get_by_role("button", name="Show in the graph").click()
    assert len(explorer.boxes("node.picked")) == 1


def test_everything_by_keyboard_alone(open_page: Open) -> None:
    explorer = open_page()
    keyboard = explorer.page.keyboard
    keyboard.press("Tab")
    assert explorer.page.evaluate("document.activeElement.id") == "skip"
    keyboard.press("Enter")
    assert explorer.page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        keyboard.press("Tab")
        if explorer.page.evaluate("document.activeElement.id") == "canvas":
            break
    first = explorer.text("#word")
    assert first.startswith("wave 4: Scripts, 12 artifacts, lines to 1, from 0.")
    assert explorer.boxes("node.focus") == ["wave 4: Scripts | 12 artifacts"]
    keyboard.press("ArrowDown")
    assert explorer.text("#word").startswith("wave 1: Initial Survey, 58 artifacts, 14 errors,")
    keyboard.press("ArrowUp")
    keyboard.press("Enter")
    assert explorer.state() == [("pick", "wave:4")]
    keyboard.press("Enter")
    assert explorer.boxes("node.frame") == ["wave 4: Scripts"]
    assert explorer.boxes("node.focus") == ["wave 4: Scripts"]
    keyboard.press("ArrowDown")
    zoom = "document.getElementById('canvas')._cyreg.cy.zoom()"
    before = explorer.page.evaluate(zoom)
    keyboard.press("+")
    assert explorer.page.evaluate(zoom) == pytest.approx(1.3 * before)
    keyboard.press("0")
    assert explorer.page.evaluate(zoom) == pytest.approx(before)
    keyboard.press("Escape")
    assert explorer.state() == [("open", "wave:4")]


def test_list_says_the_same_as_the_canvas(open_page: Open) -> None:
    explorer = open_page(fragment="open=wave:2")
    on_canvas = len(explorer.boxes("[^width]"))
    lines = explorer.lines()
    explorer.page.get_by_role("button", name="As a list").click()
    expect(explorer.page.locator("#canvas")).to_be_hidden()
    shown = explorer.page.locator("#graph-list")
    assert shown.locator("button.strong").count() == on_canvas + 1
    assert shown.locator("button", has_text="→").count() == lines
    shown.get_by_role("button", name="Open wave 4: Scripts").click()
    assert shown.locator("button.strong").count() == on_canvas + 1 + 12
    shown.get_by_role("button", name="recovery_matcher.py").first.click()
    assert explorer.text("#details .id") == "AOS-BE-SVC-RMT-001"


def test_large_system_is_never_drawn_whole(open_page: Open) -> None:
    explorer = open_page("large", fragment="fold=none")
    assert "300 artifacts are too many for one picture" in explorer.text("#caption")
    assert len(explorer.boxes()) <= 120
    for key in ("wave:1", "wave:2", "wave:3", "wave:4"):
        explorer.page.evaluate(
            "(key) => { location.hash += `&open=${encodeURIComponent(key)}` }", key
        )
    expect(explorer.page).to_have_url(re.compile("wave%3A4"))
    # A wave is too large to be opened whole: what is in it is folded by something else.
    assert len(explorer.boxes("node.frame")) == 4
    assert 8 <= len(explorer.boxes("[^width]")) <= 120
    assert explorer.lines() <= 120
    assert "Lines between frames are gathered at the frames" in explorer.text("#caption")
    for fold in ("folder", "owner", "type", "product"):
        explorer.page.locator("#fold").select_option(fold)
        assert 1 < len(explorer.boxes()) <= 60, fold
        assert explorer.lines() <= 120, fold


def test_theme_is_chosen_and_kept(open_page: Open) -> None:
    explorer = open_page(is_dark=True)
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert explorer.page.evaluate(background) == "rgb(21, 24, 28)"
    explorer.page.locator("#theme").click()
    assert explorer.text("#theme") == "Theme: light"
    assert explorer.page.evaluate(background) == "rgb(255, 255, 255)"
    explorer.page.reload()
    assert explorer.text("#theme") == "Theme: light"
    explorer.page.locator("#theme").click()
    assert explorer.page.evaluate(background) == "rgb(21, 24, 28)"
    explorer.page.locator("#theme").click()


@pytest.mark.parametrize(
    "fragment", ["", f"pick={_RULES}", "view=findings", "list=yes&open=wave:1"]
)
def test_narrow_screen_needs_no_sideways_scrolling(open_page: Open, fragment: str) -> None:
    explorer = open_page(fragment=fragment, size=(390, 800))
    assert explorer.page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(explorer.page.locator("#filter-groups")).to_be_hidden()


def test_paper_is_light_and_has_the_whole_graph(open_page: Open) -> None:
    explorer = open_page(fragment="open=wave:2", is_dark=True)
    explorer.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    explorer.page.emulate_media(media="print")
    expect(explorer.page.locator("#paper")).to_be_visible()
    expect(explorer.page.locator("#canvas")).to_be_hidden()
    expect(explorer.page.locator("#filters")).to_be_hidden()
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert explorer.page.evaluate(background) == "rgb(255, 255, 255)"
    assert explorer.page.evaluate("document.getElementById('paper').naturalWidth") > 800
    explorer.page.emulate_media(media="screen")
    explorer.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert explorer.page.evaluate(background) == "rgb(21, 24, 28)"


def test_fold_that_holds_the_chosen_one_says_so(open_page: Open) -> None:
    explorer = open_page(fragment=f"pick={_RULES}")
    assert explorer.boxes("node.picked") == ["wave 2: Backend Services | holds the chosen one"]
    assert explorer.boxes("node.up") == ["wave 1: Initial Survey | 3 use it, 1+ away"]
