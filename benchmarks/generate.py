"""Writes a seeded Python tree with a registry, to measure on.

The tree is shaped like a grown back end: several top packages, nested folders, a few modules that
everybody imports and many that nobody does. Same arguments, same bytes, on any machine: the only
source of chance is `random.Random(seed).random()`, which Python keeps stable across versions.

    python -m benchmarks.generate DIR --modules 10000 --seed 1 --records 500 --broken 0
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

SMALLEST_TREE = 20
_TEST_SHARE = 0.15
_FOLDER_SIZE = 12  # modules in a folder, on average
_DEEPEST = 4  # folders below a top package
_MOST_IMPORTS = 25

_T = TypeVar("_T")

_PACKAGES = (
    "core", "accounts", "billing", "catalog", "orders", "payments",
    "shipping", "search", "reports", "agents", "policies", "gateway",
)  # fmt: skip
_FOLDERS = (
    "services", "models", "api", "workers", "adapters", "utils", "schemas", "stores",
    "clients", "events", "rules", "views", "domain", "jobs", "auth", "metrics",
)  # fmt: skip
_NOUNS = (
    "invoice", "tenant", "budget", "policy", "incident", "trace", "memory", "session", "token",
    "order", "refund", "customer", "ledger", "quota", "alert", "report", "channel", "device",
    "contract", "payment", "product", "price", "route", "skill", "snapshot", "webhook", "audit",
    "feature", "backup", "message",
)  # fmt: skip
_STDLIB = (
    "import json", "import logging", "import os", "import re", "import time", "import uuid",
    "from collections import defaultdict", "from dataclasses import dataclass",
    "from datetime import datetime, timezone", "from pathlib import Path",
    "from typing import Any, Optional", "from functools import lru_cache",
)  # fmt: skip
_THIRD_PARTY = (
    "import httpx", "import sqlalchemy as sa", "from pydantic import BaseModel",
    "from sqlalchemy.orm import Session", "import structlog", "from redis import Redis",
    "import numpy as np", "from prometheus_client import Counter",
)  # fmt: skip
_OWNERS = ("platform", "payments-team", "growth", "infra", "data", "support")
_AUTHORITY = ("observe", "advise", "enforce", "mutate")
_PRODUCTS = ("shop", "console", "partner", "system-wide")
_CONSOLES = ("customer", "founder", "ops", "internal")


@dataclass(frozen=True, slots=True)
class _Role:
    """What a module is for: the ending of its name and how it is registered."""

    ending: str
    type: str
    code: str
    surface: str


_ROLES = (
    _Role("service", "service", "SVC", "server"),
    _Role("store", "service", "SVC", "server"),
    _Role("client", "service", "SVC", "server"),
    _Role("rules", "service", "SVC", "server"),
    _Role("models", "service", "SVC", "server"),
    _Role("helpers", "service", "SVC", "server"),
    _Role("routes", "api-route", "API", "server"),
    _Role("worker", "worker", "WKR", "worker"),
    _Role("job", "job", "JOB", "worker"),
)
_INIT_ROLE = _Role("package", "service", "SVC", "none")
_MAIN_ROLE = _Role("main", "service", "SVC", "server")


@dataclass(frozen=True, slots=True)
class GeneratedTree:
    """What was written. Paths are POSIX and relative to `root`."""

    root: Path
    packages: tuple[str, ...]
    """Top packages, the lowest layer first and `tests` last; imports between them go downwards."""
    modules: tuple[str, ...]
    """Every Python file, sorted."""
    broken: tuple[str, ...]
    """Those of `modules` that cannot be read, sorted."""
    records: tuple[str, ...]
    """Artifact ids, sorted."""


@dataclass(slots=True, eq=False)
class _Folder:
    parts: tuple[str, ...]
    names: set[str] = field(default_factory=set)  # only asked, never walked: no hash order
    exported: list[_Module] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Module:
    folder: _Folder
    stem: str
    role: _Role
    is_exported: bool = False
    is_test: bool = False

    @property
    def dotted(self) -> str:
        parts = self.folder.parts
        return ".".join(parts if self.stem == "__init__" else (*parts, self.stem))

    @property
    def path(self) -> str:
        return "/".join((*self.folder.parts, f"{self.stem}.py"))

    @property
    def class_name(self) -> str:
        return "".join(word.capitalize() for word in self.stem.split("_"))


class _Chance:
    """Everything random, drawn from `random()` alone."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random

    def below(self, limit: int) -> int:
        return int(self.random() * limit)

    def pick(self, options: Sequence[_T]) -> _T:
        return options[int(self.random() * len(options))]

    def happens(self, share: float) -> bool:
        return self.random() < share

    def sample(self, options: Sequence[_T], count: int) -> list[_T]:
        """`count` different options: the first steps of a Fisher-Yates shuffle."""
        pool = list(options)
        for index in range(count):
            other = index + self.below(len(pool) - index)
            pool[index], pool[other] = pool[other], pool[index]
        return pool[:count]

    def lognormal(self, *, median: float, spread: float) -> float:
        """A size: most are near the median, a few are many times larger (Box-Muller)."""
        normal = math.sqrt(-2 * math.log(1 - self.random())) * math.cos(math.tau * self.random())
        return median * math.exp(spread * normal)


