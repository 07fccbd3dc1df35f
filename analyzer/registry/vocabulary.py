"""The values that a record's fields may have."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.registry import Value

REQUIRED_FIELDS = (
    "artifact_id",
    "name",
    "type",
    "status",
    "owner",
    "purpose",
    "authority_level",
    "execution_surface",
)

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


DEFAULT_VOCABULARY = Vocabulary(
    {
        "type": _TYPES,
        "status": ("active", "deprecated", "experimental"),
        "authority_level": ("observe", "advise", "enforce", "mutate"),
        "execution_surface": ("browser", "server", "worker", "cli", "client", "none"),
    }
)
"""What records are checked against where a registry has no schema of its own."""
