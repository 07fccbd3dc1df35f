"""The outline of one file: everything that is written, at its line, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.interest import NAMES, build_interest
from analyzer.sources.outline.reader import read_outline
from analyzer.sources.outline.skeletons import skeleton_of
from analyzer.sources.outline.values import (
    Assignment,
    Binding,
    Call,
    Choice,
    Constant,
    Element,
    Expression,
    Function,
    Items,
    Joined,
    Name,
    Other,
    Outline,
    Return,
    Spread,
    Table,
    Text,
)


def read(text: str) -> Outline:
    return read_outline(ProjectPath("a.py"), text.encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("router", Name("router")),
        ("a.b.c", Name("a.b.c")),
        ("'a' \"b\"", Text("ab")),
        (r"'a\tb\u00e9'", Text("a\tbé")),
        (r"r'\d'", Text(r"\d")),
        (r"'\d'", Text(r"\d")),
        ("''", Text("")),
        ("b'a'", Other()),
        ("f'{a}/b{{c}}'", Joined((Name("a"), Text("/b{c}")))),
        ("f'{a!r}/'", Joined((Other(), Text("/")))),
        ("PREFIX + '/x'", Joined((Name("PREFIX"), Text("/x")))),
        ("'a' + 'b'", Text("ab")),
        ("[1, *rest]", Items((Constant("1"), Spread(Name("rest"))))),
        ("urls + [a]", Items((Spread(Name("urls")), Name("a")))),
        ("{'a': b}", Table(((Text("a"), Name("b")),))),
        ("a or b", Choice((Name("a"), Name("b")), is_fallback=True)),
        ("a if c else b", Choice((Name("a"), Name("b")))),
        ("(a)", Name("a")),
        ("await f()", Call(None, "f", 1)),
        ("f(1, b=2)", Call(None, "f", 1, (Constant("1"),), (("b", Constant("2")),))),
        ("f(**k)", Call(None, "f", 1, (), (("**", Spread(Name("k"))),))),
        ("a.b.c()", Call(Name("a.b"), "c", 1)),
        ("f().g()", Call(Call(None, "f", 1), "g", 1)),
        ("f[0]()", Call(Call(Name("f"), "__getitem__", 1, (Constant("0"),)), "", 1)),
        ("lambda: 1", Other()),
        ("a < b", Other()),
        ("[f(x) for x in y]", Items((Call(None, "f", 1, (Name("x"),)),))),
    ],
)
def test_expressions(text: str, expected: Expression) -> None:
    (assignment,) = (one for one in read(f"_v = {text}\n").assignments if one.target == "_v")
    assert assignment.value == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = b = 1", [("a", "1", False), ("b", "1", False)]),
        ("a: int = 1", [("a", "1", False)]),
        ("a: int", []),
        ("a.b = 1", [("a.b", "1", False)]),
        ("a += 1", [("a", "1", True)]),
        ("a, b = 1, 2", [("a", "1", False), ("b", "2", False)]),
        ("if x:\n    a = 1\nelse:\n    a = 2", [("a", "1", False), ("a", "2", False)]),
        ("try:\n    a = 1\nexcept* E:\n    a = 2", [("a", "1", False), ("a", "2", False)]),
        ("match x:\n    case 1:\n        a = 1", [("a", "1", False)]),
    ],
)
def test_assignments(text: str, expected: list[tuple[str, str, bool]]) -> None:
    found = read(text + "\n").assignments
    values = [one.value.text for one in found if isinstance(one.value, Constant)]
    assert [
        (one.target, value, one.is_added) for one, value in zip(found, values, strict=True)
    ] == expected


def test_loops_and_contexts_bind_names() -> None:
    outline = read("for a, (b, c) in pairs:\n    pass\nwith open(x) as f:\n    pass\n")
    pairs = Name("pairs")
    assert outline.assignments == (
        Assignment("a", Element(pairs, 0), 1),
        # What stands deeper is not followed.
        Assignment("f", Call(None, "open", 3, (Name("x"),)), 3),
    )


def test_what_is_added_later() -> None:
    outline = read("a.append(x)\na.extend(y)\nb['k'] = v\n")
    assert [(one.target, one.value, one.is_added) for one in outline.assignments] == [
        ("a", Items((Name("x"),)), True),
        ("a", Name("y"), True),
        ("b", Table(((Text("k"), Name("v")),)), True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b", [Binding("a", "a.b", None, 0, 1)]),
        ("import a.b as c", [Binding("c", "a.b", None, 0, 1)]),
        ("from . import a, b as c", [Binding("a", "", "a", 1, 1), Binding("c", "", "b", 1, 1)]),
        ("from ..x import (\n    a,  # why\n)", [Binding("a", "x", "a", 2, 1)]),
        ("from a import *", [Binding("*", "a", "*", 0, 1)]),
        ("def f():\n    import a", [Binding("a", "a", None, 0, 2, ("f",))]),
    ],
)
def test_bindings(text: str, expected: list[Binding]) -> None:
    assert list(read(text + "\n").bindings) == expected


def test_definitions() -> None:
    text = """\
