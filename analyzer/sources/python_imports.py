"""The Python code: which modules there are, and which of them imports which."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from analyzer.model.ignores import Ignore
from analyzer.model.imports import (
    AmbiguousImport,
    CodeFacts,
    Kind,
    Link,
    Module,
    Unscanned,
    UnscannedReason,
)
from analyzer.model.names import ModuleName, ProjectPath, is_package_init
from analyzer.sources.files import LARGEST_MODULE, Listing
from analyzer.sources.grimp_adaptor import GrimpScanner, ScannedImport, SourceText
from analyzer.sources.ignores import MARK, find_ignores
from analyzer.sources.import_resolver import build_import_resolver
from analyzer.sources.lazy_tables import LazyEntry, find_lazy_entries, may_have_tables
from analyzer.sources.name_following import NameFollower, ResolvedImport
from analyzer.sources.outline.values import Outline
from analyzer.sources.reexports import Reexports
from analyzer.sources.roots import Found, RootTable
from analyzer.sources.statements import (
    FromImport,
    ImportedName,
    Surroundings,
    read_from_import,
    read_imports,
)

# Files above this are data in Python's syntax; one of them takes longer than a hundred others.
# Files that are read and scanned at one time: their text is in memory, and the scanner cannot be
# interrupted while it works on them.
_BATCH = 2500
# Expressions for whole files begin with fixed letters: that makes them many times faster.
_MAIN_GUARDS = (
    re.compile(rb"""__name__\s*==\s*['"]__main__"""),
    re.compile(rb"""__main__['"]\s*==\s*__name__"""),
)
_PATH_WORDS = (b"sys.path", b"addsitedir", b"sys import path")
_DOTS = re.compile(r"\bfrom\s+(\.[.\s]*)")
_INDENTED_IMPORT = re.compile(rb"\n[ \t\f]+(?:from|import|lazy)\b")
_INDENTED_BEHIND_ODD_ENDS = re.compile(rb"[\r\f][ \t\f]+(?:from|import|lazy)\b")
_STAR = re.compile(rb"import[ \t]*\*")
_CODING = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


def scan_python(
    *,
    project: Path,
    listing: Listing,
    configured_roots: Sequence[ProjectPath],
    is_test: Callable[[ProjectPath], bool],
) -> CodeFacts:
    """Read all Python files of a listing.

    A file that cannot be read, or only in part, is still a module: what is missing stands in
    `unscanned`. Nothing is executed, and nothing is looked up in the running Python's path.
    """
    table = RootTable(
        files=listing.files, aliases=listing.aliases, configured=configured_roots, is_test=is_test
    )
    paths = [path for path in listing.files if path.endswith(".py")]
    scan = _Scan(project=project, table=table, paths=paths)
    for start in range(0, len(paths), _BATCH):
        scan.read(paths[start : start + _BATCH])
    unscanned = tuple(sorted({*listing.unscanned, *scan.unscanned}))
    unread = {entry.path for entry in unscanned}
    modules = []
    for path in paths:
        root, name = table.primary(path)
        modules.append(
            Module(
                path=path,
                name=name,
                root=root,
                is_test=is_test(path),
                is_scanned=path not in unread,
                is_started=path in scan.started,
            )
        )
    return CodeFacts(
        files=listing.files,
        roots=table.roots(),
        modules=tuple(modules),
        links=scan.links(),
        unscanned=unscanned,
        ambiguous=tuple(
            sorted(scan.ambiguous, key=lambda found: (found.importer, found.line, found.name))
        ),
        ignores=tuple(sorted(scan.ignores)),
    )


