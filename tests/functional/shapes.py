"""The JSON of the contract, version 1, as checks of a document's shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

Shape = Callable[[Any, str], None]
"""Value and where it stands -> raises AssertionError where the value is not so."""

KINDS = {
    "runtime", "function-level", "conditional", "type-checking", "dynamic", "parent-init",
    "invokes", "requests", "enqueues", "declared",
}  # fmt: skip
NO_IMPORTS = {"invokes", "requests", "enqueues", "declared"}
UNSCANNED_REASONS = {
    "syntax-error", "encoding", "relative-import-beyond-root", "unreadable", "too-large",
    "symlink-loop",
}  # fmt: skip
ORPHAN_REASONS = {
    "missing-file", "no-importers", "tests-only", "scripts-only", "unmounted-route", "unreachable",
}  # fmt: skip
ENTRY_KINDS = {
    "console-script", "plugin", "published", "invoked", "web-application", "task-worker",
    "migration", "framework", "main-guard", "configured",
}  # fmt: skip
ROLES = {"live", "script", "dead", "test", "re-export"}
RESOLUTIONS = {"path", "notes", "name", "inferred", "ambiguous", "missing"}


def text(value: Any, where: str) -> None:
    assert isinstance(value, str), f"{where}: {value!r} is no text"
    assert value, f"{where} is empty"


def whole(value: Any, where: str) -> None:
    assert type(value) is int, f"{where}: {value!r} is no whole number"
    assert value >= 0, where


def line(value: Any, where: str) -> None:
    whole(value, where)
    assert value >= 1, where


def flag(value: Any, where: str) -> None:
    assert isinstance(value, bool), f"{where}: {value!r}"


def path(value: Any, where: str) -> None:
    text(value, where)
    assert not value.startswith(("/", "./", "../")), f"{where}: {value}"
    assert "\\" not in value, f"{where}: {value}"


def fingerprint(value: Any, where: str) -> None:
    assert re.fullmatch("[0-9a-f]{16,}", value), f"{where}: {value!r}"


def maybe(shape: Shape) -> Shape:
    """The shape, or null."""

    def check(value: Any, where: str) -> None:
        if value is not None:
            shape(value, where)

    return check


def one_of(allowed: set[str]) -> Shape:
    def check(value: Any, where: str) -> None:
        assert value in allowed, f"{where}: {value!r}"

    return check


def counts(value: Any, where: str) -> None:
    """Name -> how many, sorted by name."""
    assert isinstance(value, dict), where
    assert list(value) == sorted(value), f"{where}: {list(value)}"
    for name, number in value.items():
        line(number, f"{where}.{name}")


def record(**fields: Shape) -> Shape:
    """An object with just these keys, in any order."""

    def check(value: Any, where: str) -> None:
        assert isinstance(value, Mapping), f"{where}: {value!r}"
        assert set(value) == set(fields), f"{where}: keys {sorted(value)}"
        for name, shape in fields.items():
            shape(value[name], f"{where}.{name}")

    return check


def listing(shape: Shape, *, by: Callable[[Any], Any] | None = None) -> Shape:
    """A list of a shape, sorted by something where that is given."""

    def check(value: Any, where: str) -> None:
        assert isinstance(value, list), f"{where}: {value!r}"
        for number, item in enumerate(value):
            shape(item, f"{where}[{number}]")
        if by is not None:
            keys = [by(item) for item in value]
            assert keys == sorted(keys), f"{where} is not sorted: {keys}"

    return check


def itself(value: Any) -> Any:
    return value


def key(*names: str) -> Callable[[Any], Any]:
    """Sort by these keys; null comes first."""
    return lambda value: [(value[name] is not None, value[name] or "") for name in names]


mention = record(path=path, line=line, text=text)
_link = record(importer=path, imported=path, line=line, kind=one_of(KINDS), text=text)


def link(value: Any, where: str) -> None:
    """A link; beyond the contract it tells where its name stands, if that is another file."""
    contract = {name: one for name, one in value.items() if name != "named_at"}
    _link(contract, where)
    if "named_at" in value:
        mention(value["named_at"], f"{where}.named_at")
        assert value["kind"] in ("dynamic", "parent-init"), where
        assert value["named_at"]["path"] != value["importer"], where


def import_link(value: Any, where: str) -> None:
    link(value, where)
    assert value["kind"] not in NO_IMPORTS, where


def other_link(value: Any, where: str) -> None:
    link(value, where)
    assert value["kind"] in NO_IMPORTS, where


def chain(value: Any, where: str) -> None:
    """Links that follow on each other, importer first; `parent-init` only as the last one."""
    listing(link)(value, where)
    for first, second in pairwise(value):
        assert first["imported"] == second["importer"], f"{where}: {first} {second}"
        assert first["kind"] != "parent-init", where


def full_chain(value: Any, where: str) -> None:
    chain(value, where)
    assert value, f"{where} is empty"


_dependency = record(
    **{"from": text, "to": text, "kinds": listing(one_of(KINDS)), "hops": line, "chain": full_chain}
)


def dependency(value: Any, where: str) -> None:
    _dependency(value, where)
    assert value["hops"] == len(value["chain"]), where
    assert value["from"] != value["to"], where
    assert len(set(value["kinds"])) == len(value["kinds"]) > 0, where
    assert {one["kind"] for one in value["chain"]} <= set(value["kinds"]), where


artifact = record(
    id=text,
    name=maybe(text),
    type=maybe(text),
    status=maybe(text),
    owner=maybe(text),
    wave=maybe(whole),
    priority=maybe(text),
    authority_level=maybe(text),
    purpose=maybe(text),
    paths=listing(path, by=itself),
    resolution=one_of(RESOLUTIONS),
)
dependencies = listing(dependency, by=key("from", "to"))
finding = record(
    code=text,
    name=text,
    severity=one_of({"error", "warning", "info"}),
    message=text,
    artifact=maybe(text),
    path=path,
    line=maybe(line),
    owner=maybe(text),
    chain=chain,
    fingerprint=fingerprint,
)
baseline_entry = record(
    code=text,
    path=path,
    artifact=maybe(text),
    subject=text,
    number=line,
    message=text,
    owner=maybe(text),
    reason=maybe(text),
    expires=maybe(text),
    fingerprint=fingerprint,
)
artifacts = listing(artifact, by=key("id"))
# `file`, `application` and `doubtful` go beyond the contract.
endpoint = record(
    artifact=maybe(text),
    method=text,
    path=text,
    handler=text,
    file=path,
    line=line,
    application=maybe(path),
    doubtful=flag,
)
entry_point = record(
    path=path, kind=one_of(ENTRY_KINDS), how=text, declared_in=path, line=maybe(line)
)
unmounted = record(file=path, line=line, name=text, explanation=text, doubtful=flag)
orphan = record(
    artifact=text,
    path=path,
    reason=one_of(ORPHAN_REASONS),
    confidence=one_of({"certain", "likely"}),
    explanation=text,
    evidence=listing(link),
    # Beyond the contract.
    deprecated=flag,
)
affected = record(
    artifact=text,
    distance=line,
    owner=maybe(text),
    wave=maybe(whole),
    type=maybe(text),
    chain=full_chain,
)
notified = listing(
    record(
        owner=maybe(text),
        handles=listing(text, by=itself),
        artifacts=listing(
            record(artifact=text, distance=whole, authority_level=maybe(text)),
            by=lambda one: (one["distance"], one["artifact"]),
        ),
    )
)
plan = record(approve=notified, inform=notified)
difference = record(
    dependencies=dependencies, artifacts=listing(text, by=itself), modules=listing(path, by=itself)
)
BODIES: dict[str, dict[str, Shape]] = {
    "status": {
        "roots": listing(record(path=path, packages=listing(text, by=itself)), by=key("path")),
        "modules": whole,
        "imports": whole,
        "artifacts": record(
            total=whole, located=whole, by_wave=counts, by_type=counts, by_owner=counts
        ),
        "dependencies": whole,
        "orphans": whole,
        "findings": record(error=whole, warning=whole, info=whole),
        # Beyond the contract.
        "entry_points": counts,
        "endpoints": record(total=whole, mounted=whole, doubtful=whole),
        "ambiguous_imports": listing(
            record(path=path, line=line, name=text, candidates=listing(path, by=itself)),
            by=key("path", "line"),
        ),
    },
    "show": {
        "artifact": artifact,
        "dependencies": dependencies,
        "dependents": dependencies,
        # Beyond the contract.
        "entry_points": listing(entry_point, by=key("path")),
        "endpoints": listing(endpoint, by=key("file", "line")),
        "unmounted": listing(unmounted, by=key("file", "line")),
        "applications": listing(
            record(path=path, entry_points=listing(entry_point), chain=chain), by=key("path")
        ),
    },
    "deps": {
        "artifact": text,
        "dependencies": dependencies,
        "unregistered": listing(record(path=path, chain=full_chain), by=key("path")),
    },
    "why": {"from": text, "to": text, "chain": chain},
    "impact": {
        "changed": listing(
            record(ref=text, path=path, artifact=maybe(text)), by=key("path", "ref")
        ),
        "affected": listing(affected, by=key("distance", "artifact")),
        "owners": listing(record(owner=maybe(text), artifacts=listing(text, by=itself))),
        "endpoints": listing(endpoint, by=key("artifact", "file", "line")),
        "tests": listing(path, by=itself),
        "modules": listing(path, by=itself),
        "plan": plan,
    },
    "owners": {
        "codeowners": maybe(
            record(
                path=text,
                dialect=one_of({"github", "gitlab", "bitbucket"}),
                rules=whole,
                problems=listing(record(line=line, message=text), by=key("line")),
                idle=listing(record(line=line, pattern=text), by=key("line")),
            )
        ),
        "owners": listing(
            record(
                owner=maybe(text),
                handles=listing(text, by=itself),
                artifacts=listing(text, by=itself),
                endpoints=listing(endpoint, by=key("file", "line")),
                findings=listing(finding, by=key("path", "line", "code")),
                summary=record(error=whole, warning=whole, info=whole),
            )
        ),
        "dependencies": listing(
            record(
                **{"from": maybe(text)},
                to=maybe(text),
                count=line,
                authority_level=maybe(text),
                worst=dependency,
            )
        ),
        "without_owner": listing(
            record(artifact=text, path=text, line=maybe(line)), by=key("artifact")
        ),
        "unowned": listing(record(path=path, files=line), by=key("path")),
        "history": maybe(record()),
    },
    "orphans": {
        "orphans": listing(orphan, by=key("artifact")),
        "not_analysed": listing(text, by=itself),
    },
    # `orphans --explain`: the same keys, and what was weighed.
    "orphans explained": {
        "orphans": listing(orphan),
        "not_analysed": listing(text),
        "artifact": text,
        "entry_points": listing(entry_point, by=key("path")),
        "started_by": maybe(entry_point),
        "chain": chain,
        "importers": listing(record(role=one_of(ROLES), link=link)),
        "mentions": listing(mention),
        "endpoints": listing(endpoint, by=key("file", "line")),
        "unmounted": listing(unmounted, by=key("file", "line")),
    },
    "check": {
        "findings": listing(finding, by=key("path", "line", "code")),
        "summary": record(error=whole, warning=whole, info=whole, baselined=whole),
        "stale": listing(baseline_entry, by=key("path", "code", "subject")),
    },
    "baseline": {
        "path": text,
        "entries": whole,
        "added": listing(finding, by=key("path", "line", "code")),
        "removed": listing(baseline_entry, by=key("path", "code", "subject")),
    },
    "review": {
        "base": text,
        "head": text,
        "clean": flag,
        "findings": listing(finding, by=key("path", "line", "code")),
        "summary": record(error=whole, warning=whole, info=whole, baselined=whole),
        "mended": listing(finding, by=key("path", "line", "code")),
        "added": difference,
        "removed": difference,
        "records": listing(
            record(
                artifact=text,
                field=text,
                before=maybe(text),
                after=maybe(text),
                path=text,
                line=maybe(line),
            ),
            by=key("artifact", "field"),
        ),
        "affected": listing(affected, by=key("distance", "artifact")),
        "plan": plan,
    },
    "registry list": {"artifacts": artifacts},
    "registry discover": {
        "proposals": listing(
            record(
                id=text,
                path=path,
                files=listing(path, by=itself),
                in_scope=flag,
                fields=listing(
                    record(
                        name=text,
                        value=text,
                        confidence=one_of({"certain", "likely", "guess"}),
                        reason=text,
                        path=maybe(path),
                        line=maybe(line),
                    )
                ),
                dependents=listing(text, by=itself),
                importers=listing(link, by=key("importer")),
                imports=listing(link, by=key("imported")),
            ),
            by=lambda one: (-len(one["dependents"]), -len(one["importers"]), one["path"]),
        ),
        "summary": record(total=whole, in_scope=whole),
    },
    "export module": {
        "modules": listing(
            record(
                path=path, module=text, root=path, artifact=maybe(text), test=flag, scanned=flag
            ),
            by=key("path"),
        ),
        "imports": listing(import_link, by=key("importer", "imported")),
        # Beyond the contract.
        "other_links": listing(other_link, by=key("importer", "imported")),
    },
    "export artifact": {"artifacts": artifacts, "dependencies": dependencies},
}
HEAD: dict[str, Shape] = {
    "schema_version": whole,
    "command": text,
    "complete": flag,
    "unscanned": listing(
        record(path=path, line=maybe(line), reason=one_of(UNSCANNED_REASONS), detail=text),
        by=key("path", "line"),
    ),
}


def check_document(document: Any, *, body: str, command: str | None = None) -> None:
    """Hold a document against the contract.

    Args:
        document: the parsed JSON.
        body: which further keys it has, see `BODIES`.
        command: how it names itself; the same as `body` without one.
    """
    assert isinstance(document, dict)
    assert list(document)[:4] == list(HEAD)
    record(**HEAD, **BODIES[body])(document, body)
    assert document["schema_version"] == 1
    assert document["command"] == (command or body)
    assert document["complete"] == (not document["unscanned"])


def find_chains(value: Any) -> Sequence[Any]:
    """Every chain and every link list in a document."""
    if isinstance(value, dict):
        own = [
            value[name]
            for name in ("chain", "evidence", "imports", "other_links")
            if isinstance(value.get(name), list)
        ]
        return own + [found for item in value.values() for found in find_chains(item)]
    if isinstance(value, list):
        return [found for item in value for found in find_chains(item)]
    return []
