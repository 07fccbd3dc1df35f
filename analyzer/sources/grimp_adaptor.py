"""The only place that knows Grimp.

`grimp.build_graph` finds packages through `sys.path`, leaves files out, and gives up at the first
file it cannot read. Its scanner does not: it takes a list of files and of known names. That is not
Grimp's public API, so the minor version is pinned and `tests/unit/sources/test_grimp_adaptor.py`
fails loudly when it changes.

The scanner is told two names for each file:

- `~.~.backend.app.main` (with more `~`), made from the path: unique, whatever the roots are.
  Relative imports come back in this form, so they are resolved by folder, as Python does. The
  leading `~` keep the scanner from running out of parts (it panics) when an import climbs too far.
- `app.main`, as imports spell it, once for each root: absolute imports come back in this form and
  are resolved by `roots`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.model.imports import Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath

# Files in one call of the scanner: a call cannot be interrupted and should end in half a second.
_CHUNK = 1000
# Where a call has failed: a broken file costs the scan of so many files again.
_SMALL_CHUNK = 100
# No import climbs further than this; one that tries is reported without asking the scanner.
_HIGHEST_CLIMB = 12
_PREFIX = ".".join("~" * _HIGHEST_CLIMB)
_DOT = "\x1f"
_RELATIVE_IMPORT = re.compile(rb"\bfrom[ \t]+(\.[. \t]*)([\w. \t]*?)[ \t]*\bimport\b")


@dataclass(frozen=True, slots=True)
class ScannedImport:
    """One import as the scanner reports it: what is imported is a known name or its parent."""

    line: int
    text: str
    name: str
    """A known name, as the scanner was told it."""
    path: ProjectPath | None
    """Of a relative import the file that it means; absent where it climbs too far."""

    @property
    def is_relative(self) -> bool:
        """Whether the import begins with dots."""
        return self.name.startswith("~")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file that is to be scanned."""

    path: ProjectPath
    data: bytes


@dataclass(frozen=True, slots=True)
class ScanOutcome:
    """What one scan found in each file, and what it could not read."""

    imports: Mapping[ProjectPath, list[ScannedImport]]
    unscanned: tuple[Unscanned, ...]