class A(B, metaclass=M):
    @router.get("/x")
    @plain
    async def f(self, a: int, *args, b=1, **kwargs):
        return g(a)
"""
    outline = read(text)
    (found,) = outline.functions
    assert found == Function(
        name="f",
        line=4,
        scope=("A",),
        decorators=(Call(Name("router"), "get", 2, (Text("/x"),)), Name("plain")),
        decorator_lines=(2, 3),
        parameters=("self", "a", "*args", "b", "**kwargs"),
        defaults=(("b", Constant("1")),),
    )
    (owner,) = outline.classes
    assert (owner.name, owner.bases, owner.keywords) == (
        "A",
        (Name("B"),),
        (("metaclass", Name("M")),),
    )
    assert outline.returns == (Return(Call(None, "g", 5, (Name("a"),)), 5, ("A", "f")),)
    # Decorators are no calls of the file.
    assert [one.call.name for one in outline.calls] == ["g"]


def test_the_line_of_a_call_is_that_of_its_name() -> None:
    outline = read("(\n    app\n    .include_router(x)\n)\n")
    assert [one.call.line for one in outline.calls] == [3]


def test_calls_are_found_wherever_they_stand() -> None:
    text = "a[f(1)]\nx = [g(y) for y in h()]\nassert not i()\nlambda: j()\nif k():\n    pass\n"
    names = [one.call.name for one in read(text).calls]
    assert names == ["f", "g", "h", "i", "j", "k"]


def test_grammar_of_newer_pythons() -> None:
    text = "type A[T] = list[T]\ndef f[T](a: T): pass\nx = t'{a}'\ntry: pass\nexcept A, B: pass\n"
    outline = read(text + "y = g()\n")
    assert [one.call.name for one in outline.calls] == ["g"]
    assert [one.name for one in outline.functions] == ["f"]


def test_a_broken_line_costs_that_line() -> None:
    outline = read("a = f()\nx = ) y\nb = g()\n")
    assert outline.has_errors
    assert [one.call.name for one in outline.calls] == ["f", "g"]


def test_comments_that_mount_something() -> None:
    text = "x = 1\n# app.include_router(a)\n#   plain words\n    # register_blueprint(b)\n"
    assert read(text).comments == ((2, "app.include_router(a)"), (4, "register_blueprint(b)"))


LONG = "\n".join(f"    a_{number} = {number}" for number in range(60))


def test_the_skeleton_keeps_lines_and_what_is_asked_for() -> None:
    text = f"def dull(\n    a=(1, 2),\n):\n{LONG}\n\n\n@x\ndef kept():\n{LONG}\n    f.delay()\n"
    skeleton = skeleton_of(text.encode()).decode()
    assert skeleton.count("\n") == text.count("\n")
    assert len(skeleton) == len(text)
    outline = read(text)
    assert [(one.name, one.line) for one in outline.functions] == [("dull", 1), ("kept", 67)]
    assert [(one.call.name, one.call.line) for one in outline.calls] == [("delay", 128)]
    assert not outline.has_errors
    assert not any(one.scope == ("dull",) for one in outline.assignments)


def test_a_string_at_the_margin_does_not_end_a_function() -> None:
    text = f'def dull():\n    a = """\nat the margin\n@b.get("/no")\n"""\n{LONG}\n\n\nx = f()\n'
    outline = read(text)
    assert [one.call.name for one in outline.calls] == ["f"]
    assert [one.name for one in outline.functions] == ["dull"]


@settings(max_examples=200)
@given(st.text(alphabet="def f():\n \t'\"#@[]{}(),.=x0\\", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    data = text.encode()
    assert len(skeleton_of(data)) == len(data)
    outline = read_outline(ProjectPath("a.py"), data)
    lines = text.count("\n") + 1
    assert all(1 <= one.call.line <= lines for one in outline.calls)


def test_any_bytes_can_be_read() -> None:
    for data in (b"\xff\xfe", b"\x00", b"\xef\xbb\xbfa = f()\n", b"x = 'caf\xe9'\n"):
        assert not read_outline(ProjectPath("a.py"), data).functions


def test_what_is_of_interest() -> None:
    interest = build_interest([b"", b"import fastapi\n"])
    assert interest.is_in(b"router = APIRouter()\n")
    assert interest.is_in(b"@router.get('/x')\n")
    assert not interest.is_in(b"@property\ndef get(): ...\n")
    assert not NAMES.is_in(b"router = APIRouter()\n")
    assert NAMES.is_in(b"importlib.import_module(x)\n")
    # Of a library that nobody uses nothing is of interest.
    assert not interest.is_in(b"app = Flask()\n")
    assert not build_interest([b""]).is_in(b"@job\n")
    assert build_interest([b"from rq import Queue\n"]).is_in(b"@job\n")


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("if False:\n    a()\n", []),
        ("if 0x0_0:\n    a()\nelse:\n    b()\n", ["b"]),
        ("if 0xB0:\n    a()\nelse:\n    b()\n", ["a"]),
        ("if 0:\n    a()\nelse:\n    b()\n", ["b"]),
        ("if TYPE_CHECKING:\n    a()\n", []),
        ("if typing.TYPE_CHECKING and settings.X:\n    a()\n", []),
        ("if not TYPE_CHECKING:\n    a()\nelse:\n    b()\n", ["a"]),
        ("if (True):\n    a()\nelif ask():\n    b()\nelse:\n    c()\n", ["a"]),
        ("if ask():\n    a()\nelif False:\n    b()\nelse:\n    c()\n", ["ask", "a", "c"]),
        ("while False:\n    a()\nelse:\n    b()\n", ["b"]),
        ("def f():\n    a()\n    return b()\n    c()\n", ["a", "b"]),
        ("def f():\n    if x:\n        raise E()\n        a()\n    b()\n", ["E", "b"]),
        ("for x in y:\n    continue\n    a()\nb()\n", ["b"]),
        # What depends on a setting may run.
        ("if settings.X:\n    a()\nelse:\n    b()\n", ["a", "b"]),
        ("if False or settings.X:\n    a()\n", ["a"]),
    ],
)
def test_what_never_runs_is_left_out(text: str, calls: list[str]) -> None:
    assert [one.call.name for one in read(text).calls] == calls


def test_imports_for_types_say_what_names_mean() -> None:
    text = "if TYPE_CHECKING:\n    from a import b\n    c = b()\n"
    outline = read(text)
    assert outline.bindings == (Binding("b", "a", "b", 0, 2),)
    assert outline.assignments == ()
