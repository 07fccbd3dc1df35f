"""The data of the page: an exploration as compact JSON that no browser takes for anything else.

Strings stand once, in `strings`, and are named by their number; long lists of like things are
columns. `page/data.js` puts it together again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from analyzer.model.answers import Reasoning
from analyzer.model.exploring import Exploration
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain, Kind, Link
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.owners import order_of_owner
from analyzer.model.registry import Value
from analyzer.renderings.explorer.shapes import SHAPES
from analyzer.renderings.inert import printable
from analyzer.renderings.palette import assign_fills

Json = dict[str, Any]

_KIND_NUMBER = {kind: number for number, kind in enumerate(Kind)}
# Inside of a script element only these could end it, or begin a comment in it
# (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def render_payload(exploration: Exploration) -> str:
    """The data as JSON for a script element: the same for whoever reads it as JSON."""
    text = json.dumps(_Packer(exploration).pack(), ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


class _Packer:
    """Numbers strings, files, artifacts and links in the order in which they come up."""

    def __init__(self, exploration: Exploration) -> None:
        self._all = exploration
        self._strings: dict[str, int] = {}
        self._number: dict[ArtifactId, int] = {
            one.artifact.id: number for number, one in enumerate(exploration.artifacts)
        }
        self._artifact_of: dict[ProjectPath, int] = {
            path: self._number[one.artifact.id]
            for one in exploration.artifacts
            for path in one.artifact.files
        }
        self._files: dict[ProjectPath, int] = {}
        self._links: dict[Link, int] = {}

    def pack(self) -> Json:
        """Everything; what is numbered by the way is written last."""
        everything = self._all
        for link in everything.links:
            self._link(link)
        walked = len(self._links)
        packed: Json = {
            "title": self._text(everything.title),
            "kinds": list(Kind),
            "walked": walked,
            "executors": [self._link(link) for link in everything.executors],
            "artifacts": [self._artifact(one) for one in everything.artifacts],
            "dependencies": self._dependencies(),
            "endpoints": self._endpoints(),
            "findings": self._findings(everything.findings),
            "waves": [self._plain(one) for one in everything.waves],
            "unscanned": [self._plain(one) for one in everything.unscanned],
            "fills": self._fills(),
            "shapes": SHAPES,
        }
        packed["links"] = self._link_columns()
        packed["files"] = {
            "path": [self._text(path) for path in self._files],
            "artifact": [self._artifact_of.get(path, -1) for path in self._files],
            "tests": [number for path, number in self._files.items() if path in everything.tests],
        }
        packed["strings"] = [_inert(text) for text in self._strings]
        return packed

    def _text(self, text: str | None) -> int:
        return -1 if text is None else self._strings.setdefault(text, len(self._strings))

    def _file(self, path: ProjectPath) -> int:
        return self._files.setdefault(path, len(self._files))

    def _link(self, link: Link) -> int:
        return self._links.setdefault(link, len(self._links))

    def _chain(self, chain: Chain) -> list[int]:
        return [self._link(link) for link in chain]

    def _artifact(self, one: Reasoning) -> Json:
        record, place = one.artifact.record, one.artifact.place
        return {
            "id": self._text(record.id),
            "name": self._text(record.name),
            "type": self._text(record.type),
            "status": self._text(record.status),
            "owner": self._text(record.owner),
            "wave": record.wave,
            "product": self._text(record.product),
            "origin": [self._text(record.origin.path), record.origin.line],
            "fields": self._value(record.fields),
            "place": [
                self._text(place.resolution),
                self._text(place.explanation),
                [self._text(path) for path in place.paths],
            ],
            "files": [self._file(path) for path in one.artifact.files],
            "use": self._use(one),
        }

    def _use(self, one: Reasoning) -> Json:
        orphan = one.orphan
        return {
            "orphan": None
            if orphan is None
            else [
                self._text(orphan.reason),
                self._text(orphan.confidence),
                self._text(orphan.explanation),
                self._text(orphan.path),
                orphan.line,
            ],
            "analysed": one.is_analysed,
            "starts": [self._plain(point) for point in one.entry_points],
            "started": None if one.started_by is None else self._plain(one.started_by),
            "chain": self._chain(one.chain),
            "importers": [[self._link(each.link), self._text(each.role)] for each in one.importers],
            "mentions": [self._plain(mention) for mention in one.mentions],
            "unmounted": [self._plain(router) for router in one.unmounted],
        }

    def _value(self, value: Value) -> Any:  # noqa: ANN401 - JSON
        """Text as its number, a list as one, a mapping as pairs: so the order stays."""
        if value is None or isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {"pairs": [[self._text(key), self._value(each)] for key, each in value.items()]}
        return [self._value(each) for each in value]

    def _plain(self, struct: Any) -> Json:  # noqa: ANN401 - any of the model's values
        """A value whose fields are texts, numbers and nothing else."""
        return {
            name: self._text(value) if isinstance(value, str) else value
            for name in struct.__struct_fields__
            if (value := getattr(struct, name)) is not None
        }

    def _dependencies(self) -> Json:
        every = self._all.dependencies
        return {
            "from": [self._number[one.dependent] for one in every],
            "to": [self._number[one.depends_on] for one in every],
            "kinds": [_mask(one.kinds) for one in every],
            "chain": [self._chain(one.chain) for one in every],
        }

    def _endpoints(self) -> Json:
        every = self._all.endpoints
        return {
            "artifact": [self._artifact_of.get(one.path, -1) for one in every],
            "method": [self._text(one.method) for one in every],
            "route": [self._text(one.route) for one in every],
            "handler": [self._text(one.handler) for one in every],
            "path": [self._text(one.path) for one in every],
            "line": [one.line for one in every],
            "mounted": [2 if one.is_mounted else 1 if one.is_doubtful else 0 for one in every],
        }

    def _findings(self, every: Iterable[Finding]) -> Json:
        rows = [
            (
                self._text(one.code),
                self._text(one.name),
                self._text(one.severity),
                self._text(one.message),
                self._text(one.path),
                one.line,
                -1 if one.artifact is None else self._number.get(one.artifact, -1),
                self._text(one.owner),
                self._chain(one.chain),
                self._text(one.source.strip() if one.source is not None else None),
            )
            for one in every
        ]
        names = (
            "code", "name", "severity", "message", "path", "line", "artifact", "owner", "chain",
            "source",
        )  # fmt: skip
        columns = list(zip(*rows, strict=True)) or [()] * len(names)
        return {name: list(column) for name, column in zip(names, columns, strict=True)}

    def _link_columns(self) -> Json:
        every = list(self._links)
        return {
            "from": [self._file(one.importer) for one in every],
            "to": [self._file(one.imported) for one in every],
            "line": [one.line for one in every],
            "kind": [_KIND_NUMBER[one.kind] for one in every],
            "text": [self._text(one.text) for one in every],
            "ends": [number for number, one in enumerate(every) if one.ends_here],
            "named": [
                [number, self._plain(one.named_at)]
                for number, one in enumerate(every)
                if one.named_at is not None
            ],
        }

    def _fills(self) -> list[list[Any]]:
        fills = assign_fills({one.artifact.record.owner for one in self._all.artifacts})
        return [[self._text(owner), fills[owner]] for owner in sorted(fills, key=order_of_owner)]


def _mask(kinds: Iterable[Kind]) -> int:
    return sum(1 << _KIND_NUMBER[kind] for kind in kinds)


def _inert(text: str) -> str:
    """A text of several lines, each of them printable."""
    return (
        "\n".join(printable(line) for line in text.split("\n")) if "\n" in text else printable(text)
    )
