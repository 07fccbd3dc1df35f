"""What a Python file says of itself, and which of its calls change something outside of it.

Read from the outline of the file: nothing is executed, and a call is judged by its name, by the
name of what it is called on, and by what the file imports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from tree_sitter import Node, Parser

from analyzer.model.discovery import Conduct, Effect, EffectKind
from analyzer.model.names import ProjectPath
from analyzer.sources.files import LARGEST_MODULE
from analyzer.sources.outline.expressions import text_of
from analyzer.sources.outline.interest import Interest
from analyzer.sources.outline.reader import python_language, read_outline
from analyzer.sources.outline.values import (
    Call,
    Choice,
    Expression,
    Joined,
    Name,
    Outline,
    Text,
    parts_of,
)

_HTTP_METHODS = frozenset({"delete", "patch", "post", "put"})
_HTTP_LIBRARIES = frozenset({"httpx", "requests"})
_OS_WRITES = frozenset(
    {
        "chmod", "link", "makedirs", "mkdir", "remove", "removedirs", "rename", "renames",
        "replace", "rmdir", "symlink", "truncate", "unlink",
    }
)  # fmt: skip
_SHUTIL_WRITES = frozenset({"copy", "copy2", "copyfile", "copytree", "move", "rmtree"})
_PATH_WRITES = frozenset({"write_bytes", "write_text"})
_LIKELY_PATH_WRITES = frozenset({"mkdir", "rmdir", "touch", "unlink"})
_SESSION_WRITES = frozenset({"add", "add_all", "delete", "merge"})
_BULK_WRITES = frozenset(
    {
        "bulk_create", "bulk_insert_mappings", "bulk_save_objects", "bulk_update",
        "bulk_update_mappings", "update_or_create",
    }
)  # fmt: skip
_EXECUTES = frozenset(
    {"exec", "execute", "execute_query", "executemany", "executescript", "fetchrow", "fetchval"}
)
_BUILDERS = frozenset({"delete", "insert", "update"})
_QUEUE_SENDS = frozenset(
    {"apply_async", "delay", "enqueue", "enqueue_in", "enqueue_job", "send_task", "xadd"}
)
_REDIS_WRITES = frozenset(
    {
        "decr", "delete", "expire", "hdel", "hincrby", "hmset", "hset", "incr", "lpush", "publish",
        "rpush", "sadd", "set", "setex", "setnx", "srem", "xack", "zadd", "zrem",
    }
)  # fmt: skip
# Names that nothing but a client of Redis has.
_REDIS_ONLY = frozenset({"hincrby", "hmset", "hset", "lpush", "rpush", "setex", "setnx", "zadd"})
_MANAGER_WRITES = frozenset({"create", "get_or_create"})
_CERTAIN_SENDS = frozenset({"apply_async", "send_task"})
_CLIENT_METHODS = frozenset({"patch", "post", "put"})
_OPENING_MODULES = frozenset({"bz2", "codecs", "gzip", "io", "lzma"})
_MODE = re.compile(r"[rwaxbt+U]{1,4}")
_WRITING_MODES = frozenset("wax+")
_OS_STARTS = frozenset({"popen", "system"})
_STARTS = frozenset({"Popen", "call", "check_call", "check_output", "run"})
_SQL = re.compile(
    r"\s*(?:--[^\n]*\n\s*)*(?:with\b.*?\)\s*)?"
    r"(?:insert\s+(?:or\s+\w+\s+|ignore\s+)?into|replace\s+into"
    r"|copy\s+[^\s(;]+\s*(?:\([^()]*\)\s*)?from\s"
    r"|update\s+\S+\s+set|update\s+\S+\s+as|update\s+[\w.\"{}]+\s|delete\s+from"
    r"|merge\s+into|truncate|create\s+|alter\s+|drop\s+|refresh\s+materialized)",
    re.IGNORECASE | re.DOTALL,
)
_DATABASE_NAME = re.compile(
    r"(?:session|(?:^|_)(?:db|conn|connection|cursor|transaction|tx)$)", re.IGNORECASE
)
_CLIENT_NAME = re.compile(r"(?:client|http|requests?)$", re.IGNORECASE)
_REDIS_NAME = re.compile(r"redis", re.IGNORECASE)
# In such a file alone something can stand that is asked for; the rest is not parsed for calls.
_WORDS = tuple(
    sorted(
        word.encode()
        for word in {
            *(f"{name}(" for name in _OS_WRITES | _SHUTIL_WRITES | _HTTP_METHODS | _STARTS),
            *(f".{name}(" for name in _PATH_WRITES),
            *(f".{name}(" for name in _SESSION_WRITES | _BULK_WRITES | _EXECUTES | _QUEUE_SENDS),
            *(f".{name}(" for name in _REDIS_WRITES | _LIKELY_PATH_WRITES),
            *(f"{name}(" for name in _BUILDERS),
            ".commit(", ".create(", ".get_or_create(", ".request(", "open(", "subprocess",
            "system(",
        }
    )
)  # fmt: skip
_INTEREST = Interest(libraries=frozenset(), words=_WORDS, has_decorators=False)
_LOOP = re.compile(
    rb"^[ \t]*while[ \t(]+(?:True|1\b|not\b|(?:await[ \t])?[\w.]*(?:running|alive|shutdown|stop))",
    re.MULTILINE,
)
_GOES_ON = re.compile(
    r"^\(?\s*(?:True|1|not\b.*(?:stop|shutdown|exit|done|cancel|quit|term).*"
    r"|(?:self\.)?_?(?:\w+_)?(?:running|alive|active)(?:\(\))?)\s*\)?$",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"\b(?:sleep|wait|wait_for|poll|get|brpop|blpop|xread|xreadgroup|claim\w*|fetch\w*|process\w*"
    r"|run_once|tick|receive\w*|listen|consume\w*|pop)\s*\("
)
# `1. `, `e.g. `: no end of a sentence.
_SENTENCE_END = re.compile(r"(?<![ .(]\w)(?<!e\.g)(?<!i\.e)(?<!vs)(?<!etc)[.!?](?=\s+[^a-z])")
# An empty line, a line below a heading, the first entry of a list.
_PARAGRAPH_END = re.compile(
    r"\n[ \t]*\n|\n[ \t]*[-=~*#]{3,}[ \t]*(?=\n|$)|\n[ \t]*(?:[-*•]|1[.)]) "
)
_LONGEST_PURPOSE = 200
# A first line that is a heading: the next one begins anew.
_HEADING = re.compile(r"([^\n]{4,70}[^\n.,;:(\s])[ \t]*\n[ \t]*(?=[A-Z])")
# A directive of Sphinx, such as `.. module:: shop`, says nothing about the module but its synopsis.
_DIRECTIVE = re.compile(r"\.\. +[\w-]+::?")
_SYNOPSIS = re.compile(r":synopsis:\s*(\S[^\n]*)")
_LABEL = re.compile(r"(?:role|purpose|description|summary)\s*:\s*(\S.*)", re.IGNORECASE)
_NO_PURPOSE = re.compile(
    r"!|-\*-|.*\b(?:copyright|licen[cs]ed?|spdx|coding[:=]|pylint|flake8|noqa|mypy|isort|ruff|fmt:"
    r"|vim:|all rights reserved)|[\w./-]+\.py$|\w+:|[-=#*]{3,}",
    re.IGNORECASE,
)


def read_conducts(project: Path, paths: Iterable[ProjectPath]) -> dict[ProjectPath, Conduct]:
    """What some files of a project say and do; one that cannot be read is said to be unread."""
    return {path: _read_file(project, path) for path in sorted(set(paths))}


def _read_file(project: Path, path: ProjectPath) -> Conduct:
    if not path.endswith(".py"):
        return Conduct(is_read=False)
    try:
        data = (project / path).read_bytes()
    except OSError:
        return Conduct(is_read=False)
    return Conduct(is_read=False) if len(data) > LARGEST_MODULE else read_conduct(path, data)


def read_conduct(path: ProjectPath, data: bytes) -> Conduct:
    """What one file says and does.

    Code that never runs is left out. What another file does on its behalf is not known here.
    """
    tree = Parser(python_language()).parse(data)
    purpose, line = _find_purpose(tree.root_node)
    effects: tuple[Effect, ...] = ()
    if _INTEREST.is_in(data):
        outline = read_outline(path, data, interest=_INTEREST)
        effects = tuple(sorted(_find_effects(outline), key=lambda one: (one.line, one.text)))
    loop = _find_loop(tree.root_node) if _LOOP.search(data) else None
    return Conduct(purpose, line, effects, loop, is_read=not tree.root_node.has_error)


def _find_effects(outline: Outline) -> Iterator[Effect]:
    imported = {
        one.bound_as: one.module if one.name is None else f"{one.module}.{one.name}"
        for one in outline.bindings
        if not one.level
    }
    seen: set[tuple[EffectKind, str]] = set()
    for scoped in outline.calls:
        call = scoped.call
        judged = next(_judgements(call, imported), None)
        if judged is None:
            continue
        kind, is_certain = judged
        text = f"{call.dotted or '….' + call.name}()"
        # Once for each thing that is called: a file may commit in fifty places.
        if (kind, text) not in seen:
            seen.add((kind, text))
            yield Effect(kind, call.line, text, is_certain)


def _judgements(call: Call, imported: Mapping[str, str]) -> Iterator[tuple[EffectKind, bool]]:
    """What a call changes, and whether that is certain; the first one counts."""
    first, _, rest = call.dotted.partition(".")
    origin = imported.get(first)
    full = call.dotted if origin is None else f"{origin}.{rest}" if rest else origin
    module, _, function = full.rpartition(".")
    yield from _judge_library(call, module, function)
    yield from _judge_opening(call, module)
    if call.receiver is not None:
        yield from _judge_method(call, _last_name(call.receiver))


def _judge_library(call: Call, module: str, function: str) -> Iterator[tuple[EffectKind, bool]]:
    """Functions of libraries, known by the imports of the file."""
    kind = {
        "os": EffectKind.FILE if function in _OS_WRITES else None,
        "shutil": EffectKind.FILE if function in _SHUTIL_WRITES else None,
        "subprocess": EffectKind.PROGRAM if function in _STARTS else None,
    }.get(module)
    if (module == "os" and function in _OS_STARTS) or (
        module == "asyncio" and function.startswith("create_subprocess_")
    ):
        kind = EffectKind.PROGRAM
    if module in _HTTP_LIBRARIES and function in _HTTP_METHODS:
        kind = EffectKind.HTTP
    if function == "request" and _text(call.argument(0, "method")).lower() in _HTTP_METHODS:
        kind = EffectKind.HTTP
    if module.split(".", maxsplit=1)[0] == "sqlalchemy" and function in _BUILDERS:
        kind = EffectKind.DATABASE
    if kind is not None:
        # What is started may only look: `git diff`.
        yield kind, kind is not EffectKind.PROGRAM


def _judge_opening(call: Call, module: str) -> Iterator[tuple[EffectKind, bool]]:
    """`open` with a mode that writes: the function, that of a module, or a method of a path."""
    if call.name != "open":
        return
    is_method = call.receiver is not None and module not in _OPENING_MODULES
    mode = _text(call.argument(0 if is_method else 1, "mode"))
    if _MODE.fullmatch(mode) and not _WRITING_MODES.isdisjoint(mode):
        yield EffectKind.FILE, not is_method


def _judge_method(call: Call, on: str) -> Iterator[tuple[EffectKind, bool]]:
    """Methods, by their names and by what they are called on."""
    name = call.name
    is_database = _DATABASE_NAME.search(on) is not None
    if name in _PATH_WRITES:
        yield EffectKind.FILE, True
    if name in _EXECUTES and any(_SQL.match(text) for text in _texts_in(call)):
        yield EffectKind.DATABASE, True
    if name in _BULK_WRITES or (name in _MANAGER_WRITES and on == "objects"):
        yield EffectKind.DATABASE, True
    if name in _SESSION_WRITES and is_database and call.arguments:
        yield EffectKind.DATABASE, True
    if name in _REDIS_WRITES and _REDIS_NAME.search(on):
        yield EffectKind.DATABASE, True
    if name == "commit":
        yield EffectKind.DATABASE, is_database
    if name in _QUEUE_SENDS:
        yield EffectKind.QUEUE, name in _CERTAIN_SENDS
    if name in _LIKELY_PATH_WRITES and not call.arguments:
        yield EffectKind.FILE, False
    if name in _REDIS_ONLY and len(call.arguments) > 1:
        yield EffectKind.DATABASE, False
    if name in _CLIENT_METHODS and _CLIENT_NAME.search(on) and call.arguments:
        yield EffectKind.HTTP, False


def _last_name(expression: Expression | None) -> str:
    """The last part of what a method is called on: of `self.db.session` it is `session`."""
    match expression:
        case Name(dotted):
            return dotted.rpartition(".")[2]
        case Call():
            return expression.name
        case Choice(options):
            return _last_name(options[0]) if options else ""
    return ""


def _text(expression: Expression | None) -> str:
    return expression.value if isinstance(expression, Text) else ""


def _texts_in(call: Call) -> Iterator[str]:
    """The beginnings of the texts that a call is given, also inside of `text("…")`."""
    for argument in call.arguments[:2]:
        for part in parts_of(argument):
            if isinstance(part, Joined):
                yield "".join(_text(one) or "x" for one in part.parts)
            elif isinstance(part, Text):
                yield part.value


def _find_purpose(root: Node) -> tuple[str | None, int | None]:
    """What a module is for, and the line that says so.

    The first sentence of its docstring; without one, of the comments that it begins with.
    """
    first = next((child for child in root.named_children if child.type != "comment"), None)
    if first is not None and first.type == "expression_statement" and first.named_children:
        literal = first.named_children[0]
        if literal.type == "string":
            content = (one for one in literal.named_children if one.type == "string_content")
            text = "".join(map(text_of, content))
            sentence = first_sentence(text)
            if sentence:
                return sentence, literal.start_point[0] + 1 + _leading_breaks(text)
    return _find_purpose_in_comments(root)


def _find_purpose_in_comments(root: Node) -> tuple[str | None, int | None]:
    comments = list(takewhile(lambda child: child.type == "comment", root.named_children))
    lines = [(one.start_point[0] + 1, text_of(one).lstrip("#").strip()) for one in comments]
    for number, line in lines:
        labelled = _LABEL.match(line)
        if labelled is not None:
            return first_sentence(labelled[1]) or None, number
    telling = [(number, line) for number, line in lines if line and not _NO_PURPOSE.match(line)]
    if not telling or len(telling) < sum(bool(line) for _, line in lines) - 2:
        # A licence, or settings of a tool: what stands between them is part of it.
        return None, None
    number, line = telling[0]
    return first_sentence(line) or None, number


def _leading_breaks(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def first_sentence(docstring: str) -> str:
    """The first sentence of a docstring, on one line, without the full stop.

    A heading with a line below it is one; what only names the file (`# api/policy.py`) is passed.
    """
    paragraphs = _PARAGRAPH_END.split(docstring.strip())
    for found in paragraphs:
        whole = found
        if _DIRECTIVE.match(found.strip()):
            synopsis = _SYNOPSIS.search(found)
            if synopsis is None:
                continue
            whole = synopsis[1]
        heading = _HEADING.match(whole.strip())
        paragraph = whole if heading is None else heading[1]
        joined = " ".join(paragraph.split()).strip("#*= -")
        if not joined or re.fullmatch(r"[\w./-]+\.py", joined):
            continue
        # `policy.py - what it does`
        joined = re.sub(r"^[\w./-]+\.py\s*(?:[-:\u2013\u2014]+\s*)", "", joined)
        end = _SENTENCE_END.search(joined)
        sentence = joined if end is None else joined[: end.start()]
        if len(sentence) > _LONGEST_PURPOSE:
            sentence = sentence[:_LONGEST_PURPOSE].rsplit(" ", 1)[0] + " …"
        return sentence.rstrip(" .:")
    return ""


def _find_loop(root: Node) -> int | None:
    """The line of the first loop that goes on until the program is told to stop.

    It waits for something, and nothing inside of it leaves it: a retry does.
    """
    pending = [root]
    found: list[int] = []
    while pending:
        node = pending.pop()
        if node.type == "while_statement" and _is_endless(node):
            found.append(node.start_point[0] + 1)
        pending.extend(node.named_children)
    return min(found, default=None)


def _is_endless(loop: Node) -> bool:
    condition, body = loop.child_by_field_name("condition"), loop.child_by_field_name("body")
    if condition is None or body is None or not _GOES_ON.match(text_of(condition)):
        return False
    is_always = text_of(condition).strip("() ") in {"True", "1"}
    return bool(_WAITS.search(text_of(body))) and not (is_always and _is_left(body))


def _is_left(body: Node) -> bool:
    """Whether a loop gives results: with `yield`, or with `return x` outside of `except`."""
    pending = list(body.named_children)
    while pending:
        node = pending.pop()
        if node.type == "yield" or (node.type == "return_statement" and node.named_children):
            return True
        if node.type not in ("function_definition", "class_definition", "lambda", "except_clause"):
            pending.extend(node.named_children)
    return False
