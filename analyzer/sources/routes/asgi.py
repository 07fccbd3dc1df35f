"""The routes of FastAPI and Starlette."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.model.routes import Application, Endpoint, RouteFacts, UnmountedRouter
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import Name, Outline
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_routers import Registrations, Unfollowed
from analyzer.sources.routes.asgi_runner import Runner
from analyzer.sources.routes.asgi_values import ADDERS, DECORATORS, TAKING_IN, Place, Taker

_TAKEN_IN = re.compile(
    r"\b(?:include_router|mount)\s*\(\s*(?:[^,()]*[\"'],\s*(?:app\s*=\s*)?)?([\w.]+)"
)


def find_asgi_routes(code: Code) -> RouteFacts:
    """Find applications, endpoints with their full addresses, and routers that lead nowhere.

    The order of statements does not matter: a route that is added to a router after that was taken
    in counts. FastAPI's own pages (`/docs`) are left out. A part of an address that cannot be worked
    out is written as `…`.
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
        self._mounted_sites = {_site(taker) for taker in found.takers if self._is_mounted(taker)}

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
                if application is None and _site(route.taker) in self._mounted_sites:
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
            _site(taker): taker
            for taker in sorted(with_routes, key=lambda one: (one.path, one.line, one.name))
            if _site(taker) not in self._mounted_sites
        }
        for taker in sites.values():
            yield UnmountedRouter(
                taker.path, taker.line, taker.name, self._explain(taker, list(sites.values()))
            )

    def _addresses(self, taker: Taker):  # type: ignore[no-untyped-def]
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

    def _explain(self, taker: Taker, unmounted: list[Taker]) -> str:
        for path, line, text in self._commented_out(taker, unmounted):
            return f"{path}:{line} would mount it but is commented out: {text}"
        above = [one for one in self._found.mounts.find_takers(taker) if _site(one) != _site(taker)]
        if above:
            first = min(above, key=lambda one: (one.path, one.line))
            return f"taken in by {first.name} ({first.path}:{first.line}), which is mounted nowhere"
        for one in self._found.unfollowed:
            if any(_site(taken) == _site(taker) for taken in one.taken):
                return f"{one.path}:{one.line} takes it into something that cannot be followed"
        reason = "no include_router takes it in"
        for path, line, name in self._handed_on(taker):
            return f"{reason}; {path}:{line} hands it to {name}, which cannot be followed"
        names = {"", *self._aliases(taker)}
        concerned = [one for one in self._found.unfollowed if not one.taken and one.name in names]
        if concerned:
            first_of = min(concerned, key=lambda one: (one.path, one.line))
            return f"{reason}; {first_of.path}:{first_of.line} includes routers that cannot be followed"
        return reason

    def _commented_out(
        self, taker: Taker, unmounted: list[Taker]
    ) -> Iterator[tuple[ProjectPath, int, str]]:
        for outline in self._code.outlines:
            for line, text in outline.comments:
                named = _TAKEN_IN.search(text)
                if named is not None and self._may_mean(outline, named[1], taker, unmounted):
                    yield outline.path, line, text

    def _may_mean(
        self, outline: Outline, dotted: str, taker: Taker, unmounted: list[Taker]
    ) -> bool:
        """Whether a name in a comment means a router; the import is often commented out as well."""
        if self._evaluator.look_up(Place(outline.path), dotted):
            return self._is_meant(Place(outline.path), dotted, taker)
        fitting = [one for one in unmounted if _is_called(one, dotted)]
        return len(fitting) == 1 and fitting[0] == taker

    def _aliases(self, taker: Taker) -> set[str]:
        """What a router may be called in other files: by imports, as an attribute of a class."""
        names = {taker.name.rpartition(".")[2]}
        for outline in self._code.outlines:
            bound = {one.bound_as for one in outline.bindings if one.name in names}
            for one in outline.assignments:
                if (
                    isinstance(one.value, Name)
                    and one.value.dotted.rpartition(".")[2] in names | bound
                    and self._is_meant(Place(outline.path, one.scope), one.value.dotted, taker)
                ):
                    names.add(one.target.rpartition(".")[2])
            names |= {name for name in bound if self._is_meant(Place(outline.path), name, taker)}
        return names

    def _is_meant(self, place: Place, dotted: str, taker: Taker) -> bool:
        values = self._evaluator.look_up(place, dotted)
        return any(isinstance(one, Taker) and _site(one) == _site(taker) for one in values)

    def _handed_on(self, taker: Taker) -> Iterator[tuple[ProjectPath, int, str]]:
        """The calls that get a router as an argument and cannot be followed."""
        names = self._aliases(taker)
        for outline in self._code.outlines:
            for one in outline.calls:
                arguments = (*one.call.arguments, *(value for _, value in one.call.keywords))
                for argument in arguments:
                    if not isinstance(argument, Name) or one.call.name in _FOLLOWED:
                        continue
                    if names.isdisjoint(argument.dotted.split(".")):
                        continue
                    place = Place(outline.path, one.scope)
                    if self._is_meant(place, argument.dotted, taker):
                        yield outline.path, one.call.line, f"{one.call.dotted or one.call.name}()"


_FOLLOWED = frozenset({*ADDERS, *DECORATORS, *TAKING_IN, "append", "cbv", "getattr"})


def _site(taker: Taker) -> tuple[ProjectPath, int, str]:
    return taker.path, taker.line, taker.name


def _is_called(taker: Taker, dotted: str) -> bool:
    """Whether `tenants_router` or `tenants.router` fits a router in `tenants.py`."""
    own = taker.name.rpartition(".")[2]
    stem = taker.path.rpartition("/")[2].removesuffix(".py")
    first, _, last = dotted.rpartition(".")
    if first:
        return last == own and first.rpartition(".")[2] == stem
    return dotted in (f"{stem}_{own}", stem) or (own != "router" and dotted == own)
