"""What an artifact may do, as far as its calls tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.graph.system import System
from analyzer.model.authority import ACTING
from analyzer.model.discovery import Certainty, Conduct, ProposedField
from analyzer.model.names import ProjectPath
from analyzer.model.routes import Endpoint
from analyzer.questions.discovery.units import Unit

_FIELD = "authority_level"
_CHANGING_METHODS = frozenset({"DELETE", "PATCH", "POST", "PUT"})


def find_level(
    system: System,
    unit: Unit,
    conducts: Mapping[ProjectPath, Conduct],
    endpoints: Sequence[Endpoint],
) -> ProposedField:
    """Whether a unit changes something: by what it calls itself, sends, or has done by others.

    That it advises or enforces is a matter of meaning, which no call tells.
    """
    effects = [(file, one) for file in unit.files for one in conducts[file].effects]
    if effects:
        file, effect = min(effects, key=lambda one: (not one[1].is_certain, one[0], one[1].line))
        certainty = Certainty.CERTAIN if effect.is_certain else Certainty.LIKELY
        reason = f"it {effect.kind}: {effect.text}"
        return ProposedField(_FIELD, "mutate", reason, certainty, file, effect.line)
    inside = frozenset(unit.files)
    graph = system.module_graph
    links = [link for file in unit.files if file in graph for link in graph.imports_of(file)]
    for link in links:
        if link.kind.value == "enqueues" and link.imported not in inside:
            reason = f"it sends tasks to {link.imported}"
            return ProposedField(
                _FIELD, "mutate", reason, Certainty.CERTAIN, link.importer, link.line
            )
    for link in links:
        other = system.find_artifact_of(link.imported)
        if other is not None and other.record.authority_level in ACTING:
            reason = f"it uses {other.id}, which may {other.record.authority_level}"
            return ProposedField(
                _FIELD, "mutate", reason, Certainty.GUESS, link.importer, link.line
            )
    for endpoint in endpoints:
        if endpoint.method in _CHANGING_METHODS:
            reason = f"it answers {endpoint.method} {endpoint.route}, whose calls tell nothing"
            return ProposedField(
                _FIELD, "mutate", reason, Certainty.GUESS, endpoint.path, endpoint.line
            )
    if all(conducts[file].is_read for file in unit.files):
        return ProposedField(_FIELD, "observe", "no call of its own writes", Certainty.LIKELY)
    unread = next(file for file in unit.files if not conducts[file].is_read)
    if not unread.endswith(".py"):
        reason = "what it does is not read: it is no Python"
    else:
        reason = "no call that writes was found, but part of it cannot be read"
    return ProposedField(_FIELD, "observe", reason, Certainty.GUESS, unread)
