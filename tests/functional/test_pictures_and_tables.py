"""`diagram` and `export`: what other programs read says the same as the JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from tests.functional.running import Invoke, record
from tests.support import write_tree

# Wave 2 of the shop with its neighbours: the dependencies of the JSON that touch it.
EDGES = [
    ("SHP-BE-API-ORD-001", "SHP-BE-SVC-ORD-001"),
    ("SHP-BE-API-RFD-001", "SHP-BE-SVC-RFD-001"),
    ("SHP-BE-SVC-MAI-001", "SHP-BE-SVC-ORD-001"),
    ("SHP-BE-SVC-ORD-001", "SHP-BE-SVC-MAI-001"),
    ("SHP-BE-SVC-ORD-001", "SHP-BE-WKR-RUN-001"),
    ("SHP-BE-WKR-RUN-001", "SHP-BE-SVC-ORD-001"),
    ("SHP-OP-OPS-NGT-001", "SHP-BE-SVC-LEG-001"),
]
MEMBERS = {f"SHP-BE-SVC-{domain}-001" for domain in ("GON", "LEG", "MAI", "ORD", "REP", "RFD")}


def read_xml(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own


def draw(invoke: Invoke, shop: Path, *arguments: str) -> str:
    run = invoke("diagram", "--wave", *arguments, cwd=shop)
    assert (run.code, run.err) == (0, "")
    return run.out


def test_dot(shop: Path, invoke: Invoke) -> None:
    text = draw(invoke, shop, "2", "--format", "dot")
    edges = re.findall(r'^\s*"(SHP-[\w-]+)" -> "(SHP-[\w-]+)"', text, re.MULTILINE)
    assert edges == EDGES
    boxes = set(re.findall(r'^\s*"(SHP-[\w-]+)" \[', text, re.MULTILINE))
    assert boxes == MEMBERS | {end for edge in EDGES for end in edge}
    assert "Wave 2: Services" in text
    assert r"\nbackend/app/queue.py:" in text
    assert re.search(r'"SHP-BE-SVC-GON-001" \[.*no place in the code', text)


def test_mermaid(shop: Path, invoke: Invoke) -> None:
    text = draw(invoke, shop, "2", "--format", "mermaid")
    ids = dict(re.findall(r"^\s*(N\d+)\W.*<br/>(SHP-[\w-]+)<br/>", text, re.MULTILINE))
    edges = re.findall(r"^\s*(N\d+) [-=]\S*>(?:\|.*\|)? (N\d+)$", text, re.MULTILINE)
    assert sorted((ids[one], ids[other]) for one, other in edges) == EDGES
    assert set(ids.values()) == MEMBERS | {end for edge in EDGES for end in edge}
    assert 'title: "Wave 2: Services' in text


def test_a_wave_of_its_own_edges(shop: Path, invoke: Invoke) -> None:
    """Wave 1: neighbours are shown, the edges between neighbours are not."""
    text = draw(invoke, shop, "1", "--format", "dot")
    edges = re.findall(r'^\s*"(SHP-[\w-]+)" -> "(SHP-[\w-]+)"', text, re.MULTILINE)
    assert edges == EDGES[:2]
    assert "SHP-FE-PG-ORD-001" in text
    assert not re.search(r'^\s*"SHP-BE-WKR-RUN-001" \[', text, re.MULTILINE)


ENDINGS = {
    "a.svg": b"<?xml",
    "a.SVG": b"<?xml",
    "a": b"<?xml",
    "a.png": b"\x89PNG",
    "a.pdf": b"%PDF-",
    "a.dot": b"digraph",
    "a.gv": b"digraph",
    "a.mmd": b"---\ntitle",
    "a.mermaid": b"---\ntitle",
}


@pytest.mark.parametrize("name", ENDINGS)
def test_the_ending_says_the_format(name: str, shop: Path, invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "out" / name
    assert draw(invoke, shop, "2", "--output", str(file)) == ""
    assert file.read_bytes().startswith(ENDINGS[name])
    assert [one.name for one in file.parent.iterdir()] == [name]


def test_the_format_outweighs_the_ending(shop: Path, invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "wave.txt"
    draw(invoke, shop, "2", "--format", "mermaid", "--output", str(file))
    assert file.read_text(encoding="utf-8") == draw(invoke, shop, "2", "--format", "mermaid")


def test_svg_is_the_default_and_names_each_artifact(shop: Path, invoke: Invoke) -> None:
    text = draw(invoke, shop, "2")
    picture = read_xml(text)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    words = " ".join(picture.itertext())
    shown = set(re.findall(r"SHP-[A-Z]{2}-[A-Z]+-[A-Z]{3}-\d{3}", words))
    assert shown == MEMBERS | {end for edge in EDGES for end in edge}


def test_a_name_with_anything_in_it(shop: Path, invoke: Invoke) -> None:
    """Quotes, brackets and markup in a record do not break a picture or a table."""
    file = shop / "docs/codebase-registry/artifacts/SHP-BE-SVC-MAI-001.yaml"
    text = file.read_text(encoding="utf-8")
    name = """'</text><a> "b" & ]>; \\N | -->'"""
    text = text.replace("name: mail.py", f"name: {name}").replace(
        "owner: platform", f"owner: {name}"
    )
    file.write_text(text + "path: backend/app/services/mail.py\n", encoding="utf-8")
    read_xml(draw(invoke, shop, "2"))
    mermaid = draw(invoke, shop, "2", "--format", "mermaid")
    assert len(re.findall(r"^\s*N\d+ [-=]", mermaid, re.MULTILINE)) == len(EDGES)
    graph = read_xml(invoke("export", "--format", "graphml", cwd=shop).out)
    assert any(one.text == name.strip("'") for one in graph.iter())


def export(invoke: Invoke, shop: Path, level: str, format_: str) -> str:
    run = invoke("export", "--level", level, "--format", format_, cwd=shop)
    assert (run.code, run.err) == (0, "")
    return run.out


def edges_of(document: Any) -> list[dict[str, str]]:
    """The rows that a table of edges has to have, from the JSON."""
    if "imports" in document:
        return [
            {
                "from": one["importer"],
                "to": one["imported"],
                "kind": one["kind"],
                "line": str(one["line"]),
                "text": one["text"],
            }
            for one in sorted(
                (*document["imports"], *document["other_links"]),
                key=lambda one: (one["importer"], one["imported"]),
            )
        ]
    return [
        {
            "from": one["from"],
            "to": one["to"],
            "kinds": " ".join(one["kinds"]),
            "hops": str(one["hops"]),
            "path": one["chain"][0]["importer"],
            "line": str(one["chain"][0]["line"]),
            "text": one["chain"][0]["text"],
        }
        for one in document["dependencies"]
    ]


@pytest.mark.parametrize("level", ["artifact", "module"])
def test_tables_say_what_the_json_says(
    level: str, shop: Path, invoke: Invoke, tmp_path: Path
) -> None:
    document = json.loads(export(invoke, shop, level, "json"))
    table = export(invoke, shop, level, "csv")
    assert table.count("\r\n") == len(edges_of(document)) + 1
    assert list(csv.DictReader(io.StringIO(table, newline=""))) == edges_of(document)
    file = tmp_path / "graph.graphml"
    file.write_text(export(invoke, shop, level, "graphml"), encoding="utf-8")
    graph = nx.read_graphml(file)
    assert graph.is_directed()
    nodes = document["modules"] if level == "module" else document["artifacts"]
    names = [one["path" if level == "module" else "id"] for one in nodes]
    if level == "module":
        assert [one["imported"] for one in document["other_links"]] == [
            "backend/app/main.py",
            "backend/app/services/legacy.py",
        ]
        # What starts a program, and is none itself.
        names += ["backend/Procfile", "scripts/nightly.sh"]
    assert list(graph.nodes) == names
    found = [{"from": a, "to": b, **data} for a, b, data in graph.edges(data=True)]
    assert found == sorted(
        edges_of(document), key=lambda one: (names.index(one["from"]), one["to"])
    )
    if level == "module":
        orders = graph.nodes["backend/app/services/orders.py"]
        assert orders["artifact"] == "SHP-BE-SVC-ORD-001"
        assert (orders["test"], orders["scanned"]) == ("false", "true")
    else:
        assert graph.nodes["SHP-BE-SVC-ORD-001"]["owner"] == "backend"


def test_tables_without_a_row(tmp_path: Path, invoke: Invoke) -> None:
    write_tree(tmp_path, {"analyzer.toml": "", "registry/A.yaml": record("T-SVC-A-001")})
    assert json.loads(invoke("export", cwd=tmp_path).out)["dependencies"] == []
    header = "from,to,kinds,hops,path,line,text\r\n"
    assert invoke("export", "--format", "csv", cwd=tmp_path).out == header
    read_xml(invoke("export", "--format", "graphml", cwd=tmp_path).out)
