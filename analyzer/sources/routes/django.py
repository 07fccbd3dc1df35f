"""Django: the addresses below `ROOT_URLCONF`, and the `urlpatterns` that no way leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from analyzer.model.names import ProjectPath
from analyzer.model.routes import Application, Endpoint, RouteFacts, UnmountedRouter
from analyzer.sources.outline.code import Code
from analyzer.sources.routes.django_patterns import (
    URLPATTERNS,
    Inclusion,
    PatternReader,
    Route,
)
from analyzer.sources.routes.drf import Place

_FRAMEWORK = "Django"
# What `include` names in a line that is commented out: a string, or the names of modules.
_INCLUDED = re.compile(r"""\binclude\s*\(\s*[\[(]?\s*["']?([\w.]+)""")


def find_django_routes(code: Code) -> RouteFacts:
    """Find every address of the Django projects in the code.

    The root is what a settings module calls `ROOT_URLCONF`. Where there is none, as in a library,
    nothing is said to be mounted, and nothing not to be.
    """
    reader = PatternReader(code)
    roots = _find_roots(code)
    files = _find_files(code)
    mounted = {root: _reach(reader, root) for root in roots}
    endpoints = {
        endpoint for root in roots for endpoint in _endpoints(reader.find_routes(root), root)
    }
    reached = {path for paths in mounted.values() for path in paths}
    left = [path for path in files if path not in reached]
    for path in _tops(reader, left):
        endpoints.update(
            endpoint
            for endpoint in _endpoints(reader.find_routes(path), None)
            if endpoint.declared_in not in reached
        )
    used = {place for path in (*reached, *left) for place in reader.routers_of(path)}
    unused = [place for place in reader.find_routers() if place not in used]
    for place in unused:
        endpoints.update(_endpoints(reader.find_router_routes(place), None))
    unmounted: list[UnmountedRouter] = []
    if roots:
        takers = _takers(reader, left)
        unmounted = [
            UnmountedRouter(
                path=path,
                line=reader.line_of(Place(path, (), URLPATTERNS)),
                name=URLPATTERNS,
                explanation=_explain(code, path, takers),
            )
            for path in left
        ]
        unmounted += [
            UnmountedRouter(
                path=place.path,
                line=reader.line_of(place),
                name=place.target,
                explanation="no urlpatterns take it in",
            )
            for place in unused
            if not reader.is_mentioned(place)
        ]
    return RouteFacts(
        applications=tuple(
            sorted(
                Application(
                    path=root,
                    line=reader.line_of(Place(root, (), URLPATTERNS)),
                    name=URLPATTERNS,
                    framework=_FRAMEWORK,
                )
                for root in roots
            )
        ),
        endpoints=tuple(sorted(endpoints, key=Endpoint.sort_key)),
        unmounted=tuple(sorted(unmounted)),
    )


def _find_roots(code: Code) -> list[ProjectPath]:
    """The files that settings name as `ROOT_URLCONF`, and those of further hosts, sorted."""
    found: set[ProjectPath | None] = set()
    for outline in code.outlines:
        for one in outline.assignments:
            if one.target in ("ROOT_URLCONF", "ROOT_HOSTCONF"):
                dotted = code.find_text(outline.path, one.scope, one.value)
                path = None if dotted is None else code.find_module(outline.path, dotted)
                if path is not None and one.target == "ROOT_HOSTCONF":
                    found.update(_find_roots_of_hosts(code, path))
                else:
                    found.add(path)
    return sorted(path for path in found if path is not None)


def _find_roots_of_hosts(code: Code, path: ProjectPath) -> Iterator[ProjectPath | None]:
    """`host("docs", "docs.urls", name="docs")`, as django-hosts reads it."""
    for one in code.outline_of(path).calls:
        given = one.call.argument(1, "urlconf")
        name = code.external_name(path, one.scope, one.call.dotted) if one.call.dotted else None
        if given is not None and name is not None and name.startswith("django_hosts."):
            dotted = code.find_text(path, one.scope, given)
            if dotted is not None:
                yield code.find_module(path, dotted)


def _find_files(code: Code) -> list[ProjectPath]:
    """The files that define `urlpatterns`, sorted."""
    return [
        outline.path
        for outline in code.outlines
        if any(one.target == URLPATTERNS and not one.scope for one in outline.assignments)
    ]


def _reach(reader: PatternReader, root: ProjectPath) -> set[ProjectPath]:
    """The files whose patterns are below a root."""
    reached = {root}
    pending = [root]
    while pending:
        for one in reader.inclusions_of(pending.pop()):
            if one.included not in reached:
                reached.add(one.included)
                pending.append(one.included)
    return reached


def _tops(reader: PatternReader, files: Iterable[ProjectPath]) -> Iterator[ProjectPath]:
    """The files of some that none of the others includes; of a circle, the first one."""
    left = list(files)
    included = {
        one.included for path in left for one in reader.inclusions_of(path) if one.included != path
    }
    seen: set[ProjectPath] = set()
    for path in (*(path for path in left if path not in included), *left):
        if path not in seen:
            seen |= _reach(reader, path)
            yield path


def _takers(reader: PatternReader, files: Iterable[ProjectPath]) -> Mapping[ProjectPath, Inclusion]:
    """The first inclusion of each file by one of some others."""
    found: dict[ProjectPath, Inclusion] = {}
    for path in files:
        for one in reader.inclusions_of(path):
            if one.included != path:
                found.setdefault(one.included, one)
    return found


def _endpoints(routes: Iterable[Route], root: ProjectPath | None) -> Iterator[Endpoint]:
    for one in routes:
        yield Endpoint(
            path=one.handler.path,
            line=one.handler.line,
            method=one.handler.method,
            route="/" + one.route,
            handler=one.handler.name,
            declared_in=one.declared_in,
            declared_line=one.declared_line,
            application=root,
        )


def _explain(code: Code, path: ProjectPath, takers: Mapping[ProjectPath, Inclusion]) -> str:
    """Why nothing leads to the patterns of a file."""
    for outline in code.outlines:
        for line, text in outline.comments:
            for dotted in _INCLUDED.findall(text):
                if code.find_module(outline.path, dotted) == path:
                    return f"commented out in {outline.path}:{line}: {text}"
    taker = takers.get(path)
    if taker is not None:
        return f"only {taker.path} includes it, which is itself mounted nowhere"
    return "no include names it"
