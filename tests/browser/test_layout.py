"""Where the explorer's boxes and lines stand: all are drawn, and whoever asks sees all of them."""

from __future__ import annotations

from tests.browser.conftest import Open

_OUTSIDE = """() => {
    const cy = document.getElementById("canvas")._cyreg.cy;
    return cy.elements().filter((one) => {
        const { x1, y1, x2, y2 } = one.renderedBoundingBox({ includeLabels: false });
        return x1 < -1 || y1 < -1 || x2 > cy.width() + 1 || y2 > cy.height() + 1;
    }).length;
}"""


def test_fit_shows_all_of_a_graph_that_is_too_large_to_be_read_whole(open_page: Open) -> None:
    explorer = open_page("knot", size=(800, 600))
    assert explorer.boxes()
    # At first as large as can be read, from the left upper corner on.
    assert explorer.page.evaluate(_OUTSIDE) > 0
    explorer.page.get_by_role("button", name="Fit").click()
    assert explorer.page.evaluate(_OUTSIDE) == 0
    explorer.page.locator("#zoom-in").click()
    assert explorer.page.evaluate(_OUTSIDE) > 0
    explorer.page.locator("#canvas").focus()
    explorer.page.keyboard.press("0")
    assert explorer.page.evaluate(_OUTSIDE) == 0


def test_every_line_of_a_knot_is_drawn(open_page: Open) -> None:
    """The graph library leaves out a line that is shorter than its arrowhead, and says so.

    What it says would fail this test: see `open_page`.
    """
    explorer = open_page("knot")
    assert len(explorer.boxes()) == 14
    assert explorer.lines() > 45
