"""What in a file is worth reading: what the interpreters of outlines ask for, as patterns of bytes.

Parsing costs ten times as much as searching, and most of a project's text concerns neither routes
nor tasks nor programs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# Routes and tasks: of no interest in test code.
_PRODUCTION_WORDS = (
    b"APIRouter", b"APIView", b"Blueprint", b"FastAPI", b"Flask", b"HTTPEndpoint",
    b"INSTALLED_APPS", b"MethodView", b"Mount(", b"ROOT_URLCONF", b"Route(", b"Starlette",
    b"add_api_route",
    b"add_resource", b".add_route(", b"add_url_rule", b"add_websocket_route", b"api_view",
    b"include_router", b".mount(", b"register_blueprint", b"rest_framework", b"urlpatterns",
    b"Celery", b"WorkerSettings", b".actor", b"apply_async", b".delay", b"dramatiq", b"enqueue",
    b"send_task", b"shared_task", b"signature(\"", b"signature('", b"signature(\n",
    b"BEAT_SCHEDULE", b"CELERY_", b"PeriodicTask", b"add_periodic_task", b"beat_schedule",
    b"celery", b".s(", b".si(", b".message(", b".send(", b"send_with_options", b".cron(",
    b".schedule(", b'"func":', b"'func':", b"django_rq", b"rq.decorators", b"from arq",
    b"import arq",
    b"AUTHENTICATION_BACKENDS", b"DATABASE_ROUTERS", b"MIDDLEWARE", b"REST_FRAMEWORK",
    b"default_app_config", b"outer.register(",
)  # fmt: skip
# Modules and programs that are named in strings.
_WORDS = (
    b"DJANGO_SETTINGS_MODULE", b"__import__", b"def __getattr__", b"import_module",
    b"import_string", b"lazy_loader", b"patch(\n", b'patch("', b"patch('", b'patch.dict("',
    b"setattr(\n", b'setattr("', b"setattr('", b"symbol_by_name",
    b"os.exec", b"os.spawn", b"os.system", b"resolve_name", b"run_module(", b"run_path(",
    b"subprocess", b"uvicorn.run",
)  # fmt: skip
_DECORATORS = (
    "action", "actor", "api_route", "connect", "delete", "get", "head", "job", "options", "patch",
    "periodic_task", "post", "put", "resource", "route", "task", "trace", "websocket",
    "websocket_route",
)  # fmt: skip
# Decorators of tasks also by other names: `@celery_task`, `@rq_job`.
_DECORATOR = re.compile(
    rf"@(?:[\w.]*\.)?(?:{'|'.join(_DECORATORS)}|\w*(?:actor|job|task)\w*)\b".encode()
)
_COMMENTED_OUT = re.compile(
    rb"\b(?:include_router|register_blueprint|mount|include|add_resource|path|url|register)\s*\("
)
# The start of a statement at the top level: not of what closes a bracket, nor of a comment.
_TOP_LEVEL = re.compile(rb"^[^\s)\]}#]", re.MULTILINE)
_FUNCTION = re.compile(rb"(?:async[ \t]+)?def[ \t]")
_BLANKS = bytes(one if one == ord("\n") else ord(" ") for one in range(256))
# Parsing so few bytes costs less than leaving them out, and short functions return what others ask
# for: a prefix, a router.
_SHORT_BODY = 400


def is_interesting(data: bytes, *, is_test: bool = False, words: Sequence[bytes] = ()) -> bool:
    """Whether something stands in a file that an interpreter asks for.

    Args:
        data: the file.
        is_test: it is test code, of which routes and tasks do not matter.
        words: what else is of interest, in code that is no test.
    """
    # One word after the other: several times faster than one expression for all of them.
    if any(word in data for word in _WORDS):
        return True
    if is_test:
        return False
    if any(word in data for word in words):
        return True
    return any(word in data for word in _PRODUCTION_WORDS) or _DECORATOR.search(data) is not None


def words_of_decorators(decorators: Sequence[str]) -> tuple[bytes, ...]:
    """What is of interest where a project has decorators of its own for tasks."""
    if not decorators:
        return ()
    names = {decorator.rpartition(".")[2] for decorator in decorators}
    return (*(name.encode() for name in sorted(names)), b".kiq(", b"send", b"submit")


def is_interesting_comment(text: bytes) -> bool:
    """Whether a comment may be a line of code that mounts something."""
    return _COMMENTED_OUT.search(text) is not None


def skeleton_of(data: bytes) -> bytes:
    """The file without the bodies of top-level functions in which nothing of interest stands.

    Each is replaced by `...` and blanks, so that every line and column stays what it was.
    """
    pieces: list[bytes] = []
    done = 0
    for start, end in _dull_bodies(data):
        pieces += (data[done:start], b"...", data[start + 3 : end].translate(_BLANKS))
        done = end
    return data if not pieces else b"".join((*pieces, data[done:]))


def _dull_bodies(data: bytes) -> Iterator[tuple[int, int]]:
    tops = [found.start() for found in _TOP_LEVEL.finditer(data)]
    for position, start in enumerate(tops):
        if not _FUNCTION.match(data, start):
            continue
        end = _end_of_function(data, start, tops[position + 1 :])
        if end - start <= _SHORT_BODY:
            continue
        body = _start_of_body(data, start, end)
        if body is None or end - body <= _SHORT_BODY or b"\n" in data[body : body + 3]:
            continue
        if not is_interesting(data[body:end]):
            yield body, end


def _end_of_function(data: bytes, start: int, tops: Sequence[int]) -> int:
    """Where a function ends: at the next statement that does not stand inside of a string."""
    for top in tops:
        text = data[start:top]
        if text.count(b'"""') % 2 == 0 and text.count(b"'''") % 2 == 0:
            return top
    return len(data)


def _start_of_body(data: bytes, start: int, end: int) -> int | None:
    """The first character of a body that begins on a line of its own."""
    depth = 0
    position = start
    while position < end:
        line_end = data.find(b"\n", position, end)
        if line_end < 0:
            return None
        code = data[position:line_end].partition(b"#")[0].rstrip()
        depth += sum(code.count(one) for one in b"([{") - sum(code.count(one) for one in b")]}")
        position = line_end + 1
        if depth <= 0:
            if not code.endswith(b":"):
                return None
            rest = data[position:end]
            return end - len(rest.lstrip())
    return None
