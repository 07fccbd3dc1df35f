"""YAML as nodes that know their lines, for files that anybody may have written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from msgspec import Struct, field

from analyzer.sources.invocations.base import Broken, SourceFile, Word

# PyYAML's composer recurses in C and ends the interpreter at some depth; its parser does not.
_DEEPEST = 64
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Node(Struct):
    """A value in a YAML file."""

    line: int
    """1-based."""
    end: int
    text: str | None = None
    style: str | None = None
    items: list[Node] = field(default_factory=list)
    fields: dict[str, Node] = field(default_factory=dict)
    is_mapping: bool = False

    def get(self, *names: str) -> Node:
        """What stands below some keys; an empty node where there is nothing."""
        node: Node | None = self
        for name in names:
            node = None if node is None else node.fields.get(name) or node._merged(name)
        return Node(self.line, self.line) if node is None else node

    def value(self, *names: str) -> str | None:
        """The text below some keys."""
        return self.get(*names).text

    def _merged(self, name: str) -> Node | None:
        """What `<<` brings in; the earlier ones come first."""
        pending = [self]
        seen = set()
        while pending:
            node = pending.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if name in node.fields:
                return node.fields[name]
            merge = node.fields.get("<<")
            if merge is not None:
                pending.extend(reversed(merge.items or [merge]))
        return None


def read_yaml(source: SourceFile, text: str | None = None) -> Iterator[Node]:
    """The documents of a file, up to what cannot be read, which the file is told.

    Args:
        source: the file.
        text: what is read instead of its text.
    """
    composer = _Composer()
    try:
        for event in yaml.parse(source.text if text is None else text, Loader=_Loader):
            document = composer.take(event)
            if document is not None:
                yield document
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else int(error.problem_mark.line) + 1
        source.broken = Broken(line, f"no YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError):
        source.broken = Broken(None, "no YAML")
    except _TooDeepError:
        source.broken = Broken(None, f"nested more than {_DEEPEST} deep")


class _TooDeepError(Exception):
    """A document is nested deeper than any that people write."""


class _Composer:
    """Puts the events of the parser together."""

    def __init__(self) -> None:
        self._open: list[Node] = []
        self._keys: list[str | None] = []
        """Of each open mapping: the key whose value comes next."""
        self._anchors: dict[str, Node] = {}

    def take(self, event: yaml.Event) -> Node | None:
        """Take the next event; gives a document at its end."""
        match event:
            case yaml.ScalarEvent():
                style = str(event.style) if event.style else None
                node = Node(_line(event), _end(event), str(event.value), style)
                if event.anchor is not None:
                    self._anchors[event.anchor] = node
            case yaml.AliasEvent():
                node = self._anchors.get(event.anchor or "") or Node(_line(event), _end(event))
                if any(node is one for one in self._open):
                    # It would contain itself.
                    node = Node(_line(event), _end(event))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                if len(self._open) >= _DEEPEST:
                    raise _TooDeepError
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                node = Node(_line(event), 0, is_mapping=is_mapping)
                if event.anchor is not None:
                    self._anchors[event.anchor] = node
                self._open.append(node)
                self._keys.append(None)
                return None
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                node = self._open.pop()
                self._keys.pop()
                node.end = _end(event)
            case _:
                return None
        return self._add(node)

    def _add(self, node: Node) -> Node | None:
        if not self._open:
            self._anchors.clear()
            return node
        above, key = self._open[-1], self._keys[-1]
        if not above.is_mapping:
            above.items.append(node)
        elif key is None:
            self._keys[-1] = node.text or ""
        else:
            above.fields[key] = node
            self._keys[-1] = None
        return None


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else int(event.start_mark.line) + 1


def _end(event: yaml.Event) -> int:
    return 1 if event.end_mark is None else int(event.end_mark.line) + 1


def as_shell(node: Node, source: SourceFile) -> tuple[str, int]:
    """The text of a scalar as shell, and the line of its first line in the file."""
    text = node.text or ""
    if node.style == "|":
        return text, node.line + 1
    if node.style == ">":
        # Folded lines are one line: as such they are written, so that lines can be counted.
        raw = source.lines[node.line : node.end - 1]
        return "\n".join(_continued(line) for line in raw), node.line + 1
    return text, node.line


def as_words(node: Node) -> tuple[Word, ...]:
    """A list of scalars as the words of a command; the text of a block begins below its mark."""
    return tuple(
        Word(item.text or "", item.line + (item.style in ("|", ">")))
        for item in node.items
        if not item.fields
    )


def environment(node: Node) -> dict[str, str]:
    """Variables, written as a mapping or as a list of `NAME=value`."""
    found = {name: value.text for name, value in node.fields.items() if value.text is not None}
    for item in node.items:
        name, equals, value = (item.text or "").partition("=")
        if equals:
            found[name] = value
    return {name: value for name, value in found.items() if re.fullmatch(r"\w+", name)}


def _continued(line: str) -> str:
    line = line.strip()
    return line if not line or line.endswith("\\") else f"{line} \\"
