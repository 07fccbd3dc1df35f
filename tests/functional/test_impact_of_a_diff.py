"""`impact --diff BASE`: whatever differs from a revision, committed or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.functional.running import Invoke
from tests.functional.shapes import check_document
from tests.support import git


@pytest.fixture
def repository(shop: Path) -> Path:
    git(shop, "init", "-q", "-b", "main")
    (shop / ".gitignore").write_text("*.log\n", encoding="utf-8")
    git(shop, "add", ".")
    git(shop, "commit", "-q", "-m", "Start")
    return shop


def ask(invoke: Invoke, repository: Path, base: str, *arguments: str) -> dict[str, Any]:
    run = invoke(*arguments, "impact", "--diff", base, "--format", "json", cwd=repository)
    assert (run.code, run.err) == (0, "")
    document: dict[str, Any] = json.loads(run.out)
    check_document(document, body="impact")
    return document


def test_nothing_changed(repository: Path, invoke: Invoke) -> None:
    document = ask(invoke, repository, "HEAD")
    assert [document[key] for key in ("changed", "affected", "owners", "tests", "modules")] == [
        []
    ] * 5
    assert "0 artifacts" in invoke("impact", "--diff", "HEAD", cwd=repository).out


def test_uncommitted_untracked_staged_renamed_and_deleted(repository: Path, invoke: Invoke) -> None:
    app = repository / "backend/app"
    # Changed and not staged; staged and not committed; new; ignored; renamed; deleted.
    (app / "settings.py").write_text("DEBUG = True\n", encoding="utf-8")
    (app / "worker/runner.py").write_text("def run(): ...\n", encoding="utf-8")
    git(repository, "add", "backend/app/worker/runner.py")
    (app / "new feature.py").write_text("from app.services import reports\n", encoding="utf-8")
    (app / "debug.log").write_text("", encoding="utf-8")
    git(repository, "mv", "backend/app/services/pricing.py", "backend/app/services/prices.py")
    (app / "services/legacy.py").unlink()
    document = ask(invoke, repository, "HEAD")
    assert document["changed"] == [
        {"ref": path, "path": path, "artifact": artifact}
        for path, artifact in (
            ("backend/app/new feature.py", None),
            ("backend/app/services/legacy.py", "SHP-BE-SVC-LEG-001"),
            ("backend/app/services/prices.py", None),
            ("backend/app/services/pricing.py", None),
            ("backend/app/settings.py", None),
            ("backend/app/worker/runner.py", "SHP-BE-WKR-RUN-001"),
        )
    ]
    assert [(one["artifact"], one["distance"]) for one in document["affected"]] == [
        # Some are here for what they used before it was renamed or deleted.
        ("SHP-BE-SVC-ORD-001", 1),
        ("SHP-BE-SVC-RFD-001", 1),
        ("SHP-OP-OPS-NGT-001", 1),
        ("SHP-BE-API-ORD-001", 2),
        ("SHP-BE-API-RFD-001", 2),
    ]
    assert document["tests"] == ["backend/tests/test_orders.py", "backend/tests/test_reports.py"]


def test_against_an_older_revision(repository: Path, invoke: Invoke) -> None:
    (repository / "backend/app/services/mail.py").write_text("def send(): ...\n", encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "Mail")
    assert ask(invoke, repository, "HEAD")["changed"] == []
    expected = ask(invoke, repository, "HEAD~1")
    assert [one["path"] for one in expected["changed"]] == ["backend/app/services/mail.py"]
    for base in ("main~1", git(repository, "rev-parse", "HEAD~1"), "@~1"):
        assert ask(invoke, repository, base) == expected
    # The same answer as naming the file.
    by_name = invoke("impact", "backend/app/services/mail.py", "--format", "json", cwd=repository)
    assert json.loads(by_name.out) == expected


def test_a_project_below_the_repository(repository: Path, invoke: Invoke) -> None:
    """Paths are relative to the project; what changed beside it is none of its business."""
    (repository / "web/pages/Orders.tsx").write_text("", encoding="utf-8")
    (repository / "backend/app/db.py").write_text("", encoding="utf-8")
    document = ask(
        invoke, repository, "HEAD", "--project", "backend", "--registry", "docs/codebase-registry"
    )
    assert [one["path"] for one in document["changed"]] == ["app/db.py"]
    assert document["tests"] == ["tests/test_orders.py", "tests/test_reports.py"]


def test_who_used_what_is_gone_is_affected(repository: Path, invoke: Invoke) -> None:
    (repository / "backend/app/services/mail.py").unlink()
    gone = ask(invoke, repository, "HEAD")
    (repository / "backend/app/services/mail.py").write_text("def send(): ...\n", encoding="utf-8")
    changed = ask(invoke, repository, "HEAD")
    assert gone["affected"] == changed["affected"] != []
    assert gone["changed"] == changed["changed"]
    git(repository, "mv", "backend/app/services/mail.py", "backend/app/services/post.py")
    renamed = ask(invoke, repository, "HEAD")
    assert renamed["affected"] == changed["affected"]
