"""Says why a blueprint or an API leads to no application of Flask."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.values import Assignment, Other, parts_of
from analyzer.sources.routes.flask_program import Program, TakenIn
from analyzer.sources.routes.flask_values import BLUEPRINT, Built

_TAKEN_IN = re.compile(
    r"\bregister_blueprint\s*\(\s*(?:blueprint\s*=\s*)?([\w.]+)|\b([\w.]+)\.init_app\s*\("
)


def label_of(program: Program, built: Built) -> str:
    """What an object is called in its file; of one that only a function has, the function."""
    if built.scope and program.code.table_of(built.path).function_at(built.scope):
        inside = built.scope[-1]
        return built.scope[-2] if inside == "__init__" and len(built.scope) > 1 else inside
    return _variable_of(program, built) or built.kind


@dataclass(frozen=True, slots=True)
class _Comment:
    """A line that would mount something."""

    path: ProjectPath
    line: int
    text: str
    dotted: str
    """What it would mount, by the name there."""


class Explainer:
    """Knows every statement that takes in a router."""

    def __init__(self, program: Program) -> None:
        """Look at what the program takes in."""
        self._program = program
        self._takes = tuple(program.taken_in)
        self._open = [one for one in self._takes if self._may_run(one)]
        self._variables = {
            built: name
            for built in program.evaluator.built
            if built.kind and (name := _variable_of(program, built)) is not None
        }
        self._names = Counter(self._variables.values())
        self._comments_by_router: dict[Built, list[_Comment]] = defaultdict(list)
        self._comments_by_name: dict[str, list[_Comment]] = defaultdict(list)
        self._read_comments()
        self._takes_any = any(
            one.called is not None and (not one.router or Other() in one.router)
            for one in self._open
        )

    def explain(self, router: Built, takers: Sequence[Built]) -> str | None:
        """Why a router leads nowhere; nothing where it may lead to an application after all.

        That is so where a statement takes it into something, or takes in something, that cannot
        be worked out.

        Args:
            router: what leads nowhere.
            takers: what takes it in and leads nowhere either.
        """
        commented = self._commented_out(router)
        if commented is not None:
            return commented
        if takers:
            named = sorted(
                (one.path, one.call.line, label_of(self._program, one)) for one in takers
            )
            path, line, name = named[0]
            return f"taken in by {name} ({path}:{line}), which is mounted nowhere"
        if self._takes_any or any(one.by is None and router in one.router for one in self._open):
            return None
        for one in sorted(self._takes, key=lambda one: (one.path, one.line)):
            if one.by is None and router in one.router and one.scope:
                inside = one.scope[-1]
                return f"only {inside}() ({one.path}:{one.line}) takes it in, which nothing calls"
        statement = "register_blueprint" if router.kind == BLUEPRINT else "init_app"
        return f"no {statement} takes it in"

    def _may_run(self, taken: TakenIn) -> bool:
        """Whether a statement whose application is not known may run all the same."""
        return all(self._program.is_called(name) for name in taken.scope[:1])

    def _commented_out(self, router: Built) -> str | None:
        name = self._variables.get(router)
        known = self._comments_by_router.get(router, [])
        unknown = [] if name is None else self._comments_by_name.get(name, [])
        fitting = [one for one in unknown if self._fits(router, one.dotted)]
        for one in sorted((*known, *fitting), key=lambda one: (one.path, one.line)):
            return f"{one.path}:{one.line} would mount it but is commented out: {one.text}"
        return None

    def _fits(self, router: Built, dotted: str) -> bool:
        """Whether a name that is not known in its file may be that of a router in another."""
        module = dotted.rpartition(".")[0].rpartition(".")[2]
        stem = router.path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
        return module == stem if module else self._names[self._variables[router]] == 1

    def _read_comments(self) -> None:
        for outline in self._program.code.outlines:
            for line, text in outline.comments:
                found = _TAKEN_IN.search(text)
                if found is None:
                    continue
                one = _Comment(outline.path, line, text, found[1] or found[2])
                values = self._program.evaluator.named(one.path, one.dotted)
                for value in values:
                    if isinstance(value, Built):
                        self._comments_by_router[value].append(one)
                if not values:
                    # The import is often commented out as well.
                    self._comments_by_name[one.dotted.rpartition(".")[2]].append(one)


def _variable_of(program: Program, built: Built) -> str | None:
    """The variable that an object is assigned to."""
    for one in program.code.outline_of(built.path).assignments:
        if _holds(one, built):
            return one.target.removeprefix("self.")
    return None


def _holds(assignment: Assignment, built: Built) -> bool:
    return assignment.scope == built.scope and any(
        part is built.call for part in parts_of(assignment.value)
    )
