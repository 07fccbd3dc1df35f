"""What starts a web application: the file that builds it, or one that imports that."""

from __future__ import annotations

import re

from analyzer.graph.liveness import find_live
from analyzer.graph.system import System
from analyzer.model.answers import StartedApplication
from analyzer.model.entry_points import EntryKind, EntryPoint, Standing
from analyzer.model.names import ProjectPath

# What has an application served. A worker or a migration only imports it.
_SERVING = frozenset(
    {EntryKind.CONFIGURED, EntryKind.CONSOLE_SCRIPT, EntryKind.FRAMEWORK, EntryKind.INVOKED}
)
_SERVERS = re.compile(
    r"\b(?:daphne|fastapi|flask|granian|gunicorn|hypercorn|uvicorn|uwsgi|waitress)\b"
)


def find_started_application(system: System, path: ProjectPath) -> StartedApplication:
    """Find what starts the application that a file builds.

    Where nothing but a person starts that file, a file that is started and reaches it, such as a
    `wsgi.py` with `app = create_app()`: the nearest one, of those that a web server is told if
    there are any.
    """
    own = tuple(
        one
        for one in system.entry_points.get(path, ())
        if one.kind is not EntryKind.WEB_APPLICATION
    )
    if any(one.standing is not Standing.GUARD for one in own):
        return StartedApplication(path, own)
    starts = {
        file: serving
        for file, points in system.entry_points.items()
        if (serving := _serving(points))
    }
    served = {
        one.link.imported for one in system.survey.invocations if _SERVERS.search(one.link.text)
    }

    def rank(file: ProjectPath) -> int:
        if file in served:
            return -1
        return min((one.standing for one in starts.get(file, ())), default=Standing.GUARD)

    live = find_live(
        system.module_graph, starts, enters=lambda file: not system.is_test(file), rank=rank
    )
    chain = live.chain_to(path) if path in live else ()
    return StartedApplication(path, starts[chain[0].importer] if chain else own, chain)


def _serving(points: tuple[EntryPoint, ...]) -> tuple[EntryPoint, ...]:
    return tuple(one for one in points if one.kind in _SERVING)
