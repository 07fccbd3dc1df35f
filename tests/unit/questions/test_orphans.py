"""Orphans: who is one, why, and how sure that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.cli.asking import find_mentions_in
from analyzer.graph.system import System
from analyzer.model.answers import OrphansAnswer, Reasoning
from analyzer.model.names import ArtifactId
from analyzer.questions.orphans import explain, find_orphans
from analyzer.renderings.text_orphans import reasoning_lines
from analyzer.renderings.text_parts import link_line
from tests.functional.running import analyse_tree, record


def ask(system: System, project: Path) -> OrphansAnswer:
    return find_orphans(
        system, find_mentions=lambda names: find_mentions_in(system, project, names)
    )


def verdict(files: dict[str, str], project: Path, **fields: str) -> str:
    """What is said about the artifact that stands in `app/a.py`."""
    registry = {"registry/A.yaml": record("T-SVC-A-001", "app/a.py", **fields)}
    system = analyse_tree(project, {"app/__init__.py": "", "app/a.py": "", **files, **registry})
    answer = ask(system, project)
    if answer.orphans:
        return f"{answer.orphans[0].reason} {answer.orphans[0].confidence}"
    return "not analysed" if answer.not_analysed else "used"


NOBODY = "no-importers certain"
MAIN = 'if __name__ == "__main__":\n    pass\n'
CASES: dict[str, tuple[dict[str, str], str]] = {
    "nothing imports it": ({}, NOBODY),
    "production imports it": ({"app/b.py": "import app.a\n"}, "used"),
    "inside a function": ({"app/b.py": "def f():\n    import app.a\n"}, "used"),
    "tests import it": ({"tests/test_a.py": "import app.a\n"}, "tests-only certain"),
    "a test helper imports it": ({"tests/helper.py": "import app.a\n"}, "tests-only certain"),
    "both": ({"tests/test_a.py": "import app.a\n", "app/b.py": "import app.a\n"}, "used"),
    "it imports others": ({"app/a.py": "import app.b\n", "app/b.py": ""}, NOBODY),
    "a main guard": ({"app/a.py": 'if __name__ == "__main__":\n    pass\n'}, "used"),
    "the other way": ({"app/a.py": "if '__main__' == __name__:\n    pass\n"}, "used"),
    "no main guard": ({"app/a.py": 'name = "__main__"\n'}, NOBODY),
    "a shebang": ({"app/a.py": "#!/usr/bin/env python3\n"}, "used"),
    "an entry point": ({"analyzer.toml": 'entry-points = ["app/a.py"]\n'}, "used"),
    "an entry point's pattern": ({"analyzer.toml": 'entry-points = ["app/*.py"]\n'}, "used"),
    "another entry point": ({"analyzer.toml": 'entry-points = ["app/b*.py"]\n'}, NOBODY),
    "a setting names its module": ({"settings.py": 'A = ["app.a"]\n'}, "no-importers likely"),
    "a setting names something in it": ({"s.py": 'A = ["app.a.Job"]\n'}, "no-importers likely"),
    "a setting names a longer name": ({"s.py": 'A = ["app.a_b.Job", "app.a.py"]\n'}, NOBODY),
    "a deployment names its path": ({"x.tf": 'run = "app/a.py"\n'}, "no-importers likely"),
    "a setting names its class": ({"x.yaml": "use: app.a.Handler\n"}, "no-importers likely"),
    "a script names it without its folder": ({"x.sh": "run a.py\n"}, "no-importers likely"),
    "a script names one of two": ({"x.sh": "run a.py\n", "b/a.py": ""}, NOBODY),
    "a test names it": ({"tests/test_b.py": 'patch("app.a")\n'}, NOBODY),
    "prose names it": ({"README.md": "see app/a.py\n"}, NOBODY),
    "another file is named": ({"x.tf": "app/a.pyc app/ba.py xapp.a app.ab\n"}, NOBODY),
    "it names itself": ({"app/a.py": 'name = "app.a"\n'}, NOBODY),
    "something cannot be read": ({"app/b.py": "def (:\n"}, "no-importers likely"),
    "its package passes it on": (
        {
            "app/__init__.py": "from .a import A\n\n__all__ = ['A']\n",
            "app/b.py": "",
            "main.py": MAIN + "import app.b\n",
        },
        "no-importers likely",
    ),
    "its package uses what it takes": (
        {
            "app/__init__.py": "from .a import A\n\none = A()\n",
            "app/b.py": "",
            "main.py": MAIN + "import app.b\n",
        },
        "used",
    ),
    "its package passes some on and uses some": (
        {
            "app/__init__.py": "from .a import A\n\ndef f():\n    from .a import B\n    B()\n",
            "app/b.py": "",
            "main.py": MAIN + "import app.b\n",
        },
        "used",
    ),
    "a compose file is broken": ({"compose.yml": "services: {a: [\n"}, "no-importers likely"),
    "a package's table is broken": ({"b/pyproject.toml": "[project\n"}, "no-importers likely"),
    "a script is too large": ({"run.sh": "#\n" * 600_000}, "no-importers likely"),
    "a large module imports it": (
        {
            "app/b.py": "import importlib\nimportlib.import_module('app.a')\n"
            f"X = '{'x' * 1_200_000}'\n"
        },
        "used",
    ),
    "a script that people start": (
        {"scripts/x.py": MAIN + "import app.a\n"},
        "scripts-only certain",
    ),
    "a script that a job starts": (
        {"scripts/x.py": MAIN + "import app.a\n", "crontab": "0 1 * * * python scripts/x.py\n"},
        "used",
    ),
    "a script that another one starts": (
        {
            "scripts/x.py": "import app.a\n",
            "scripts/y.py": MAIN
            + "import subprocess\nsubprocess.run(['python', 'scripts/x.py'])\n",
        },
        "scripts-only certain",
    ),
    "a shell script starts it": ({"run.sh": "python -m app.a\n"}, "used"),
    "pytest starts it": ({"run.sh": "pytest app/a.py\n"}, "no-importers likely"),
    "code that nothing reaches": (
        {"app/main.py": MAIN, "app/b.py": "import app.a\n"},
        "unreachable likely",
    ),
    "code that something reaches": (
        {"app/main.py": MAIN + "import app.b\n", "app/b.py": "import app.a\n"},
        "used",
    ),
    "its package is imported for its effects": (
        {
            "app/__init__.py": "from . import a\n",
            "app/b.py": "",
            "main.py": MAIN + "import app.b\n",
        },
        "used",
    ),
    "its package is imported for its effects, by its whole name": (
        {
            "app/__init__.py": "from app import a\n",
            "app/b.py": "",
            "main.py": MAIN + "import app.b\n",
        },
        "used",
    ),
    "its package passes on what nobody takes": (
        {
            "app/__init__.py": "from .a import A\n",
            "app/a.py": "A = 1\n",
            "app/b.py": "",
            "main.py": MAIN + "import app.b\n",
        },
        "no-importers likely",
    ),
    "only type checkers import it": (
        {"app/b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.a\n"},
        NOBODY,
    ),
    "a name in a string imports it": (
        {"app/b.py": "import importlib\nimportlib.import_module('app.a')\n"},
        "used",
    ),
    "a test and a mention": (
        {"tests/test_a.py": "import app.a\n", "x.tf": "app/a.py\n"},
        "tests-only likely",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_verdict(case: str, tmp_path: Path) -> None:
    files, expected = CASES[case]
    assert verdict(files, tmp_path) == expected


@pytest.mark.parametrize("type_", ["script", "job", "migration", "test", "sdk-package"])
def test_types_that_are_used_without_an_import(type_: str, tmp_path: Path) -> None:
    assert verdict({}, tmp_path, type=type_) == "not analysed"


def test_a_library_that_is_published_may_be_used_elsewhere(tmp_path: Path) -> None:
    files = {"pyproject.toml": '[project]\nname = "shop"\n', "app/b.py": "", "main.py": MAIN}
    assert verdict(files, tmp_path / "service") == NOBODY
    assert verdict(files, tmp_path / "library", type="library") == "no-importers likely"


def test_files_of_one_artifact_do_not_keep_each_other_alive(tmp_path: Path) -> None:
    """They import each other; one of them that is used from outside keeps them all."""
    files = {"app/a.py": "import app.b\n", "app/b.py": "import app.a\n"}
    files["registry/A.yaml"] = record("T-SVC-A-001", "app")
    (orphan,) = ask(analyse_tree(tmp_path / "1", files), tmp_path / "1").orphans
    assert (orphan.path, orphan.reason, orphan.evidence) == ("app/a.py", "no-importers", ())
    files["other.py"] = "import app.b\n"
    assert ask(analyse_tree(tmp_path / "2", files), tmp_path / "2").orphans == ()


def reasons(system: System, project: Path) -> list[str]:
    orphans = ask(system, project).orphans
    return [f"{one.artifact.id} {one.reason} {one.confidence}" for one in orphans]


def test_what_only_an_orphan_imports_is_one_too(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, {"a.py": "", "b.py": "import a\n"}, A="a.py", B="b.py")
    assert reasons(system, tmp_path) == [
        "T-SVC-A-001 unreachable certain",
        "T-SVC-B-001 no-importers certain",
    ]


def test_what_a_doubtful_orphan_imports_is_as_doubtful(tmp_path: Path) -> None:
    """Whatever reaches it beside; asked about one alone, the same is said."""
    files = {
        "app/one.py": "import app.two\n",
        "app/two.py": "import app.three\n",
        "app/three.py": "",
        "scripts/x.py": MAIN + "import app.one\n",
        "settings.py": 'NAMES = ["app.one.Job"]\n',
        **{
            f"registry/{name}.yaml": record(f"T-SVC-{name.upper()}-001", f"app/{name}.py")
            for name in ("one", "two", "three")
        },
    }
    system = analyse_tree(tmp_path, files)
    orphans = ask(system, tmp_path).orphans
    assert [(one.artifact.id, one.reason, one.confidence) for one in orphans] == [
        (f"T-SVC-{name}-001", "scripts-only", "likely") for name in ("ONE", "THREE", "TWO")
    ]
    assert "settings.py:1 names it" in orphans[0].explanation
    assert "T-SVC-TWO-001 is only likely" in orphans[1].explanation
    reasoning = explain(
        system,
        system.artifacts[orphans[1].artifact.id],
        find_mentions=lambda names: find_mentions_in(system, tmp_path, names),
    )
    assert reasoning.orphan == orphans[1]


def test_a_baseline_lists_files_and_uses_none(tmp_path: Path) -> None:
    files = {"a.py": "", "debts.json": '{"path": "a.py"}\n'}
    system = analyse_tree(tmp_path, files, A="a.py")

    def ask_with(baseline: str) -> list[str]:
        answer = find_orphans(
            system,
            find_mentions=lambda names: find_mentions_in(
                system, tmp_path, names, baseline=baseline
            ),
        )
        return [one.confidence.value for one in answer.orphans]

    assert ask_with("analyzer-baseline.json") == ["likely"]
    assert ask_with("./debts.json") == ["certain"]


def test_a_loop_does_not_keep_itself_alive(tmp_path: Path) -> None:
    files = {"a.py": "import b\n", "b.py": "import a\n"}
    system = analyse_tree(tmp_path / "1", files, A="a.py", B="b.py")
    assert reasons(system, tmp_path / "1") == [
        "T-SVC-A-001 unreachable certain",
        "T-SVC-B-001 unreachable certain",
    ]
    files["main.py"] = MAIN + "import b\n"
    system = analyse_tree(tmp_path / "2", files, A="a.py", B="b.py")
    assert reasons(system, tmp_path / "2") == []


def test_deprecated_records_are_told_apart(tmp_path: Path) -> None:
    files = {"registry/A.yaml": record("T-SVC-A-001", "a.py", status="deprecated"), "a.py": ""}
    (orphan,) = ask(analyse_tree(tmp_path, files), tmp_path).orphans
    assert orphan.is_deprecated


def test_evidence_and_explanation(tmp_path: Path) -> None:
    files = {
        "app/a.py": "",
        "tests/test_a.py": "\nimport app.a\n",
        "tests/test_b.py": "def test_b():\n    from app import a\n",
        "tools/x.tf": "\n\n-m app.a\n",
    }
    (orphan,) = ask(analyse_tree(tmp_path, files, A="app/a.py"), tmp_path).orphans
    assert orphan.explanation == "only tests import it (2 of them); but tools/x.tf:3 names it"
    assert [(one.importer, one.line) for one in orphan.evidence] == [
        ("tests/test_a.py", 2),
        ("tests/test_b.py", 2),
    ]


def test_missing_and_ambiguous_places(tmp_path: Path) -> None:
    """A record without a file is an orphan for certain; one that fits several is not judged."""
    files = {
        "one/same.py": "",
        "two/same.py": "",
        "bad.py": "def (:\n",
        "registry/A.yaml": record("T-SVC-A-001", name="same.py"),
        "registry/M.yaml": record("T-SVC-M-001", "app/gone.py"),
    }
    answer = ask(analyse_tree(tmp_path, files), tmp_path)
    (orphan,) = answer.orphans
    about = (orphan.path, orphan.reason.value, orphan.confidence.value)
    assert about == ("registry/M.yaml", "missing-file", "certain")
    assert answer.not_analysed == ("T-SVC-A-001",)


def reasoning(files: dict[str, str], project: Path) -> Reasoning:
    """What is weighed about the artifact that stands in `app/a.py`."""
    system = analyse_tree(project, {"app/__init__.py": "", "app/a.py": "", **files}, A="app/a.py")
    (artifact,) = system.artifacts.values()
    return explain(system, artifact, find_mentions=lambda _: {})


IMPORT = "import app.a\n"
STARTS = {
    "a guard": ({"a.py": MAIN + IMPORT}, "a.py main-guard"),
    "a migration before a guard": (
        {
            "a.py": MAIN + IMPORT,
            "db/alembic.ini": "[alembic]\nscript_location = .\n",
            "db/env.py": IMPORT,
        },
        "db/env.py migration",
    ),
    "a script before a migration": (
        {
            "db/alembic.ini": "[alembic]\nscript_location = .\n",
            "db/env.py": IMPORT,
            "run.sh": "python x.py\n",
            "x.py": IMPORT,
        },
        "x.py invoked",
    ),
    "an application before a script, though it is further away": (
        {
            "a.sh": "python a.py\n",
            "a.py": IMPORT,
            "web/main.py": "from fastapi import FastAPI\nimport web.far\napp = FastAPI()\n",
            "web/far.py": IMPORT,
        },
        "web/main.py web-application",
    ),
    "an image before a script": (
        {
            "a.sh": "python a.py\n",
            "a.py": IMPORT,
            "x.py": IMPORT,
            "Dockerfile": "FROM python\nCOPY . .\nCMD python x.py\n",
        },
        "x.py invoked",
    ),
    "through a file with a guard of its own": (
        {
            "app/mid.py": MAIN + IMPORT,
            "main.py": "import app.mid\n",
            "compose.yaml": "services:\n  x:\n    command: python main.py\n",
        },
        "main.py invoked",
    ),
    "nothing": ({}, None),
}


@pytest.mark.parametrize("case", STARTS)
def test_what_starts_an_artifact_is_what_is_deployed(case: str, tmp_path: Path) -> None:
    files, expected = STARTS[case]
    found = reasoning(files, tmp_path)
    if found.started_by is None:
        assert (expected, found.chain) == (None, ())
    else:
        assert expected == f"{found.started_by.path} {found.started_by.kind}"
        assert found.chain[0].importer == found.started_by.path
        assert found.chain[-1].imported == "app/a.py"


@pytest.mark.parametrize(
    ("files", "is_doubtful"),
    [({"a.py": MAIN + IMPORT}, True), ({"a.py": IMPORT, "run.sh": "python a.py\n"}, False)],
)
def test_what_only_a_guard_leads_to_is_said_to_be_so(
    files: dict[str, str], is_doubtful: bool, tmp_path: Path
) -> None:
    lines = "\n".join(reasoning_lines(reasoning(files, tmp_path), is_verbose=False))
    assert "T-SVC-A-001: used" in lines
    assert ("nothing was found that starts a.py" in lines) is is_doubtful


def test_the_table_that_names_what_is_imported_is_part_of_the_import(tmp_path: Path) -> None:
    """What a table of another file names is shown beside the import, not as named without one."""
    files = {
        "main.py": f"{MAIN}import load\n",
        "app/settings.py": "PLUGINS = ['app.one']\nOTHER = 'app.two'\n",
        "load.py": (
            "import importlib\nfrom app import settings\nfor name in settings.PLUGINS:\n"
            "    importlib.import_module(name)\n"
        ),
        "app/one.py": "",
        "app/two.py": "",
    }
    system = analyse_tree(tmp_path, files, ONE="app/one.py", TWO="app/two.py")

    def mentions(letters: str) -> list[str]:
        reasoning = explain(
            system,
            system.artifacts[ArtifactId(f"T-SVC-{letters}-001")],
            find_mentions=lambda names: find_mentions_in(system, tmp_path, names),
        )
        return [f"{one.path}:{one.line}" for one in reasoning.mentions]

    assert (mentions("ONE"), mentions("TWO")) == ([], ["app/settings.py:2"])
    (link,) = [one for one in system.links if one.imported == "app/one.py"]
    place = "named at app/settings.py:1"
    assert link_line(link) == f"load.py:4: {link.text}  [app/one.py] (dynamic, {place})"
