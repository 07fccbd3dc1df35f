"""The routes of FastAPI and Starlette."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.model.routes import Application, Endpoint, RouteFacts, UnmountedRouter
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import Call, Scope
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_routers import Registrations
from analyzer.sources.routes.asgi_runner import Runner
from analyzer.sources.routes.asgi_values import (
    ADDERS,
    CLASS_VIEW,
    DECORATORS,
    TAKING_IN,
    Outside,
    Place,
    Taker,
)
from analyzer.sources.routes.explaining import Explainer, Framework, Lost
from analyzer.sources.routes.mounting import Address, Site

# `include_router(router, …)`, `mount("/path", app)`: what is taken in.
_COMMENTED = re.compile(
    r"\b(?:include_router|mount)\s*\(\s*(?:[^,()]*[\"'],\s*)?(?:(?:app|router)\s*=\s*)?([\w.]+)"
)
# Calls that are followed, or that do nothing to a router.
_FOLLOWED = frozenset({*ADDERS, *DECORATORS, *TAKING_IN, "append", CLASS_VIEW, "getattr"})


def find_asgi_routes(code: Code) -> RouteFacts:
    """Find applications, endpoints with their full addresses, and routers that lead nowhere.

    The order of statements does not matter: a route that is added to a router after that was taken
    in counts. FastAPI's own pages (`/docs`) and the HEAD that Starlette adds to every GET are left
    out. A part of an address that cannot be worked out is written as `…`.
    """
    runner = Runner(code)
    found = runner.run()
    report = _Report(code=code, found=found, evaluator=runner.evaluator)
    return RouteFacts(
        applications=tuple(sorted(set(report.applications()))),
        endpoints=tuple(sorted(set(report.endpoints()), key=Endpoint.sort_key)),
        unmounted=report.unmounted,
    )


class _Report:
    """Turns what was registered into facts."""

    def __init__(self, *, code: Code, found: Registrations, evaluator: Evaluator) -> None:
        self._code = code
        self._found = found
        self._evaluator = evaluator
        self._mounted_sites = {taker.site for taker in found.takers if self._is_mounted(taker)}
        self.unmounted = tuple(sorted(self._find_unmounted()))
        self._doubtful = {
            (one.path, one.line, one.name) for one in self.unmounted if one.is_doubtful
        }

    def applications(self) -> Iterator[Application]:
        """The outermost applications: what is mounted on another one is part of that."""
        for taker in self._found.takers:
            if taker.kind.is_application and self._tops(taker) == [taker]:
                yield Application(taker.path, taker.line, taker.name, taker.kind.value)

    def endpoints(self) -> Iterator[Endpoint]:
        """Each route at each of its addresses."""
        for route in self._found.routes:
            for address in self._addresses(route.taker):
                application = address.top.path if address.top.kind.is_application else None
                if application is None and route.taker.site in self._mounted_sites:
                    continue
                yield Endpoint(
                    path=route.handler.path,
                    line=route.handler.line,
                    method=route.method,
                    route=address.prefix + route.path,
                    handler=route.handler.name,
                    declared_in=route.declared_in,
                    declared_line=route.declared_line,
                    application=application,
                    is_doubtful=application is None and route.taker.site in self._doubtful,
                )

    def _find_unmounted(self) -> Iterator[UnmountedRouter]:
        """The routers with routes, of their own or taken in, that lead to no application."""
        with_routes = {route.taker for route in self._found.routes}
        for taker in list(with_routes):
            with_routes.update(self._all_takers(taker))
        sites = {
            taker.site: taker
            for taker in sorted(with_routes, key=lambda one: one.site)
            if taker.site not in self._mounted_sites
        }
        explainer = Explainer(
            self._code,
            Framework(self._find_sites, self._is_followed, _COMMENTED),
            routers={site: self._lost(taker) for site, taker in sites.items()},
            every_name=(taker.name for taker in self._found.takers),
            unfollowed=self._found.unfollowed,
        )
        return explainer.routers()

    def _lost(self, taker: Taker) -> Lost:
        takers = {one.site for one in self._found.mounts.find_takers(taker)}
        return Lost("include_router", tuple(sorted(takers - {taker.site})))

    def _find_sites(self, path: ProjectPath, scope: Scope, dotted: str) -> Iterator[Site]:
        for value in self._evaluator.look_up(Place(path, scope), dotted):
            if isinstance(value, Taker):
                yield value.site

    def _is_followed(self, path: ProjectPath, scope: Scope, call: Call) -> bool:
        callees = self._evaluator.callees(Place(path, scope), call)
        return call.name in _FOLLOWED or any(not isinstance(one, Outside) for one in callees)

    def _addresses(self, taker: Taker) -> tuple[Address[Taker], ...]:
        return self._found.mounts.find_addresses(
            taker, is_application=lambda one: one.kind.is_application
        )

    def _tops(self, taker: Taker) -> list[Taker]:
        return [address.top for address in self._addresses(taker)]

    def _is_mounted(self, taker: Taker) -> bool:
        return any(top.kind.is_application for top in self._tops(taker))

    def _all_takers(self, taker: Taker) -> set[Taker]:
        found: set[Taker] = set()
        pending = [taker]
        while pending:
            for above in self._found.mounts.find_takers(pending.pop()):
                if above not in found:
                    found.add(above)
                    pending.append(above)
        return found
