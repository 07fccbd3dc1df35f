"""Modules that are imported by a name in a string."""

from __future__ import annotations

from pathlib import Path

from analyzer.model.imports import Mention
from analyzer.model.names import ProjectPath
from analyzer.sources.dynamic_imports import find_dynamic_imports
from tests.support import ASSETS, read_code, write_tree


def _found(project: Path) -> list[str]:
    links = find_dynamic_imports(read_code(project)).links
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


def test_texts_are_followed_through_settings_and_calls_in_other_files(tmp_path: Path) -> None:
    """Plug-ins named in a default of the environment; the loader is told them by its caller."""
    files = {
        "app/__init__.py": (
            "from app import settings\nfrom app.plugins import load_all\n"
            "from app.outputs import load_outputs\n\n"
            "load_all(settings.PLUGINS)\nload_outputs(settings.OUTPUTS)\n"
        ),
        "app/settings.py": (
            "import os\n\nfrom app.helpers import array, without\n\n"
            'defaults = [\n    "app.plugins.csv",\n    "app.plugins.pdf",\n'
            '    "app.plugins.gone",\n]\nmore = array(os.environ.get("MORE", ""))\n'
            'PLUGINS = without(set(more), array(os.environ.get("P", ",".join(defaults))) + more)\n'
            'OUTPUTS = array(os.environ.get("O", "app.outputs.mail, app.outputs.disk"))\n'
        ),
        "app/helpers.py": (
            "def array(text):\n    parts = text.split(',')\n    return parts\n\n\n"
            "def without(some, names):\n    return [one for one in names if one not in some]\n"
        ),
        "app/plugins/__init__.py": (
            "def load_all(names):\n    for name in names:\n        __import__(name)\n"
        ),
        "app/plugins/csv.py": "",
        "app/plugins/pdf.py": "",
        "app/outputs/__init__.py": (
            "import importlib\n\n\ndef load_outputs(names):\n    for name in names:\n"
            "        importlib.import_module(name.strip())\n"
        ),
        "app/outputs/mail.py": "",
        "app/outputs/disk.py": "",
        "app/outputs/unused.py": "",
        "other/load.py": "def load_all(names):\n    pass\n\n\nload_all(['app.outputs.unused'])\n",
    }
    assert _found(write_tree(tmp_path, files)) == [
        "app/outputs/__init__.py:6 app/outputs/disk.py",
        "app/outputs/__init__.py:6 app/outputs/mail.py",
        "app/plugins/__init__.py:3 app/plugins/csv.py",
        "app/plugins/__init__.py:3 app/plugins/pdf.py",
    ]


def test_a_name_that_is_cut_off_its_attribute_is_followed(tmp_path: Path) -> None:
    text = (
        "import importlib\nimport os\n\n"
        'module, _, name = "app.mail:Sender".partition(":")\nimportlib.import_module(module)\n'
        'CLASSES = ["app.db.Session", "app.gone.X"]\nfor dotted in CLASSES:\n'
        '    path, attribute = dotted.rsplit(".", 1)\n    importlib.import_module(path)\n'
        'importlib.import_module("app.queue.Job".rsplit(".", 1)[0])\n'
        'importlib.import_module(os.environ.get("SETTINGS", "app.settings"))\n'
        'importlib.import_module(name_of("a sentence about app.other. It names nothing"))\n'
    )
    modules = {f"app/{name}.py": "" for name in ("mail", "db", "queue", "settings", "other")}
    assert _found(write_tree(tmp_path, {"app/__init__.py": "", "main.py": text, **modules})) == [
        "main.py:6 app/db.py",
        "main.py:4 app/mail.py",
        "main.py:10 app/queue.py",
        "main.py:11 app/settings.py",
    ]


def test_methods_and_their_first_parameter_end(tmp_path: Path) -> None:
    text = (
        "import importlib\n\n\nclass Loader:\n    def load(self, name):\n"
        "        importlib.import_module(self)\n        importlib.import_module(name)\n\n"
        "    def run(self):\n        self.load('app.mail')\n"
    )
    files = {"app/__init__.py": "", "app/mail.py": "", "app/run.py": text}
    assert _found(write_tree(tmp_path, files)) == ["app/run.py:10 app/mail.py"]


def test_what_another_function_of_the_same_name_is_given_is_not_loaded(tmp_path: Path) -> None:
    text = (
        "import importlib\nimport json\n\nfrom app import other\n\n\n"
        "def load(name):\n    importlib.import_module(name)\n\n\n"
        "def run():\n    json.load('app.db')\n    other.load('app.queue')\n    load('app.mail')\n"
    )
    modules = {f"app/{name}.py": "" for name in ("mail", "db", "queue")}
    other = {"app/other.py": "def load(name):\n    pass\n"}
    found = _found(
        write_tree(tmp_path, {"app/__init__.py": "", "app/run.py": text, **modules, **other})
    )
    assert found == ["app/run.py:14 app/mail.py"]


def test_a_link_tells_where_its_name_stands_in_another_file(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/settings.py": 'PLUGINS = [\n    "app.csv",\n    "app.pdf",\n    "app.csv",\n]\n',
        "app/load.py": (
            "import importlib\nfrom app import settings\nfor name in settings.PLUGINS:\n"
            "    importlib.import_module(name)\nimportlib.import_module('app.pdf')\n"
        ),
        "app/csv.py": "",
        "app/pdf.py": "",
    }
    links = find_dynamic_imports(read_code(write_tree(tmp_path, files))).links
    assert [(one.line, one.imported, one.named_at) for one in links] == [
        (4, "app/csv.py", Mention(ProjectPath("app/settings.py"), 2, '"app.csv",')),
        (4, "app/pdf.py", Mention(ProjectPath("app/settings.py"), 3, '"app.pdf",')),
        (5, "app/pdf.py", None),
    ]
