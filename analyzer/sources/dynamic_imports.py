"""Modules that are imported by a name in a string.

`importlib.import_module("app.plugins.mail")` and its like, also where the string comes from a
table: each string of it is a link. What cannot be worked out is left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Call,
    Choice,
    Constant,
    Element,
    Expression,
    Items,
    Joined,
    Name,
    Outline,
    Scope,
    Table,
    Text,
)
from analyzer.sources.text_flow import find_flowing_texts, find_given

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
_LOOKUPS = frozenset({"__getitem__", "get", "pop"})
# Between the names in one text, as settings have them.
_SEPARATOR = re.compile(r"[\s,;]+")
# More ways to put a text together are no table of modules.
_MOST_TEXTS = 500
_DEEPEST = 12


class _Named(Struct, frozen=True):
    """A module's name as a string gives it, and where the string stands."""

    text: str
    """Dotted; with leading dots where it is relative to the file in `base`."""
    base: ProjectPath
    path: ProjectPath
    line: int


def find_dynamic_links(code: Code) -> tuple[Link, ...]:
    """The links to modules that are imported by a name in a string, sorted.

    Each stands on the line of the string where that is in the same file, else on the call's.
    """
    links = {
        link
        for outline in code.outlines
        for call, scope in _calls_of(outline)
        for link in _find_links(code, outline.path, scope, call)
        if link.importer != link.imported
    }
    return tuple(sorted(links, key=Link.sort_key))


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
        line = named.line if named.path == path and named.line else call.line
        yield Link(path, imported, line, Kind.DYNAMIC, code.line_text(path, line))


def _find_imported(
    code: Code, path: ProjectPath, scope: Scope, call: Call
) -> Iterator[tuple[_Named, ProjectPath]]:
    """What one call imports."""
    name = call.dotted
    if name and name != "__import__":
        name = code.external_name(path, scope, name) or name
    if name in _MODULE_IMPORTERS:
        found = [
            (named, module)
            for named in _module_names(code, path, scope, call)
            if (module := code.find_module(named.base, named.text)) is not None
        ]
        yield from found or _find_flowing(code, Located(path, scope, _argument(call, 0, "name")))
    elif name.rpartition(".")[2] in _OBJECT_IMPORTERS:
        found = [
            (named, module)
            for named in _texts(code, Located(path, scope, _argument(call, 0)), call.line)
            for module in _find_holders(code, named)
        ]
        yield from found or _find_flowing(code, Located(path, scope, _argument(call, 0)))
    elif call.name == "setdefault" and call.argument(0) == Text(_SETTINGS):
        for named in _texts(code, Located(path, scope, _argument(call, 1)), call.line):
            module = code.find_module(path, named.text)
            if module is not None:
                yield named, module


def _find_flowing(code: Code, one: Located) -> Iterator[tuple[_Named, ProjectPath]]:
    """The modules that are named by texts which may arrive, where these cannot be worked out.

    Only by their whole dotted name, or by that of something directly in them.
    """
    for flowing in find_flowing_texts(code, one):
        for text in _SEPARATOR.split(flowing.text):
            module, colon, _ = text.partition(":")
            if not (colon and flowing.is_cut) and "." not in text.strip("."):
                continue
            names = [module, module.rpartition(".")[0]] if flowing.is_cut else [text]
            for name in names:
                found = code.find_module(flowing.path, name) if name else None
                if found is not None:
                    yield _Named(name, flowing.path, flowing.path, flowing.line), found
                    break


def _module_names(code: Code, path: ProjectPath, scope: Scope, call: Call) -> Iterator[_Named]:
    """The names that `import_module(name, package)` or `__import__(name, …, level)` may get."""
    is_builtin = call.name == "__import__"
    package = None if is_builtin else call.argument(1, "package")
    level = call.argument(4, "level") if is_builtin else None
    dots = int(level.text) if isinstance(level, Constant) and level.text.isdigit() else 0
    for named in _texts(code, Located(path, scope, _argument(call, 0, "name")), call.line):
        if dots:
            yield replace(named, text="." * dots + named.text)
        elif not named.text.startswith(".") or named.base != path:
            yield named
            if is_builtin:
                yield from _from_list(code, call, named)
        elif package is not None:
            base = _find_package(code, path, scope, package)
            if base is not None:
                yield replace(named, base=base)
        elif isinstance(call.argument(0, "name"), Joined):
            # It began with `__name__` or `__package__`.
            yield named


