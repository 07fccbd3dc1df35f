"""Tables in an `__init__` that say which module defines a name, which is imported when asked for.

_modules = {"TenantService": ".tenants"}                       # with `def __getattr__(name)`
_modules = {"TenantService": ("app.services.tenants", "TenantService")}
_import_structure = {"tenants": ["TenantService"]}             # with a lazy module class
lazy_loader.attach(__name__, submod_attrs={"tenants": ["TenantService"]})
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from analyzer.sources.outline.values import (
    Call,
    Constant,
    Expression,
    Items,
    Outline,
    Table,
    Text,
)

_SIGNS = re.compile(rb"\bdef __getattr__\b|\battach\w*\(|LazyModule|LazyImport")
_MODULE = re.compile(r"\.*(?:[^\W\d]\w*)(?:\.[^\W\d]\w*)*")


class LazyEntry(Struct, frozen=True):
    """One way to read an entry of a table; it counts where the module is one of the project."""

    name: str
    """The name that the package gives out."""
    module: str
    """As written: dotted, with leading dots where it is relative. It may end in a name that the
    module holds: `app.tenants.TenantService`."""
    original: str
    """The name in that module; "" is the module itself."""
    line: int
    """1-based line of the module's name."""


def may_have_tables(data: bytes) -> bool:
    """Whether an `__init__` gives out names that it does not import: a cheap first look."""
    return _SIGNS.search(data) is not None


def find_lazy_entries(outline: Outline) -> Iterator[LazyEntry]:
    """The entries of the tables at the top level of an `__init__` that gives out names lazily."""
    attached = [one.call for one in outline.calls if not one.scope and _is_attach(one.call)]
    for call in attached:
        submodules, table = call.argument(1, "submodules"), call.argument(2, "submod_attrs")
        if isinstance(submodules, Items):
            for item in submodules.items:
                if isinstance(item, Text):
                    yield LazyEntry(item.value, item.value, "", item.line)
        if isinstance(table, Table):
            yield from _read_table(table)
    is_lazy = any(one.name == "__getattr__" and not one.scope for one in outline.functions)
    is_lazy = is_lazy or any("Lazy" in one.call.name for one in outline.calls)
    if is_lazy or attached:
        for assignment in outline.assignments:
            if not assignment.scope and isinstance(assignment.value, Table):
                yield from _read_table(assignment.value)


def _is_attach(call: Call) -> bool:
    return call.name == "attach" and bool(call.arguments or call.keywords)


def _read_table(table: Table) -> Iterator[LazyEntry]:
    for key, value in table.pairs:
        if not isinstance(key, Text):
            continue
        match value:
            case Text():
                yield from _read_place(key.value, value)
            case Items((Text(module, line=line), Constant("None"))):
                yield from _read_place(key.value, Text(module, line))
            case Items(items):
                yield from _read_pair(key.value, items)
                for item in items:
                    if isinstance(item, Text) and item.value.isidentifier():
                        yield LazyEntry(item.value, key.value, item.value, key.line)


def _read_place(name: str, place: Text) -> Iterator[LazyEntry]:
    """`.tenants`, `app.tenants.TenantService` or `app.tenants:TenantService`."""
    module, _, original = place.value.partition(":")
    if _MODULE.fullmatch(module):
        is_module = module.rpartition(".")[2] == name
        yield LazyEntry(name, module, original or ("" if is_module else name), place.line)


def _read_pair(name: str, pair: tuple[Expression, ...]) -> Iterator[LazyEntry]:
    """`(".tenants", "TenantService")`; a list of two names is no pair, its first is no module."""
    match pair:
        case (Text(module, line=line), Text(original)) if _MODULE.fullmatch(module):
            yield LazyEntry(name, module, original, line)
