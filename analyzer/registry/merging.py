"""Existing records are completed here: lines are added, and everything else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

import yaml
from msgspec import Struct, field

from analyzer.model.registry import Value
from analyzer.registry.writing import FieldValue, dump_value, field_rank
from analyzer.registry.yaml_nodes import (
    YAML_LOADER,
    Document,
    UnusableYamlError,
    is_empty,
    read_documents,
)

# What libyaml takes for the end of a line.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_NOTHING_IN_BRACKETS = re.compile(r"\[[ \t]*\]|\{[ \t]*\}")
_BOM = "\ufeff"


class CannotMergeError(Exception):
    """A record that cannot be completed without changing more than what is added; says why."""


def merge_record(text: str, fields: Mapping[str, FieldValue]) -> str:
    """Complete a record in the text of a YAML file, in which others may stand, too.

    The record is the one with the `artifact_id` of the fields. Each field that it lacks becomes a
    line, or some, behind the field that usually stands before it; one without a value gets its
    value where it stands. What people wrote is never changed, be it a value, a comment, a blank, a
    quote or the end of a line: the text is not dumped anew, lines are put into it, and the result
    is read again to see that it says what it said and what was added. A field below another one
    (`traceability.product`) is never added.

    Raises:
        UnusableYamlError: the text is no YAML.
        CannotMergeError: there is no such record, or it is written in a way that lines cannot be
            put into.
    """
    if text.startswith(_BOM):
        return _BOM + merge_record(text.removeprefix(_BOM), fields)
    newline = match[0] if (match := _BREAK.search(text)) else "\n"
    is_ended = text == "" or _BREAK.fullmatch(text[-1]) is not None
    whole = text if is_ended else text + newline
    documents = list(read_documents(whole))
    number = _find_record(documents, fields["artifact_id"])
    before = documents[number].value
    assert isinstance(before, Mapping)  # noqa: S101 - a record is one
    added = {
        name: fields[name]
        for name in sorted(fields, key=field_rank)
        if fields[name] not in (None, ()) and is_empty(before.get(name))
    }
    if not added:
        return text
    layout = list(_read_layouts(whole))[number]
    expected = [one.value for one in documents]
    expected[number] = {**before, **{name: _as_read(value) for name, value in added.items()}}
    # A comment that stands further in would become part of a block of text before it.
    for is_inline in (False, True):
        edits = [
            _place(whole, layout, (name, value), newline=newline, is_inline=is_inline)
            for name, value in added.items()
        ]
        merged = _apply(whole, edits)
        # A last line that did not end stays so, unless what is added then needs its end.
        for candidate in (merged,) if is_ended else (merged.removesuffix(newline), merged):
            if _read_values(candidate) == expected:
                return candidate
    raise CannotMergeError(f"no place for a line with {', '.join(added)}; add it by hand")


def _read_values(text: str) -> list[Value]:
    try:
        return [one.value for one in read_documents(text)]
    except UnusableYamlError:
        return []


def _find_record(documents: list[Document], id_: FieldValue) -> int:
    for number, document in enumerate(documents):
        value = document.value
        found = value.get("artifact_id") if isinstance(value, Mapping) else None
        if isinstance(found, str) and found.strip() == id_:
            return number
    raise CannotMergeError(f"no record of {id_}")


def _as_read(value: FieldValue) -> Value:
    """A value as the reader gives it: all scalars are text."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return tuple(_as_read(one) for one in value)
    if isinstance(value, Mapping):
        return {key: _as_read(one) for key, one in value.items()}
    return value


class _Field(Struct):
    """Where the value of a field stands, as indices into the text."""

    start: int
    end: int
    """Behind the last character that belongs to it."""
    is_replaceable: bool
    """Whether it could be an empty value that nothing else refers to."""


class _Layout(Struct):
    """Where the fields of one document's mapping stand."""

    is_flow: bool = False
    indent: int = 0
    fields: dict[str, _Field] = field(default_factory=dict)


class _Edit(Struct):
    """A text that is put in place of what stands between two indices."""

    start: int
    end: int
    text: str


def _place(
    text: str, layout: _Layout, one: tuple[str, FieldValue], *, newline: str, is_inline: bool
) -> _Edit:
    """Where and how a field is added, given its name and its value."""
    name, value = one
    known = layout.fields.get(name)
    if known is not None:
        if not known.is_replaceable:
            raise CannotMergeError(f"{name} has no value, but an anchor or a mark; fill it by hand")
        return _fill(text, known, _inline(value, is_flow=layout.is_flow))
    if not layout.fields:
        raise CannotMergeError("its fields stand nowhere")
    anchor = _find_anchor(layout, name).end
    if layout.is_flow:
        key = _inline(name, is_flow=True)
        return _Edit(anchor, anchor, f", {key}: {_inline(value, is_flow=True)}")
    blanks = " " * layout.indent
    written = _lines_of(name, value)
    if is_inline:
        written = [f"{_inline(name, is_flow=False)}: {_inline(value, is_flow=False)}"]
    lines = [f"{blanks}{line}{newline}" if line else newline for line in written]
    end = _find_line_end(text, anchor)
    return _Edit(end, end, "".join(lines))


