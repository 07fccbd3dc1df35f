"""`check` finds orphans, too, and nobody waits for what was not asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.running import Invoke, record
from tests.support import write_tree

MAIN = {"main.py": "import a\nif __name__ == '__main__':\n    a.run()\n"}


def test_places_that_name_an_orphan_are_looked_for_where_orphans_are_asked_for(
    tmp_path: Path, invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` says what makes a claim doubtful; whoever does not ask does not wait for it."""
    write_tree(
        tmp_path,
        {
            **MAIN,
            "a.py": "",
            "b.py": "",
            "plugins.cfg": "load = b.py\npath = ./b.py\n",
            "tool.py": "'''x'''\nNAMES = ['b.py']\n",
            "registry/B.yaml": record("T-SVC-B-001", "b.py"),
            "analyzer.toml": "",
        },
    )
    document = json.loads(invoke("check", "--format", "json", cwd=tmp_path).out)
    (orphan,) = [one for one in document["findings"] if one["code"] == "ORP002"]
    assert orphan["message"].endswith("nothing starts it; but plugins.cfg:1 names it")
    status = json.loads(invoke("status", "--format", "json", cwd=tmp_path).out)
    assert status["findings"] == {
        level: document["summary"][level] for level in ("error", "warning", "info")
    }

    def fail(**_: object) -> None:
        raise AssertionError

    for command in (["status"], ["check", "--ignore", "ORP"]):
        monkeypatch.setattr("analyzer.sources.mentions.find_mentions", fail)
        assert invoke(*command, cwd=tmp_path).code == 0