class _Scan:
    """Collects what is found in the files, batch by batch."""

    def __init__(self, *, project: Path, table: RootTable, paths: Sequence[ProjectPath]) -> None:
        self.unscanned: list[Unscanned] = []
        self.ambiguous: set[AmbiguousImport] = set()
        self.started: set[ProjectPath] = set()
        self.ignores: list[Ignore] = []
        self._project = project
        self._table = table
        self._paths = frozenset(paths)
        self._find_module = build_import_resolver(table=table, modules=self._paths)
        self._scanner = GrimpScanner(
            project=project, modules=self._paths, known_names=table.known_names()
        )
        self._resolved: list[ResolvedImport] = []
        self._extra_roots: dict[ProjectPath, tuple[str, ...]] = {}
        self._imported_by_name: set[str] = set()
        self._reexports = Reexports(read_outline=self._read_outline, modules=self._paths)

    def read(self, paths: Sequence[ProjectPath]) -> None:
        """Read and scan some files; their text is not kept."""
        sources = [source for path in paths if (source := self._load(path)) is not None]
        for source in sources:
            self._find_extra_roots(source)
        outcome = self._scanner.scan(sources)
        self.unscanned.extend(outcome.unscanned)
        for source in sources:
            found = outcome.imports.get(source.path)
            if found:
                self._resolve(source, found)
            if is_package_init(source.path) and may_have_tables(source.data):
                self._read_lazy_tables(source)

    def links(self) -> tuple[Link, ...]:
        """All links, names followed to where they are defined."""
        links: set[Link] = set()
        follower = NameFollower(
            reexports=self._reexports, imports=self._resolved, read_text=self._read_text
        )
        for resolved in self._resolved:
            if resolved.inside in self._imported_by_name:
                continue
            links.update(follower.follow(resolved))
        return tuple(sorted(links, key=Link.sort_key))

    def _load(self, path: ProjectPath) -> SourceText | None:
        """Read a file; what the scanner would choke on is reported instead of handed on."""
        try:
            file = self._project / path
            if file.stat().st_size > LARGEST_MODULE:
                self._report(path, UnscannedReason.TOO_LARGE, f"over {LARGEST_MODULE:,} bytes")
                return None
            data = file.read_bytes()
        except OSError as error:
            self._report(path, UnscannedReason.UNREADABLE, error.strerror or type(error).__name__)
            return None
        if _is_started(path, data):
            self.started.add(path)
        if MARK in data:
            self.ignores += find_ignores(path, data)
        try:
            data.decode(_declared_encoding(data))
        except (UnicodeDecodeError, LookupError) as error:
            self._report(path, UnscannedReason.ENCODING, str(error)[:100])
            return None
        return SourceText(path, data)

    def _resolve(self, source: SourceText, found: Sequence[ScannedImport]) -> None:
        lines = _Lines(source.data)
        is_script = source.path in self.started
        is_init = is_package_init(source.path)
        has_stars = _STAR.search(source.data) is not None
        for scanned in sorted(found, key=lambda one: (one.line, one.name)):
            if scanned.is_relative:
                resolved = self._resolve_relative(source.path, scanned)
            else:
                resolved = self._resolve_absolute(source.path, scanned, is_script=is_script)
            imported = resolved.path
            if imported is None or (imported == source.path and not is_init):
                continue
            kind = lines.find_kind(scanned)
            link = Link(source.path, imported, scanned.line, kind, scanned.text)
            names: tuple[ImportedName, ...] = ()
            if is_init or has_stars or is_package_init(imported):
                names = self._names_taken(link, scanned, lines)
            if imported != source.path:
                self._resolved.append(ResolvedImport(link, names, resolved.inside))
            # An `__init__` that takes a name from itself does not define it.
            if is_init or has_stars:
                is_conditional = kind is Kind.CONDITIONAL
                self._reexports.add(
                    package=source.path,
                    imported=imported,
                    names=names,
                    is_conditional=is_conditional,
                )

    def _find_extra_roots(self, source: SourceText) -> None:
        """The folders that a file adds to Python's path, for its own imports."""
        if not any(word in source.data for word in _PATH_WORDS):
            return
        # Imported here because few projects need it.
        from analyzer.sources.outline.code import Code  # noqa: PLC0415
        from analyzer.sources.sys_path import excerpt_of, find_path_entries  # noqa: PLC0415

        data = excerpt_of(source.data)
        code = Code(interesting=[], read_data=lambda _: data, resolve_import=lambda *_: None)
        roots = find_path_entries(code, source.path)
        self._extra_roots[source.path] = roots
        for root in roots:
            self._scanner.know(self._table.names_below(root))

    def _read_lazy_tables(self, source: SourceText) -> None:
        """The modules that an `__init__` imports only when one of their names is asked for."""
        lines = _Lines(source.data).all
        for entry in find_lazy_entries(self._read_outline(source.path)):
            imported, original = self._find_lazy(source.path, entry)
            if imported is None or imported == source.path:
                continue
            text = lines[entry.line - 1].strip()
            link = Link(source.path, imported, entry.line, Kind.DYNAMIC, text)
            names = (ImportedName(original, entry.name),)
            self._resolved.append(ResolvedImport(link, (), None))
            self._reexports.add(package=source.path, imported=imported, names=names)

    def _find_lazy(self, package: ProjectPath, entry: LazyEntry) -> tuple[ProjectPath | None, str]:
        """The file that an entry names, and the name that it takes from it."""
        level = len(entry.module) - len(entry.module.lstrip("."))
        module = entry.module[level:]
        parent, _, last = module.rpartition(".")
        places = [(module, entry.original)]
        if parent or level:
            places.append((parent, last))
        for dotted, original in places:
            # Most tables name what stands beside the package without a leading dot.
            for dots in (level,) if level else (1, 0):
                imported = self._find_module(package, dotted, dots)
                if imported is not None:
                    return imported, original
        return None, ""

    def _names_taken(
        self, link: Link, scanned: ScannedImport, lines: _Lines
    ) -> tuple[ImportedName, ...]:
        """The names that a statement takes from one of the files it imports.

        `from . import a, B` imports the module `a` and takes `B` from the package.
        """
        statement = lines.from_import(scanned.line)
        if statement is None:
            modules = read_imports(lines.all, scanned.line)
            return tuple(replace(one, name="") for one in modules if one.name == scanned.name)
        if scanned.is_relative:
            folder = PurePosixPath(link.importer).parent
            for _ in range(statement.level - 1):
                folder = folder.parent
            origin = str(folder.joinpath(*statement.module.split("."))).removeprefix("./")
            is_origin = link.imported in (f"{origin}.py", f"{origin}/__init__.py", "__init__.py")
        else:
            is_origin = scanned.name == statement.module
        if not is_origin:
            bare = scanned.name.rpartition(".")[2]
            return tuple(replace(one, name="") for one in statement.by_name.get(bare, ()))
        package = link.imported.removesuffix("__init__.py")
        return tuple(
            one
            for one in statement.names
            if f"{package}{one.name}.py" not in self._paths
            and f"{package}{one.name}/__init__.py" not in self._paths
        )

    def _resolve_relative(self, path: ProjectPath, scanned: ScannedImport) -> Found:
        match = _DOTS.search(scanned.text)
        level = match[1].count(".") if match is not None else 0
        if level > self._table.levels_up(path):
            detail = " ".join(scanned.text.split())[:100]
            reason = UnscannedReason.RELATIVE_IMPORT_BEYOND_ROOT
            self.unscanned.append(Unscanned(path, scanned.line, reason, detail))
            return Found(None)
        return Found(scanned.path)

    def _resolve_absolute(
        self, path: ProjectPath, scanned: ScannedImport, *, is_script: bool
    ) -> Found:
        parent = scanned.name.rpartition(".")[0]
        found = self._table.resolve(
            importer=path,
            name=scanned.name,
            may_be_attribute=f"from {parent} import" in " ".join(scanned.text.split()),
            is_script=is_script,
            extra_roots=self._extra_roots.get(path, ()),
        )
        if found.candidates:
            name = ModuleName(scanned.name)
            self.ambiguous.add(AmbiguousImport(path, scanned.line, name, found.candidates))
        if found.path is not None and found.inside is None:
            self._imported_by_name.update(self._table.packages_named(scanned.name, found.path))
        return found

    def _read_outline(self, path: ProjectPath) -> Outline:
        # Imported here because few projects need it.
        from analyzer.sources.outline.reader import read_outline  # noqa: PLC0415

        return read_outline(path, self._read_data(path))

    def _read_data(self, path: ProjectPath) -> bytes:
        try:
            return (self._project / path).read_bytes()
        except OSError:
            return b""

    def _read_text(self, path: ProjectPath) -> str:
        return self._read_data(path).decode("utf-8", "replace")

    def _report(self, path: ProjectPath, reason: UnscannedReason, detail: str) -> None:
        self.unscanned.append(Unscanned(path, None, reason, detail))