def _find_anchor(layout: _Layout, name: str) -> _Field:
    """The field that a new one is put behind: the one that usually stands before it."""
    in_order = sorted(layout.fields, key=lambda one: (field_rank(one), layout.fields[one].start))
    before = [one for one in in_order if field_rank(one) <= field_rank(name)]
    return layout.fields[before[-1]] if before else list(layout.fields.values())[-1]


def _find_line_end(text: str, index: int) -> int:
    """Where the next line begins; the end of the text where none does."""
    if index and _BREAK.match(text, index - 1):
        # A block of text with its last line, which may be an empty one.
        return index
    match = _BREAK.search(text, index)
    return match.end() if match else len(text)


def _lines_of(name: str, value: FieldValue) -> list[str]:
    return dump_value({name: value}).removesuffix("\n").split("\n")


def _inline(value: FieldValue, *, is_flow: bool) -> str:
    """A value on one line."""
    if isinstance(value, str) and "\n" not in value and not is_flow:
        return _lines_of("x", value)[0].removeprefix("x: ")
    return dump_value((value,), is_flow=True).rstrip("\n")[1:-1]


def _fill(text: str, known: _Field, value: str) -> _Edit:
    """Put a value in place of an empty one; where nothing is written, behind the colon."""
    if known.start < known.end:
        return _Edit(known.start, known.end, value)
    has_blank = text[known.end : known.end + 1] == " "
    if has_blank and text[known.end + 1 : known.end + 2] != "#":
        return _Edit(known.end + 1, known.end + 1, value)
    return _Edit(known.end, known.end, f" {value}")


def _apply(text: str, edits: list[_Edit]) -> str:
    """Make all edits; those at one place stay in their order."""
    parts = []
    done = 0
    for edit in sorted(edits, key=lambda one: one.start):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


def _read_layouts(text: str) -> Iterator[_Layout]:
    """Yield the layout of each document of a YAML text."""
    reader = _LayoutReader(text)
    for event in yaml.parse(text, Loader=YAML_LOADER):
        if isinstance(event, yaml.DocumentStartEvent):
            reader = _LayoutReader(text)
        reader.take(event)
        if isinstance(event, yaml.DocumentEndEvent):
            yield reader.layout


class _LayoutReader:
    """Finds the values of a mapping at the top of a document."""

    def __init__(self, text: str) -> None:
        self.layout = _Layout()
        self._text = text
        self._open: list[yaml.CollectionStartEvent] = []
        self._has_key = False
        self._key: str | None = None
        self._start = 0
        self._end = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        match event:
            case yaml.ScalarEvent() | yaml.AliasEvent():
                self._begin(event)
                self._end = self._find_end(event)
                self._finish(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
                if not self._open:
                    self.layout.is_flow = bool(event.flow_style)
                self._open.append(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                start = self._open.pop()
                if start.flow_style:
                    # The end of a collection in block style is that of the last thing in it.
                    self._end = _mark(event.end_mark).index
                self._finish(start)
            case _:
                pass

    def _begin(self, event: yaml.NodeEvent) -> None:
        if len(self._open) == 1:
            self._start = _mark(event.start_mark).index
            if not self._has_key and not self.layout.fields:
                self.layout.indent = _mark(event.start_mark).column

    def _finish(self, event: yaml.NodeEvent) -> None:
        if len(self._open) != 1 or not isinstance(self._open[0], yaml.MappingStartEvent):
            return
        if not self._has_key:
            self._has_key = True
            self._key = event.value if isinstance(event, yaml.ScalarEvent) else None
            return
        if self._key is not None:
            # Of a field that is given twice the later one counts; it is to stand last here, too.
            self.layout.fields.pop(self._key, None)
            self.layout.fields[self._key] = _Field(
                self._start, self._end, self._is_replaceable(event)
            )
        self._has_key = False

    def _is_replaceable(self, event: yaml.NodeEvent) -> bool:
        written = self._text[self._start : self._end]
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            return False
        if event.anchor is not None or event.tag is not None:
            return False
        if isinstance(event, yaml.ScalarEvent):
            return event.style not in ("|", ">")
        return _NOTHING_IN_BRACKETS.fullmatch(written) is not None

    def _find_end(self, event: yaml.NodeEvent) -> int:
        """Behind a text; of a block of text, before the blank lines that do not belong to it."""
        start, end = _mark(event.start_mark).index, _mark(event.end_mark).index
        if not isinstance(event, yaml.ScalarEvent) or event.style not in ("|", ">"):
            return end
        written = self._text[start:end]
        header = _BREAK.split(written, maxsplit=1)[0]
        return end if "+" in header.partition("#")[0] else start + len(written.rstrip())


class _Mark(Protocol):
    """PyYAML and libyaml have a class of marks each."""

    @property
    def index(self) -> int: ...
    @property
    def column(self) -> int: ...


def _mark(mark: _Mark | None) -> _Mark:
    assert mark is not None  # noqa: S101 - whatever is read from a text has one
    return mark
