"""Modules that are imported by a name in a string.

`importlib.import_module("app.plugins.mail")` and its like, also where the string comes from a
table: each string of it is a link. Of what cannot be worked out the known part is told, if there is
one: `f"app.plugins.{name}"` imports something below `app.plugins`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.imports import Kind, Link, Mention, UnknownImport
from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.module_texts import Named, argument_of, find_texts
from analyzer.sources.open_names import absolute_name, find_unknown_import
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Call,
    Constant,
    Items,
    Name,
    Outline,
    Scope,
    Text,
)
from analyzer.sources.package_names import find_own_name
from analyzer.sources.text_flow import find_flowing

_MODULE_IMPORTERS = frozenset({"importlib.import_module", "__import__", "builtins.__import__"})
# Their string may end in what a module holds.
_OBJECT_IMPORTERS = frozenset({"import_string", "resolve_name", "symbol_by_name"})
_CALLED = frozenset(
    {
        *(name.rpartition(".")[2] for name in _MODULE_IMPORTERS),
        *_OBJECT_IMPORTERS,
        "setdefault",
    }
)
_SETTINGS = "DJANGO_SETTINGS_MODULE"
# Between the names in one text, as settings have them.
_SEPARATOR = re.compile(r"[\s,;]+")


class DynamicImports(Struct, frozen=True):
    """Imports by a name in a string; sorted."""

    links: tuple[Link, ...]
    unknown: tuple[UnknownImport, ...]
    """Those of which the name is only partly known."""


def find_dynamic_imports(code: Code) -> DynamicImports:
    """Find the imports of modules of the project by a name in a string.

    Each link stands on the line of the string where that is in the same file, else on the call's;
    it then tells where the string stands, of several places the first.
    An import of whose name nothing is known, `import_module(sys.argv[1])`, is left out: it could
    mean every module, and a doubt about everything helps nobody.
    """
    links: dict[Link, Link] = {}
    unknown: set[UnknownImport] = set()
    for outline in code.outlines:
        for call, scope in _calls_of(outline):
            for link in _find_links(code, outline.path, scope, call):
                known = links.setdefault(replace(link, named_at=None), link)
                if link.sort_key() < known.sort_key():
                    links[replace(link, named_at=None)] = link
            unknown.update(_find_unknown(code, outline.path, scope, call))
    found = (one for one in links.values() if one.importer != one.imported)
    return DynamicImports(tuple(sorted(found, key=Link.sort_key)), tuple(sorted(unknown)))


def _calls_of(outline: Outline) -> Iterator[tuple[Call, Scope]]:
    """The calls and decorators that may import, told by their names alone."""
    names = _CALLED | {one.bound_as for one in outline.bindings if one.name in _CALLED}
    for one in outline.calls:
        if one.call.name in names:
            yield one.call, one.scope
    decorated = (
        *((one.decorators, one.scope) for one in outline.functions),
        *((one.decorators, one.scope) for one in outline.classes),
    )
    for decorators, scope in decorated:
        for decorator in decorators:
            if isinstance(decorator, Call) and decorator.name in names:
                yield decorator, scope


def _find_links(code: Code, path: ProjectPath, scope: Scope, call: Call) -> Iterator[Link]:
    for named, imported in _find_imported(code, path, scope, call):
        is_here = named.path == path or not named.line
        line = named.line if is_here and named.line else call.line
        named_at = None
        if not is_here:
            text = code.line_text(named.path, named.line)
            named_at = Mention(named.path, named.line, text)
        text = code.line_text(path, line)
        yield Link(path, imported, line, Kind.DYNAMIC, text, named_at=named_at)


def _find_imported(
    code: Code, path: ProjectPath, scope: Scope, call: Call
) -> Iterator[tuple[Named, ProjectPath]]:
    """What one call imports."""
    name = _importer_of(code, path, scope, call)
    if name in _MODULE_IMPORTERS:
        found = [
            (named, module)
            for named in _module_names(code, path, scope, call)
            if (module := code.find_module(named.base, named.text)) is not None
        ]
        yield from found or _find_flowing(code, _name_given(path, scope, call))
    elif name in _OBJECT_IMPORTERS:
        found = [
            (named, module)
            for named in find_texts(code, _name_given(path, scope, call), call.line)
            for module in _find_holders(code, named)
        ]
        yield from found or _find_flowing(code, _name_given(path, scope, call))
    elif call.name == "setdefault" and call.argument(0) == Text(_SETTINGS):
        for named in find_texts(code, Located(path, scope, argument_of(call, 1)), call.line):
            module = code.find_module(path, named.text)
            if module is not None:
                yield named, module


def _importer_of(code: Code, path: ProjectPath, scope: Scope, call: Call) -> str:
    """What a call imports with: the full name for a module, the last part for an object."""
    name = call.dotted
    if name and name != "__import__":
        name = code.external_name(path, scope, name) or name
    return name if name in _MODULE_IMPORTERS else name.rpartition(".")[2]


def _name_given(path: ProjectPath, scope: Scope, call: Call) -> Located:
    return Located(path, scope, argument_of(call, 0, "name"))


def _find_flowing(code: Code, one: Located) -> Iterator[tuple[Named, ProjectPath]]:
    """The modules that are named by texts which may arrive, where these cannot be worked out.

    Only by their whole dotted name, or by that of something directly in them.
    """
    for flow in find_flowing(code, one):
        for flowing in find_texts(flow.code, flow.one, 0):
            for text in _SEPARATOR.split(flowing.text):
                module, colon, _ = text.partition(":")
                if not (colon and flow.is_cut) and "." not in text.strip("."):
                    continue
                names = [module, module.rpartition(".")[0]] if flow.is_cut else [text]
                for name in names:
                    found = code.find_module(flowing.base, name) if name else None
                    if found is not None:
                        yield replace(flowing, text=name), found
                        break


def _find_unknown(
    code: Code, path: ProjectPath, scope: Scope, call: Call
) -> Iterator[UnknownImport]:
    """What one call imports by names that are only partly known."""
    name = _importer_of(code, path, scope, call)
    if name not in _MODULE_IMPORTERS | _OBJECT_IMPORTERS:
        return
    is_module = name in _MODULE_IMPORTERS
    given = call.argument(1, "package") if is_module and call.name != "__import__" else None
    package = None if given is None else code.find_text(path, scope, given)
    base = find_own_name(code, path, scope, given.dotted) if isinstance(given, Name) else None
    for flow in find_flowing(code, _name_given(path, scope, call)):
        if isinstance(flow.one.expression, Text):
            continue
        found = find_unknown_import(
            flow.code,
            flow.one,
            importer=path,
            line=call.line,
            package=package,
            base=base,
            is_module=is_module and not flow.is_cut,
        )
        if found is not None:
            yield found


def _module_names(code: Code, path: ProjectPath, scope: Scope, call: Call) -> Iterator[Named]:
    """The names that `import_module(name, package)` or `__import__(name, …, level)` may get."""
    is_builtin = call.name == "__import__"
    package = None if is_builtin else call.argument(1, "package")
    level = call.argument(4, "level") if is_builtin else None
    dots = int(level.text) if isinstance(level, Constant) and level.text.isdigit() else 0
    for named in find_texts(code, _name_given(path, scope, call), call.line):
        if dots:
            yield replace(named, text="." * dots + named.text)
        elif not named.text.startswith(".") or named.base != path or named.is_anchored:
            yield named
            if is_builtin:
                yield from _from_list(code, call, named)
        elif package is not None:
            yield from _in_package(code, Located(path, scope, package), named)


def _in_package(code: Code, package: Located, named: Named) -> Iterator[Named]:
    """A relative name with the package that it is relative to."""
    path, scope = package.path, package.scope
    if isinstance(package.expression, Name):
        own = find_own_name(code, path, scope, package.expression.dotted)
        if own is not None:
            yield replace(named, base=own)
            return
    text = code.find_text(path, scope, package.expression)
    if text is not None:
        yield replace(named, text=absolute_name(named.text, text))


def _from_list(code: Code, call: Call, named: Named) -> Iterator[Named]:
    names = call.argument(3, "fromlist")
    for item in names.items if isinstance(names, Items) else ():
        if isinstance(item, Text) and code.find_module(named.base, f"{named.text}.{item.value}"):
            yield replace(named, text=f"{named.text}.{item.value}")


def _find_holders(code: Code, named: Named) -> Iterator[ProjectPath]:
    """The modules that hold what `app.mail.Sender`, or `app.mail:Sender`, names."""
    module, colon, rest = named.text.partition(":")
    parts = module.split(".")
    for end in range(len(parts), 0, -1):
        found = code.find_module(named.base, ".".join(parts[:end]))
        if found is None:
            if colon:
                return
            continue
        inside = rest or ".".join(parts[end:])
        definers = []
        if inside and is_package_init(found):
            definers = [
                one.path
                for one in code.find_meanings(found, (), inside)
                if isinstance(one, Definition)
            ]
        yield from definers or [found]
        return
