"""Modules that are imported by a name in a string."""

from __future__ import annotations

from pathlib import Path

from analyzer.sources.dynamic_imports import find_dynamic_links
from tests.support import ASSETS, read_code, write_tree


def _found(project: Path) -> list[str]:
    links = find_dynamic_links(read_code(project))
    assert {link.kind.value for link in links} <= {"dynamic"}
    return [f"{one.importer}:{one.line} {one.imported}" for one in links]


def test_every_link_stands_on_the_line_of_its_string() -> None:
    assert _found(ASSETS / "dynamic") == [
        "app/helper.py:10 app/db.py",
        "app/helper.py:11 app/mail.py",
        "app/helper.py:7 app/plugins/xml.py",
        "app/literal.py:6 app/db.py",
        "app/literal.py:7 app/mail.py",
        "app/literal.py:11 app/plugins/__init__.py",
        "app/literal.py:11 app/plugins/csv.py",
        "app/literal.py:9 app/plugins/pdf.py",
        "app/literal.py:10 app/plugins/xml.py",
        "app/literal.py:8 app/queue.py",
        "app/literal.py:19 app/queue.py",
        "app/plugins/relative.py:5 app/db.py",
        "app/plugins/relative.py:6 app/plugins/pdf.py",
        "app/plugins/relative.py:7 app/plugins/xml.py",
        "app/strings.py:6 app/db.py",
        "app/strings.py:8 app/mail.py",
        "app/strings.py:7 app/plugins/csv.py",
        "app/strings.py:10 app/queue.py",
        "app/tables.py:12 app/db.py",
        "app/tables.py:9 app/mail.py",
        "app/tables.py:3 app/plugins/csv.py",
        "app/tables.py:3 app/plugins/pdf.py",
        "app/tables.py:5 app/plugins/xml.py",
        "app/tables.py:10 app/queue.py",
    ]


def test_names_in_a_circle_and_large_tables_end(tmp_path: Path) -> None:
    names = ", ".join(f'"n{number}"' for number in range(300))
    text = (
        "import importlib\n"
        "a = b\nb = a\nimportlib.import_module(a)\n"
        f"N = [{names}]\n"
        "for x in N:\n    for y in N:\n        importlib.import_module(f'{x}.{y}')\n"
        "def load(name):\n    load(name)\n    importlib.import_module(name)\n"
    )
    assert _found(write_tree(tmp_path, {"a.py": text, "n0/n1.py": ""})) == ["a.py:5 n0/n1.py"]
