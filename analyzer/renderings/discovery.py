"""`registry discover` and `registry add`: as text for people, and as documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analyzer.model.discovery import (
    AdditionAnswer,
    DiscoveryAnswer,
    Proposal,
    ProposedField,
)
from analyzer.model.imports import Link
from analyzer.renderings.document_parts import chain_json
from analyzer.renderings.text_parts import INDENT, counted, link_line, more_lines, tally

Json = dict[str, Any]

_MOST_PROPOSALS = 40
_MOST_LINKS = 5
# With so few, each is shown with its reasons.
_FEW = 3
_COLUMNS = ("type", "authority_level", "owner")


def discovery_lines(body: DiscoveryAnswer, *, is_verbose: bool) -> Iterator[str]:
    """A line a proposal, what matters most first; with reasons where there are few."""
    inside = [one for one in body.proposals if one.is_in_scope]
    beyond = [one for one in body.proposals if not one.is_in_scope]
    if not body.proposals:
        # Of a folder that is out of scope nobody may take it for registered.
        yield (
            f"{', '.join(body.asked)}: nothing below is in scope and without a record; of what is "
            "out of scope, name a file"
            if body.asked and "." not in body.asked
            else "Everything in scope has a record"
        )
        return
    for title, proposals in (
        (f"{counted(len(inside), 'module')} in scope without a record", inside),
        (
            f"{counted(len(beyond), 'module')} out of scope, in folders that production runs by",
            beyond,
        ),
    ):
        if not proposals:
            continue
        yield title.replace("module", "artifact", 1)
        if is_verbose or len(body.proposals) <= _FEW:
            for one in proposals:
                yield from _details(one, is_verbose=is_verbose)
        else:
            yield from _table(proposals[:_MOST_PROPOSALS])
            yield from more_lines(len(proposals), _MOST_PROPOSALS, is_verbose=False)
        yield ""
    yield f"By type: {tally(_value(one, 'type') or 'none' for one in body.proposals)}"
    yield "? is likely, ?? is a guess. -v gives the reasons; `registry add` writes"


def _table(proposals: list[Proposal]) -> Iterator[str]:
    rows = [
        [
            one.id,
            *(_marked(one.find(name)) for name in _COLUMNS),
            _used(one),
            one.path,
        ]
        for one in proposals
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield f"{INDENT}{'  '.join([*cells, row[-1]])}"


def _used(one: Proposal) -> str:
    artifacts = counted(len(one.dependents), "artifact") if one.dependents else ""
    files = counted(len(one.importers), "file") if one.importers else ""
    return ", ".join(filter(None, (artifacts, files))) or "-"


def _marked(field: ProposedField | None) -> str:
    """A value with a mark for each step of doubt."""
    return "-" if field is None else field.value + "?" * field.certainty.rank


def _details(one: Proposal, *, is_verbose: bool) -> Iterator[str]:
    yield f"{INDENT}{one.path}"
    label = max(len(field.name) for field in one.fields)
    for field in one.fields:
        place = "" if field.place is None else f"  [{field.place}]"
        reason = f"({field.certainty}: {field.reason})"
        yield f"{INDENT * 2}{field.name.ljust(label)}  {field.value}  {reason}{place}"
    if one.find("owner") is None:
        yield f"{INDENT * 2}{'owner'.ljust(label)}  none: nothing names one that may be there"
    if one.dependents:
        yield f"{INDENT * 2}Depended on by {', '.join(one.dependents)}"
    for title, links in (("Used by", one.importers), ("Uses", one.imports)):
        yield from _links(title, links, is_verbose=is_verbose)


def _links(title: str, links: tuple[Link, ...], *, is_verbose: bool) -> Iterator[str]:
    if not links:
        return
    yield f"{INDENT * 2}{title} {counted(len(links), 'file')}"
    for link in links if is_verbose else links[:_MOST_LINKS]:
        yield f"{INDENT * 3}{link_line(link)}"
    for line in more_lines(len(links), _MOST_LINKS, is_verbose=is_verbose):
        yield f"{INDENT * 2}{line}"


def _value(one: Proposal, name: str) -> str | None:
    field = one.find(name)
    return None if field is None else field.value


def discovery_document(body: DiscoveryAnswer) -> Json:
    """The proposals, each field with its reason."""
    return {
        "proposals": [_proposal(one) for one in body.proposals],
        "summary": {
            "total": len(body.proposals),
            "in_scope": sum(one.is_in_scope for one in body.proposals),
        },
    }


def _proposal(one: Proposal) -> Json:
    return {
        "id": one.id,
        "path": one.path,
        "files": list(one.files),
        "in_scope": one.is_in_scope,
        "fields": [
            {
                "name": field.name,
                "value": field.value,
                "confidence": field.certainty.value,
                "reason": field.reason,
                "path": field.path,
                "line": field.line,
            }
            for field in one.fields
        ],
        "dependents": list(one.dependents),
        "importers": chain_json(one.importers),
        "imports": chain_json(one.imports),
    }


def addition_lines(body: AdditionAnswer) -> Iterator[str]:
    """What was written; of a dry run, the records themselves."""
    for one in body.records:
        if body.is_dry_run:
            yield f"# {one.file}"
            yield from one.text.rstrip("\n").split("\n")
            yield ""
        else:
            yield f"wrote {one.file}: {one.id} registers {', '.join(one.paths)}"
    if body.is_dry_run:
        yield f"# {counted(len(body.records), 'record')}, none written: this is a dry run"


def addition_document(body: AdditionAnswer) -> Json:
    """What was written, or would be."""
    return {
        "dry_run": body.is_dry_run,
        "records": [
            {"artifact": one.id, "file": one.file, "paths": list(one.paths), "text": one.text}
            for one in body.records
        ],
    }
