"""REF: ids before paths before modules before names."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.graph.system import System
from analyzer.model.errors import AnalyzerError
from analyzer.questions.references import Reference, get_artifact, get_reference
from tests.functional.running import analyse_tree, record

FILES = {
    "app/__init__.py": "",
    "app/a.py": "",
    "app/b.py": "",
    "app/twin.py": "",
    "app/sub/b.py": "",
    "app/ab.py": "",
    "util.py": "",
    "util/notes.txt": "",
    "docs/app.b": "",
    # Called like a module, a path and a name of others: the order decides.
    "registry/1.yaml": record("app.a", "app/ab.py"),
    "registry/2.yaml": record("T-SVC-N-001", "app/b.py", name="app.twin"),
    "registry/3.yaml": record("T-SVC-O-001", "app/twin.py", name="util.py"),
    "registry/4.yaml": record("T-SVC-P-001", name="Pay (the worker)"),
    "registry/5.yaml": record("T-SVC-Q-001", "app/sub", name="twins"),
    "registry/6.yaml": record("T-SVC-R-001", "app/gone.py", name="twins"),
}
ALL_OF_APP = "app/__init__.py app/a.py app/ab.py app/b.py app/sub/b.py app/twin.py"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("references")


@pytest.fixture(scope="module")
def system(project: Path) -> System:
    return analyse_tree(project, FILES)


@pytest.mark.parametrize(
    ("ref", "artifact", "files"),
    [
        # An id, in any case, comes before the module of that name.
        ("app.a", "app.a", "app/ab.py"),
        ("APP.A", "app.a", "app/ab.py"),
        ("t-svc-n-001", "T-SVC-N-001", "app/b.py"),
        # A path comes before the record of that name; with or without decoration.
        ("util.py", None, "util.py"),
        ("./app/b.py", "T-SVC-N-001", "app/b.py"),
        ("app/sub/../b.py", "T-SVC-N-001", "app/b.py"),
        ("app/sub/", "T-SVC-Q-001", "app/sub/b.py"),
        ("util", None, "util/notes.txt"),
        ("docs", None, "docs/app.b"),
        # A folder whose files belong to several artifacts is none of them.
        ("app", None, ALL_OF_APP),
        # A module comes before the record of that name.
        ("app.twin", "T-SVC-O-001", "app/twin.py"),
        # A name, just as it is written; the record need not have a place.
        ("Pay (the worker)", "T-SVC-P-001", ""),
    ],
)
def test_what_a_ref_means(
    ref: str, artifact: str | None, files: str, system: System, project: Path
) -> None:
    found = get_reference(system, ref, project=project, working_directory=project)
    assert found == Reference(ref, found.artifact, found.files)
    assert (None if found.artifact is None else found.artifact.id) == artifact
    assert list(found.files) == files.split()


@pytest.mark.parametrize(
    ("ref", "folder", "file"),
    [
        ("b.py", "app/sub", "app/sub/b.py"),
        ("../b.py", "app/sub", "app/b.py"),
        # The project comes first.
        ("util.py", "app", "util.py"),
        ("app/b.py", "app", "app/b.py"),
        ("ABSOLUTE/app/b.py", "docs", "app/b.py"),
    ],
)
def test_paths_from_somewhere(
    ref: str, folder: str, file: str, system: System, project: Path
) -> None:
    ref = ref.replace("ABSOLUTE", str(project))
    found = get_reference(system, ref, project=project, working_directory=project / folder)
    assert found.files == (file,)


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("twins", "several records: T-SVC-Q-001, T-SVC-R-001; name one of them$"),
        ("T-SVC-N-01", '^"T-SVC-N-01" is no artifact, path, .*; near names: T-SVC-N-001, '),
        ("app/twn.py", "; near names: app/twin.py"),
        ("zzzzzzzz", "; `analyzer registry list` names all artifacts$"),
        ("pay (the worker)", "; near names: Pay "),
        ("/etc/passwd", " is no artifact"),
        ("../nothing", " is no artifact"),
        ("app/s", " is no artifact"),
        ("", '^"" is no artifact'),
    ],
)
def test_refs_that_mean_nothing(ref: str, message: str, system: System, project: Path) -> None:
    with pytest.raises(AnalyzerError, match=message):
        get_reference(system, ref, project=project, working_directory=project)


def test_many_candidates_are_counted(tmp_path: Path) -> None:
    files = {f"registry/{n:02}.yaml": record(f"T-SVC-A-{n:03}", name="same") for n in range(14)}
    system = analyse_tree(tmp_path, files)
    with pytest.raises(AnalyzerError, match=r"T-SVC-A-000, .*, T-SVC-A-009 and 4 more; name one"):
        get_reference(system, "same", project=tmp_path, working_directory=tmp_path)


def test_get_artifact_wants_one(system: System, project: Path) -> None:
    found = get_artifact(system, "app/b.py", project=project, working_directory=project)
    assert found.id == "T-SVC-N-001"
    for ref in ("util.py", "app"):
        with pytest.raises(AnalyzerError, match=f'^"{ref}" is not part of a registered artifact; '):
            get_artifact(system, ref, project=project, working_directory=project)
