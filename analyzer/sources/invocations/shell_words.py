"""Words of a shell script as text, variables filled in as far as they can be worked out."""

from __future__ import annotations

import posixpath
import re
import shlex
from collections.abc import MutableMapping

from msgspec import Struct
from tree_sitter import Node

from analyzer.sources.invocations.base import PROJECT, UNKNOWN, Place
from analyzer.sources.invocations.places import ProjectTree

_EXPANSION = re.compile(
    r"\$\{(?P<name>\w+|[@*#?!$-])(?:\[(?P<index>[^\]]*)\])?"
    r"(?:(?P<operator>:?[-=+?]|%%?|##?|[/^,@:])(?P<operand>.*))?\}",
    re.DOTALL,
)
_SIMPLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<bare>\w+))")
# An escaped line end is left: a shell that is given the text knows it, and lines stay countable.
_ESCAPE_IN_QUOTES = re.compile(r"\\([$`\"\\])")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# `$(cd "$(dirname "$(readlink -f "$0")")" && pwd)` is four.
_DEEPEST = 12
_INTERPRETERS = frozenset({"PY", "PYTHON", "PYTHON3", "PYTHON_BIN"})
_PIECES = frozenset({"list", "pipeline", "redirected_statement", "negated_command", "subshell"})


class Expander(Struct):
    """Evaluates words with the variables of one script."""

    place: Place
    tree: ProjectTree
    variables: MutableMapping[str, str]

    def expand(self, node: Node, depth: int = 0) -> str:
        """The text of a word; `UNKNOWN` stands for what cannot be worked out."""
        text = UNKNOWN
        if depth > _DEEPEST:
            return text
        match node.type:
            case "word" | "number" | "variable_name" | "string_content" | "extglob_pattern":
                text = _ESCAPE.sub(lambda found: found[1].strip("\n"), _text(node))
            case "raw_string":
                text = _text(node)[1:-1]
            case "ansi_c_string":
                text = _text(node)[2:-1]
            case "string" | "translated_string":
                text = self._expand_string(node, depth)
            case "concatenation" | "command_name":
                text = "".join(self.expand(child, depth + 1) for child in node.children)
            case "array":
                text = shlex.join(self.expand(one, depth + 1) for one in node.named_children)
            case "simple_expansion" | "expansion":
                text = self._expand_variable(_text(node))
            case "command_substitution":
                text = self._substitute(node, depth)
            case _:
                pass
        return text

    def _expand_variable(self, text: str, depth: int = 0) -> str:
        """The value of `$NAME` or `${NAME…}`."""
        if not text.startswith("${"):
            return self._get(text[1:])
        found = _EXPANSION.fullmatch(text)
        if found is None or depth > _DEEPEST:
            return UNKNOWN
        name, operand = found["name"], found["operand"] or ""
        value = self._get(name)
        match found["operator"], operand:
            case (("-" | ":-" | "=" | ":="), _):
                is_set = UNKNOWN not in value and not self._is_guess(name)
                result = value if is_set else self._expand_plain(operand, depth)
            case (("%" | "%%"), "/*"):
                result = dirname(value)
            case "##", "*/":
                result = posixpath.basename(value)
            case ((None | "?" | ":?"), _):
                result = value
            case _:
                result = UNKNOWN
        return result

    def _get(self, name: str) -> str:
        if name in self.variables:
            return self.variables[name]
        if name in ("0", "BASH_SOURCE") and self.place.script is not None:
            return f"{PROJECT}/{self.place.script}"
        if name == "PWD":
            return _certain(self.place.folders)
        if name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
            return PROJECT
        return "python" if self._is_guess(name) else UNKNOWN

    def _is_guess(self, name: str) -> bool:
        """Whether a variable that nobody sets has the name of an interpreter: it will be one."""
        return name not in self.variables and name.upper() in _INTERPRETERS

    def _expand_plain(self, text: str, depth: int) -> str:
        """The text after `:-`, in which variables may stand."""
        if _EXPANSION.fullmatch(text):
            return self._expand_variable(text, depth + 1)
        if "$(" in text or "`" in text:
            return UNKNOWN
        filled = _SIMPLE.sub(lambda found: self._get(found["braced"] or found["bare"]), text)
        return filled.strip("\"'")

    def _expand_string(self, node: Node, depth: int) -> str:
        raw = node.text or b""
        pieces = []
        position = raw.find(b'"') + 1
        for child in node.children:
            start, end = child.start_byte - node.start_byte, child.end_byte - node.start_byte
            if child.type in ('"', '$"'):
                pieces.append(raw[position:start].decode("utf-8", "replace"))
                position = max(position, end)
                continue
            pieces.append(raw[position:start].decode("utf-8", "replace"))
            if child.type == "string_content":
                text = _text(child)
                pieces.append(_ESCAPE_IN_QUOTES.sub(r"\1", text) if "\\" in text else text)
            else:
                pieces.append(self.expand(child, depth + 1))
            position = end
        return "".join(pieces)

    def _substitute(self, node: Node, depth: int) -> str:
        """The output of `$(…)`, for the few commands that scripts find their own folder with."""
        folders = self.place.folders
        output = UNKNOWN
        for command in _flatten(node):
            words = [
                self.expand(child, depth + 1)
                for child in command.named_children
                if child.type not in ("variable_assignment", "file_redirect")
            ]
            operands = [word for word in words[1:] if not word.startswith("-")]
            if words[:1] == ["cd"] and len(operands) == 1:
                folders = self.tree.find_folders(operands[0], Place(folders, self.place.mounts))
            elif words not in (["true"], [":"]):
                output = _output(words, operands, folders)
                if output == UNKNOWN:
                    break
        return output


def _output(words: list[str], operands: list[str], folders: tuple[str, ...]) -> str:
    output = UNKNOWN
    match words[:1], operands:
        case ["pwd"], []:
            output = _certain(folders)
        case ["dirname"], [path]:
            output = dirname(path)
        case ["basename"], [path, *_]:
            output = posixpath.basename(path)
        case ["readlink" | "realpath" | "which" | "echo"], [path]:
            output = path
        case ["command"], [program] if "-v" in words:
            output = program
        case ["git"], ["rev-parse"] if "--show-toplevel" in words:
            output = PROJECT
        case _:
            pass
    return output


def _certain(folders: tuple[str, ...]) -> str:
    return f"{PROJECT}/{folders[0]}" if len(folders) == 1 else UNKNOWN


def dirname(path: str) -> str:
    """The folder of a path; above the project nothing is known."""
    if UNKNOWN in path:
        return _dirname_of_unknown(path)
    path = posixpath.normpath(path)
    if path == PROJECT:
        return UNKNOWN
    return posixpath.dirname(path) or "."


def _dirname_of_unknown(path: str) -> str:
    """The folder of a path of which some part is unknown."""
    head, slash, tail = path.rpartition("/")
    return head if slash and UNKNOWN not in tail else UNKNOWN


def _flatten(node: Node) -> list[Node]:
    """The commands of a substitution, one after the other."""
    found = []
    pending = list(reversed(node.named_children))
    while pending:
        child = pending.pop()
        if child.type in _PIECES:
            pending.extend(reversed(child.named_children))
        elif child.type != "file_redirect":
            found.append(child)
    return found


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
