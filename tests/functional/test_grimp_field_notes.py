"""What a plain Grimp graph gets wrong on code that users have, and what we make of the same code.

Each test runs `grimp.build_graph` for real, in a process of its own, and pins its wrong answer:
where Grimp mends one, the test fails and the case can be looked at again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analyzer.sources.dynamic_imports import find_dynamic_imports
from tests.support import ASSETS, copy_asset, edges, read_code, run_cli, scan, write_tree

# As import-linter and others do: the path is extended when the program runs.
_PRELUDE = """
import json, sys
import grimp
folders, names, cache = json.loads(sys.argv[1])
sys.path[:0] = folders
def build():
    return grimp.build_graph(*names, cache_dir=cache)
def edges(graph):
    return sorted(
        f"{importer} {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )
def caught(call):
    try:
        call()
    except BaseException as error:
        return [type(error).__name__, isinstance(error, Exception)]
"""


def _run(
    code: str, *names: str, at: Path | list[Path], cache: Path | None = None, seed: int = 0
) -> tuple[Any, str]:
    """What some code prints about Grimp's graph of packages, and what stands on stderr."""
    folders = [str(one) for one in (at if isinstance(at, list) else [at])]
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{_PRELUDE}\nprint(json.dumps({code}))",
            json.dumps([folders, names, None if cache is None else str(cache)]),
        ],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ASSETS,
    )
    return (json.loads(result.stdout) if result.stdout.strip() else None), result.stderr


def _grimp(code: str, *names: str, at: Path | list[Path], **options: Any) -> Any:
    return _run(code, *names, at=at, **options)[0]


def test_a_folder_without_init_inside_a_package() -> None:
    assert _grimp("sorted(build().modules)", "app", at=ASSETS / "no_init") == [
        "app",
        "app.db",
        "app.main",
    ]
    facts = scan(ASSETS / "no_init")
    assert [module.name for module in facts.modules] == [
        "app",
        "app.api.users",
        "app.api.v2.items",
        "app.api.v2.shared",
        "app.db",
        "app.main",
    ]
    assert len(facts.links) == 5


