"""One Chromium for all tests, and the pages that they look at, each built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from analyzer.cli.starting import find_example
from tests.browser.pages import (
    Explorer,
    build_page,
    write_hostile_project,
    write_knot_project,
    write_large_project,
)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Open = Callable[..., Explorer]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep all of them in one process of `pytest -n 2 --dist loadgroup`: one Chromium is enough."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.xdist_group("browser"))


def _find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, without a window.

    It goes with the last of these tests: a page that is open draws all the time.
    """
    path = _find_chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: install one, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a page by its name; built when it is first asked for."""
    folder = tmp_path_factory.mktemp("explorer")
    projects: dict[str, Callable[[], Path]] = {
        "example": find_example,
        "hostile": lambda: write_hostile_project(folder / "hostile"),
        "knot": lambda: write_knot_project(folder / "knot"),
        "large": lambda: write_large_project(folder / "large"),
    }

    def find(name: str) -> Path:
        file = folder / f"{name}.html"
        if not file.exists():
            file.write_text(build_page(projects[name]()), encoding="utf-8")
        return file

    return find


class _Tabs:
    """Pages that stay open for all tests: to load one takes longer than most tests do."""

    def __init__(self, browser: Browser, find: Callable[[str], Path]) -> None:
        self._browser = browser
        self._find = find
        self._tabs: dict[tuple[str, tuple[int, int]], list[Page]] = {}
        self._sessions: dict[Page, CDPSession] = {}
        self.used: list[Page] = []
        self.wrong: list[str] = []

    def open(self, name: str, fragment: str, size: tuple[int, int], *, is_dark: bool) -> Page:
        """A tab that this test has not used yet, at some fragment and otherwise as at the start."""
        kept = self._tabs.setdefault((name, size), [])
        scheme: Literal["dark", "light"] = "dark" if is_dark else "light"
        page = next((one for one in kept if one not in self.used), None)
        url = self._find(name).as_uri()
        if page is None:
            page = self._new_tab(url, size)
            page.emulate_media(color_scheme=scheme)
            page.goto(f"{url}#{fragment}" if fragment else url)
            kept.append(page)
        else:
            self._set_state(page, "active")
            page.emulate_media(color_scheme=scheme)
            page.evaluate(
                """async (fragment) => {
                    document.activeElement.blur();
                    for (const one of document.querySelectorAll("details")) {
                        one.open = one.id === "filters" && innerWidth > 960;
                    }
                    document.getElementById("word").textContent = "";
                    for (const each of ["list=yes&view=waves", fragment]) {
                        if (location.hash.slice(1) === each) continue;
                        const changed = new Promise((done) =>
                            addEventListener("hashchange", () => setTimeout(done), { once: true }));
                        location.hash = `#${each}`;
                        await changed;
                    }
                }""",
                fragment,
            )
        self.used.append(page)
        return page

    def rest(self) -> None:
        """Keep the pages of a test from drawing until another one wants them."""
        for page in self.used:
            self._set_state(page, "frozen")

    def _set_state(self, page: Page, state: str) -> None:
        if page not in self._sessions:
            self._sessions[page] = page.context.new_cdp_session(page)
        self._sessions[page].send("Page.setWebLifecycleState", {"state": state})

    def _new_tab(self, url: str, size: tuple[int, int]) -> Page:
        page = self._browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("request", lambda asked: self._note_request(asked.url, url))
        return page

    def _note_request(self, asked: str, own: str) -> None:
        if not asked.startswith("data:") and asked.partition("#")[0] != own:
            self.wrong.append(f"request: {asked}")


@pytest.fixture(scope="package")
def tabs(browser: Browser, pages: Callable[[str], Path]) -> _Tabs:
    """The pages that are open."""
    return _Tabs(browser, pages)


@pytest.fixture
def open_page(tabs: _Tabs) -> Iterator[Open]:
    """Open a page at some fragment; afterwards nothing may have gone wrong, or left the machine."""
    tabs.used.clear()
    tabs.wrong.clear()

    def open_(
        name: str = "example",
        fragment: str = "",
        *,
        size: tuple[int, int] = (1280, 860),
        is_dark: bool = False,
    ) -> Explorer:
        return Explorer(tabs.open(name, fragment, size, is_dark=is_dark))

    yield open_
    tabs.rest()
    assert tabs.wrong == []
