"""How each tool is started, and how many files and imports its output says it has seen."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.layout import FLAT_PACKAGE, Flat, Mirror

BARE_GRIMP = "bare Grimp"
STATUS = "analyzer status"
REPOSITORY = Path(__file__).resolve().parent.parent

_BARE_GRIMP = """
import sys
external, folder, *packages = sys.argv[1:]
sys.path.insert(0, folder)
import grimp
graph = grimp.build_graph(
    *packages, cache_dir=None, include_external_packages=external == "external"
)
modules = sum(name.split(".", 1)[0] in packages for name in graph.modules)
print("SEEN", modules, graph.count_imports())
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a tool says that it has read; `None` where it does not say."""

    files: int | None
    imports: int | None
    unscanned: int = 0
    """Files that the tool itself lists as unreadable."""


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table."""

    name: str
    arguments: Sequence[str]
    """Empty where the tool cannot be run; then `note` says why."""
    folder: Path
    """Where it is started."""
    environment: Mapping[str, str] = field(default_factory=dict)
    good_statuses: frozenset[int] = frozenset({0})
    read_output: Callable[[str], Seen | None] | None = None
    """Output -> what was seen; `None` where the output is not that of a run that worked."""
    note: str = ""


def find_tool(name: str) -> str | None:
    """Find a console script, first beside the running Python."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else shutil.which(name)


def bare_grimp(mirror: Mirror) -> Command:
    """`grimp.build_graph` on a tree of regular packages that all start from one folder."""
    packages = [name for _, name in mirror.packages]
    return Command(
        name=BARE_GRIMP,
        arguments=[sys.executable, "-c", _BARE_GRIMP, "own", str(mirror.root), *packages],
        folder=mirror.root.parent,
        read_output=_read_seen,
    )


def bare_grimp_flat(flat: Flat) -> Command:
    """`grimp.build_graph` on copies of all files in one package."""
    arguments = [sys.executable, "-c", _BARE_GRIMP, "external", str(flat.root), FLAT_PACKAGE]
    extra = flat.added_files
    note = f"{flat.left_out} files that it cannot read left out" if flat.left_out else ""
    return Command(
        name=BARE_GRIMP,
        arguments=arguments,
        folder=flat.root,
        read_output=lambda text: _read_seen(text, minus=extra),
        note=note,
    )


def analyzer_status(project: Path, *, name: str = STATUS) -> Command:
    """Our own cold run."""
    return _analyzer(
        name, ["--project", str(project), "status", "--format", "json"], reader=_read_status
    )


def analyzer_start(option: str) -> Command:
    """Our own start-up: `--version` or `--help`."""
    return _analyzer(f"analyzer {option}", [option])


def bare_python() -> Command:
    """The interpreter's own share of every other row but ruff's."""
    return Command("python -c pass", [sys.executable, "-c", "pass"], folder=REPOSITORY.parent)


def ruff(mirror: Mirror) -> Command:
    """`ruff analyze graph`: file to files, in Rust."""
    tool = find_tool("ruff")
    arguments = [tool, "analyze", "graph", "--isolated", "--config", "exclude=[]"]
    roots = [folder for folder, _ in mirror.packages] or ["."]
    arguments += ["--config", f"src={json.dumps(sorted(set(roots)))}"]
    return _external(
        "ruff analyze graph",
        tool,
        [*arguments, "."],
        folder=mirror.root,
        environment={"RUFF_NO_CACHE": "true"},
        read_output=_read_file_map,
    )


def import_linter(mirror: Mirror, *, layers: Sequence[str] = ()) -> Command:
    """`lint-imports` with one contract; broken contracts are an answer, not a failure."""
    names = [name for _, name in mirror.packages]
    contract = ["type = layers", "layers =", *(f"    {name}" for name in reversed(layers))]
    if not layers:
        contract = ["type = independence", "modules =", *(f"    {name}" for name in names)]
    lines = ["[importlinter]", "root_packages =", *(f"    {name}" for name in names)]
    lines += ["[importlinter:contract:packages]", "name = packages", *contract]
    config = mirror.root.parent / "importlinter.ini"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tool = find_tool("lint-imports")
    return _external(
        "lint-imports",
        tool,
        [tool, "--no-cache", "--no-logo", "--config", str(config)],
        folder=mirror.root,
        environment={"PYTHONPATH": mirror.import_path},
        good_statuses=frozenset({0, 1}),
        read_output=_read_lint_imports,
        has_packages=bool(names),
    )


def tach(mirror: Mirror) -> list[Command]:
    """`tach map` (file to files) and `tach check` (modules that may import everything)."""
    roots = sorted({folder for folder, _ in mirror.packages} | {"."})
    lines = [f"source_roots = {json.dumps(roots)}", "exclude = []", 'root_module = "ignore"']
    for _, name in mirror.packages:
        lines += ["[[modules]]", f"path = {json.dumps(name)}"]
    (mirror.root / "tach.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tool = find_tool("tach")
    return [
        _external("tach map", tool, [tool, "map"], folder=mirror.root, read_output=_read_file_map),
        _external("tach check", tool, [tool, "check"], folder=mirror.root),
    ]


def pydeps(mirror: Mirror) -> Command:
    """Run pydeps without drawing, on a module that imports every module.

    That is what pydeps itself writes for a package; it takes just one, and trees have several.
    """
    folder = mirror.root.parent / "pydeps"
    folder.mkdir(exist_ok=True)
    target = folder / "every_module.py"
    target.write_text("".join(f"import {name}\n" for name in mirror.modules), encoding="utf-8")
    tool = find_tool("pydeps")
    arguments = [tool, str(target), "--no-config", "--max-bacon=0"]
    arguments += ["--show-deps", "--no-output", "--no-dot"]
    inside = str(mirror.root)
    return _external(
        "pydeps",
        tool,
        arguments,
        folder=folder,
        environment={"PYTHONPATH": mirror.import_path},
        read_output=lambda text: _read_pydeps(text, inside=inside),
        has_packages=bool(mirror.packages),
    )


def _analyzer(
    name: str, arguments: list[str], *, reader: Callable[[str], Seen | None] | None = None
) -> Command:
    return Command(
        name=name,
        arguments=[sys.executable, "-m", "analyzer", *arguments],
        folder=REPOSITORY.parent,
        environment={"PYTHONPATH": str(REPOSITORY)},
        read_output=reader,
    )


def _external(
    name: str,
    tool: str | None,
    arguments: Sequence[str | None],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    good_statuses: frozenset[int] = frozenset({0}),
    read_output: Callable[[str], Seen | None] | None = None,
    has_packages: bool = True,
) -> Command:
    note = "" if tool else "not installed"
    if tool and not has_packages:
        note = "no package with `__init__.py`"
    return Command(
        name=name,
        arguments=[] if note else [argument or "" for argument in arguments],
        folder=folder,
        environment=environment or {},
        good_statuses=good_statuses,
        read_output=read_output,
        note=note,
    )


def _read_seen(text: str, *, minus: int = 0) -> Seen | None:
    found = re.search(r"^SEEN (\d+) (\d+)$", text, re.MULTILINE)
    return Seen(int(found[1]) - minus, int(found[2])) if found else None


def _read_lint_imports(text: str) -> Seen | None:
    found = re.search(r"Analyzed (\d+) files, (\d+) dependencies", text)
    return Seen(int(found[1]), int(found[2])) if found else None


def _read_file_map(text: str) -> Seen | None:
    data = _read_json(text)
    if data is None:
        return None
    files = set(data)
    for imported in data.values():
        files.update(imported)
    return Seen(len(files), sum(len(set(imported)) for imported in data.values()))


def _read_pydeps(text: str, *, inside: str) -> Seen | None:
    data = _read_json(text)
    if data is None:
        return None
    own = {name for name, entry in data.items() if str(entry.get("path")).startswith(inside)}
    imports = sum(len(own.intersection(data[name].get("imports", ()))) for name in own)
    return Seen(len(own), imports)


def _read_status(text: str) -> Seen | None:
    data = _read_json(text)
    if data is None or data.get("command") != "status":
        return None
    modules, imports = data.get("modules"), data.get("imports")
    return Seen(
        modules if isinstance(modules, int) else None,
        imports if isinstance(imports, int) else None,
        len(data.get("unscanned", ())),
    )


def _read_json(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None
