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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct

from analyzer.model.imports import Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath, is_package_init

# Files in one call when broken ones are looked for.
_GROUP = 100
# No import climbs further than this; one that tries is reported without asking the scanner.
_HIGHEST_CLIMB = 12
_PREFIX = ".".join("~" * _HIGHEST_CLIMB)
_DOT = "\x1f"
_FROM = re.compile(rb"from[ \t]{1,20}(?=\.)")
# What stands between `from` and `import` is looked for in so many bytes: no line makes it slow.
_LONGEST_ORIGIN = 300
_ORIGIN = re.compile(rb"[\w. \t]*")


class ScannedImport(Struct, frozen=True):
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


class SourceText(Struct, frozen=True):
    """A file that is to be scanned."""

    path: ProjectPath
    data: bytes


class ScanOutcome(Struct, frozen=True):
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
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._syntax_error = SourceSyntaxError
        self._found_package = FoundPackage
        self._new_module_file: Callable[[str], Any] = lambda name: ModuleFile(Module(name), 0.0)
        self._project = project
        self._names = _path_names(modules)
        self._paths = {name: path for path, name in self._names.items()}
        climbs = {".".join("~" * climb) for climb in range(1, _HIGHEST_CLIMB + 1)}
        self._known = {*known_names, *climbs, *self._paths}
        self._known_files = {name: self._new_module_file(name) for name in sorted(self._known)}

    def know(self, names: Iterable[str]) -> None:
        """Tell further names that absolute imports may mean, before the files that hold them."""
        for name in sorted(set(names) - self._known):
            self._known.add(name)
            self._known_files[name] = self._new_module_file(name)

    def scan(self, sources: Collection[SourceText]) -> ScanOutcome:
        """Scan files; one that does not parse costs that file only."""
        unscanned: list[Unscanned] = []
        whole = [source for source in sources if not _climbs_too_high(source, unscanned)]
        try:
            imports = self._scan_all(whole)
        except self._syntax_error:
            broken = self._find_broken(whole)
            unscanned += broken.values()
            imports = self._scan_all([one for one in whole if one.path not in broken])
        return ScanOutcome(imports, tuple(sorted(unscanned)))

    def _find_broken(self, sources: list[SourceText]) -> dict[ProjectPath, Unscanned]:
        """Find all files that do not parse; the scanner names only the first of a call.

        Without the known names a call costs little more than the parsing, so that the files are
        parsed once more, and those beside a broken file a few times.
        """
        broken = {}
        for start in range(0, len(sources), _GROUP):
            group = sources[start : start + _GROUP]
            while group:
                try:
                    self._call_scanner(group, known=[])
                    break
                except self._syntax_error as error:
                    one = next(s for s in group if self._file(s.path) == error.filename)
                    detail = " ".join(str(error.text).split())[:100]
                    reason = UnscannedReason.SYNTAX_ERROR
                    broken[one.path] = Unscanned(one.path, error.lineno, reason, detail)
                    group = [source for source in group if source is not one]
        return broken

    def _scan_all(self, sources: list[SourceText]) -> dict[ProjectPath, list[ScannedImport]]:
        scanned = {self._names[source.path] for source in sources}
        known = [file for name, file in self._known_files.items() if name not in scanned]
        known += [self._new_module_file(name) for name in self._find_ends_of_climbs(sources)]
        result = self._call_scanner(sources, known=known)
        return {
            source.path: [
                ScannedImport(
                    line=found.line_number,
                    text=found.line_contents,
                    name=found.imported.name,
                    path=self._paths.get(found.imported.name),
                )
                for found in result[self._module_file(source.path).module]
            ]
            for source in sources
        }

    def _call_scanner(self, sources: list[SourceText], *, known: list[Any]) -> Any:  # noqa: ANN401
        packages = {
            # One package a file: its "directory" is the file without its suffix.
            self._found_package(
                name=self._names[source.path],
                directory=self._file(source.path).removesuffix(".py"),
                module_files=frozenset([self._module_file(source.path)]),
            )
            for source in sources
        }
        packages.add(self._found_package(name="!", directory="", module_files=frozenset(known)))
        # In a thread of its own: Ctrl-C reaches the main thread only, and in the scanner it would
        # become a panic with a backtrace.
        call = self._thread.submit(
            self._rust.scan_for_imports,
            module_files=tuple(self._module_file(source.path) for source in sources),
            found_packages=packages,
            include_external_packages=False,
            exclude_type_checking_imports=False,
            file_system=self._rust.RealBasicFileSystem(),
        )
        return call.result()

    def _find_ends_of_climbs(self, sources: list[SourceText]) -> set[str]:
        """Names that relative imports end at and that no file has.

        The scanner drops an import whose name and whose name's parent are unknown; an import that
        climbs too far has to come back to be reported.
        """
        ends = set()
        for source in sources:
            if b"from ." not in source.data and b"from\t." not in source.data:
                continue
            parts = self._names[source.path].split(".")
            is_package = is_package_init(source.path)
            for _, level, below in _find_relative_imports(source.data):
                base = parts[: len(parts) - level + is_package]
                ends.add(".".join([*base, below] if below else base))
        return ends - self._known

    def _module_file(self, path: ProjectPath) -> Any:  # noqa: ANN401 - Grimp's own type
        return self._known_files[self._names[path]]

    def _file(self, path: ProjectPath) -> str:
        return f"{self._project}/{path}"


def _climbs_too_high(source: SourceText, unscanned: list[Unscanned]) -> bool:
    if b"." * _HIGHEST_CLIMB not in source.data:
        return False
    for offset, level, _ in _find_relative_imports(source.data):
        if level >= _HIGHEST_CLIMB:
            line = source.data.count(b"\n", 0, offset) + 1
            reason = UnscannedReason.RELATIVE_IMPORT_BEYOND_ROOT
            unscanned.append(Unscanned(source.path, line, reason, f"climbs {level} levels"))
            return True
    return False


def _find_relative_imports(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Offset, number of dots and module of whatever looks like a relative import."""
    for match in _FROM.finditer(data):
        window = data[match.end() : match.end() + _LONGEST_ORIGIN]
        origin, found, _ = window.partition(b"import")
        if found and _ORIGIN.fullmatch(origin):
            plain = origin.replace(b" ", b"").replace(b"\t", b"").decode("ascii", "replace")
            module = plain.lstrip(".")
            yield match.start(), len(plain) - len(module), module


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
