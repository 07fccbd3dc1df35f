"""What names a file without importing it, and what only looks like that."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.names import ProjectPath
from analyzer.sources.mentions import find_mentions
from tests.support import write_tree

H2 = ProjectPath("app/h2.py")
NAMES = {"app/h2.py": {H2}, "app.h2": {H2}, "h2.py": {H2}}


def find(tree: dict[str, str], project: Path, names: dict[str, set[ProjectPath]]) -> list[str]:
    """Mentions as `place:line named`."""
    write_tree(project, tree)
    files = sorted(map(ProjectPath, tree))
    found = find_mentions(
        project=project, files=files, names=names, ignored=(), is_own=lambda *_: False
    )
    return [f"{found[named].path}:{found[named].line} {named}" for named in sorted(found)]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.yaml", "handler: app.h2\n"),
        ("a.yaml", "handler: app.h2.Handler\n"),
        ("a.yaml", "handler: app.h2.Handler.create\n"),
        ("a.yaml", "handler: app.h2:Handler\n"),
        ("a.yaml", "it ends in app.h2.\n"),
        ("a.yaml", "run: /srv/app/h2.py\n"),
        ("a.yaml", "run: app/h2.py:main\n"),
        ("a.py", "X = 'app.h2.Handler'\n"),
        ("a.py", 'X = """\n# app.h2.Handler\n"""\n'),
        ("a.py", "X = ['h2.py']\n"),
        ("a.py", "# python app/h2.py\n"),
        ("run.sh", "python h2.py\n"),
        ("run.sh", 'exec python "$HERE/h2.py"\n'),
        ("crontab", "* * * * * ./h2.py\n"),
    ],
)
def test_what_names_a_file(file: str, text: str, tmp_path: Path) -> None:
    line = 2 if "\n#" in text else 1
    assert find({file: text}, tmp_path, NAMES) == [f"{file}:{line} app/h2.py"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.yaml", "app/h2.pyc app/h2.py.bak app/h2.py/x\n"),
        ("a.yaml", "app.h2.py app.h2.yaml app.h2.json\n"),
        ("a.yaml", "app.h22 xapp.h2 x.app.h2 app.h2-x app.h2/x\n"),
        ("a.yaml", "app.h2.3\n"),
        # Tables and reports list file names for many reasons.
        ("a.json", '{"file": "h2.py"}\n'),
        ("a.py", "app.h2.Handler(app.h2)\n"),
        ("a.py", "# see app.h2 and h2.py\n"),
        ("a.py", "a = 'it''s' ; app.h2.run('x')\n"),
        ("run.sh", "python oh2.py h2.python\n"),
        ("README.md", "app/h2.py app.h2 h2.py\n"),
        ("app/h2.py", "X = 'app.h2 app/h2.py'\n"),
    ],
)
def test_what_only_looks_like_it(file: str, text: str, tmp_path: Path) -> None:
    assert find({file: text}, tmp_path, NAMES) == []


def test_whoever_names_more_of_it_is_shown(tmp_path: Path) -> None:
    tree = {"a.sh": "h2.py\n", "b.yaml": "app.h2.run\n", "c.yaml": "app/h2.py\n"}
    assert find(tree, tmp_path, NAMES) == ["b.yaml:1 app/h2.py"]


def test_the_longest_name_counts(tmp_path: Path) -> None:
    package = ProjectPath("app/__init__.py")
    names = {**NAMES, "app": {package}, "app.h2.deep": {ProjectPath("app/h2/deep.py")}}
    tree = {"a.yaml": "app.h2.deep.Name\n"}
    assert find(tree, tmp_path, names) == ["a.yaml:1 app/h2/deep.py"]


@pytest.mark.parametrize("name", ["app/[id]/page.tsx", "app/my tool.py", "app/größe.py", "äöü.py"])
def test_names_that_are_no_words(name: str, tmp_path: Path) -> None:
    names = {name: {ProjectPath(name)}}
    assert find({"a.sh": f"\nrun x/{name}\n"}, tmp_path, names) == [f"a.sh:2 {name}"]


def test_many_names(tmp_path: Path) -> None:
    """With many names the files are searched in another way."""
    paths = [ProjectPath(f"app/m{number}.py") for number in range(300)]
    names: dict[str, set[ProjectPath]] = {path: {path} for path in paths}
    names["äöü.py"] = {ProjectPath("äöü.py")}
    tree = {"a.sh": "app/m7.py\n", "b.sh": "app/m301.py\n", "c.sh": "äöü.py\n"}
    assert find(tree, tmp_path, names) == ["a.sh:1 app/m7.py", "c.sh:1 äöü.py"]


def test_a_name_may_mean_several_files(tmp_path: Path) -> None:
    """Two services may both have `app.main`."""
    one, two = ProjectPath("one/app/main.py"), ProjectPath("two/app/main.py")
    names = {"app.main": {two, one}}
    tree = {"a.yaml": "run: app.main.start\n", "one/app/main.py": "X = 'app.main'\n"}
    assert find(tree, tmp_path, names) == [f"a.yaml:1 {one}", f"a.yaml:1 {two}"]


@pytest.mark.parametrize(
    "part", ["a/", "a.", "\\'", '\\"', "\\" + "'" * 3 + "\n", "\\" + '"' * 3 + "\n"]
)
def test_no_text_makes_the_search_slow(part: str, tmp_path: Path) -> None:
    """The longer the text was, the longer each part of it took: minutes in all."""
    assert find({"a.py": "X = 'app.h2'\n" + part * 300_000}, tmp_path, NAMES) == [
        "a.py:1 app/h2.py"
    ]