class _Lines:
    """The lines of a file, split only where a statement's surroundings matter."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._statements: dict[int, FromImport | None] = {}

    @cached_property
    def all(self) -> list[str]:
        """All lines, counted as the scanner does; `splitlines` would also break at form feeds."""
        text = self._data.decode(_declared_encoding(self._data))
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    @cached_property
    def _has_indented_imports(self) -> bool:
        if _INDENTED_IMPORT.search(self._data) is not None:
            return True
        has_odd_ends = b"\r" in self._data or b"\f" in self._data
        return has_odd_ends and _INDENTED_BEHIND_ODD_ENDS.search(self._data) is not None

    @cached_property
    def _surroundings(self) -> Surroundings:
        return Surroundings(self.all)

    def from_import(self, line: int) -> FromImport | None:
        """The `from … import` statement that begins on a line; it is read once."""
        if line not in self._statements:
            self._statements[line] = read_from_import(self.all, line)
        return self._statements[line]

    def find_kind(self, scanned: ScannedImport) -> Kind:
        """The kind of an import; most stand at the top level of files that have no others."""
        if scanned.text.startswith(("import", "from")) and not self._has_indented_imports:
            return Kind.RUNTIME
        return self._surroundings.find_kind(scanned.line)


def _is_started(path: ProjectPath, data: bytes) -> bool:
    if data.startswith(b"#!") or path.endswith("__main__.py"):
        return True
    # The plain test is much faster than the expression, and most files fail it.
    return b"__main__" in data and any(guard.search(data) for guard in _MAIN_GUARDS)


def _declared_encoding(data: bytes) -> str:
    """The encoding of a source file by PEP 263."""
    for line in data.split(b"\n", 2)[:2]:
        match = _CODING.match(line)
        if match is not None:
            return match[1].decode("ascii", "replace")
    return "utf-8"
