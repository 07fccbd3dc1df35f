"""The joined graph as CSV and GraphML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from analyzer.model.answers import Answer, ArtifactExport, ModuleExport
from analyzer.model.imports import Link

Export = ArtifactExport | ModuleExport

_Row = dict[str, str]


def render_csv(answer: Answer[Export]) -> str:
    """The edges as CSV (RFC 4180), one row an edge, with a header."""
    text = io.StringIO(newline="")
    _, edges = _rows(answer.body)
    columns = _columns(answer.body)
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(edges)
    return text.getvalue()


def render_graphml(answer: Answer[Export]) -> str:
    """The graph as GraphML (http://graphml.graphdrawing.org/specification.html).

    Every attribute is text. Parallel links between two files are parallel edges.
    """
    nodes, edges = (list(rows) for rows in _rows(answer.body))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for domain, rows in (("node", nodes), ("edge", edges)):
        lines += [
            f'  <key id="{domain}-{name}" for="{domain}" attr.name="{name}" attr.type="string"/>'
            for name in (_data_names(rows))
        ]
    lines.append('  <graph edgedefault="directed">')
    for row in nodes:
        lines.append(f"    <node id={_quote(row['id'])}>{_data('node', row)}</node>")
    for row in edges:
        ends = f"source={_quote(row['from'])} target={_quote(row['to'])}"
        lines.append(f"    <edge {ends}>{_data('edge', row)}</edge>")
    lines += ["  </graph>", "</graphml>", ""]
    return "\n".join(lines)


def _columns(body: Export) -> tuple[str, ...]:
    match body:
        case ArtifactExport():
            return ("from", "to", "kinds", "hops", "path", "line", "text")
        case ModuleExport():
            return ("from", "to", "kind", "line", "text")


def _rows(body: Export) -> tuple[Iterator[_Row], Iterator[_Row]]:
    """Nodes and edges; nodes have an `id`, edges `from` and `to`."""
    match body:
        case ArtifactExport():
            return _artifact_nodes(body), _artifact_edges(body)
        case ModuleExport():
            return _module_nodes(body), _module_edges(body)


def _artifact_nodes(body: ArtifactExport) -> Iterator[_Row]:
    for artifact in body.artifacts:
        record = artifact.record
        yield {
            "id": record.id,
            "name": record.name or "",
            "type": record.type or "",
            "owner": record.owner or "",
            "wave": "" if record.wave is None else str(record.wave),
            "paths": " ".join(artifact.place.paths),
        }


def _artifact_edges(body: ArtifactExport) -> Iterator[_Row]:
    for one in body.dependencies:
        first = one.chain[0]
        yield {
            "from": one.dependent,
            "to": one.depends_on,
            "kinds": " ".join(one.kinds),
            "hops": str(one.hops),
            "path": first.importer,
            "line": str(first.line),
            "text": first.text,
        }


def _module_nodes(body: ModuleExport) -> Iterator[_Row]:
    for entry in body.modules:
        module = entry.module
        yield {
            "id": module.path,
            "module": module.name,
            "root": module.root,
            "artifact": entry.artifact or "",
            "test": str(module.is_test).lower(),
            "scanned": str(module.is_scanned).lower(),
        }
    known = {entry.module.path for entry in body.modules}
    ends = {end for link in body.other_links for end in (link.importer, link.imported)}
    # An edge of GraphML needs both of its nodes: here files that are no modules.
    yield from ({"id": str(path)} for path in sorted(ends - known))


def _module_edges(body: ModuleExport) -> Iterator[_Row]:
    for link in sorted((*body.links, *body.other_links), key=Link.sort_key):
        yield {
            "from": link.importer,
            "to": link.imported,
            "kind": link.kind,
            "line": str(link.line),
            "text": link.text,
        }


def _data_names(rows: Sequence[_Row]) -> list[str]:
    return [name for name in (rows[0] if rows else ()) if name not in ("id", "from", "to")]


def _data(domain: str, row: _Row) -> str:
    return "".join(
        f'<data key="{domain}-{name}">{escape(_xml_text(value))}</data>'
        for name, value in row.items()
        if name not in ("id", "from", "to") and value
    )


def _quote(text: str) -> str:
    return quoteattr(_xml_text(text))


def _xml_text(text: str) -> str:
    """XML 1.0 cannot hold most control characters, escaped or not."""
    return "".join(one if one in "\t\n\r" or one >= " " else "\ufffd" for one in text)
