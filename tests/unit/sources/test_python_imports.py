"""Each asset is a shape of real code of which a plain import graph gets something wrong."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from analyzer.model.imports import Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath
from tests.support import ASSETS, copy_asset, edges, scan, write_tree


def test_folders_without_init_inside_a_package_are_part_of_it() -> None:
    facts = scan(ASSETS / "no_init")
    assert [(module.path, module.name) for module in facts.modules] == [
        ("app/__init__.py", "app"),
        ("app/api/users.py", "app.api.users"),
        ("app/api/v2/items.py", "app.api.v2.items"),
        ("app/api/v2/shared.py", "app.api.v2.shared"),
        ("app/db.py", "app.db"),
        ("app/main.py", "app.main"),
    ]
    assert edges(facts) == [
        "app/api/users.py:1 app/db.py runtime",
        "app/api/v2/items.py:2 app/api/v2/shared.py runtime",
        "app/api/v2/items.py:1 app/db.py runtime",
        "app/main.py:1 app/api/users.py runtime",
        "app/main.py:2 app/api/v2/items.py runtime",
    ]
    assert facts.unscanned == ()


def test_a_broken_file_costs_that_file_only(capfd: pytest.CaptureFixture[str]) -> None:
    facts = scan(ASSETS / "broken")
    assert edges(facts) == [
        "app/bom.py:1 app/other.py runtime",
        "app/climbs.py:1 app/other.py runtime",
        "app/climbs_into.py:2 app/other.py runtime",
        "app/declared.py:2 app/other.py runtime",
        "app/good.py:1 app/other.py runtime",
        "app/good.py:2 app/syntax.py runtime",
    ]
    assert [(one.path, one.line, one.reason.value) for one in facts.unscanned] == [
        ("app/climbs.py", 2, "relative-import-beyond-root"),
        ("app/climbs_into.py", 1, "relative-import-beyond-root"),
        ("app/latin.py", None, "encoding"),
        ("app/syntax.py", 2, "syntax-error"),
        ("app/unknown_codec.py", None, "encoding"),
    ]
    assert [module.path for module in facts.modules if not module.is_scanned] == [
        one.path for one in facts.unscanned
    ]
    # Grimp's scanner panics at such imports and prints a backtrace; users must not see it.
    assert capfd.readouterr() == ("", "")


def test_an_import_that_climbs_past_everything_is_reported(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_tree(tmp_path, {"a.py": f"import b\nfrom {'.' * 40} import x\n", "b.py": ""})
    facts = scan(tmp_path)
    assert [(one.path, one.line, one.reason.value) for one in facts.unscanned] == [
        ("a.py", 2, "relative-import-beyond-root")
    ]
    assert capfd.readouterr() == ("", "")


def test_text_that_looks_like_a_climbing_import_is_not_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": '"""\nfrom ..... import x\n"""\nimport b\n', "b.py": ""})
    facts = scan(tmp_path)
    assert facts.unscanned == ()
    assert edges(facts) == ["a.py:4 b.py runtime"]


def test_two_services_with_the_same_package() -> None:
    facts = scan(ASSETS / "two_services")
    assert edges(facts) == [
        "billing/app/invoices.py:1 billing/app/main.py runtime",
        "billing/app/main.py:1 billing/app/store.py runtime",
        "search/app/main.py:1 search/app/store.py runtime",
        "tools/report.py:1 billing/app/invoices.py runtime",
    ]
    assert [(one.importer, one.line, one.name, one.candidates) for one in facts.ambiguous] == [
        ("tools/report.py", 2, "app.main", ("billing/app/main.py", "search/app/main.py"))
    ]


def test_packages_named_like_the_standard_library() -> None:
    assert edges(scan(ASSETS / "stdlib_names")) == [
        "json/encoder.py:1 json/scanner.py runtime",
        "queue/jobs.py:1 json/encoder.py runtime",
        "queue/jobs.py:2 queue/retry.py runtime",
    ]


def test_nothing_is_executed_and_the_path_is_left_alone() -> None:
    before = list(sys.path), set(sys.modules)
    facts = scan(ASSETS / "never_executed")
    assert edges(facts) == ["company/billing/run.py:1 company/billing/rates.py runtime"]
    assert sys.path == before[0]
    assert not {name for name in sys.modules if name.startswith("company")}


def test_scripts_and_names_that_are_no_identifiers() -> None:
    facts = scan(ASSETS / "scripts")
    assert edges(facts) == [
        "data.v2.py:1 single.py runtime",
        "load-tests/run.py:1 load-tests/scenario.py runtime",
        "scripts/ops/check-env.py:2 core/db.py runtime",
        "scripts/ops/check-env.py:1 scripts/ops/helpers.py runtime",
        "single.py:1 core/__init__.py runtime",
    ]
    assert [(root.path, root.packages) for root in facts.roots] == [
        (".", ("core", "data", "scripts", "single")),
        ("load-tests", ("run", "scenario")),
    ]


def test_folders_that_a_file_adds_to_the_path() -> None:
    facts = scan(ASSETS / "sys_path")
    assert edges(facts) == [
        "scripts/ops/by_os.py:6 backend/app/db.py runtime",
        "scripts/ops/by_path.py:8 other/app/db.py runtime",
        "scripts/ops/by_path.py:10 tools/lib/deep/names.py runtime",
        "scripts/ops/by_path.py:9 tools/lib/helpers.py runtime",
        "scripts/ops/by_text.py:4 tools/lib/helpers.py runtime",
    ]
    assert [(one.importer, one.line, one.candidates) for one in facts.ambiguous] == [
        ("scripts/ops/unknown.py", 8, ("backend/app/db.py", "other/app/db.py"))
    ]


def test_src_layout_and_namespace_packages() -> None:
    facts = scan(ASSETS / "layouts")
    assert edges(facts) == [
        "plugins/acme/auth/login.py:1 plugins/acme/auth/tokens.py runtime",
        "src/lib/a.py:1 src/lib/b.py runtime",
        "tests/test_lib.py:2 plugins/acme/auth/login.py runtime",
        "tests/test_lib.py:1 src/lib/a.py runtime",
    ]
    assert [(root.path, root.packages) for root in facts.roots] == [
        (".", ("tests",)),
        ("plugins", ("acme",)),
        ("src", ("lib",)),
    ]


def test_configured_roots_are_the_only_ones() -> None:
    facts = scan(ASSETS / "layouts", roots=["src"])
    assert [module.name for module in facts.modules if module.root == "src"] == [
        "lib",
        "lib.a",
        "lib.b",
    ]
    assert "plugins/acme/auth/login.py:1 plugins/acme/auth/tokens.py runtime" not in edges(facts)


def test_names_lead_to_where_they_are_defined() -> None:
    facts = scan(ASSETS / "reexports")
    package = "app/services/__init__.py"
    assert [edge for edge in edges(facts) if edge.split(":")[0].count("/") == 1] == [
        "app/five.py:1 app/services/__init__.py runtime",
        "app/four.py:1 app/services/clock.py runtime",
        f"app/one.py:1 {package} parent-init",
        "app/one.py:1 app/services/tenants.py runtime",
        "app/six.py:1 app/facade/__init__.py parent-init",
        "app/six.py:1 app/services/tenants.py runtime",
        f"app/three.py:1 {package} parent-init",
        "app/three.py:1 app/services/stars.py runtime",
        # VERSION is defined in the package itself.
        f"app/two.py:1 {package} runtime",
        "app/two.py:1 app/services/billing.py runtime",
    ]
    assert [edge for edge in edges(facts) if edge.startswith("app/facade")] == [
        f"app/facade/__init__.py:1 {package} parent-init",
        "app/facade/__init__.py:1 app/services/billing.py runtime",
        "app/facade/__init__.py:1 app/services/tenants.py runtime",
    ]


def test_kinds_are_read_off_the_blocks_around_an_import() -> None:
    kinds = {one.imported[4:-3]: one.kind.value for one in scan(ASSETS / "kinds").links}
    assert kinds == {
        "a": "runtime",
        "b": "type-checking",
        "c": "runtime",
        "d": "conditional",
        "e": "function-level",
        "f": "function-level",
        "g": "runtime",
        "h": "function-level",
        "i": "runtime",
        "j": "type-checking",
        "k": "conditional",
    }


def test_imports_for_type_checkers_in_all_their_forms() -> None:
    kinds = {one.imported[4:-3]: one.kind.value for one in scan(ASSETS / "type_checking").links}
    assert kinds == {
        "a": "type-checking",
        "b": "type-checking",
        "c": "conditional",
        "d": "runtime",
        "e": "type-checking",
        "f": "type-checking",
        "g": "type-checking",
        "h": "type-checking",
        "i": "conditional",
        "j": "type-checking",
        "k": "conditional",
        "l": "type-checking",
        "m": "conditional",
        "n": "type-checking",
    }


def test_grammar_that_is_newer_than_the_running_python() -> None:
    facts = scan(ASSETS / "new_grammar")
    assert facts.unscanned == ()
    assert edges(facts) == [
        "main.py:1 pkg/a.py runtime",
        "main.py:2 pkg/b.py runtime",
        "main.py:5 pkg/c.py conditional",
        "main.py:7 pkg/d.py conditional",
        "main.py:15 pkg/e.py function-level",
        "main.py:20 pkg/f.py runtime",
        "main.py:25 pkg/g.py conditional",
        "main.py:27 pkg/h.py conditional",
        "main.py:32 pkg/i.py conditional",
        "main.py:34 pkg/j.py conditional",
        "main.py:37 pkg/k.py conditional",
        "main.py:40 pkg/l.py function-level",
    ]


def test_symbolic_links(tmp_path: Path) -> None:
    project = copy_asset("no_init", tmp_path)
    (project / "app" / "loop").symlink_to(project)
    (project / "app" / "again").symlink_to(project / "app" / "api")
    (project / "app" / "gone.py").symlink_to(project / "nowhere.py")
    write_tree(project, {"app/user.py": "from app.again.users import x\n"})
    facts = scan(project)
    assert facts.unscanned == (
        Unscanned(
            ProjectPath("app/gone.py"),
            None,
            UnscannedReason.UNREADABLE,
            "a symbolic link to nothing",
        ),
        Unscanned(
            ProjectPath("app/loop"),
            None,
            UnscannedReason.SYMLINK_LOOP,
            "a symbolic link to a folder above itself",
        ),
    )
    assert len(facts.modules) == 7
    assert "app/user.py:1 app/api/users.py runtime" in edges(facts)


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_an_unreadable_file_and_folder(tmp_path: Path) -> None:
    project = copy_asset("no_init", tmp_path)
    (project / "app" / "db.py").chmod(0)
    (project / "app" / "api").chmod(0)
    try:
        facts = scan(project)
    finally:
        (project / "app" / "api").chmod(0o755)
    assert [(one.path, one.reason.value) for one in facts.unscanned] == [
        ("app/api", "unreadable"),
        ("app/db.py", "unreadable"),
    ]


def test_many_broken_files_are_all_found(tmp_path: Path) -> None:
    files = {f"pkg/m{number}.py": "import pkg.other\n" for number in range(300)}
    files |= {f"pkg/bad{number}.py": "def (:\n" for number in range(40)}
    facts = scan(write_tree(tmp_path, {**files, "pkg/__init__.py": "", "pkg/other.py": ""}))
    assert len(facts.unscanned) == 40
    assert len(facts.links) == 300


def test_a_package_hides_the_module_of_the_same_name(tmp_path: Path) -> None:
    files = {"app/auth.py": "import app.a\n", "app/auth/__init__.py": "import app.b\n"}
    files |= {"app/__init__.py": "", "app/a.py": "from . import auth\n", "app/b.py": ""}
    assert edges(scan(write_tree(tmp_path, files))) == [
        "app/a.py:1 app/auth/__init__.py runtime",
        "app/auth.py:1 app/a.py runtime",
        "app/auth/__init__.py:1 app/b.py runtime",
    ]


def test_a_folder_that_is_a_package_by_mistake(tmp_path: Path) -> None:
    files = {
        "backend/__init__.py": "",
        "backend/app/__init__.py": "",
        "backend/app/main.py": "import app.db\nfrom app.api import users\nimport redis\n",
        "backend/app/db.py": "",
        "backend/app/api/users.py": "from ..db import session\n",
        "backend/redis.py": "",
        "tests/test_main.py": "from app.main import start\n",
    }
    found = edges(scan(write_tree(tmp_path, files)))
    assert found == [
        "backend/app/api/users.py:1 backend/app/db.py runtime",
        "backend/app/main.py:2 backend/app/api/users.py runtime",
        "backend/app/main.py:1 backend/app/db.py runtime",
        "tests/test_main.py:1 backend/app/main.py runtime",
    ]
    # Once somebody imports it by its name it is a package, and `app` is something else.
    write_tree(tmp_path, {"run.py": "import backend.app.main\n"})
    assert edges(scan(tmp_path)) == [found[0], "run.py:1 backend/app/main.py runtime"]


def test_packages_that_re_export_from_each_other(tmp_path: Path) -> None:
    """Every way is gone once: a circle of many packages takes no longer than a line of them."""
    files = {"user.py": "from c0 import name\n"}
    for number in range(12):
        others = "".join(
            f"try:\n    from c{other} import name\nexcept ImportError:\n    pass\n"
            for other in range(12)
            if other != number
        )
        files[f"c{number}/__init__.py"] = others
    facts = scan(write_tree(tmp_path, files))
    assert "user.py:1 c0/__init__.py runtime" in edges(facts)


def test_names_are_followed_through_several_stars(tmp_path: Path) -> None:
    files = {
        "pkg/__init__.py": "from .models import *\n",
        "pkg/models/__init__.py": "from .user import *\nfrom .other import *\n",
        "pkg/models/user.py": "class User: ...\n",
        "pkg/models/other.py": "class Other: ...\n",
        "u.py": "from pkg import User\n",
    }
    found = [edge for edge in edges(scan(write_tree(tmp_path, files))) if edge.startswith("u.py")]
    assert found == ["u.py:1 pkg/__init__.py parent-init", "u.py:1 pkg/models/user.py runtime"]


def test_no_line_makes_the_scan_slow(tmp_path: Path) -> None:
    spaces, many = " " * 50_000, "from . " * 20_000
    text = "\n".join(["sql = '''", *["with x as (select 1)"] * 5_000, "'''"])
    code = f'A = "from .{spaces}"\nB = "{many}"\ndef f():\n    {text}\n' + "    import b\n" * 50
    start = time.monotonic()
    facts = scan(write_tree(tmp_path, {"a.py": code, "b.py": ""}))
    assert time.monotonic() - start < 10
    assert {link.kind.value for link in facts.links} == {"function-level"}


def test_a_script_sees_packages_in_the_folders_beside_it(tmp_path: Path) -> None:
    files = {
        "worker/run.py": "from app.models import M\n",
        "worker/app/models.py": "M = 1\n",
        "api/app/__init__.py": "",
        "api/app/models.py": "M = 2\n",
        "api/app/main.py": "from app.models import M\n",
    }
    assert edges(scan(write_tree(tmp_path, files))) == [
        "api/app/main.py:1 api/app/models.py runtime",
        "worker/run.py:1 worker/app/models.py runtime",
    ]


def test_a_name_for_type_checkers_does_not_open_the_package(tmp_path: Path) -> None:
    files = {
        "pkg/__init__.py": "from .impl import Thing\nfrom .other import Else\n",
        "pkg/impl.py": "import user\nclass Thing: ...\n",
        "pkg/other.py": "class Else: ...\n",
        "user.py": (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pkg import Thing\n"
        ),
    }
    facts = scan(write_tree(tmp_path, files))
    links = [link for link in facts.links if link.importer == "user.py"]
    assert [(one.imported, one.kind.value, one.ends_here) for one in links] == [
        ("pkg/__init__.py", "type-checking", True),
        ("pkg/impl.py", "type-checking", False),
    ]


def test_a_file_that_only_ends_like_an_init_is_a_module(tmp_path: Path) -> None:
    files = {"app/my__init__.py": "", "app/use.py": "from my__init__ import x\n"}
    facts = scan(write_tree(tmp_path, files))
    assert [module.name for module in facts.modules] == ["app.my__init__", "app.use"]
    assert edges(facts) == ["app/use.py:1 app/my__init__.py runtime"]
