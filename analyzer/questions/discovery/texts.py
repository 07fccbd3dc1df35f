"""Name, purpose and surface of an artifact that nobody has described yet."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analyzer.graph.system import System
from analyzer.model.discovery import Certainty, Conduct, ProposedField
from analyzer.model.names import ProjectPath
from analyzer.model.routes import Endpoint
from analyzer.model.tasks import Task
from analyzer.questions.discovery.units import Unit

_SURFACES = {
    "api-route": "server",
    "service": "server",
    "worker": "worker",
    "job": "worker",
    "script": "cli",
    "migration": "cli",
    "library": "server",
    "sdk-package": "client",
    "page": "browser",
    "ui-page": "browser",
    "ui-component": "browser",
}
_MOST_NAMED = 3


def find_name(unit: Unit, *, bearers: Mapping[str, int]) -> ProposedField:
    """The file's name; with its folder where several artifacts would bear the same.

    Args:
        unit: what is named.
        bearers: name -> how many artifacts, registered and proposed ones, would bear it.
    """
    folder, base = posixpath.split(unit.path)
    if bearers.get(base, 0) > 1 and folder:
        name = f"{posixpath.basename(folder)}/{base}"
        reason = f"{bearers[base]} artifacts would be called {base}"
        return ProposedField("name", name, reason, Certainty.CERTAIN)
    what = "package" if unit.is_package else "file"
    return ProposedField("name", base, f"what the {what} is called", Certainty.CERTAIN)


def find_purpose(
    unit: Unit,
    conducts: Mapping[ProjectPath, Conduct],
    endpoints: Sequence[Endpoint],
    declared: Sequence[Endpoint],
    tasks: Sequence[Task],
) -> ProposedField:
    """What it is for: as its docstring says, else what it answers or runs, else its name.

    A package is described by its `__init__`.
    """
    first = ProjectPath(f"{unit.path}/__init__.py") if unit.is_package else unit.path
    described = conducts.get(first, Conduct())
    if described.purpose:
        return ProposedField(
            "purpose",
            described.purpose,
            "how it describes itself",
            Certainty.CERTAIN,
            first,
            described.purpose_line,
        )
    if endpoints:
        routes = [f"{one.method} {one.route}" for one in endpoints]
        return _listed("Answers", routes, endpoints[0].path, endpoints[0].line)
    if declared:
        routes = [f"{one.method} {one.route}" for one in declared]
        return _listed("Declares", routes, unit.files[0], declared[0].declared_line)
    if tasks:
        return _listed("Runs", [one.function for one in tasks], tasks[0].path, tasks[0].line)
    stem = posixpath.splitext(posixpath.basename(unit.path))[0]
    words = " ".join(stem.replace("-", "_").split("_")).strip() or stem
    text = words[:1].upper() + words[1:]
    if folder := posixpath.basename(posixpath.dirname(unit.path)):
        text = f"{text} of {folder}"
    reason = "it has no docstring: made from its name"
    return ProposedField("purpose", text, reason, Certainty.GUESS)


def _listed(verb: str, names: Iterable[str], path: ProjectPath, line: int) -> ProposedField:
    unique = list(dict.fromkeys(names))
    text = ", ".join(unique[:_MOST_NAMED])
    more = len(unique) - _MOST_NAMED
    text += f" and {more} more" if more > 0 else ""
    reason = "it has no docstring: what the code says of it"
    return ProposedField("purpose", f"{verb} {text}", reason, Certainty.LIKELY, path, line)


class SurfaceFinder:
    """Finds where artifacts run: as others of their type do in this registry."""

    def __init__(self, system: System) -> None:
        """Count the surfaces of each type."""
        self._allowed = system.registry.allowed.get("execution_surface", ())
        self._by_type: dict[str, Counter[str]] = {}
        for record in system.registry.records:
            surface = record.fields.get("execution_surface")
            if record.type is not None and isinstance(surface, str):
                self._by_type.setdefault(record.type, Counter())[surface.strip()] += 1

    def find_surface(self, type_: str) -> ProposedField:
        """Where an artifact of a type runs."""
        counts = self._by_type.get(type_, Counter())
        usual = Counter({one: counts[one] for one in counts if self._is_allowed(one)})
        if usual:
            best = min(usual, key=lambda one: (-usual[one], one))
            reason = f"{usual[best]} of the {usual.total()} registered as {type_} run there"
            if usual.total() == 1:
                reason = f"the only one that is registered as {type_} runs there"
            return ProposedField("execution_surface", best, reason, Certainty.LIKELY)
        wanted = _SURFACES.get(type_, "none")
        value = wanted if self._is_allowed(wanted) else next(iter(self._allowed), wanted)
        certainty = Certainty.LIKELY if value == wanted else Certainty.GUESS
        reason = f"where what is of type {type_} usually runs"
        return ProposedField("execution_surface", value, reason, certainty)

    def _is_allowed(self, surface: str) -> bool:
        return not self._allowed or surface in self._allowed
