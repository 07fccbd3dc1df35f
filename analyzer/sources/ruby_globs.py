"""Patterns as GitLab reads them in CODEOWNERS: those of Ruby's `File.fnmatch`.

With FNM_PATHNAME, `*`, `?` and `[ ]` never match a slash, and `**/` any folders; with FNM_DOTMATCH
they match what begins with a dot as well (https://docs.ruby-lang.org/en/master/File.html).
"""

from __future__ import annotations

import re

_RANGE = re.compile(r"\[(?P<negated>[!^])?(?P<members>(?:\\.|[^\]\\])+)\]")


def find_ruby_regex(pattern: str) -> str:
    """A pattern of GitLab as a regular expression that matches whole paths.

    One without a slash at its beginning holds at any depth; one with a slash at its end means all
    that is in the folder, one without means files only.
    """
    if pattern == "*":
        return ".+$"
    pattern = re.sub(r"^\\#", "#", pattern)
    pattern = re.sub(r"\\\s+", " ", pattern)
    pattern = pattern.removeprefix("/") if pattern.startswith("/") else f"**/{pattern}"
    if not pattern or pattern.endswith("/"):
        pattern += "**/*"
    *folders, last = pattern.split("/")
    above = "".join("(?:[^/]+/)*" if one == "**" else f"{_segment(one)}/" for one in folders)
    return f"{above}{_segment(last)}$"


def _segment(text: str) -> str:
    """One part of a path; two stars are one where they are not alone before a slash."""
    result, index = "", 0
    while index < len(text):
        char = text[index]
        if char == "*":
            result += "[^/]*"
        elif char == "?":
            result += "[^/]"
        elif char == "\\" and index + 1 < len(text):
            index += 1
            result += re.escape(text[index])
        elif char == "[" and (found := _RANGE.match(text, index)):
            negation = "^/" if found["negated"] else ""
            members = re.sub(r"(?<!\\)([\[^&~|])", r"\\\1", found["members"])
            result += f"(?!/)[{negation}{members}]"
            index = found.end() - 1
        else:
            result += re.escape(char)
        index += 1
    return result
