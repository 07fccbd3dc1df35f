"""Which migrations a configuration of Alembic names, and which it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.sources.alembic import read_environments
from tests.support import write_tree
from tests.unit.sources.test_entry_points import find, lines
from tests.unit.sources.test_invocations import edges
from tests.unit.sources.test_invocations import find as find_invoked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[alembic]\nscript_location = a/b\n", [("alembic", "a/b", 2)]),
        ("[alembic]\nx = %%d\nscript_location: %(here)s/a\n", [("alembic", "\x01/a", 3)]),
        ("[core]\nscript_location = shop:a\n", [("core", "shop:a", 2)]),
        ("[a]\nbad = %(x)s\nscript_location = a\n", [("a", "a", 3)]),
        ("[a]\nscript_location = %(x)s\n[b]\nscript_location = b\n", [("b", "b", 4)]),
        ("[DEFAULT]\nscript_location = a\n[alembic]\n", [("alembic", "a", 2)]),
        ("[loggers]\nkeys = root\n", []),
        ("script_location = a\n", []),
    ],
)
def test_environments(text: str, expected: list[tuple[str, str, int]]) -> None:
    found = read_environments(text)
    assert [(one.section, one.location, one.line) for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b  c\n", ["a", "b", "c"]),
        ("a:b\nversion_path_separator = os\n", ["a", "b"]),
        ("a b;c\npath_separator = ;\n", ["a b", "c"]),
        ("shop:a shop:b\n", ["shop:a", "shop:b"]),
        ("\n", []),
    ],
)
def test_folders_of_versions(text: str, expected: list[str]) -> None:
    (found,) = read_environments(f"[x]\nscript_location = m\nversion_locations = {text}")
    assert list(found.versions) == expected


SECTIONS = """\
[alembic]
file_template = %%(rev)s
[core]
script_location = shop:database/core
[tenant]
script_location = %(here)s/tenant
version_locations = %(here)s/tenant/old shop.bare:new
"""


def test_each_section_is_an_environment_of_its_own(tmp_path: Path) -> None:
    files = {
        "src/shop/__init__.py": "",
        "src/shop/alembic.ini": SECTIONS,
        "src/shop/env.py": "",
        "src/shop/database/core/env.py": "",
        "src/shop/database/core/versions/a1.py": "",
        "src/shop/tenant/env.py": "",
        "src/shop/tenant/old/b1.py": "",
        "src/shop/tenant/versions/never_read.py": "",
        "src/shop/bare/new/b2.py": "",
    }
    assert lines(find(write_tree(tmp_path, files))) == [
        f"src/shop/{path} of src/shop/alembic.ini | src/shop/alembic.ini:{line}"
        for path, line in (
            ("bare/new/b2.py | Alembic migration", 6),
            ("database/core/env.py | Alembic environment", 4),
            ("database/core/versions/a1.py | Alembic migration", 4),
            ("tenant/env.py | Alembic environment", 6),
            ("tenant/old/b1.py | Alembic migration", 6),
        )
    ]


def test_a_command_runs_the_environment_of_its_section(tmp_path: Path) -> None:
    ini = "[alembic]\nscript_location = one\n[core]\nscript_location = %(here)s/two\n"
    files = {
        "alembic.ini": ini,
        "one/env.py": "",
        "two/env.py": "",
        "run.sh": "alembic upgrade head\nalembic -n core upgrade head\nalembic -n x upgrade head\n",
    }
    assert edges(find_invoked(write_tree(tmp_path, files))) == [
        "run.sh:1 one/env.py",
        "run.sh:2 two/env.py",
    ]


def test_options_fill_in_others_to_some_length() -> None:
    text = "[a]\nbase = m\nscript_location = %(base)s/100%%\n"
    assert [one.location for one in read_environments(text)] == ["m/100%"]
    # Eight to the ninth times the name.
    laughs = "".join(f"a{one} = {f'%(a{one + 1})s' * 8}\n" for one in range(9))
    assert read_environments(f"[a]\nscript_location = %(a0)s\n{laughs}a9 = m\n") == ()
    circle = "[a]\nscript_location = %(b)s\nb = %(script_location)s\n"
    assert read_environments(circle) == ()
