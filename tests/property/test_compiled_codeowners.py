"""A CODEOWNERS file made of records gives each file to the owner of its record."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.graph.system import System
from analyzer.model.codeowners import Dialect
from analyzer.model.names import ProjectPath
from analyzer.model.owners import Owners
from analyzer.questions.compiling import compile_codeowners
from analyzer.renderings.codeowners import find_difference, render_codeowners
from analyzer.sources.codeowners import parse_codeowners
from tests.functional.running import analyse_tree, record

_NAMES = st.sampled_from(["a", "b", "a b", "x[1]", "c*", "#d", "!e", "docs", "g #", "t\tb", "n\nb"])
_FILES = st.builds(
    lambda folders, name: "/".join((*folders, f"{name}.py")),
    st.lists(_NAMES, max_size=3),
    _NAMES,
)
_OWNERS = st.sampled_from(["ann", "bob", "cyd"])


def analyse(files: list[str], owners: dict[str, str]) -> System:
    """A project in which some files and folders have a record of their own."""
    tree = dict.fromkeys(files, "")
    for number, (place, owner) in enumerate(sorted(owners.items())):
        # A path that is there is meant as it is, whatever it would mean as a pattern.
        path = json.dumps(place)
        tree[f"registry/{number}.yaml"] = record(f"T-SVC-{number}-001", path, owner=owner)
    with tempfile.TemporaryDirectory() as folder:
        return analyse_tree(Path(folder), tree)


@pytest.mark.parametrize("dialect", Dialect)
@settings(max_examples=15)
@given(st.data())
def test_each_file_belongs_to_the_owner_of_its_record(
    dialect: Dialect, data: st.DataObject
) -> None:
    files = data.draw(st.lists(_FILES, min_size=1, max_size=8, unique=True))
    folders = {path.rpartition("/")[0] for path in files} - {""}
    places = st.sampled_from(sorted({*files, *folders}))
    system = analyse(files, data.draw(st.dictionaries(places, _OWNERS, min_size=1, max_size=6)))
    owners = Owners({name: (f"@org/{name}",) for name in ("ann", "bob", "cyd")})
    compiled = compile_codeowners(system, owners=owners, dialect=dialect, prefix="sub")
    text = render_codeowners(compiled)
    path = ProjectPath("CODEOWNERS" if dialect is Dialect.GITLAB else ".github/CODEOWNERS")
    read = parse_codeowners(text.encode(), path=path, dialect=dialect, prefix="sub")
    assert system.artifact_of
    assert read.problems == ()
    assert find_difference(path="x", there=text, expected=text) is None
    for file, id_ in system.artifact_of.items():
        handles = {f"@org/{system.artifacts[id_].record.owner}"}
        assert {*read.owners_of(file)} == handles, (file, text)
    for file in system.facts.files:
        if file not in system.artifact_of:
            assert read.owners_of(file) == (), (file, text)
