"""Print what applications really answer to: `dump_routes.py module:attribute …`."""

import functools
import importlib
import inspect
import json
import sys

import starlette.routing


def watch():
    """Note the methods as they are given, before Starlette adds HEAD to every GET."""
    build = starlette.routing.Route.__init__

    def __init__(self, path, endpoint, **options):
        build(self, path, endpoint, **options)
        self.declared = options.get("methods") or ["GET"]

    starlette.routing.Route.__init__ = __init__


def contexts(routes):
    """The routes with all prefixes: newer versions of FastAPI join them only when they are asked."""
    try:
        from fastapi.routing import iter_route_contexts
    except ImportError:
        return [(route, route) for route in routes]
    return [(one, one.original_route) for one in iter_route_contexts(routes)]


def answers(route, endpoint):
    """Method and function for each method of a route."""
    while isinstance(endpoint, functools.partial):
        endpoint = endpoint.func
    if isinstance(endpoint, type):
        names = ("get", "head", "post", "put", "patch", "delete", "options")
        for name in names if hasattr(endpoint, "method_not_allowed") else ():
            if hasattr(endpoint, name):
                yield name.upper(), endpoint, f"{endpoint.__qualname__}.{name}"
        if not hasattr(endpoint, "method_not_allowed"):
            yield "WEBSOCKET", endpoint, endpoint.__qualname__
        return
    endpoint = inspect.unwrap(endpoint)
    declared = getattr(route, "declared", None) or getattr(route, "methods", ["WEBSOCKET"])
    for method in declared:
        yield method.upper(), endpoint, endpoint.__qualname__.replace("<locals>.", "")


def walk(routes, prefix):
    for context, route in contexts(routes):
        if isinstance(route, starlette.routing.Host):
            yield from walk(route.routes, prefix)
        elif isinstance(route, starlette.routing.Mount):
            yield from walk(context.routes, prefix + context.path)
        elif route.endpoint.__module__ != "fastapi.applications":
            # FastAPI's own pages: /docs, /redoc, /openapi.json.
            for method, where, name in answers(route, route.endpoint):
                name = "<lambda>" if name.endswith("<lambda>") else name
                yield [method, prefix + context.path, where.__module__, name]


def main():
    watch()
    found = {}
    for argument in sys.argv[1:]:
        module, attribute = argument.split(":")
        app = getattr(importlib.import_module(module), attribute)
        found[argument] = sorted(walk(app.routes, ""))
    print(json.dumps(found, indent=1))


main()
