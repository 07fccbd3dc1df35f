"""What axe-core finds in the main states, in light and in dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import Open

_STATES = {
    "graph": "open=wave:2&pick=AOS-BE-SVC-RRE-001",
    "why and list": "list=yes&from=AOS-BE-WKR-RCC-001&to=AOS-BE-SVC-RRE-001&wave=2",
    "orphan beside findings": "view=findings&wave=2&sort=Code&pick=AOS-BE-API-TNT-001",
    "waves": "view=waves&nonsense",
}


def _find_violations(page: Page) -> list[tuple[str, str, list[str]]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [
        (one["id"], one["impact"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
    ]


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", _STATES)
def test_axe_finds_nothing_serious(open_page: Open, state: str, is_dark: bool) -> None:
    explorer = open_page(fragment=_STATES[state], is_dark=is_dark)
    explorer.page.evaluate(
        "for (const each of document.querySelectorAll('details')) each.open = true"
    )
    assert _find_violations(explorer.page) == []


def test_search_results_are_accessible(open_page: Open) -> None:
    explorer = open_page()
    explorer.page.locator("#search").fill("recovery")
    assert _find_violations(explorer.page) == []
