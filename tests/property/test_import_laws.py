"""Laws of what is read off import statements, on small trees of all shapes.

In these trees a name is defined in one module. Where several modules define one, the order of its
statements decides which of them a package passes on, and with one of them gone the others do.
"""

from __future__ import annotations

import ast
import re
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzer.graph.artifacts import ArtifactGraph
from analyzer.graph.modules import KindFilter, ModuleGraph, any_kind, runs
from analyzer.model.answers import Dependency
from analyzer.model.configuration import Config
from analyzer.model.imports import CodeFacts, Kind
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact, Origin, Place, Record, Resolution
from analyzer.pipeline import analyse
from analyzer.questions.dependencies import find_why
from analyzer.questions.impact import find_impact
from analyzer.questions.references import Reference
from tests.support import scan, write_tree

# Class -> the module that defines it.
_HOMES = {
    "A": "app/a.py",
    "B": "app/b.py",
    "C": "app/sub/c.py",
    "D": "app/sub/d.py",
    "E": "lib/e.py",
}
_PACKAGES = {
    "app": "app/__init__.py",
    "app.sub": "app/sub/__init__.py",
    "lib": "lib/__init__.py",
}
_MODULES = {path.removesuffix(".py").replace("/", "."): path for path in _HOMES.values()}
_FILES = sorted([*_HOMES.values(), *_PACKAGES.values(), "main.py", "tool.py"])
_WRAPPINGS = [
    "{}",
    "if TYPE_CHECKING:\n    {}",
    "try:\n    {}\nexcept ImportError:\n    pass",
    "def function():\n    {}",
]


@dataclass(frozen=True)
class _Statement:
    file: str
    text: str
    wrapping: str
    uses: str


@st.composite
def _statements(draw: st.DrawFn) -> _Statement:
    file = draw(st.sampled_from(_FILES) | st.sampled_from(sorted(_PACKAGES.values())))
    package = draw(st.sampled_from(sorted(_PACKAGES)))
    module = draw(st.sampled_from(sorted(_MODULES)))
    name = draw(st.sampled_from(sorted(_HOMES)))
    home = _HOMES[name].removesuffix(".py").replace("/", ".")
    alias = f"n{draw(st.integers(0, 9))}"
    text = draw(
        st.sampled_from(
            [
                f"import {module}",
                f"import {module} as {alias}",
                f"import {package} as {alias}",
                f"import {package}",
                f"from {package} import {name}",
                f"from {package} import {name}, E",
                f"from {package} import (  # names\n    {name},\n    B,\n)",
                f"from {package} import *",
                f"from {home} import {name}",
                f"from {home} import *",
                "from app import sub",
                f"from app import sub as {alias}",
                f"from . import {name}",
                f"from . import a, c, {name}",
            ]
        )
    )
    if text.startswith("from .") and not file.startswith("app/"):
        text = f"import {module}"
    uses = draw(
        st.sampled_from(["", f"{alias}.{name}", f"{alias}.E", f"{package}.{name}", "sub.C", alias])
    )
    is_wrapped = "\n" not in text and "*" not in text
    wrapping = draw(st.sampled_from(_WRAPPINGS)) if is_wrapped else "{}"
    return _Statement(file, text, wrapping, uses)


# The packages that belong to no artifact; every other file is one of its own.
_unregistered = st.sets(st.sampled_from(sorted(_PACKAGES.values())))
_trees = st.lists(_statements(), min_size=4, max_size=14)
Texts = dict[str, str]


def _texts(statements: list[_Statement], *, without: int | None = None) -> Texts:
    texts = dict.fromkeys(_FILES, "from typing import TYPE_CHECKING\n")
    for name, file in _HOMES.items():
        texts[file] += f"__all__ = ['{name}']\nclass {name}: ...\n"
    for number, one in enumerate(statements):
        text = "pass" if number == without else one.text
        texts[one.file] += one.wrapping.format(text) + "\n"
    for one in statements:
        texts[one.file] += f"{one.uses}\n"
    return texts


def _scan(statements: list[_Statement], *, without: int | None = None) -> tuple[CodeFacts, Texts]:
    texts = _texts(statements, without=without)
    with tempfile.TemporaryDirectory() as folder:
        return scan(write_tree(Path(folder), texts)), texts


def _dependencies(facts: CodeFacts, unregistered: set[str]) -> list[Dependency]:
    place = Place(Resolution.PATH, (ProjectPath("x"),))
    origin = Origin(ProjectPath("r"), 1)
    ids = {ProjectPath(path): ArtifactId(path) for path in _FILES if path not in unregistered}
    graph = ArtifactGraph(
        modules=ModuleGraph(modules=facts.modules, links=facts.links),
        artifacts={name: Artifact(Record(name, origin), place) for name in ids.values()},
        artifact_of=ids,
    )
    return list(graph.all_dependencies())