def generate_tree(
    target: Path, *, modules: int, seed: int, records: int, broken: int = 0
) -> GeneratedTree:
    """Write a tree of exactly `modules` Python files and a registry of `records` artifacts.

    A tree with broken modules equals the tree without but for those modules.

    Args:
        target: a folder that is empty or does not exist.
        modules: Python files in all, `__init__.py` and tests included; 20 or more.
        seed: same seed, same bytes.
        records: artifacts in `registry_data/`, each for another production module.
        broken: modules that cannot be read: half of them with a syntax error, a third not UTF-8,
            the rest with a relative import beyond the root.

    Raises:
        ValueError: the numbers do not fit together.
        FileExistsError: `target` is not empty.
    """
    if modules < SMALLEST_TREE:
        raise ValueError(f"modules: {modules} is too few; {SMALLEST_TREE} or more")
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(f"{target}: not empty; give a folder that is")
    chance = _Chance(seed)
    tests = round(modules * _TEST_SHARE)
    folders, production = _plan_production(chance, count=modules - tests)
    leaves = [module for module in production if module.stem != "__init__"]
    if not 0 <= records <= len(leaves):
        raise ValueError(f"records: {records}; 0 to {len(leaves)} for {modules} modules")
    imports = _plan_imports(chance, leaves)
    test_modules = _plan_tests(chance, production, count=tests)
    breakable = [*leaves, *(module for module in test_modules if module.stem != "__init__")]
    if not 0 <= broken <= len(breakable):
        raise ValueError(f"broken: {broken}; 0 to {len(breakable)} for {modules} modules")
    # Its own chance, so that the other modules stay as they are.
    breakages = _plan_breakages(_Chance(seed + 1_000_003), breakable, count=broken)

    for folder in [*folders, *{m.folder.parts: m.folder for m in test_modules}.values()]:
        (target.joinpath(*folder.parts)).mkdir(parents=True, exist_ok=True)
    for module in [*production, *test_modules]:
        if module.stem == "__init__":
            text = _render_init(module)
        elif module.is_test:
            text = _render_test(chance, module, leaves)
        elif module.role is _MAIN_ROLE:
            text = _render_main(module, imports[module])
        else:
            text = _render_module(chance, module, imports[module])
        data = text.encode("ascii")
        if module in breakages:
            data = _break(data, module, how=breakages[module])
        (target / module.path).write_bytes(data)
    packages = [folder.parts[0] for folder in folders if len(folder.parts) == 1]
    ids = _write_registry(chance, target, leaves, count=records)
    _write_compose(target, packages)
    return GeneratedTree(
        root=target,
        packages=(*packages, "tests"),
        modules=tuple(sorted(module.path for module in [*production, *test_modules])),
        broken=tuple(sorted(module.path for module in breakages)),
        records=tuple(sorted(ids)),
    )


