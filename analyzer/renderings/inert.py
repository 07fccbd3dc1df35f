"""Texts of the analysed project, made inert.

File names, records and lines of source may hold anything: what moves a terminal's cursor, what
turns the direction of writing, what a CI service takes for a command. A rendering passes them
through here, and through what its own format escapes.
"""

from __future__ import annotations

import json
import re

# GitHub takes `::name::` after spaces at the beginning of a line for a command, and `##[name]`
# anywhere in it (Runner.Common/ActionCommand.cs); Azure reads `##vso[`, TeamCity `##teamcity[`.
_COMMAND = re.compile(r"^(\s*):(?=:)")
_OLD_COMMAND = re.compile(r"##(?=[\w-]*\[)")


def printable(text: str) -> str:
    r"""The text on one line, with `\x1b` and the like for every character that is none to see.

    Those are control characters, ends of lines, marks of direction, spaces other than the usual
    one, and lone surrogates. What is a command anywhere in a line gets such an escape, too.
    """
    if "##" in text:
        text = _OLD_COMMAND.sub(r"\\x23#", text)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def log_line(text: str) -> str:
    """A line for a terminal or the log of a CI job: printable, and a command to neither."""
    line = printable(text)
    return _COMMAND.sub(r"\1\\x3a", line) if "::" in line else line


def dump_json(document: object) -> str:
    """A document as JSON, indented, in which nothing but ends of lines is not printable.

    Equal to what `json.dumps` writes for whoever reads it as JSON.
    """
    text = json.dumps(document, indent=2, ensure_ascii=False)
    if "##" in text:
        text = _OLD_COMMAND.sub(r"\\u0023#", text)
    if not text.replace("\n", "").isprintable():
        text = "".join(
            one if one == "\n" or one.isprintable() else json.dumps(one)[1:-1] for one in text
        )
    return text + "\n"


def escape_in_xml(text: str) -> str:
    """XML without commands in it: equal for whoever reads it as XML."""
    return _OLD_COMMAND.sub("&#35;#", text) if "##" in text else text