def _from_list(code: Code, call: Call, named: _Named) -> Iterator[_Named]:
    names = call.argument(3, "fromlist")
    for item in names.items if isinstance(names, Items) else ():
        if isinstance(item, Text) and code.find_module(named.base, f"{named.text}.{item.value}"):
            yield replace(named, text=f"{named.text}.{item.value}")


def _find_package(
    code: Code, path: ProjectPath, scope: Scope, package: Expression
) -> ProjectPath | None:
    """The file that a relative name starts from: a module directly inside the package, or it."""
    if isinstance(package, Name):
        own = _own_name(code, path, scope, package.dotted)
        if own is not None:
            return own
    text = code.find_text(path, scope, package)
    return None if text is None else code.find_module(path, text)


def _own_name(code: Code, path: ProjectPath, scope: Scope, dotted: str) -> ProjectPath | None:
    """The file of which `__package__`, `__name__` or `module.__name__` give the package."""
    holder, _, last = dotted.rpartition(".")
    if dotted in ("__package__", "__spec__.parent"):
        return path
    if last not in ("__name__", "__package__"):
        return None
    if holder:
        modules = [
            one.path
            for one in code.find_meanings(path, scope, holder)
            if isinstance(one, Definition) and not one.name
        ]
        path = modules[0] if len(modules) == 1 else ProjectPath("")
    return path if path and (is_package_init(path) or last == "__package__") else None


def _find_holders(code: Code, named: _Named) -> Iterator[ProjectPath]:
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


def _texts(code: Code, one: Located, line: int, depth: int = _DEEPEST) -> Iterator[_Named]:
    """Every text that an expression may have, and where it is written."""
    path = one.path
    if depth <= 0:
        return
    match one.expression:
        case Text(text, line=own):
            yield _Named(text, path, path, own or line)
        case Joined(parts):
            yield from itertools.islice(_joined(code, one, parts, line, depth), _MOST_TEXTS)
        case Call() if found := list(_looked_up(code, one, one.expression)):
            for value in found:
                yield from _texts(code, value, line, depth - 1)
        case Name() | Element() | Choice():
            for value in code.find_values(path, one.scope, one.expression):
                if value != one:
                    yield from _texts(code, value, line, depth - 1)
                elif isinstance(one.expression, Name):
                    for given in find_given(code, one, one.expression.dotted):
                        yield from _texts(code, given, line, depth - 1)
        case _:
            known = code.find_text(path, one.scope, one.expression)
            if known is not None:
                yield _Named(known, path, path, line)


def _joined(
    code: Code, one: Located, parts: tuple[Expression, ...], line: int, depth: int
) -> Iterator[_Named]:
    """The texts of an f-string; `f"{__name__}.mail"` is relative to the package."""
    base = one.path
    first = parts[0] if parts else None
    if isinstance(first, Name):
        own = _own_name(code, one.path, one.scope, first.dotted)
        if own is not None:
            base = own
            parts = parts[1:]
    choices = [
        list(
            itertools.islice(
                _texts(code, replace(one, expression=part), line, depth - 1), _MOST_TEXTS
            )
        )
        for part in parts
    ]
    for chosen in itertools.product(*choices):
        # The string that differs from one module to the next is the evidence.
        varying = [named for named, choice in zip(chosen, choices, strict=True) if len(choice) > 1]
        place = next(iter(varying or chosen), _Named("", base, one.path, line))
        yield _Named("".join(named.text for named in chosen), base, place.path, place.line)


def _looked_up(code: Code, one: Located, call: Call) -> Iterator[Located]:
    """What `table[key]` or `table.get(key)` may be: one value where the key is known, else all."""
    if call.receiver is None or call.name not in _LOOKUPS:
        return
    key = code.find_text(one.path, one.scope, _argument(call, 0))
    for table in code.find_values(one.path, one.scope, call.receiver):
        match table.expression:
            case Table(pairs):
                for name, value in pairs:
                    if key in (None, code.find_text(table.path, table.scope, name)):
                        yield replace(table, expression=value)
            case Items() if call.name == "__getitem__":
                yield from code.find_items(table.path, table.scope, table.expression)


def _argument(call: Call, position: int, *keywords: str) -> Expression:
    return call.argument(position, *keywords) or Constant("None")