def _plan_production(chance: _Chance, *, count: int) -> tuple[list[_Folder], list[_Module]]:
    package_count = min(len(_PACKAGES), max(2, round(math.sqrt(count) / 8)))
    folders = [_Folder((name,)) for name in _PACKAGES[:package_count]]
    wanted = max(package_count, count // _FOLDER_SIZE)
    while len(folders) < wanted:
        parent = chance.pick(folders)
        if len(parent.parts) <= _DEEPEST:
            name = _new_name(parent, chance.pick(_FOLDERS))
            folders.append(_Folder((*parent.parts, name)))
    modules = [_Module(folder, "__init__", _INIT_ROLE) for folder in folders]
    for folder in folders[:package_count]:
        modules += [_Module(folder, _new_name(folder, "main"), _MAIN_ROLE)]
    weights = [max(1, int(chance.lognormal(median=8, spread=0.8))) for _ in folders]
    urn = [folder for folder, weight in zip(folders, weights, strict=True) for _ in range(weight)]
    while len(modules) < count:
        folder = chance.pick(urn)
        role = chance.pick(_ROLES)
        stem = _new_name(folder, f"{chance.pick(_NOUNS)}_{role.ending}")
        module = _Module(folder, stem, role, is_exported=chance.happens(0.15))
        if module.is_exported:
            folder.exported.append(module)
        modules.append(module)
    return folders, modules


def _new_name(folder: _Folder, wanted: str) -> str:
    name, number = wanted, 2
    while name in folder.names:
        name, number = f"{wanted}_{number}", number + 1
    folder.names.add(name)
    return name


def _plan_imports(chance: _Chance, leaves: list[_Module]) -> dict[_Module, list[_Module]]:
    """Who imports whom: preferential attachment, with a liking for the own package.

    Modules come in a random order; each one imports earlier ones, with a probability that grows
    with how often they are imported already (Price, 1976: in-degree plus one). Between packages
    imports go to lower layers only; what would go up is dropped.
    """
    layers = {name: layer for layer, name in enumerate(_PACKAGES)}
    libraries = [module for module in leaves if module.role is not _MAIN_ROLE]
    order = chance.sample(libraries, len(libraries))
    everywhere: list[_Module] = []
    by_package: dict[str, list[_Module]] = {}
    imports: dict[_Module, list[_Module]] = {}
    for position, module in enumerate(order):
        own = by_package.setdefault(module.folder.parts[0], [])
        layer = layers[module.folder.parts[0]]
        wanted = min(_MOST_IMPORTS, position, int(chance.lognormal(median=4.5, spread=0.8)))
        found: dict[_Module, None] = {}
        for _ in range(wanted):
            if chance.happens(0.1):
                imported = order[chance.below(position)]
            elif own and chance.happens(0.6):
                imported = chance.pick(own)
            else:
                imported = chance.pick(everywhere)
            if layers[imported.folder.parts[0]] <= layer:
                found[imported] = None
        imports[module] = list(found)
        for imported in [*found, module]:
            everywhere.append(imported)
            by_package[imported.folder.parts[0]].append(imported)
    # Grown code has cycles: a few imports inside of a package go back, from early to late.
    for _ in range(len(order) // 20):
        late = chance.below(len(order))
        importer, imported = order[chance.below(late + 1)], order[late]
        if (
            importer is not imported
            and importer.folder.parts[0] == imported.folder.parts[0]
            and imported not in imports[importer]
        ):
            imports[importer].append(imported)
    for module in leaves:
        if module.role is _MAIN_ROLE:
            package = module.folder.parts[0]
            imports[module] = [
                other
                for other in libraries
                if other.role.type == "api-route" and other.folder.parts[0] == package
            ]
    return imports


def _plan_tests(chance: _Chance, production: list[_Module], *, count: int) -> list[_Module]:
    """`tests/` with one folder for each top package."""
    top = _Folder(("tests",))
    folders: dict[str, _Folder] = {}
    planned = [_Module(top, "__init__", _INIT_ROLE, is_test=True)]
    leaves = [module for module in production if module.stem != "__init__"]
    while len(planned) < count:
        subject = chance.pick(leaves)
        package = subject.folder.parts[0]
        if package not in folders:
            folders[package] = _Folder(("tests", package))
            planned.append(_Module(folders[package], "__init__", _INIT_ROLE, is_test=True))
            continue
        stem = _new_name(folders[package], f"test_{subject.stem}")
        planned.append(_Module(folders[package], stem, subject.role, is_test=True))
    return planned


def _plan_breakages(chance: _Chance, modules: list[_Module], *, count: int) -> dict[_Module, str]:
    syntax, encoding = count // 2, count // 3
    kinds = ["syntax"] * syntax + ["encoding"] * encoding
    kinds += ["beyond-root"] * (count - syntax - encoding)
    return dict(zip(chance.sample(modules, count), kinds, strict=True))


def _break(data: bytes, module: _Module, *, how: str) -> bytes:
    if how == "syntax":
        return data + b"\n\ndef unfinished(value:\n    return value\n"
    if how == "encoding":
        return data + b'\nLABEL = "caf\xe9"\n'
    dots = "." * max(5, len(module.folder.parts) + 1)
    return f"from {dots} import settings\n".encode() + data


def _render_init(module: _Module) -> str:
    lines = [f'"""{" ".join(module.folder.parts).capitalize()}."""', ""]
    exported = sorted(module.folder.exported, key=lambda other: other.stem)
    if exported:
        lines += [f"from .{other.stem} import {other.class_name}" for other in exported]
        lines += ["", "__all__ = ["]
        lines += [f'    "{other.class_name}",' for other in exported]
        lines += ["]", ""]
    return "\n".join(lines)


def _render_import(chance: _Chance, importer: _Module, imported: _Module) -> str:
    """One of the ways in which people write an import, more often the usual ones."""
    own, other = importer.folder.parts, imported.folder.parts
    package, name = ".".join(other), imported.class_name
    if other == own and chance.happens(0.6):
        package, source = ".", f".{imported.stem}"
    elif other[0] == own[0] and chance.happens(0.3):
        shared = 1
        while shared < min(len(own), len(other)) and own[shared] == other[shared]:
            shared += 1
        package = "." * (len(own) - shared + 1) + ".".join(other[shared:])
        source = f"{package}.{imported.stem}" if other[shared:] else package + imported.stem
    else:
        source = f"{package}.{imported.stem}"
    is_absolute = not package.startswith(".")
    if imported.is_exported and other != own and chance.happens(0.4):
        return f"from {package} import {name}"
    form = chance.random()
    if form < 0.12:
        return f"from {package} import {imported.stem}"
    if form < 0.18 and is_absolute:
        return f"import {source}"
    if form < 0.4:
        return f"from {source} import {name}, load_{imported.stem}"
    return f"from {source} import {name}"


def _render_module(chance: _Chance, module: _Module, imports: list[_Module]) -> str:
    top, checked, optional, inside = _place_imports(chance, module, imports)
    title = module.stem.replace("_", " ")
    lines = [f'"""{title.capitalize()} of {module.folder.parts[0]}."""', ""]
    lines += ["from __future__ import annotations", ""]
    lines += sorted(chance.sample(_STDLIB, 1 + chance.below(4)))
    lines += ["from typing import TYPE_CHECKING", ""]
    lines += sorted(chance.sample(_THIRD_PARTY, 1 + chance.below(3)))
    if module.role.type == "api-route":
        lines.append("from fastapi import APIRouter")
    elif module.role.type == "worker":
        lines.append("from celery import shared_task")
    if top:
        lines += ["", *top]
    if checked:
        lines += ["", "if TYPE_CHECKING:", *(f"    {line}" for line in checked)]
    for line in optional:
        lines += ["", "try:", f"    {line}", "except ImportError:", f"    {_bound(line)} = None"]
    if "import logging" in lines:
        lines += ["", "logger = logging.getLogger(__name__)"]
    lines.append("")
    size = min(375, max(20, chance.lognormal(median=85, spread=0.75)))
    text = "\n".join(lines) + _CLASS % {"cls": module.class_name, "stem": module.stem}
    if module.role.type == "api-route":
        text += _ROUTER % {"url": module.stem.replace("_", "-"), "stem": module.stem}
    elif module.role.type == "worker":
        text += _TASK % {"stem": module.stem}
    if inside:
        indented = "\n".join(f"    {line}" for line in inside)
        text += _LAZY % {"stem": module.stem, "imports": indented}
    length, number = text.count("\n"), 0
    while length < size:
        number += 1
        block, height = chance.pick(_BLOCKS)
        text += block % {"noun": chance.pick(_NOUNS), "n": number}
        length += height
    if module.role.type == "job":
        text += f'\n\nif __name__ == "__main__":\n    load_{module.stem}({{}})\n'
    return text


def _render_main(module: _Module, routes: list[_Module]) -> str:
    """The program of a package: an app that mounts all of its routers."""
    package = module.folder.parts[0]
    lines = [f'"""The {package} server."""', "", "from fastapi import FastAPI", ""]
    lines += [f"from {other.dotted} import router as router_{n}" for n, other in enumerate(routes)]
    lines += ["", f'app = FastAPI(title="{package}")']
    lines += [f"app.include_router(router_{n})" for n in range(len(routes))]
    lines += ["", "", "class Main:", f'    """Names the {package} server."""', ""]
    lines += ["", "def load_main(settings):", "    return app", ""]
    return "\n".join(lines)


def _place_imports(
    chance: _Chance, module: _Module, imports: list[_Module]
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Import lines at the top, under TYPE_CHECKING, in `try`, and in a function."""
    places: tuple[list[str], list[str], list[str], list[str]] = ([], [], [], [])
    for imported in imports:
        line = _render_import(chance, module, imported)
        where = chance.random()
        if where < 0.82:
            places[0].append(line)
        elif where < 0.88:
            places[1].append(line)
        elif where < 0.91 and "," not in line and line.startswith("from "):
            places[2].append(line)
        else:
            places[3].append(line)
    for lines in places:
        lines.sort()
    return places


def _bound(line: str) -> str:
    return line.rpartition(" import ")[2]


def _render_test(chance: _Chance, module: _Module, leaves: list[_Module]) -> str:
    tested = list(dict.fromkeys(chance.pick(leaves) for _ in range(1 + chance.below(4))))
    lines = [f'"""Tests of {module.stem.removeprefix("test_")}."""', "", "import pytest", ""]
    lines += sorted({f"from {other.dotted} import {other.class_name}" for other in tested})
    text = "\n".join(lines) + "\n"
    for number in range(1, 3 + chance.below(10)):
        other = chance.pick(tested)
        text += _TEST % {"cls": other.class_name, "noun": chance.pick(_NOUNS), "n": number}
    return text


def _write_registry(
    chance: _Chance, target: Path, leaves: list[_Module], *, count: int
) -> list[str]:
    folder = target / "registry_data"
    folder.mkdir(parents=True, exist_ok=True)
    ids = []
    for number, module in enumerate(chance.sample(leaves, count), start=1):
        artifact_id = f"GEN-BE-{module.role.code}-M{number:04d}-001"
        ids.append(artifact_id)
        text = _RECORD % {
            "id": artifact_id,
            "name": f"{module.stem}.py",
            "type": module.role.type,
            "owner": chance.pick(_OWNERS),
            "purpose": f"{module.stem.replace('_', ' ').capitalize()} of {module.folder.parts[0]}",
            "authority": chance.pick(_AUTHORITY),
            "surface": module.role.surface,
            "wave": 1 + chance.below(4),
            "path": module.path,
            "product": chance.pick(_PRODUCTS),
            "console": chance.pick(_CONSOLES),
            "domain": module.folder.parts[0],
        }
        (folder / f"{artifact_id}.yaml").write_bytes(text.encode("ascii"))
    return ids


def _write_compose(target: Path, packages: list[str]) -> None:
    lines = ["services:"]
    for package in packages:
        lines += [f"  {package}:", "    build: .", f"    command: uvicorn {package}.main:app"]
    (target / "docker-compose.yml").write_bytes(("\n".join(lines) + "\n").encode("ascii"))


_CLASS = '''

class %(cls)s:
    """Keeps what %(stem)s needs."""

    def __init__(self, settings):
        self.settings = settings
        self.items = {}

    def get(self, key, default=None):
        return self.items.get(key, default)


def load_%(stem)s(settings):
    """Build it from settings."""
    return %(cls)s(settings)
'''

_ROUTER = '''

router = APIRouter(prefix="/%(url)s", tags=["%(url)s"])


@router.get("/{item_id}")
async def get_%(stem)s(item_id: str):
    """Return one."""
    return {"id": item_id}


@router.post("/")
async def create_%(stem)s(body: dict):
    """Create one."""
    return {"created": True, **body}
'''

_TASK = '''

@shared_task(name="%(stem)s.run")
def run_%(stem)s(item_id):
    """Run once."""
    return load_%(stem)s({"id": item_id})
'''

_LAZY = '''

def connect_%(stem)s():
    """Import late, to break a cycle."""
%(imports)s
    return locals()
'''

_BLOCK_TEXTS = (
    '''

def count_%(noun)s_%(n)d(items, *, limit=100):
    """Count until the limit."""
    total = 0
    for item in items:
        if item is None:
            continue
        total += 1
        if total >= limit:
            break
    return total
''',
    '''

class %(noun)sState%(n)d:
    """A state with a history."""

    allowed = ("new", "open", "closed")

    def __init__(self, name="new"):
        self.name = name
        self.history = []

    def move(self, name):
        if name not in self.allowed:
            raise ValueError(f"unknown state {name!r}")
        self.history.append((self.name, name))
        self.name = name
        return self

    @property
    def is_final(self):
        return self.name == "closed"

    def __repr__(self):
        return f"<{type(self).__name__} {self.name}>"
''',
    """

async def fetch_%(noun)s_%(n)d(client, ids, retries=3):
    results = {}
    for identifier in sorted(ids):
        for attempt in range(retries):
            try:
                response = await client.get(f"/%(noun)s/{identifier}")
            except OSError as error:
                if attempt == retries - 1:
                    raise RuntimeError(f"gave up on {identifier}") from error
                continue
            results[identifier] = response.json()
            break
    return results
""",
    '''

%(noun)s_defaults_%(n)d = {
    "enabled": True,
    "timeout": 30,
    "labels": ["%(noun)s", "generated"],
    "limits": {"low": 1, "high": 1_000},
    "query": """
        SELECT id, name, created_at
        FROM %(noun)s
        WHERE archived = false
        ORDER BY created_at
    """,
}


def merge_%(noun)s_%(n)d(*layers):
    merged = dict(%(noun)s_defaults_%(n)d)
    for layer in layers:
        merged.update({key: value for key, value in layer.items() if value is not None})
    return merged
''',
)
_BLOCKS = tuple((text, text.count("\n")) for text in _BLOCK_TEXTS)

_TEST = """

def test_%(noun)s_%(n)d():
    subject = %(cls)s({"name": "%(noun)s"})
    assert subject.get("%(noun)s") is None
    with pytest.raises(TypeError):
        subject.get()
"""

_RECORD = """\
artifact_id: %(id)s
name: %(name)s
type: %(type)s
status: active
owner: %(owner)s
purpose: %(purpose)s
authority_level: %(authority)s
execution_surface: %(surface)s
wave: %(wave)d
path: %(path)s
traceability:
  product: %(product)s
  console: %(console)s
  domain: %(domain)s
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a tree and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("target", type=Path, metavar="DIR", help="empty, or does not exist yet")
    parser.add_argument("--modules", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("--broken", type=int, default=0)
    asked = parser.parse_args(arguments)
    try:
        tree = generate_tree(
            asked.target,
            modules=asked.modules,
            seed=asked.seed,
            records=asked.records,
            broken=asked.broken,
        )
    except (ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(
        f"{len(tree.modules)} modules in {len(tree.packages)} packages, "
        f"{len(tree.records)} records, {len(tree.broken)} broken"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