class GrimpScanner:
    """Scans Python files for imports, with Grimp's scanner."""

    def __init__(
        self, *, project: Path, modules: Collection[ProjectPath], known_names: Iterable[str]
    ) -> None:
        """Prepare a scan.

        Args:
            project: absolute path of the project.
            modules: every Python file of the project, also those that will not be scanned.
            known_names: every dotted name that an absolute import may mean.
        """
        # Imported here because it takes 30 ms, and `--help` must not.
        from grimp import _rustgrimp  # type: ignore[attr-defined]  # noqa: PLC0415
        from grimp.application.ports.modulefinder import FoundPackage, ModuleFile  # noqa: PLC0415
        from grimp.domain.valueobjects import Module  # noqa: PLC0415
        from grimp.exceptions import SourceSyntaxError  # noqa: PLC0415

        self._rust = _rustgrimp
        self._syntax_error = SourceSyntaxError
        self._found_package = FoundPackage
        self._new_module_file: Callable[[str], Any] = lambda name: ModuleFile(Module(name), 0.0)
        self._project = project
        self._names = _path_names(modules)
        self._paths = {name: path for path, name in self._names.items()}
        climbs = {".".join("~" * climb) for climb in range(1, _HIGHEST_CLIMB + 1)}
        self._known = {*known_names, *climbs, *self._paths}
        self._known_files = {name: self._new_module_file(name) for name in sorted(self._known)}

    def scan(self, sources: Collection[SourceText]) -> ScanOutcome:
        """Scan files; one that does not parse costs that file only."""
        imports: dict[ProjectPath, list[ScannedImport]] = {}
        unscanned: list[Unscanned] = []
        pending = _split([s for s in sources if not _climbs_too_high(s, unscanned)], size=_CHUNK)
        while pending:
            chunk = pending.pop()
            try:
                imports.update(self._scan_chunk(chunk))
            except self._syntax_error as error:
                broken = next(s for s in chunk if self._file(s.path) == error.filename)
                detail = " ".join(str(error.text).split())[:100]
                unscanned.append(
                    Unscanned(broken.path, error.lineno, UnscannedReason.SYNTAX_ERROR, detail)
                )
                rest = [source for source in chunk if source is not broken]
                pending.extend(_split(rest, size=_SMALL_CHUNK))
        return ScanOutcome(imports, tuple(sorted(unscanned)))

    def _scan_chunk(self, chunk: list[SourceText]) -> dict[ProjectPath, list[ScannedImport]]:
        module_files = {
            source.path: self._known_files[self._names[source.path]] for source in chunk
        }
        packages = {
            # One package a file: its "directory" is the file without its suffix.
            self._found_package(
                name=module_file.module.name,
                directory=self._file(path).removesuffix(".py"),
                module_files=frozenset([module_file]),
            )
            for path, module_file in module_files.items()
        }
        in_chunk = {module_file.module.name for module_file in module_files.values()}
        known = [file for name, file in self._known_files.items() if name not in in_chunk]
        known += [self._new_module_file(name) for name in self._find_ends_of_climbs(chunk)]
        packages.add(self._found_package(name="!", directory="", module_files=frozenset(known)))
        result = self._rust.scan_for_imports(
            module_files=tuple(module_files.values()),
            found_packages=packages,
            include_external_packages=False,
            exclude_type_checking_imports=False,
            file_system=self._rust.RealBasicFileSystem(),
        )
        return {
            path: [
                ScannedImport(
                    line=found.line_number,
                    text=found.line_contents,
                    name=found.imported.name,
                    path=self._paths.get(found.imported.name),
                )
                for found in result[module_file.module]
            ]
            for path, module_file in module_files.items()
        }

    def _find_ends_of_climbs(self, chunk: list[SourceText]) -> set[str]:
        """Names that relative imports end at and that no file has.

        The scanner drops an import whose name and whose name's parent are unknown; an import that
        climbs too far has to come back to be reported.
        """
        ends = set()
        for source in chunk:
            if b"from ." not in source.data and b"from\t." not in source.data:
                continue
            parts = self._names[source.path].split(".")
            is_package = source.path.endswith("__init__.py")
            for dots, module in _RELATIVE_IMPORT.findall(source.data):
                base = parts[: len(parts) - dots.count(b".") + is_package]
                below = module.decode("ascii", "replace").replace(" ", "").replace("\t", "")
                ends.add(".".join([*base, below] if below else base))
        return ends - self._known

    def _file(self, path: ProjectPath) -> str:
        return f"{self._project}/{path}"


def _climbs_too_high(source: SourceText, unscanned: list[Unscanned]) -> bool:
    if b"." * _HIGHEST_CLIMB not in source.data:
        return False
    for match in _RELATIVE_IMPORT.finditer(source.data):
        if match[1].count(b".") >= _HIGHEST_CLIMB:
            line = source.data.count(b"\n", 0, match.start()) + 1
            reason = UnscannedReason.RELATIVE_IMPORT_BEYOND_ROOT
            detail = f"climbs {match[1].count(b'.')} levels"
            unscanned.append(Unscanned(source.path, line, reason, detail))
            return True
    return False


def _path_names(paths: Collection[ProjectPath]) -> dict[ProjectPath, str]:
    """The unique name of each file; a dot in a file name must not look like a package."""
    names = {}
    for path in paths:
        if path == "__init__.py":
            names[path] = _PREFIX
            continue
        stem = path.removesuffix(".py")
        if stem.endswith("/__init__"):
            stem = stem.removesuffix("/__init__")
        elif f"{stem}/__init__.py" in paths:
            # Python takes the package of that name; the file beside it can only be run.
            stem += _DOT
        names[path] = f"{_PREFIX}." + stem.replace(".", _DOT).replace("/", ".")
    return names


def _split(sources: list[SourceText], *, size: int) -> list[list[SourceText]]:
    return [sources[start : start + size] for start in range(0, len(sources), size)]
