"""The routes of Flask and Flask-RESTful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.model.routes import Application, Endpoint, RouteFacts, UnmountedRouter
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import Constant
from analyzer.sources.routes.flask_explaining import explain_unmounted, label_of
from analyzer.sources.routes.flask_program import Noted, Program, constructor_of
from analyzer.sources.routes.flask_reach import find_users_of_flask
from analyzer.sources.routes.flask_values import (
    API,
    APPLICATION,
    BLUEPRINT,
    SHORTCUTS,
    Built,
    KnownClass,
    KnownFunction,
    Value,
    Values,
    text_of,
)
from analyzer.sources.routes.flask_views import ANY, Handler, Views, name_of
from analyzer.sources.routes.mounting import Mounts

UNKNOWN = "…"
"""Stands in an address for a part that cannot be worked out."""


def find_flask_routes(code: Code) -> RouteFacts:
    """Find applications, endpoints with their full addresses, and blueprints that lead nowhere.

    The order of statements does not matter. Flask's own `/static/<path:filename>` is left out, and
    so are HEAD and OPTIONS, which Flask adds to every route, where no one names them. Of a function
    of the project that returns one of several addresses, such as one with the name of a tenant
    under a setting, the last one is reported. A method that cannot be worked out is `ANY`; a part
    of an address is `…`.
    """
    users = find_users_of_flask(code)
    if not users:
        return RouteFacts()
    report = _Report(code, Program(code, users))
    return RouteFacts(
        applications=tuple(sorted(set(report.applications()))),
        endpoints=tuple(sorted(set(report.endpoints()), key=Endpoint.sort_key)),
        unmounted=report.unmounted,
    )


class _Place(Struct, frozen=True):
    """Where the routes of an object end up."""

    application: ProjectPath | None
    prefix: str


class _Report:
    """Turns what Flask is told into facts."""

    def __init__(self, code: Code, program: Program) -> None:
        self._program = program
        self._views = Views(code, self._program.evaluator)
        self._mounts: Mounts[Built] = Mounts(join=_join)
        self._targets: dict[Built, dict[Built, None]] = defaultdict(dict)
        for one in filter(self._program.happens, self._program.taken_in):
            for router in one.router:
                if one.by is None or not isinstance(router, Built) or router == one.by:
                    continue
                if router.kind == API:
                    self._targets[router][one.by] = None
                elif router.kind == BLUEPRINT:
                    given = None if one.called is None else one.called.argument(None, "url_prefix")
                    prefix = self._own_prefix(router) if _is_absent(given) else _text(given)
                    self._mounts.take_in(router=router, by=one.by, prefix=prefix)
        self._by_endpoint = {
            (one.called.method.owner, text_of(one.called.argument(0, "endpoint"))): one
            for one in self._program.routes
            if one.called.method.name == "endpoint"
        }
        self.unmounted = tuple(sorted(self._find_unmounted()))
        self._doubtful = {(one.path, one.line) for one in self.unmounted if one.is_doubtful}

    def applications(self) -> Iterator[Application]:
        """Every application that is built."""
        for built in self._program.evaluator.built:
            if built.kind == APPLICATION:
                name = label_of(self._program, built)
                yield Application(built.path, built.call.line, name, built.kind)

    def endpoints(self) -> Iterator[Endpoint]:
        """Each route at each of its addresses."""
        for noted in self._program.routes:
            owner, name = noted.called.method.owner, noted.called.method.name
            if not isinstance(owner, Built) or name == "endpoint":
                continue
            for rule in self._rules_of(noted):
                for handler in self._handlers_of(noted):
                    for place in self._places_of(owner):
                        route = (
                            place.prefix + rule if owner.kind == API else _join(place.prefix, rule)
                        )
                        yield Endpoint(
                            path=handler.path,
                            line=handler.line,
                            method=handler.method,
                            route=route,
                            handler=handler.name,
                            declared_in=noted.declared[0],
                            declared_line=noted.declared[1],
                            application=place.application,
                            is_doubtful=place.application is None
                            and (owner.path, owner.call.line) in self._doubtful,
                        )

    def _find_unmounted(self) -> Iterator[UnmountedRouter]:
        """The blueprints and APIs with routes, of their own or taken in, that lead nowhere."""
        pending = [
            one.called.method.owner
            for one in self._program.routes
            if isinstance(one.called.method.owner, Built)
        ]
        with_routes: dict[Built, None] = {}
        while pending:
            router = pending.pop()
            if router not in with_routes:
                with_routes[router] = None
                pending += self._takers_of(router)
        mounted = {
            (one.path, one.call.line)
            for one in with_routes
            if any(place.application is not None for place in self._places_of(one))
        }
        left = {
            router: self._takers_of(router)
            for router in with_routes
            if router.kind != APPLICATION and (router.path, router.call.line) not in mounted
        }
        return explain_unmounted(self._program, left)

    def _takers_of(self, router: Built) -> list[Built]:
        if router.kind == API:
            return list(self._targets.get(router, ()))
        return list(self._mounts.find_takers(router))

    def _places_of(self, owner: Built) -> list[_Place]:
        if owner.kind == API:
            prefix = self._own_prefix(owner)
            targets = list(self._targets.get(owner, ()))
            above = [place for target in targets for place in self._places_of(target)]
            # Other than Flask, Flask-RESTful puts the pieces together as they are.
            return [_Place(place.application, place.prefix + prefix) for place in above] or [
                _Place(None, prefix)
            ]
        found = []
        for address in self._mounts.find_addresses(
            owner, is_application=lambda one: one.kind == APPLICATION
        ):
            if address.top.kind == APPLICATION:
                found.append(_Place(address.top.path, address.prefix))
            else:
                prefix = self._own_prefix(address.top)
                found.append(_Place(None, _join(prefix, address.prefix)))
        return found

    def _own_prefix(self, router: Built) -> str:
        """The prefix that a blueprint or an API is built with."""
        position, keyword = (1, "prefix") if router.kind == API else (5, "url_prefix")
        arguments, keywords = constructor_of(self._program.evaluator, router)
        given = dict(keywords).get(keyword)
        if given is None and position < len(arguments):
            given = arguments[position]
        return "" if _is_absent(given) else _text(given)

    def _rules_of(self, noted: Noted) -> list[str]:
        called = noted.called
        name = called.method.name
        if name in ("add_resource", "resource"):
            given = called.arguments[1 if name == "add_resource" else 0 :]
        else:
            rule = called.argument(0, "rule")
            given = () if rule is None else (rule,)
        return [text for values in given if (text := text_of(values)) is not None]

    def _handlers_of(self, noted: Noted) -> Iterator[Handler]:
        called = noted.called
        name = called.method.name
        decorated, line = noted.decorated, noted.line
        given: Values = () if decorated is None else (decorated,)
        if name == "add_url_rule":
            given = called.argument(2, "view_func") or ()
            by_endpoint = self._by_endpoint.get(
                (called.method.owner, text_of(called.argument(1, "endpoint")))
            )
            if _is_absent(given) and by_endpoint is not None and by_endpoint.decorated is not None:
                decorated, line = by_endpoint.decorated, by_endpoint.line
                given = (by_endpoint.decorated,)
        elif name == "add_resource":
            given = called.argument(0, "resource") or ()
        view = self._views.find_view(given)
        methods = (
            (name.upper(),)
            if name in SHORTCUTS
            else self._views.texts(called.argument(None, "methods"))
        )
        if view is None:
            # A view of a library: what it answers to is only known where the route says so.
            for method in methods or (ANY,):
                yield Handler(*noted.declared, name_of(given), method)
            return
        for handler in self._views.handlers(view, methods):
            if line is not None and _is_same(view, decorated):
                yield Handler(handler.path, line, handler.name, handler.method)
            else:
                yield handler


def _is_same(view: KnownFunction | KnownClass, decorated: Value | None) -> bool:
    """Whether a view is the function that a decorator stands on, in whichever run."""
    return (
        isinstance(view, KnownFunction)
        and isinstance(decorated, KnownFunction)
        and (view.path, view.function) == (decorated.path, decorated.function)
    )


def _join(outer: str, inner: str) -> str:
    """A prefix and what follows, with one slash in between, as Flask joins them."""
    if not outer or not inner:
        return outer or inner
    return f"{outer.rstrip('/')}/{inner.lstrip('/')}"


def _is_absent(values: Values | None) -> bool:
    return not values or values == (Constant("None"),)


def _text(values: Values | None) -> str:
    text = text_of(values)
    return UNKNOWN if text is None else text
