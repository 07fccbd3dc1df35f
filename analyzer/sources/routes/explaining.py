"""Says why a router leads to no application, or that it may lead to one: one rule for frameworks.

Nothing is claimed where something that cannot be followed may mount the router.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.model.routes import UnmountedRouter
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import (
    Attribute,
    Call,
    Expression,
    Name,
    Outline,
    Scope,
    Text,
)
from analyzer.sources.routes.mounting import Site


class Unfollowed(Struct, frozen=True, order=True):
    """A statement that takes in a router, and that cannot be followed to its end."""

    path: ProjectPath
    line: int
    scope: Scope
    name: str = ""
    """The last part of what it takes in, `router`; empty where that has no name."""
    taken: tuple[Site, ...] = ()
    """What it takes in, where only what it is taken into is not known."""


class Lost(Struct, frozen=True):
    """A router with routes that leads nowhere, as far as its framework's interpreter knows."""

    statement: str
    """What would take it in, `include_router`."""
    taken_by: tuple[Site, ...]
    """The routers that do, which lead nowhere either."""


class Framework(Struct, frozen=True):
    """What the explanations need to know of one framework's interpreter."""

    find_sites: Callable[[ProjectPath, Scope, str], Iterable[Site]]
    """The routers that a name means in a scope."""
    is_followed: Callable[[ProjectPath, Scope, Call], bool]
    """Whether it is known what a call does with a router that it is given."""
    commented: re.Pattern[str]
    """A comment that would mount something, and as its groups the name of that."""


def last_name_of(taken: Expression | None) -> str:
    """What a statement takes in is called at its end, `module.router`; a plain name says nothing.

    That may be a parameter, or the variable of a loop.
    """
    match taken:
        case Name(dotted) if "." in dotted:
            return dotted.rpartition(".")[2]
        case Attribute(name=name):
            return name
        case Call(name="getattr", arguments=(_, Text(name), *_)):
            return name
    return ""


def may_run(code: Code, path: ProjectPath, scope: Scope) -> bool:
    """Whether the function that a statement stands in may be called, as far as names tell.

    By its name, which other code, a string or a comment holds; by its decorators; as a method of an
    object; as a plug-in or a console script. What stands at the top level of a file runs.
    """
    function = code.table_of(path).function_at(scope[:1])
    if function is None or function.decorators:
        return True
    return code.is_named_elsewhere(function.name) or any(
        (path, function.name) in places for places in code.plugins.values()
    )


