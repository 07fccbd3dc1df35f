"""The values that a record's fields may have."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.authority import AUTHORITY_LEVELS
from analyzer.model.registry import Value


class Shape(enum.Enum):
    """What a field holds; the value says so to people."""

    TEXT = "text"
    NUMBER = "a whole number such as 2"
    PATHS = "a file, a folder, a glob, or a list of them"
    LIST = "a list"
    MAPPING = "a mapping"


class RecordField(Struct, frozen=True):
    """A field that the tool knows."""

    name: str
    shape: Shape
    description: str
    is_required: bool = False


FIELDS = (
    RecordField("artifact_id", Shape.TEXT, "What the artifact is known by everywhere", True),
    RecordField("name", Shape.TEXT, "The file's name, or what people call the artifact", True),
    RecordField("type", Shape.TEXT, "What it is", True),
    RecordField("status", Shape.TEXT, "Whether it is in use", True),
    RecordField("owner", Shape.TEXT, "The team or the person to ask about it", True),
    RecordField("wave", Shape.NUMBER, "The wave of registration that it belongs to"),
    RecordField("priority", Shape.TEXT, "How much its registration matters, such as P1"),
    RecordField("layer", Shape.TEXT, "The layer of the system, as the id spells it: BE"),
    RecordField("product", Shape.TEXT, "The product that it is part of"),
    RecordField(
        "path",
        Shape.PATHS,
        "Where it stands, from the project's root: a file, a folder, a glob, or a list of them",
    ),
    RecordField("purpose", Shape.TEXT, "What it is for, in one sentence", True),
    RecordField("authority_level", Shape.TEXT, "The most that it may do", True),
    RecordField("execution_surface", Shape.TEXT, "Where it runs", True),
    RecordField("traceability", Shape.MAPPING, "What it belongs to: product, domain, console"),
    RecordField("responsibility", Shape.TEXT, "What it does, in some lines"),
    RecordField("relations", Shape.MAPPING, "Whom it imports, and who imports it"),
    RecordField("dependencies", Shape.LIST, "What it depends on, by id, path or dotted name"),
    RecordField("notes", Shape.TEXT, "What else is to be known; `Location: …` says where it is"),
)
"""In the order in which records are written."""

REQUIRED_FIELDS = tuple(one.name for one in FIELDS if one.is_required)

_TYPES = (
    "api-route", "service", "worker", "job", "script", "migration", "library", "sdk-package",
    "page", "ui-page", "ui-component", "test", "infra", "doc",
)  # fmt: skip


class Vocabulary(Struct, frozen=True):
    """Allowed values by field; a field that is not in here may hold any text."""

    allowed: Mapping[str, tuple[str, ...]]

    def read_schema(self, schema: Mapping[str, Value]) -> Vocabulary:
        """The vocabulary that a registry's own schema document gives.

        It is a mapping with an `artifact_schema` whose fields may each have an `enum`; what it does
        not limit stays as it is.
        """
        fields = schema.get("artifact_schema")
        if not isinstance(fields, Mapping):
            return self
        allowed = dict(self.allowed)
        for name, description in fields.items():
            values = description.get("enum") if isinstance(description, Mapping) else None
            if isinstance(values, tuple):
                texts = tuple(value for value in values if isinstance(value, str))
                # An enum without any value limits nothing.
                allowed.update({name: texts} if texts else {})
        return replace(self, allowed=allowed)


def find_schema_problems(schema: Mapping[str, Value]) -> Iterator[str]:
    """What a registry's own schema document says in vain: else records would pass unseen."""
    if "artifact_schema" not in schema:
        return
    fields = schema["artifact_schema"]
    if not isinstance(fields, Mapping):
        yield "artifact_schema is no mapping of fields, and limits nothing"
        return
    for name, description in fields.items():
        if isinstance(description, Mapping) and "enum" in description:
            values = description["enum"]
            if not isinstance(values, tuple) or not all(isinstance(one, str) for one in values):
                yield f"enum of {name} in artifact_schema is no list of plain values"


DEFAULT_VOCABULARY = Vocabulary(
    {
        "type": _TYPES,
        "status": ("active", "deprecated", "experimental"),
        "authority_level": AUTHORITY_LEVELS,
        "execution_surface": ("browser", "server", "worker", "cli", "client", "none"),
    }
)
"""What records are checked against where a registry has no schema of its own."""
