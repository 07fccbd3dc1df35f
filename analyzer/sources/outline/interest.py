"""What in a file is worth reading: what the interpreters of outlines ask for, as patterns of bytes.

Parsing costs ten times as much as searching, and most of a project's text concerns neither routes
nor tasks nor programs.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Self

from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct
from msgspec.structs import replace


class Library(enum.Enum):
    """What a project may use, and interpreters of outlines know."""

    ASGI = enum.auto()
    FLASK = enum.auto()
    DJANGO = enum.auto()
    CELERY = enum.auto()
    DRAMATIQ = enum.auto()
    RQ = enum.auto()
    ARQ = enum.auto()


class _Family(Struct, frozen=True):
    """Libraries that are used alike."""

    library: Library
    signs: tuple[bytes, ...]
    """One of these stands somewhere in a project that uses them."""
    words: tuple[bytes, ...]
    """In such a project, what stands in a file that is of interest."""


_FAMILIES = (
    _Family(
        Library.ASGI,
        (b"import fastapi", b"from fastapi", b"import starlette", b"from starlette"),
        (
            b"(FastAPI", b"FastAPI(", b"HTTPEndpoint", b"Mount(", b"Route(", b"Router",
            b"Starlette(", b"WebSocketEndpoint", b"_route(", b"entry_points(", b"include_router",
            b".mount(",
        ),
    ),
    _Family(
        Library.FLASK,
        (b"import flask", b"from flask"),
        (
            b"(Flask", b"(app)", b"(app,", b"Api(", b"Flask(", b"MethodView", b"Resource)",
            b"View)", b"_resource", b"add_url_rule", b"entry_points(", b"init_app(", b"lueprint",
        ),
    ),
    _Family(
        Library.DJANGO,
        (b"import django", b"from django", b"django."),
        (
            b"APIView", b"AUTHENTICATION_BACKENDS", b"DATABASE_ROUTERS", b"DJANGO_SETTINGS_MODULE",
            b"INSTALLED_APPS", b"MIDDLEWARE", b"REST_FRAMEWORK", b"ROOT_URLCONF", b"api_view",
            b"default_app_config", b"outer.register(", b"rest_framework", b"urlpatterns",
        ),
    ),
    _Family(
        Library.CELERY,
        (b"import celery", b"from celery", b"celery.task"),
        (
            b"BEAT_SCHEDULE", b"CELERY_", b"Celery", b"PeriodicTask", b"add_periodic_task",
            b"apply_async", b"beat_schedule", b"celery", b".delay", b".s(", b"send_task",
            b"shared_task", b".si(", b"signature(",
        ),
    ),
    _Family(
        Library.DRAMATIQ,
        (b"import dramatiq", b"from dramatiq"),
        (b".actor", b"dramatiq", b".message(", b".send(", b"send_with_options"),
    ),
    _Family(
        Library.RQ,
        (b"django_rq", b"flask_rq", b"from rq", b"import rq", b"rq_scheduler"),
        (
            b".cron(", b".delay", b"django_rq", b"enqueue", b'"func":', b"'func':",
            b"rq.decorators", b".schedule(",
        ),
    ),
    _Family(Library.ARQ,
        (b"from arq", b"import arq"), (b"WorkerSettings", b"arq", b"enqueue_job")),
)  # fmt: skip
_NAMES = (
    b"__import__", b"def __getattr__", b"import_module", b"import_string", b"lazy_loader",
    b"os.exec", b"os.spawn", b"os.system", b"resolve_name", b"run_module(", b"run_path(",
    b"subprocess", b"uvicorn.run", b"DJANGO_SETTINGS_MODULE", b"symbol_by_name",
)  # fmt: skip
# Who uses a library imports it near the top of some file.
_TOP = 8192
_DECORATORS = (
    "action", "api_route", "delete", "get", "head", "options", "patch", "post", "put",
    "resource", "route", "trace", "websocket", "websocket_route",
)  # fmt: skip
# Decorators of tasks also by other names: `@celery_task`, `@rq_job`.
_DECORATOR = re.compile(
    rf"@(?:[\w.]*\.)?(?:{'|'.join(_DECORATORS)}|\w*(?:actor|job|task)\w*)\b".encode()
)


class Interest(Struct, frozen=True):
    """What is of interest in the files of one project."""

    libraries: frozenset[Library]
    words: tuple[bytes, ...]
    has_decorators: bool
    """Whether decorators of routes and tasks are of interest."""

    def is_in(self, data: bytes) -> bool:
        """Whether something that an interpreter asks for stands in a file."""
        if _finder(self.words).find_matches_as_indexes(data):
            return True
        return self.has_decorators and _DECORATOR.search(data) is not None

    def with_word(self, word: bytes) -> Self:
        """The same, and what stands around a word."""
        return replace(self, words=(*self.words, word))


@cache
def _finder(words: tuple[bytes, ...]) -> BytesAhoCorasick:
    """Finds words in one pass over a text, however many there are."""
    return BytesAhoCorasick(words)


def build_interest(files: Iterable[bytes], *, more: Sequence[bytes] = ()) -> Interest:
    """Find out which libraries for routes and tasks a project uses, and what is of interest then.

    Args:
        files: the contents of its production code.
        more: what else is of interest.
    """
    signs = tuple(sign for family in _FAMILIES for sign in family.signs)
    found: set[bytes] = set()
    for data in files:
        matches = _finder(signs).find_matches_as_indexes(data[:_TOP], overlapping=True)
        found.update(signs[number] for number, _, _ in matches)
    used = [family for family in _FAMILIES if not found.isdisjoint(family.signs)]
    words = {word for family in used for word in family.words}
    return Interest(
        libraries=frozenset(family.library for family in used),
        words=tuple(sorted({*words, *more})),
        has_decorators=bool(used or more),
    )


NAMES = Interest(libraries=frozenset(), words=_NAMES, has_decorators=False)
"""Modules and programs that are named in strings."""

ANYTHING = Interest(
    libraries=frozenset(Library),
    words=tuple(sorted({*_NAMES, *(word for family in _FAMILIES for word in family.words)})),
    has_decorators=True,
)
"""What is of interest in a project that uses every library."""


def words_of_decorators(decorators: Sequence[str]) -> tuple[bytes, ...]:
    """What is of interest where a project has decorators of its own for tasks."""
    if not decorators:
        return ()
    names = {decorator.rpartition(".")[2] for decorator in decorators}
    return (*(name.encode() for name in sorted(names)), b".kiq(", b".delay", b"send", b"submit")
