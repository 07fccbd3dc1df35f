"""Parts that documents of several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from analyzer.model.imports import Link, Mention

Json = dict[str, Any]


def chain_document(links: Iterable[Link]) -> list[Json]:
    """The links of a chain, importer first."""
    return [link_document(link) for link in links]


def link_document(link: Link) -> Json:
    """A link; where its name stands elsewhere, a key for that, which is beyond the contract."""
    named = link.named_at
    return {
        "importer": link.importer,
        "imported": link.imported,
        "line": link.line,
        "kind": link.kind.value,
        "text": link.text,
        **({} if named is None else {"named_at": mention_document(named)}),
    }


def mention_document(mention: Mention) -> Json:
    """A place that names a file."""
    return {"path": mention.path, "line": mention.line, "text": mention.text}
