"""Names lead to where they are defined, however they are taken from a package."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.imports import CodeFacts, Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.sources.name_uses import NameUses
from analyzer.sources.names_taken import NamesTaken
from analyzer.sources.statements import read_imports
from tests.support import ASSETS, scan, write_tree


def _links(facts: CodeFacts, *importers: str) -> list[str]:
    """Each link of some files; `passes` where it ends at a package, `?` what was not followed."""
    return [
        f"{one.importer}:{one.line} {one.imported} {one.kind}"
        f"{' passes' if one.only_passes else ''}{''.join(f' ?{name}' for name in one.unfollowed)}"
        for one in facts.links
        if not importers or one.importer in importers
    ]


def test_what_is_taken_from_an_imported_package() -> None:
    services = "app/services/__init__.py"
    found = _links(scan(ASSETS / "module_names"))
    assert [link for link in found if not link.startswith("app/services")] == [
        f"app/alias.py:1 {services} parent-init passes",
        "app/alias.py:1 app/services/tenants.py runtime",
        f"app/both.py:1 {services} parent-init passes",
        "app/both.py:1 app/services/reports/__init__.py parent-init passes",
        "app/both.py:1 app/services/reports/monthly.py runtime",
        "app/both.py:1 app/services/tenants.py runtime",
        f"app/dotted.py:1 {services} parent-init passes",
        "app/dotted.py:1 app/services/billing.py runtime",
        f"app/from_parent.py:1 {services} parent-init passes",
        "app/from_parent.py:1 app/services/billing.py runtime",
        "app/from_parent.py:1 app/services/mail.py runtime",
        f"app/nested.py:1 {services} parent-init passes",
        "app/nested.py:1 app/services/reports/__init__.py parent-init passes",
        "app/nested.py:1 app/services/reports/monthly.py runtime",
        # `LIMIT` is defined in the package itself, so the package is what is used.
        f"app/own_name.py:1 {services} runtime",
        # The name itself is given away: whoever has it may take anything.
        f"app/passed_on.py:1 {services} runtime",
        "app/passed_on.py:1 app/services/tenants.py runtime",
        f"app/relative.py:1 {services} parent-init passes",
        "app/relative.py:1 app/services/tenants.py runtime",
        # `LIMIT` again; nothing in the package binds `Gone`.
        f"app/unknown.py:2 {services} runtime ?Gone",
        f"app/unknown.py:1 {services} runtime passes ?timeout",
        f"app/unused.py:1 {services} runtime",
    ]


def test_star_imports_give_what_all_lists_else_what_is_public() -> None:
    package = "pkg/__init__.py"
    assert _links(scan(ASSETS / "stars"), "named.py", "user.py") == [
        f"named.py:4 {package} runtime passes ?_private",
        f"named.py:1 {package} parent-init passes",
        f"named.py:2 {package} parent-init passes",
        f"named.py:3 {package} parent-init passes",
        f"named.py:5 {package} parent-init passes",
        f"named.py:6 {package} parent-init passes",
        "named.py:1 pkg/a.py runtime",
        # `a.__all__` does not list `hidden`.
        "named.py:2 pkg/b.py runtime",
        "named.py:3 pkg/b.py runtime",
        # The module that the package takes the name from; it takes it from another with a star.
        "named.py:6 pkg/c/deep.py runtime",
        "named.py:5 pkg/d.py runtime",
        f"user.py:1 {package} parent-init passes",
        "user.py:1 pkg/a.py runtime",
        "user.py:1 pkg/b.py runtime",
    ]


_PACKAGE = "from .mail import Mail\nfrom .post import Post\n"
_PASSES = "use.py:1 pkg/__init__.py parent-init passes"
_NOT_TOLD = "use.py:1 pkg/__init__.py runtime ?*"


@pytest.mark.parametrize(
    ("init", "code", "further", "expected"),
    [
        (_PACKAGE, "Mail()", "", [_PASSES, "mail"]),
        # Of a name that another file takes from there, this file is on the way.
        (_PACKAGE, "Mail()", "from use import Post, own", [_PASSES, "mail", "post"]),
        (_PACKAGE, "Mail()", "import use as u\nu.Post()", [_PASSES, "mail", "post"]),
        # The package's own name: it is the package that is used.
        (f"{_PACKAGE}def own(): ...", "own()", "", ["use.py:1 pkg/__init__.py runtime"]),
        (_PACKAGE + "__all__ = ['Mail']", "Mail(Post)", "", [_PASSES, "mail"]),
        # Who has the file has all of it.
        (_PACKAGE, "Mail()", "import use\nf(use)", [_NOT_TOLD, "mail"]),
        (_PACKAGE, "Mail()", "from use import *", [_NOT_TOLD, "mail"]),
        # It hands the names on, to who knows whom; settings are read by a framework.
        (_PACKAGE, "", "", [_NOT_TOLD]),
        (_PACKAGE + "class URL: ...", "Mail()", "", [_PASSES, "mail"]),
        (_PACKAGE + "DEBUG = 1", "Mail()", "", [_NOT_TOLD, "mail"]),
        # Names that do not stand in the text.
        (_PACKAGE, "Mail(globals())", "", [_NOT_TOLD, "mail"]),
        (_PACKAGE + "globals().update(x)", "Mail()", "", [_NOT_TOLD, "mail"]),
        (_PACKAGE + "__all__ = [x for x in y]", "Mail()", "", [_NOT_TOLD, "mail"]),
        (_PACKAGE, "Mail(mail)", "", [_NOT_TOLD, "mail"]),
        ("from .all import *", "Mail()", "", [_NOT_TOLD, "all"]),
    ],
)
def test_of_a_star_import_the_names_that_are_used_are_followed_where_they_can_be_told(
    tmp_path: Path, init: str, code: str, further: str, expected: list[str]
) -> None:
    files = {
        "pkg/__init__.py": f"{init}\n",
        "pkg/mail.py": "class Mail: ...\n",
        "pkg/post.py": "class Post: ...\n",
        "pkg/all.py": "class Mail: ...\nvars()['x'] = 1\n",
        "use.py": f"from pkg import *\n\n{code}\n",
        "further.py": f"{further}\n",
    }
    places = [one if ":" in one else f"use.py:1 pkg/{one}.py runtime" for one in expected]
    assert _links(scan(write_tree(tmp_path, files)), "use.py") == places


def test_tables_of_names_that_are_imported_when_asked_for() -> None:
    assert _links(scan(ASSETS / "lazy_names")) == [
        "app/by_getattr/__init__.py:5 app/by_getattr/billing.py dynamic",
        "app/by_getattr/__init__.py:4 app/by_getattr/tenants.py dynamic",
        "app/by_loader/__init__.py:6 app/by_loader/mail/smtp.py dynamic",
        "app/by_loader/__init__.py:5 app/by_loader/post.py dynamic",
        "app/by_path/__init__.py:1 app/by_path/reports.py dynamic",
        "app/by_structure/__init__.py:7 app/by_structure/clock.py dynamic",
        "app/by_structure/__init__.py:12 app/by_structure/clock.py type-checking",
        "app/by_structure/__init__.py:9 app/by_structure/timer.py dynamic",
        "app/use.py:1 app/by_getattr/__init__.py parent-init passes",
        "app/use.py:2 app/by_getattr/__init__.py parent-init passes",
        "app/use.py:6 app/by_getattr/__init__.py parent-init passes",
        "app/use.py:2 app/by_getattr/billing.py runtime",
        "app/use.py:6 app/by_getattr/billing.py runtime",
        "app/use.py:1 app/by_getattr/tenants.py runtime",
        "app/use.py:2 app/by_getattr/tenants.py runtime",
        "app/use.py:6 app/by_getattr/tenants.py runtime",
        "app/use.py:4 app/by_loader/__init__.py parent-init passes",
        "app/use.py:4 app/by_loader/mail/smtp.py runtime",
        "app/use.py:4 app/by_loader/post.py runtime",
        "app/use.py:5 app/by_path/__init__.py parent-init passes",
        "app/use.py:5 app/by_path/reports.py runtime",
        "app/use.py:3 app/by_structure/__init__.py parent-init passes",
        "app/use.py:3 app/by_structure/clock.py runtime",
        "app/use.py:3 app/by_structure/timer.py runtime",
    ]


def test_stars_in_a_circle_and_an_all_that_cannot_be_read(tmp_path: Path) -> None:
    files = {
        "a/__init__.py": "from b import *\nfrom .x import *\n",
        "b/__init__.py": "from a import *\n",
        "a/x.py": "__all__ = [name for name in dir() if name]\nclass Found: ...\n",
        "use.py": "from b import Found, Lost\n",
    }
    assert _links(scan(write_tree(tmp_path, files)), "use.py") == [
        "use.py:1 a/x.py runtime",
        "use.py:1 b/__init__.py runtime passes ?Lost",
    ]


def test_a_package_that_makes_names_up(tmp_path: Path) -> None:
    files = {
        "pkg/__init__.py": "from . import a\n\n\ndef __getattr__(name):\n    return find(name)\n",
        "pkg/a.py": "",
        "all/__init__.py": "from pkg import Thing\n",
        "use.py": "from pkg import Thing\nfrom all import Thing\n",
    }
    assert _links(scan(write_tree(tmp_path, files)), "use.py") == [
        "use.py:2 all/__init__.py parent-init passes",
        "use.py:1 pkg/__init__.py runtime ?Thing",
        "use.py:2 pkg/__init__.py runtime",
    ]


@pytest.mark.parametrize(
    ("fallback", "package"),
    [
        # The package has a definition of its own; a mere mark that nothing was found is none.
        ("def fast():\n        pass", "conditional"),
        ("fast = None", "parent-init passes"),
    ],
)
def test_a_name_that_one_of_two_branches_defines(
    tmp_path: Path, fallback: str, package: str
) -> None:
    files = {
        "pkg/__init__.py": (
            f"try:\n    from pkg._fast import fast\nexcept ImportError:\n    {fallback}\n"
        ),
        "pkg/_fast.py": "def fast(): ...\n",
        "user.py": "try:\n    from pkg import fast\nfinally:\n    pass\n",
    }
    assert _links(scan(write_tree(tmp_path, files)), "user.py") == [
        f"user.py:2 pkg/__init__.py {package}",
        "user.py:2 pkg/_fast.py conditional",
    ]


def test_a_name_that_is_lost_on_the_way(tmp_path: Path) -> None:
    """The importer names the package; what is behind it has nothing to do with the name."""
    files = {
        "pkg/__init__.py": "from .a import Other\n",
        "pkg/a.py": "class Other: ...\n",
        "all/__init__.py": "from pkg import Thing\nfrom pkg import Other\n",
        "use.py": "from all import Thing\n",
    }
    assert _links(scan(write_tree(tmp_path, files)), "use.py") == [
        "use.py:1 all/__init__.py runtime passes ?Thing",
    ]


def test_a_package_that_a_package_hands_out(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from core import services\n",
        "core/__init__.py": "",
        "core/services/__init__.py": "from .mail import Mail\nfrom .post import Post\n",
        "core/services/mail.py": "class Mail: ...\n",
        "core/services/post.py": "class Post: ...\n",
        "use.py": "from app import services\n\nservices.Mail()\n",
    }
    assert _links(scan(write_tree(tmp_path, files)), "use.py") == [
        "use.py:1 app/__init__.py parent-init passes",
        "use.py:1 core/services/__init__.py parent-init passes",
        "use.py:1 core/services/mail.py runtime",
    ]


@pytest.mark.parametrize(
    ("text", "attributes", "is_used_itself"),
    [
        ("s.A\ns . b.c", ["A", "b.c"], False),
        ("(s\n    .A)", ["A"], False),
        ("x.s.A; self.s", [], False),
        ("# s\n's'\n'''\ns.A\n'''\n\"it's s.A\"", [], False),
        ("f'{s.A} text'\nt\"{s.B!r}\"", ["A", "B"], False),
        ("def f(x: 's.A | None'): ...", ["A"], False),
        ("import s\nfrom x import (\n  s,\n)\nfrom x import s as t; s.A", ["A"], False),
        ("s.A\nfor s in x: ...", ["A"], True),
        ("f(s)", [], True),
        ("raise X from s", [], True),
        ("__all__ = ['s']", [], True),
        ('"""\n\\""" s.A\n"""\ns.B', ["B"], False),
        ("'not closed\ns.A", ["A"], False),
    ],
)
def test_uses_of_a_name_are_read_off_the_text(
    text: str, attributes: list[str], *, is_used_itself: bool
) -> None:
    uses = NameUses(text).find("s")
    assert sorted(".".join(one) for one in uses.attributes) == attributes
    assert uses.is_used_itself is is_used_itself


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import a.b", [("a.b", "a.b")]),
        ("import a.b as c, d", [("a.b", "c"), ("d", "d")]),
        ("if x: import a as b  # why", [("a", "b")]),
        ("lazy import a as b", [("a", "b")]),
        ("import a, \\\n    b as c", [("a", "a"), ("b", "c")]),
        ("from a import b", []),
    ],
)
def test_plain_imports_are_read(code: str, expected: list[tuple[str, str]]) -> None:
    found = [(one.name, one.bound_as) for one in read_imports(code.split("\n"), 1)]
    assert found == expected


def test_what_others_take_from_a_module_is_read_once() -> None:
    """A module with a hundred stars asks a hundred times."""
    read: list[str] = []

    def read_text(path: ProjectPath) -> str:
        read.append(path)
        return "from shop import f\n"

    link = Link(ProjectPath("a.py"), ProjectPath("shop.py"), 1, Kind.RUNTIME, "from shop import f")
    taken = NamesTaken([link], read_text=read_text)
    assert {taken.find(link.imported) for _ in range(3)} == {frozenset({"f"})}
    assert read == ["a.py"]
