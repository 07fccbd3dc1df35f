"""What the tests of the explorer look at, and how they look."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from analyzer.cli.exploring import PageBuilder
from analyzer.cli.session import Session
from benchmarks.generate import generate_tree
from tests.functional.running import record
from tests.support import write_tree

HOSTILE = (
    "<script>document.title = 'taken'</script>",
    "</script><script>document.title = 'taken'</script>",
    "<!-- <script> ]]> \"quotes\" 'and' `ticks` &amp; ${no} \\",
    "<img src=x onerror=\"document.title = 'taken'\">",
    "\u202eright to left\u2066 and \u2028 lines \u2029 and \x07 bells",
    "javascript:document.title='taken'",
    "long " + "0123456789" * 1000,
)
"""Texts that want to be something else."""


class Explorer:
    """A page as a person sees it."""

    def __init__(self, page: Page) -> None:
        """Take a page that is loaded."""
        self.page = page

    def text(self, selector: str) -> str:
        """What stands in the first element of a selector, on one line."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def texts(self, selector: str) -> list[str]:
        """What stands in each element of a selector."""
        return [" ".join(each.split()) for each in self.page.locator(selector).all_inner_texts()]

    def state(self) -> list[tuple[str, str]]:
        """The fragment of the address, as names and values."""
        pairs: list[tuple[str, str]] = self.page.evaluate(
            "[...new URLSearchParams(location.hash.slice(1))]"
        )
        return [(name, value) for name, value in pairs]

    def boxes(self, classes: str = "") -> list[str]:
        """The boxes that the canvas draws, sorted: the whole name, and what is said below it.

        A class in front, such as `.dim`, takes only these; frames count where no class is named.
        """
        self._wait_for_graph()
        labels: list[str] = self.page.evaluate(
            "(classes) => document.getElementById('canvas')._cyreg.cy.nodes(classes).map((one) =>"
            " [one.data('name'), ...one.data('label').split('\\n').slice(1)].join(' | ')).sort()",
            classes,
        )
        return labels

    def lines(self) -> int:
        """How many lines the canvas draws; each of them has a beginning and an end."""
        self._wait_for_graph()
        count, drawn = self.page.evaluate(
            "(({ cy }) => [cy.edges().length, cy.edges().filter((one) =>"
            " isFinite(one.sourceEndpoint().x + one.targetEndpoint().x)).length])"
            "(document.getElementById('canvas')._cyreg)"
        )
        assert drawn == count
        return int(count)

    def click_box(self, key: str, *, times: int = 1) -> None:
        """Click where the canvas draws a box."""
        self._wait_for_graph()
        place: dict[str, Any] = self.page.evaluate(
            "(key) => document.getElementById('canvas')._cyreg.cy.getElementById(key)"
            ".renderedPosition()",
            key,
        )
        for _ in range(times):
            self.page.locator("#canvas").click(position={"x": place["x"], "y": place["y"]})

    def _wait_for_graph(self) -> None:
        """Other boxes are drawn a moment after everything else has been seen."""
        expect(self.page.locator("#canvas")).not_to_have_attribute("aria-busy", "true")

    def choose_filter(self, name: str, value: str) -> None:
        """Set or unset one value of a filter."""
        self.page.locator(f"#filter-groups input[name={name}][value={json.dumps(value)}]").click()

    def section(self, title: str) -> Locator:
        """The part of the details whose heading begins so."""
        return self.page.locator("#details section").filter(
            has=self.page.locator("h3", has_text=title)
        )


def build_page(project: Path, *, is_served: bool = False) -> str:
    """The page of a project, as the command line builds it."""
    session = Session(
        project_option=project,
        config_option=None,
        registry_option=(),
        is_quiet=True,
        is_verbose=False,
    )
    return PageBuilder(session, title=None, baseline=None, no_baseline=False).build_page(
        is_served=is_served
    )


def write_hostile_project(folder: Path) -> Path:
    """A project whose records, file names and code hold the worst texts that they can."""
    bad = "<b onclick='x'>&amp;.py"
    fields = {f"field_{number}": json.dumps(text) for number, text in enumerate(HOSTILE)}
    return write_tree(
        folder,
        {
            "analyzer.toml": "",
            "app/a.py": 'from app import b  # <script>alert("x")</script> ]]>\n',
            "app/b.py": "x = 1\n",
            f"app/{bad}": "from app import b\n",
            "registry/a.yaml": record(
                "T-SVC-AAA-001",
                "app/a.py",
                **{
                    **fields,
                    "name": json.dumps(HOSTILE[0]),
                    "purpose": json.dumps(HOSTILE[6]),
                    "owner": json.dumps(HOSTILE[1]),
                    "product": json.dumps(HOSTILE[4]),
                },
            ),
            "registry/b.yaml": record(
                "T-SVC-BBB-001", "app/b.py", owner=json.dumps(HOSTILE[2]), wave=1
            ),
            "registry/c.yaml": record(
                "T-SVC-CCC-001", json.dumps(f"app/{bad}"), name=json.dumps(HOSTILE[3])
            ),
        },
    )


def write_large_project(folder: Path) -> Path:
    """More artifacts than one picture can hold, in four waves and of six owners."""
    generate_tree(folder, modules=420, seed=3, records=300, broken=0)
    (folder / "analyzer.toml").touch()
    return folder


def write_knot_project(folder: Path) -> Path:
    """Fourteen artifacts that import each other, so that lines run to and fro within columns."""
    files = {"analyzer.toml": "", "app/__init__.py": ""}
    for number in range(14):
        used = [other for other in range(14) if number * other % 3 != 1 and other != number]
        files[f"app/part{number:02}.py"] = "".join(f"import app.part{one:02}\n" for one in used)
        id_ = f"T-SVC-PRT-{number:03}"
        files[f"registry/{id_}.yaml"] = record(id_, f"app/part{number:02}.py")
    return write_tree(folder, files)
