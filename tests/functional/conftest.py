"""Fixtures of the functional tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.running import Invoke, build_invoke
from tests.support import copy_asset


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Invoke:
    """Run a command in this process."""
    return build_invoke(monkeypatch, capfdbinary)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the shop that is a project by itself: it has a configuration, an empty one."""
    project = copy_asset("shop", tmp_path)
    (project / "analyzer.toml").touch()
    return project
