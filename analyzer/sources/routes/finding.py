"""Every framework's routes: one line each where they are listed."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.imports import Link
from analyzer.model.routes import Endpoint, RouteFacts
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.interest import Library
from analyzer.sources.routes.asgi import find_asgi_routes
from analyzer.sources.routes.django import find_django_routes
from analyzer.sources.routes.django_links import find_django_links
from analyzer.sources.routes.flask import find_flask_routes

_FRAMEWORKS = (
    (Library.ASGI, find_asgi_routes),
    (Library.DJANGO, find_django_routes),
    (Library.FLASK, find_flask_routes),
)


class Routes(Struct, frozen=True):
    """What was found, and the modules that routes and settings name by strings."""

    facts: RouteFacts
    links: tuple[Link, ...]


def find_routes(code: Code) -> Routes:
    """Find the applications, the endpoints, and what is mounted nowhere, of every framework."""
    found = [find(code) for library, find in _FRAMEWORKS if library in code.libraries]
    return Routes(
        facts=RouteFacts(
            applications=tuple(sorted({one for facts in found for one in facts.applications})),
            endpoints=tuple(
                sorted({one for facts in found for one in facts.endpoints}, key=Endpoint.sort_key)
            ),
            unmounted=tuple(sorted({one for facts in found for one in facts.unmounted})),
        ),
        links=find_django_links(code) if Library.DJANGO in code.libraries else (),
    )
