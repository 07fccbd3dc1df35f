"""What a change of a Python file means to whoever imports it."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator

from msgspec import Struct


class InterfaceChange(Struct, frozen=True):
    """What two versions of a file offer; tuples are sorted, methods are `Class.method`."""

    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Those whose parameters or bases are others."""
    is_same_code: bool = False
    """Whether only comments, docstrings and layout differ."""


def compare_interfaces(before: bytes | None, after: bytes | None) -> InterfaceChange | None:
    """Compare the public names of two versions of a file; nothing where one cannot be parsed.

    A file that is not there offers nothing. Parsed with the grammar of the running Python; nothing
    is executed.
    """
    trees = [_parse(before or b""), _parse(after or b"")]
    if trees[0] is None or trees[1] is None:
        return None
    old, new = (dict(_offers(tree.body)) for tree in trees if tree is not None)
    return InterfaceChange(
        removed=tuple(sorted(old.keys() - new.keys())),
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in old.keys() & new.keys() if old[name] != new[name])),
        is_same_code=_code_of(trees[0]) == _code_of(trees[1]),
    )


def _parse(data: bytes) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            # Somebody else's invalid escapes.
            warnings.simplefilter("ignore")
            return ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _offers(body: Iterable[ast.stmt], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Public name -> what callers have to know of it."""
    for one in body:
        match one:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                if _is_public(one.name):
                    kind = "async " if isinstance(one, ast.AsyncFunctionDef) else ""
                    yield prefix + one.name, f"{kind}({ast.unparse(one.args)})"
            case ast.ClassDef() if _is_public(one.name):
                yield prefix + one.name, ", ".join(map(ast.unparse, one.bases))
                yield from _offers(one.body, f"{prefix}{one.name}.")
            case ast.Assign():
                for target in one.targets:
                    if isinstance(target, ast.Name) and _is_public(target.id):
                        yield prefix + target.id, "="
            case ast.AnnAssign(target=ast.Name(id=name)) if _is_public(name):
                yield prefix + name, f": {ast.unparse(one.annotation)}"
            case ast.If() | ast.Try():
                yield from _offers([*one.body, *one.orelse], prefix)
            case _:
                pass


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _code_of(tree: ast.Module | None) -> str:
    """The code without docstrings, comments and layout."""
    if tree is None:
        return ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                node.body = node.body[1:]
    return ast.dump(tree)
