"""What code takes from a package itself: its name, its folder, the modules that are in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from analyzer.model.names import ProjectPath, folders_above, is_package_init
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Element,
    Expression,
    Items,
    Joined,
    Name,
    Scope,
    Text,
)
from analyzer.sources.path_expressions import find_path

_ITERATING, _WALKING = "pkgutil.iter_modules", "pkgutil.walk_packages"
# `ModuleInfo(module_finder, name, ispkg)`
_POSITION = 1


class Listed(Struct, frozen=True):
    """Names of modules that are read from the files that are there."""

    names: tuple[str, ...]
    """Sorted; with a leading dot where they are relative to the file in `base`."""
    base: ProjectPath


def find_own_name(code: Code, path: ProjectPath, scope: Scope, dotted: str) -> ProjectPath | None:
    """The file of which `__package__`, `__name__` or `module.__name__` give the package."""
    holder, _, last = dotted.rpartition(".")
    if dotted in ("__package__", "__spec__.parent"):
        return path
    if last not in ("__name__", "__package__"):
        return None
    found = _module_itself(code, path, scope, holder) if holder else path
    return found if found and (is_package_init(found) or last == "__package__") else None


def find_listed_names(code: Code, one: Located) -> Listed | None:
    """The names that the variable of a loop over the modules of a package of the project takes.

    Of `m.name` where `m` is what `pkgutil.iter_modules(app.__path__)` gives, of `name` in `for _,
    name, _ in …`, of `path.stem` where `path` comes from `Path(__file__).parent.glob("*.py")`.
    Nothing where an expression is none of these, or the folder is not known.
    """
    for call, at, attribute in _find_loops(code, one):
        if attribute == "stem":
            folder = _globbed(code, at, call)
            names = None if folder is None else _names_in(code, folder, is_deep=False)
            return None if names is None else Listed(names, at.path)
        name = code.external_name(at.path, at.scope, call.dotted) if call.dotted else None
        if name in (_ITERATING, _WALKING):
            return _find_iterated(code, at, call, is_deep=name == _WALKING)
    return None


def _find_iterated(code: Code, one: Located, call: Call, *, is_deep: bool) -> Listed | None:
    """What a call of `pkgutil` gives, with the prefix that it puts before each name."""
    folder = _folder_of(code, one, call.argument(0, "path"))
    prefix = call.argument(1, "prefix") or Text("")
    base = None
    match prefix:
        case Joined((Name(dotted), *rest)):
            base = find_own_name(code, one.path, one.scope, dotted)
            prefix = prefix if base is None else Joined(tuple(rest))
    text = code.find_text(one.path, one.scope, prefix)
    if folder is None or text is None:
        return None
    names = _names_in(code, folder, is_deep=is_deep)
    return Listed(tuple(text + name for name in names), base or one.path)


def _find_loops(code: Code, one: Located) -> Iterator[tuple[Call, Located, str]]:
    """The call that a loop goes through, and what is taken of each item: `name` or `stem`."""
    expression = one.expression
    if isinstance(expression, Element):
        if isinstance(expression.of, Call) and expression.position == _POSITION:
            yield expression.of, one, "name"
        return
    for meaning in (
        code.find_meanings(one.path, one.scope, expression.dotted)
        if isinstance(expression, Name)
        else ()
    ):
        what = meaning.what if isinstance(meaning, Definition) else None
        if not isinstance(what, Assignment) or not isinstance(meaning, Definition):
            continue
        value, at = what.value, Located(meaning.path, meaning.scope, what.value)
        if isinstance(value, Element):
            iterated = _sorted_itself(value.of)
            taken = "name" if value.position == _POSITION and not meaning.rest else meaning.rest
            if isinstance(iterated, Call) and taken in ("name", "stem"):
                yield iterated, at, taken


def _sorted_itself(iterated: Expression) -> Expression:
    """Of `sorted(folder.glob("*.py"))` what is sorted."""
    while isinstance(iterated, Call) and iterated.name in ("sorted", "list"):
        inner = iterated.argument(0)
        if inner is None or iterated.receiver is not None:
            break
        iterated = inner
    return iterated


def _globbed(code: Code, one: Located, call: Call) -> str | None:
    """The folder whose Python files a call of `glob` or `iterdir` gives."""
    is_glob = call.name == "glob" and call.argument(0) == Text("*.py")
    if call.receiver is None or not (is_glob or call.name == "iterdir"):
        return None
    return find_path(code, one.path, one.scope, call.receiver)


def _folder_of(code: Code, one: Located, given: Expression | None) -> str | None:
    """The folder of `app.__path__`, `__path__` or `[os.path.dirname(__file__)]`."""
    if isinstance(given, Items) and len(given.items) == 1:
        return find_path(code, one.path, one.scope, given.items[0])
    holder, _, last = given.dotted.rpartition(".") if isinstance(given, Name) else ("", "", "")
    if last != "__path__":
        return None
    init = _module_itself(code, one.path, one.scope, holder) if holder else one.path
    return init.rpartition("/")[0] if init is not None and is_package_init(init) else None


def _module_itself(code: Code, path: ProjectPath, scope: Scope, dotted: str) -> ProjectPath | None:
    """The file of the module that a name means."""
    modules = [
        one.path
        for one in code.find_meanings(path, scope, dotted)
        if isinstance(one, Definition) and not one.name
    ]
    return modules[0] if len(modules) == 1 else None


def _names_in(code: Code, folder: str, *, is_deep: bool) -> tuple[str, ...]:
    """The modules of a folder; those of the packages in it, too, as their dotted names."""
    below = f"{folder}/" if folder else ""
    inside = [path[len(below) :] for path in code.files if path.startswith(below)]
    packages = {path.removesuffix("/__init__.py") for path in inside if is_package_init(path)}
    names: set[str] = set()
    for path in inside:
        inner = path.removesuffix(".py").removesuffix("/__init__")
        around = set(folders_above(inner))
        if inner != "__init__" and (not around or (is_deep and around <= packages)):
            names.add(inner.replace("/", "."))
    return tuple(sorted(names))
