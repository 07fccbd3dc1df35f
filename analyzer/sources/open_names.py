"""Names of modules of which only a part can be read: which files of the project they may mean."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from analyzer.model.imports import UnknownImport
from analyzer.model.names import ProjectPath
from analyzer.sources.module_texts import find_anchor, find_texts, is_whole
from analyzer.sources.outline.code import Code, Located
from analyzer.sources.outline.values import Call, Expression, Items, Joined, Other, Text

# More beginnings than these are no package that plug-ins stand in.
_MOST_BEGINNINGS = 50
_UNKNOWN = Other()
# What `%` and `format` replace.
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|\{[^{}]*\}")


def find_unknown_import(
    code: Code,
    one: Located,
    *,
    importer: ProjectPath,
    line: int,
    package: str | None,
    base: ProjectPath | None,
    is_module: bool,
) -> UnknownImport | None:
    """What an import may mean whose name is put together, of parts that are not all known.

    Args:
        code: the outlines of the project.
        one: the name, as it is put together.
        importer: the file that imports it.
        line: 1-based line of the call that does.
        package: the package that a relative name is relative to, where its name stands there.
        base: a file directly in that package, where the name is `__package__` or the like.
        is_module: whether the whole name is that of a module; else its end is an attribute.

    Returns:
        Nothing where the name is known, or can only mean modules from outside of the project.
    """
    parts = _parts_of(one.expression)
    anchor = find_anchor(code, one, parts)
    known = [
        list(_texts(code, replace(one, expression=part))) if number or anchor is None else [""]
        for number, part in enumerate(parts)
    ]
    if all(known):
        return None
    before = list(itertools.takewhile(bool, known))
    after = list(itertools.takewhile(bool, reversed(known))) if is_module else []
    beginnings = {
        "".join(chosen) for chosen in itertools.islice(itertools.product(*before), _MOST_BEGINNINGS)
    }
    endings = {"".join(reversed(chosen)) for chosen in itertools.product(*after)}
    ends = _ends_of(endings) if all(ending.partition(".")[2] for ending in endings) else ()
    names: set[str] = set()
    begins: set[str] = set()
    for beginning in beginnings:
        name = beginning
        if name.startswith(".") and anchor is None and package is not None:
            name = absolute_name(name, package)
        if name.startswith("."):
            start = base if anchor is None else anchor
            name = "" if start is None else _relative_beginning(name, start)
            found = [name] if name else []
        elif name:
            found = list(_find_beginnings(code, importer, name))
            holder = None if is_module else code.find_module(importer, name.rpartition(".")[0])
            found += [] if holder is None else [holder]
        else:
            found = [""] if ends else []
        names.update([name] if found else [])
        begins.update(found)
    if not begins:
        return None
    what = _say(sorted(names), sorted(endings) if ends else [""])
    return UnknownImport(importer, line, what, tuple(sorted(begins)), ends)


def _texts(code: Code, one: Located) -> Iterator[str]:
    """The texts that a part of a name may be; none where these are not all that it may be."""
    if is_whole(code, one):
        yield from sorted({named.text for named in find_texts(code, one, 0)})


def _parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The parts that a text is put together of; of `"a.%s" % x` those around what is replaced."""
    match expression:
        case Joined(parts):
            return parts
        case Call(Text(separator), "join", arguments=(Items(items),)):
            parts = tuple(part for item in items for part in (Text(separator), item))
            return parts[1:]
        case Call(Text(text), "__mod__" | "format"):
            literals = [Text(literal) for literal in _PLACEHOLDER.split(text)]
            parts = tuple(part for literal in literals for part in (_UNKNOWN, literal))
            return parts[1:]
    return (expression,)


def absolute_name(name: str, package: str) -> str:
    """`..mail` in `app.plugins` is `app.mail`."""
    inner = name.lstrip(".")
    level = len(name) - len(inner)
    return f"{package.rsplit('.', level - 1)[0]}.{inner}"


def _relative_beginning(name: str, base: ProjectPath) -> str:
    """How the paths begin that a relative name may mean: `.mail_` in `app/a.py` is `app/mail_`."""
    inner = name.lstrip(".")
    folder = posixpath.dirname(base)
    for _ in range(len(name) - len(inner) - 1):
        folder = posixpath.dirname(folder)
    return posixpath.join(folder, inner.replace(".", "/"))


def _find_beginnings(code: Code, importer: ProjectPath, name: str) -> Iterator[str]:
    """How the paths begin that an absolute name may mean, as Python would find their modules."""
    pattern = name.replace(".", "/")
    known: set[str] = set()
    for path in code.files:
        start = -1
        while (start := path.find(pattern, start + 1)) >= 0:
            begin = path[: start + len(pattern)]
            if begin in known or (start and path[start - 1] != "/"):
                continue
            module = path[start:].removesuffix(".py").removesuffix("/__init__")
            if code.find_module(importer, module.replace("/", ".")) == path:
                known.add(begin)
                yield begin


def _ends_of(endings: Iterable[str]) -> tuple[str, ...]:
    """How the path of a module ends whose name ends so: `….tasks` in `/tasks.py`."""
    paths = sorted(f"/{ending.partition('.')[2].replace('.', '/')}" for ending in endings)
    return tuple(path + last for path in paths for last in (".py", "/__init__.py"))


def _say(beginnings: Sequence[str], endings: Sequence[str]) -> str:
    packages = [f'"{name.rstrip("./")}"' for name in beginnings if name.endswith((".", "/"))]
    if len(packages) == len(beginnings) and not any(endings):
        return f"something below {' or '.join(packages)} that is not known"
    names = [f'"{begin}…{end}"' for begin in beginnings for end in endings]
    return f"{' or '.join(names)}, of which the rest is not known"
