"""`registry codeowners`: the CODEOWNERS file that the records amount to."""

from __future__ import annotations

import re
from collections import defaultdict

from analyzer.graph.system import System
from analyzer.model.codeowners import Dialect
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId
from analyzer.model.owners import Owners
from analyzer.model.ownership import CompiledCodeowners, CompiledRule

# What a pattern would take for something else than the character itself.
_SPECIAL = {
    Dialect.GITHUB: re.compile(r"([\\*?\s])"),
    Dialect.BITBUCKET: re.compile(r"([\\*?\s])"),
    Dialect.GITLAB: re.compile(r"([\\*?\[\s])"),
}


def compile_codeowners(
    system: System, *, owners: Owners, dialect: Dialect, prefix: str = ""
) -> CompiledCodeowners:
    """Compile the rules, the most specific ones last, as the last one that fits wins.

    A record that names no owner, or has no place, gives no rule: what stands around it counts.

    Args:
        system: registry and code.
        owners: what owners are called by the forge.
        dialect: whose patterns are written.
        prefix: the project's path in its repository; empty where they are the same.

    Raises:
        AnalyzerError: of some owners nobody knows what the forge calls them.
    """
    files = set(system.facts.files)
    claims: dict[str, list[ArtifactId]] = defaultdict(list)
    for artifact in system.artifacts.values():
        if artifact.record.owner:
            for path in artifact.place.paths:
                place = "/".join(part for part in (prefix, path) if part not in ("", "."))
                claims[place if path in files else f"{place}/".lstrip("/")].append(artifact.id)
    owner_of = {id_: one.record.owner or "" for id_, one in system.artifacts.items()}
    handles = {
        owner: owners.handles_of(owner)
        for owner in sorted({owner_of[id_] for ids in claims.values() for id_ in ids})
    }
    unknown = [owner for owner, found in handles.items() if not found]
    if unknown:
        raise AnalyzerError(
            f"no handle is known of {', '.join(unknown)}; map each in [owners] of analyzer.toml, "
            f'such as "{unknown[0]}" = "@org/team"'
        )
    rules = (
        CompiledRule(
            pattern="/" + _SPECIAL[dialect].sub(_escape, place),
            handles=tuple(sorted({one for id_ in ids for one in handles[owner_of[id_]]})),
            artifacts=tuple(sorted(ids)),
        )
        for place, ids in sorted(claims.items(), key=lambda claim: _depth(claim[0]))
    )
    return CompiledCodeowners(tuple(rules))


def _escape(special: re.Match[str]) -> str:
    """A character as itself; where no rule can hold it, such as the end of a line, any one."""
    text = special[0]
    begins_comment = special.string[special.end() : special.end() + 1] == "#"
    return "?" if text.isspace() and (text != " " or begins_comment) else f"\\{text}"


def _depth(place: str) -> tuple[int, str]:
    """A deeper place comes later: whatever is around another place has fewer folders."""
    return (len(place.rstrip("/").split("/")) if place else 0, place)