@pytest.mark.parametrize(
    ("asset", "error", "unscanned"),
    [
        (
            "syntax_error",
            ["SourceSyntaxError", True],
            [("app/one.py", "syntax-error"), ("app/two.py", "syntax-error")],
        ),
        ("not_utf8", ["UnicodeError", True], [("app/latin.py", "encoding")]),
        # Not an Exception: `except Exception` does not see it.
        (
            "climbing",
            ["PanicException", False],
            [("app/climbs.py", "relative-import-beyond-root")],
        ),
    ],
)
def test_a_file_that_cannot_be_read(
    asset: str,
    error: list[Any],
    unscanned: list[tuple[str, str]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    found, stderr = _run("caught(build)", "app", at=ASSETS / asset)
    assert found == error
    assert ("panicked at" in stderr) is (error[0] == "PanicException")
    facts = scan(ASSETS / asset)
    assert [(one.path, one.reason.value) for one in facts.unscanned] == unscanned
    assert "app/good.py:1 app/other.py runtime" in edges(facts)
    assert capfd.readouterr() == ("", "")


def test_two_services_with_the_same_package() -> None:
    project = ASSETS / "two_services"
    found = _grimp("edges(build())", "app", at=[project / "billing", project / "search"])
    assert found == ["app.invoices app.main", "app.main app.store"]
    assert [edge for edge in edges(scan(project)) if "/app/" in edge.split()[0]] == [
        "billing/app/invoices.py:1 billing/app/main.py runtime",
        "billing/app/main.py:1 billing/app/store.py runtime",
        "search/app/main.py:1 search/app/store.py runtime",
    ]


def test_a_package_named_like_one_of_the_standard_library() -> None:
    found = _grimp("edges(build())", "json", at=ASSETS / "stdlib_names")
    assert "json json.decoder" in found
    assert "json/encoder.py:1 json/scanner.py runtime" in edges(scan(ASSETS / "stdlib_names"))


def test_a_dotted_package_name() -> None:
    # The asset's `__init__` raises SystemExit when it is executed.
    found = _grimp("caught(build)", "company.billing", at=ASSETS / "never_executed")
    assert found == ["SystemExit", False]
    assert edges(scan(ASSETS / "never_executed")) == [
        "company/billing/run.py:1 company/billing/rates.py runtime"
    ]


def test_a_symbolic_link_that_loops_back(tmp_path: Path) -> None:
    project = copy_asset("chains", tmp_path)
    files = len(list((project / "app").iterdir()))
    (project / "app" / "loop").symlink_to(project / "app")
    assert _grimp("len(build().modules)", "app", at=project) > 10 * files
    facts = scan(project)
    assert len(facts.modules) == files
    assert [(one.path, one.reason.value) for one in facts.unscanned] == [
        ("app/loop", "symlink-loop")
    ]


def test_loose_scripts() -> None:
    found = _grimp("sorted(build().modules)", "core", "scripts", at=ASSETS / "scripts")
    assert not [name for name in found if "load" in name or "v2" in name or name == "single"]
    helpers = "scripts.ops.check-env scripts.ops.helpers"
    assert helpers not in _grimp("edges(build())", "core", "scripts", at=ASSETS / "scripts")
    assert edges(scan(ASSETS / "scripts")) == [
        "data.v2.py:1 single.py runtime",
        "load-tests/run.py:1 load-tests/scenario.py runtime",
        "scripts/ops/check-env.py:2 core/db.py runtime",
        "scripts/ops/check-env.py:1 scripts/ops/helpers.py runtime",
        "single.py:1 core/__init__.py runtime",
    ]


def test_a_name_that_a_package_re_exports() -> None:
    upstream = "sorted(build().find_upstream_modules('app.one'))"
    assert _grimp(upstream, "app", at=ASSETS / "reexports") == [
        "app.db",
        "app.queue",
        "app.services",
        "app.services.billing",
        "app.services.clock",
        "app.services.stars",
        "app.services.tenants",
    ]
    links = [link for link in scan(ASSETS / "reexports").links if link.importer == "app/one.py"]
    assert [(link.imported, link.ends_here) for link in links] == [
        ("app/services/__init__.py", True),
        ("app/services/tenants.py", False),
    ]


def test_kinds_of_imports() -> None:
    code = (
        "[graph := build(), [graph.get_import_details(importer='pkg.main', imported=name)[0] "
        "for name in sorted(graph.find_modules_directly_imported_by('pkg.main'))]][1]"
    )
    details = _grimp(code, "pkg", at=ASSETS / "kinds")
    assert len(details) == 11
    assert {tuple(sorted(one)) for one in details} == {
        ("imported", "importer", "is_lazy", "line_contents", "line_number")
    }
    assert {one["is_lazy"] for one in details} == {False}
    assert {link.kind.value for link in scan(ASSETS / "kinds").links} == {
        "conditional",
        "function-level",
        "runtime",
        "type-checking",
    }


def test_imports_by_a_name_in_a_string() -> None:
    code = "sorted(build().find_modules_directly_imported_by('app.literal'))"
    assert _grimp(code, "app", at=ASSETS / "dynamic") == []
    links = find_dynamic_imports(read_code(ASSETS / "dynamic")).links
    assert {link.imported for link in links if link.importer == "app/literal.py"} == {
        "app/db.py",
        "app/mail.py",
        "app/plugins/__init__.py",
        "app/plugins/csv.py",
        "app/plugins/pdf.py",
        "app/plugins/xml.py",
        "app/queue.py",
    }


def test_a_second_run_after_a_module_came_or_went(tmp_path: Path) -> None:
    project = copy_asset("chains", tmp_path)
    write_tree(project, {"app/early.py": "import app.late\n"})

    def grimp_edges() -> list[str]:
        found: list[str] = _grimp("edges(build())", "app", at=project, cache=tmp_path / "cache")
        return found

    assert "app.early app.late" not in grimp_edges()
    assert not [edge for edge in edges(scan(project)) if "late.py" in edge]

    write_tree(project, {"app/late.py": ""})
    assert "app.early app.late" not in grimp_edges()
    assert "app/early.py:1 app/late.py runtime" in edges(scan(project))

    (project / "app" / "end.py").unlink()
    # The phantom is in the graph's edges, though there is no such file.
    assert "app.way1 app.end" in grimp_edges()
    assert not [edge for edge in edges(scan(project)) if "end.py" in edge]

    assert sorted(path.name for path in project.iterdir()) == ["app"]
    assert not [path for path in project.rglob("*") if path.suffix not in ("", ".py")]


def test_one_of_several_shortest_chains() -> None:
    code = "build().find_shortest_chain('app.start', 'app.end')"
    found = {_grimp(code, "app", at=ASSETS / "chains", seed=seed)[1] for seed in range(8)}
    assert len(found) > 1
    ours = {
        run_cli(
            "--project",
            ".",
            "why",
            "app/start.py",
            "app/end.py",
            "--format",
            "json",
            cwd=ASSETS / "chains",
            PYTHONHASHSEED=str(seed),
        )
        for seed in range(3)
    }
    assert len(ours) == 1
    chain = json.loads(ours.pop().out)["chain"]
    assert [link["imported"] for link in chain] == ["app/way1.py", "app/end.py"]


def test_a_module_that_nobody_knows() -> None:
    code = (
        "[caught(lambda: build().find_upstream_modules('nope')), "
        "caught(lambda: build().find_shortest_chain('nope', 'app')), "
        "build().get_import_details(importer='nope', imported='app')]"
    )
    assert _grimp(code, "app", at=ASSETS / "chains") == [
        ["ModuleNotPresent", True],
        ["ValueError", True],
        [],
    ]
    requests = (["deps", "nope"], ["why", "nope", "app/end.py"], ["impact", "nope"])
    answers = [run_cli("--project", ".", *request, cwd=ASSETS / "chains") for request in requests]
    assert {(one.code, one.out) for one in answers} == {(2, "")}
    # There is a warning of the missing registry, too.
    messages = {line for one in answers for line in one.err.splitlines() if "nope" in line}
    assert len(messages) == 1
    assert '"nope" is no artifact' in messages.pop()
