"""Which blueprints and APIs lead to no application of Flask, and what may take them in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.model.names import ProjectPath
from analyzer.model.routes import UnmountedRouter
from analyzer.sources.outline.code import External
from analyzer.sources.outline.values import Assignment, Call, Name, Other, Scope, parts_of
from analyzer.sources.routes.explaining import Explainer, Framework, Lost, Unfollowed
from analyzer.sources.routes.flask_program import Program
from analyzer.sources.routes.flask_values import BLUEPRINT, STATEMENTS, Built
from analyzer.sources.routes.mounting import Site

_COMMENTED = re.compile(
    r"\bregister_blueprint\s*\(\s*(?:blueprint\s*=\s*)?([\w.]+)|\b([\w.]+)\.init_app\s*\("
)


def explain_unmounted(
    program: Program, unmounted: Mapping[Built, Sequence[Built]]
) -> Iterator[UnmountedRouter]:
    """Say of routers that lead nowhere why that is so.

    Args:
        program: what Flask is told.
        unmounted: blueprints and APIs, each with those that take it in.
    """
    site_of = {
        built: site_of_built(program, built)
        for built in program.evaluator.built
        if built.kind
    }  # fmt: skip
    taken_by: dict[Site, set[Site]] = defaultdict(set)
    statements: dict[Site, str] = {}
    for built, takers in unmounted.items():
        site = site_of[built]
        taken_by[site].update(site_of[one] for one in takers if site_of[one] != site)
        statements[site] = "register_blueprint" if built.kind == BLUEPRINT else "init_app"

    def find_sites(path: ProjectPath, scope: Scope, dotted: str) -> Iterator[Site]:
        evaluator = program.evaluator
        for value in evaluator.evaluate(path, scope, evaluator.root, Name(dotted)):
            if isinstance(value, Built) and value in site_of:
                yield site_of[value]

    def is_followed(path: ProjectPath, scope: Scope, call: Call) -> bool:
        callees = program.evaluator.callees(path, scope, program.evaluator.root, call)
        return call.name in STATEMENTS or any(
            not isinstance(one, External | Other) for one in callees
        )

    return Explainer(
        program.code,
        Framework(find_sites, is_followed, _COMMENTED),
        routers={
            site: Lost(statements[site], tuple(sorted(taken_by[site]))) for site in sorted(taken_by)
        },
        every_name=(name for _, _, name in site_of.values()),
        unfollowed=_unfollowed(program, site_of),
    ).routers()


def site_of_built(program: Program, built: Built) -> Site:
    """The statement that builds an object, and what it is called in its file."""
    return built.path, built.call.line, label_of(program, built)


def label_of(program: Program, built: Built) -> str:
    """What an object is called in its file; of one that only a function has, the function."""
    if built.scope and program.code.table_of(built.path).function_at(built.scope):
        inside = built.scope[-1]
        return built.scope[-2] if inside == "__init__" and len(built.scope) > 1 else inside
    return _variable_of(program, built) or built.kind


def _unfollowed(program: Program, site_of: Mapping[Built, Site]) -> Iterable[Unfollowed]:
    for one in program.taken_in:
        sites = {site_of[each] for each in one.router if isinstance(each, Built) and each.kind}
        if (
            (sites and (one.by is None or not program.happens(one)))
            or not one.router
            or Other() in one.router
        ):
            yield Unfollowed(one.path, one.line, one.scope, one.name, tuple(sorted(sites)))


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
