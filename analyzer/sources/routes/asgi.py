"""The routes of FastAPI and Starlette."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.routes import Application, Endpoint, RouteFacts, UnmountedRouter
from analyzer.sources.outline.code import Code
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_explaining import Explainer
from analyzer.sources.routes.asgi_routers import Registrations
from analyzer.sources.routes.asgi_runner import Runner
from analyzer.sources.routes.asgi_values import Taker
from analyzer.sources.routes.mounting import Address


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
        unmounted=tuple(sorted(set(report.unmounted()))),
    )


class _Report:
    """Turns what was registered into facts."""

    def __init__(self, *, code: Code, found: Registrations, evaluator: Evaluator) -> None:
        self._code = code
        self._found = found
        self._evaluator = evaluator
        self._mounted_sites = {taker.site for taker in found.takers if self._is_mounted(taker)}

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
                )

    def unmounted(self) -> Iterator[UnmountedRouter]:
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
            code=self._code,
            found=self._found,
            evaluator=self._evaluator,
            unmounted=tuple(sites.values()),
        )
        for taker in sites.values():
            explanation = explainer.explain(taker)
            yield UnmountedRouter(taker.path, taker.line, taker.name, explanation)

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