class Explainer:
    """Looks for what may concern the routers that lead nowhere; each file once."""

    def __init__(
        self,
        code: Code,
        framework: Framework,
        *,
        routers: Mapping[Site, Lost],
        every_name: Iterable[str],
        unfollowed: Iterable[Unfollowed],
    ) -> None:
        """Look through the code for the names of the routers.

        Args:
            code: the outlines of the project.
            framework: what its interpreter knows.
            routers: those that lead nowhere.
            every_name: what any router is called in its file.
            unfollowed: the statements that could not be followed.
        """
        self._code = code
        self._framework = framework
        self._routers = routers
        self._every_name = {_last(name) for name in every_name}
        self._open: list[Unfollowed] = []
        self._idle: list[Unfollowed] = []
        self._names = {site: {_last(site[2])} for site in routers}
        self._comments: dict[Site, str] = {}
        self._handed: dict[Site, str] = {}
        self._by_name: dict[str, list[Site]] = defaultdict(list)
        if routers:
            self._look_through(unfollowed)

    def routers(self) -> Iterator[UnmountedRouter]:
        """Each router that leads nowhere, with the most telling reason."""
        for site in self._routers:
            path, line, name = site
            doubt = self._doubt_about(site, set())
            yield UnmountedRouter(
                path, line, name, doubt or self._reason(site), is_doubtful=doubt is not None
            )

    def _doubt_about(self, site: Site, seen: set[Site]) -> str | None:
        """What may mount a router after all."""
        seen.add(site)
        for one in self._open:
            if site in one.taken:
                return f"{one.path}:{one.line} takes it into something that cannot be followed"
        if site in self._handed:
            return self._handed[site]
        if site in self._comments:
            return None
        for above in self._routers[site].taken_by:
            if above not in seen and self._doubt_about(above, seen) is not None:
                path, line, name = above
                return f"taken in by {name} ({path}:{line}), which may be mounted"
        # A name that no router bears may be anything: an attribute of a plug-in's class.
        own = self._names[site]
        for one in self._open:
            if not one.taken and (one.name in own or one.name not in self._every_name):
                return f"{one.path}:{one.line} takes in something that cannot be followed"
        return None

    def _reason(self, site: Site) -> str:
        if site in self._comments:
            return self._comments[site]
        for path, line, name in self._routers[site].taken_by:
            return f"taken in by {name} ({path}:{line}), which is mounted nowhere"
        for one in self._idle:
            if site in one.taken:
                where = f"{one.scope[-1]}() ({one.path}:{one.line})"
                return f"only {where} takes it in, which nothing calls"
        return f"no {self._routers[site].statement} takes it in"

    def _look_through(self, unfollowed: Iterable[Unfollowed]) -> None:
        for one in sorted(unfollowed):
            (self._open if may_run(self._code, one.path, one.scope) else self._idle).append(one)
        for site in self._routers:
            for name in _names_of(site):
                self._by_name[name].append(site)
        for outline in self._code.outlines:
            self._look_for_aliases(outline)
            self._look_at_comments(outline)
        every_name = {name for names in self._names.values() for name in names}
        for outline in self._code.outlines:
            self._look_at_calls(outline, every_name)

    def _look_for_aliases(self, outline: Outline) -> None:
        """What routers are called in other files: by imports, as an attribute of a class."""
        known = {_last(name) for _, _, name in self._routers}
        bound = {one.bound_as for one in outline.bindings if one.name in known}
        for name in sorted(bound):
            for site in self._meant(outline.path, (), name):
                self._names[site].add(name)
        for one in outline.assignments:
            if isinstance(one.value, Name) and _last(one.value.dotted) in known | bound:
                for site in self._meant(outline.path, one.scope, one.value.dotted):
                    self._names[site].add(_last(one.target))

    def _look_at_comments(self, outline: Outline) -> None:
        for line, text in outline.comments:
            named = self._framework.commented.search(text)
            if named is None:
                continue
            dotted = next(group for group in named.groups() if group)
            sites = list(self._framework.find_sites(outline.path, (), dotted))
            if not sites:
                # The import is often commented out as well.
                fitting = self._by_name.get(".".join(dotted.split(".")[-2:]), [])
                sites = fitting if len(fitting) == 1 else []
            for site in sites:
                said = f"{outline.path}:{line} would mount it but is commented out: {text}"
                self._comments.setdefault(site, said)

    def _look_at_calls(self, outline: Outline, names: set[str]) -> None:
        """The calls that get a router as an argument and cannot be followed."""
        for one in outline.calls:
            for argument in _names_in(one.call):
                if names.isdisjoint(argument.split(".")):
                    continue
                sites = list(self._meant(outline.path, one.scope, argument))
                if sites and not self._framework.is_followed(outline.path, one.scope, one.call):
                    where = f"{outline.path}:{one.call.line}"
                    called = one.call.dotted or one.call.name
                    for site in sites:
                        said = f"{where} hands it to {called}(), which cannot be followed"
                        self._handed.setdefault(site, said)

    def _meant(self, path: ProjectPath, scope: Scope, dotted: str) -> Iterator[Site]:
        """Which of the routers that lead nowhere a name means."""
        for site in self._framework.find_sites(path, scope, dotted):
            if site in self._routers:
                yield site


def _names_in(call: Call) -> Iterator[str]:
    for argument in (*call.arguments, *(value for _, value in call.keywords)):
        if isinstance(argument, Name):
            yield argument.dotted


def _names_of(site: Site) -> Iterator[str]:
    """What fits a router in `tenants.py`: `tenants_router`, `tenants.router`."""
    path, _, name = site
    last = _last(name)
    stem = path.removesuffix("/__init__.py").rpartition("/")[2].removesuffix(".py")
    yield f"{stem}_{last}"
    yield f"{stem}.{last}"
    yield stem
    if last != "router":
        yield last


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]
