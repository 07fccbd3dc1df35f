"""Says why a router leads to no application."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import Call, Name, Outline
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_routers import Registrations
from analyzer.sources.routes.asgi_values import (
    ADDERS,
    CLASS_VIEW,
    DECORATORS,
    TAKING_IN,
    Place,
    Site,
    Taker,
)

# `include_router(router, …)`, `mount("/path", app)`: what is taken in.
_TAKEN_IN = re.compile(
    r"\b(?:include_router|mount)\s*\(\s*(?:[^,()]*[\"'],\s*)?(?:(?:app|router)\s*=\s*)?([\w.]+)"
)
# Calls that are followed, or that do nothing to a router.
_FOLLOWED = frozenset({*ADDERS, *DECORATORS, *TAKING_IN, "append", CLASS_VIEW, "getattr"})


class Explainer:
    """Looks for what may concern the routers that lead nowhere; each file once."""

    def __init__(
        self,
        *,
        code: Code,
        found: Registrations,
        evaluator: Evaluator,
        unmounted: tuple[Taker, ...],
    ) -> None:
        """Look through the code for the names of the routers.

        Args:
            code: the outlines of the project.
            found: what was registered.
            evaluator: tells what names mean.
            unmounted: the routers that lead nowhere, one for each site.
        """
        self._found = found
        self._evaluator = evaluator
        self._unmounted = {taker.site: taker for taker in unmounted}
        self._names: dict[Site, set[str]] = {one.site: {one.last_name} for one in unmounted}
        self._every_name = {taker.last_name for taker in found.takers}
        self._last_names = {taker.last_name for taker in unmounted}
        self._comments: dict[Site, str] = {}
        self._handed: dict[Site, str] = {}
        self._by_name: dict[str, list[Taker]] = defaultdict(list)
        for taker in unmounted:
            for name in _names_of(taker):
                self._by_name[name].append(taker)
        for outline in code.outlines if unmounted else ():
            self._look_for_aliases(outline)
            self._look_at_comments(outline)
        every_name = {name for names in self._names.values() for name in names}
        for outline in code.outlines if unmounted else ():
            self._look_at_calls(outline, every_name)

    def explain(self, taker: Taker) -> str:
        """Why a router leads nowhere, the most telling reason."""
        if taker.site in self._comments:
            return self._comments[taker.site]
        takers = self._found.mounts.find_takers(taker)
        above = sorted(one.site for one in takers if one.site != taker.site)
        if above:
            path, line, name = above[0]
            return f"taken in by {name} ({path}:{line}), which is mounted nowhere"
        for one in self._found.unfollowed:
            if any(taken.site == taker.site for taken in one.taken):
                return f"{one.path}:{one.line} takes it into something that cannot be followed"
        reason = "no include_router takes it in"
        further = self._handed.get(taker.site) or self._unfollowed(taker)
        return f"{reason}; {further}" if further else reason

    def _unfollowed(self, taker: Taker) -> str | None:
        """What includes something that may be the router."""
        # A name that no other router bears may be anything: an attribute of a plug-in's class.
        own = self._names[taker.site]
        concerned = sorted(
            (one.path, one.line)
            for one in self._found.unfollowed
            if not one.taken and (one.name in own or one.name not in self._every_name)
        )
        if not concerned:
            return None
        path, line = concerned[0]
        return f"{path}:{line} includes what cannot be followed"

    def _look_for_aliases(self, outline: Outline) -> None:
        """What routers are called in other files: by imports, as an attribute of a class."""
        known = self._last_names
        bound = {one.bound_as for one in outline.bindings if one.name in known}
        for name in sorted(bound):
            for site in self._meant(Place(outline.path), name):
                self._names[site].add(name)
        for one in outline.assignments:
            if isinstance(one.value, Name) and _last(one.value.dotted) in known | bound:
                for site in self._meant(Place(outline.path, one.scope), one.value.dotted):
                    self._names[site].add(_last(one.target))

    def _look_at_comments(self, outline: Outline) -> None:
        for line, text in outline.comments:
            named = _TAKEN_IN.search(text)
            if named is None:
                continue
            place, dotted = Place(outline.path), named[1]
            if self._evaluator.look_up(place, dotted):
                sites = list(self._meant(place, dotted))
            else:
                # The import is often commented out as well.
                fitting = self._by_name.get(".".join(dotted.split(".")[-2:]), [])
                sites = [fitting[0].site] if len(fitting) == 1 else []
            for site in sites:
                said = f"{outline.path}:{line} would mount it but is commented out: {text}"
                self._comments.setdefault(site, said)

    def _look_at_calls(self, outline: Outline, names: set[str]) -> None:
        """The calls that get a router as an argument and cannot be followed."""
        for one in outline.calls:
            if one.call.name in _FOLLOWED:
                continue
            for argument in _arguments_of(one.call):
                if names.isdisjoint(argument.dotted.split(".")):
                    continue
                for site in self._meant(Place(outline.path, one.scope), argument.dotted):
                    called = one.call.dotted or one.call.name
                    said = (
                        f"{outline.path}:{one.call.line} hands it to {called}(), "
                        "which cannot be followed"
                    )
                    self._handed.setdefault(site, said)

    def _meant(self, place: Place, dotted: str) -> Iterator[Site]:
        """Which of the routers that lead nowhere a name means."""
        for value in self._evaluator.look_up(place, dotted):
            if isinstance(value, Taker) and value.site in self._unmounted:
                yield value.site


def _arguments_of(call: Call) -> Iterator[Name]:
    for argument in (*call.arguments, *(value for _, value in call.keywords)):
        if isinstance(argument, Name):
            yield argument


def _names_of(taker: Taker) -> Iterator[str]:
    """What fits a router in `tenants.py`: `tenants_router`, `tenants.router`."""
    stem = taker.path.rpartition("/")[2].removesuffix(".py")
    yield f"{stem}_{taker.last_name}"
    yield f"{stem}.{taker.last_name}"
    yield stem
    if taker.last_name != "router":
        yield taker.last_name


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
