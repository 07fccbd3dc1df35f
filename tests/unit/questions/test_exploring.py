"""What the explorer's page can be asked, on a tiny shop."""

from __future__ import annotations

from pathlib import Path

from analyzer.graph.system import System
from analyzer.model.configuration import Config
from analyzer.model.exploring import WaveProgress
from analyzer.pipeline import analyse
from analyzer.questions.exploring import find_everything
from analyzer.questions.orphans import explain
from tests.support import copy_asset


def _shop(folder: Path) -> System:
    return analyse(project=copy_asset("shop", folder), config=Config())


def test_each_artifact_has_the_reasoning_that_it_has_by_itself(tmp_path: Path) -> None:
    system = _shop(tmp_path)
    everything = find_everything(system, title="shop", findings=(), find_mentions=lambda _: {})
    assert everything.artifacts == tuple(
        explain(system, artifact, find_mentions=lambda _: {})
        for artifact in system.artifacts.values()
    )
    assert everything.dependencies == system.artifact_graph.all_dependencies()


def test_tests_are_left_out_where_nothing_but_tests_uses_them(tmp_path: Path) -> None:
    system = _shop(tmp_path)
    everything = find_everything(system, title="shop", findings=(), find_mentions=lambda _: {})
    assert everything.tests == frozenset()
    assert {link.importer for link in system.links} - {
        link.importer for link in everything.links
    } == {"backend/tests/conftest.py", "backend/tests/test_reports.py"}


def test_waves_say_what_is_claimed_and_what_is_there(tmp_path: Path) -> None:
    everything = find_everything(
        _shop(tmp_path), title="shop", findings=(), find_mentions=lambda _: {}
    )
    assert everything.waves == (
        WaveProgress(number=1, title="Front doors", status="COMPLETE", records=3, located=3),
        WaveProgress(
            number=2,
            title="Services",
            status="COMPLETE",
            claimed_registered=6,
            listed=2,
            records=6,
            located=5,
        ),
        WaveProgress(number=3, title="Work", status="OPEN", records=2, located=2),
    )
