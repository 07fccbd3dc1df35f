"""How the addresses of Django's patterns are spelled."""

from __future__ import annotations

import re

from msgspec.structs import replace

from analyzer.sources.outline.code import Code, Located
from analyzer.sources.outline.values import Call, Expression, Joined, Name, Text

_TRANSLATING = frozenset({"_", "gettext", "gettext_lazy", "pgettext_lazy", "ugettext_lazy"})
_END = re.compile(r"(?<!\\)(?:\$|\\Z)$")


def spell(code: Code, one: Located, expression: Expression | None) -> str:
    """The address as far as it can be worked out, the rest as it is written, in braces."""
    match expression:
        case None:
            return ""
        case Joined(parts):
            return "".join(spell(code, one, part) for part in parts)
        case Call(name=name) if name in _TRANSLATING and expression.arguments:
            return spell(code, one, expression.arguments[-1])
    text = code.find_text(one.path, one.scope, expression)
    if text is not None:
        return text
    return f"{{{expression.dotted}}}" if isinstance(expression, Name) else "{…}"


def without_anchors(regex: str) -> str:
    """A regular expression without `^` at its beginning and `$` at its end."""
    return _END.sub("", regex.removeprefix("^"))


def with_view_prefix(pattern: Expression, prefix: str | None) -> Expression:
    """`url(r"^new/$", "new_item")` inside of `patterns("shop.views", …)`."""
    view = pattern.argument(1, "view") if isinstance(pattern, Call) else None
    if not prefix or not isinstance(pattern, Call) or not isinstance(view, Text):
        return pattern
    named = replace(view, value=f"{prefix}.{view.value}")
    return replace(pattern, arguments=(*pattern.arguments[:1], named), keywords=())