@settings(max_examples=20)
@given(_trees, _unregistered)
# Without the first import the second package has a name that leads nowhere, not to `app.b`.
@example(
    [
        _Statement("app/__init__.py", "from app.a import A", "{}", ""),
        _Statement("app/__init__.py", "import app.b", "{}", ""),
        _Statement("lib/__init__.py", "from app import A", "{}", ""),
        _Statement("main.py", "from lib import A", "{}", "A"),
        _Statement("tool.py", "import app as n1", "{}", "n1.A"),
    ],
    {"app/__init__.py", "lib/__init__.py"},
)
# Of two links between the same files one ends, the weaker one goes on.
@example(
    [
        _Statement("app/__init__.py", "import app.sub as n0", "if TYPE_CHECKING:\n    {}", ""),
        _Statement("app/__init__.py", "from app.sub import A", "{}", ""),
        _Statement("app/sub/__init__.py", "import app.a", "{}", ""),
        _Statement("tool.py", "import app.b", "{}", ""),
    ],
    {"app/sub/__init__.py"},
)
def test_removing_an_import_never_adds_a_dependency(
    statements: list[_Statement], unregistered: set[str]
) -> None:
    before, _ = _scan(statements)
    assert before.unscanned == ()
    ends = {(one.dependent, one.depends_on) for one in _dependencies(before, unregistered)}
    for removed in range(len(statements)):
        after, _ = _scan(statements, without=removed)
        left = {(one.dependent, one.depends_on) for one in _dependencies(after, unregistered)}
        assert left <= ends, (statements[removed], sorted(left - ends))


@settings(max_examples=20)
@given(_trees, _unregistered)
# The star brings the module `app.a` into `app.sub`.
@example(
    [
        _Statement("app/__init__.py", "import app.a", "{}", ""),
        _Statement("app/sub/__init__.py", "from app import *", "{}", ""),
        _Statement("app/sub/c.py", "from . import a, c, B", "{}", ""),
    ],
    set(),
)
def test_every_link_of_a_chain_is_an_import_on_its_line(
    statements: list[_Statement], unregistered: set[str]
) -> None:
    facts, texts = _scan(statements)
    for dependency in _dependencies(facts, unregistered):
        for link in dependency.chain:
            text = texts[link.importer]
            assert text.split("\n")[link.line - 1].strip() == link.text
            assert link.imported in _meant_by(link.importer, link.line, text)


@settings(max_examples=20)
@given(_trees, st.none() | st.sets(st.sampled_from(sorted(Kind)), min_size=1))
def test_a_chain_shows_whatever_impact_names(
    statements: list[_Statement], kinds: set[Kind] | None
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = write_tree(Path(folder), _texts(statements))
        system = analyse(project=project, config=Config())
    allows: KindFilter = runs
    if kinds is not None:
        system, allows = system.restricted_to(kinds), any_kind
    references = {path: Reference(path, None, (path,)) for path in system.modules}
    for changed, target in references.items():
        for reached in find_impact(system, [target], allows=allows).modules:
            if reached == changed:
                continue
            chain = find_why(system, source=references[reached], target=target).chain
            assert chain, (reached, changed)
            assert (chain[0].importer, chain[-1].imported) == (reached, changed)
            assert all(one.imported == two.importer for one, two in pairwise(chain))
            assert kinds is None or {link.kind for link in chain} <= kinds


def _meant_by(importer: str, line: int, text: str) -> set[str]:
    """The files that the import statement on a line may be about, by Python's own parser."""
    tree = ast.parse(text)
    used = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    used |= {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and node.lineno == line:
            for alias in node.names:
                found.add({**_PACKAGES, **_MODULES}[alias.name])
                found |= {home for name, home in _HOMES.items() if name in used}
                found |= {"app/sub/__init__.py"} if "sub" in used else set()
        elif isinstance(node, ast.ImportFrom) and node.lineno == line:
            folder = importer.rpartition("/")[0].replace("/", ".")
            origin = folder if node.level else node.module or ""
            found.add({**_PACKAGES, **_MODULES}[origin])
            for alias in node.names:
                inner = f"{origin}.{alias.name}"
                found |= {{**_PACKAGES, **_MODULES}.get(inner, ""), _HOMES.get(alias.name, "")}
                # Where a star brings it into the package, a module of another package.
                found |= {
                    path for name, path in _MODULES.items() if name.endswith(f".{alias.name}")
                }
                if alias.name == "*":
                    # It may bring in packages, too, and modules by another name.
                    found |= set(_PACKAGES.values())
                    is_aliased = any(re.fullmatch(r"n\d", name) for name in used)
                    found |= set(_MODULES.values()) if is_aliased else set()
                if alias.name in ("*", "sub"):
                    found |= {home for name, home in _HOMES.items() if name in used}
    return found
