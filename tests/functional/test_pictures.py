"""`diagram`: the whole picture that each question gives, before anybody draws it.

The expected pictures stand in `tests/functional/expected/pictures/`; see `running.py` for how they
are written anew.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from analyzer.cli.picturing import Painter, Question, Shape, shape_picture
from analyzer.cli.session import Session
from analyzer.model.imports import Link
from analyzer.model.pictures import Direction, FoldBy, Mark, Picture
from tests.functional.running import Invoke, assert_expected, assert_refused, record
from tests.support import copy_asset, git, write_tree

MAIL, ORDERS, RUNNER = (f"SHP-BE-{name}-001" for name in ("SVC-MAI", "SVC-ORD", "WKR-RUN"))
QUESTIONS = {
    "everything": Question(),
    "wave": Question(waves=(1,)),
    "waves": Question(waves=(1, 3)),
    "owner-and-type": Question(owners=("backend",), types=("service", "worker")),
    "around": Question(around=MAIL, depth=2),
    "around-a-page": Question(around="SHP-FE-PG-ORD-001"),
    "upstream": Question(around=RUNNER, direction=Direction.UPSTREAM),
    "downstream-by-imports-that-run": Question(
        around=MAIL, direction=Direction.DOWNSTREAM, kinds="runtime,function-level"
    ),
    "why": Question(why=(RUNNER, MAIL)),
    "why-through-unregistered-code": Question(why=("backend/app/main.py", "backend/app/db.py")),
    "impact": Question(impact=("backend/app/db.py", "SHP-BE-SVC-RFD-001")),
    "cycle": Question(cycle=ORDERS),
}


def spell(picture: Picture) -> str:
    """Everything that is not as it is unless somebody says so, a line each."""
    boxes, edges = picture.boxes, picture.edges
    rest = msgspec.structs.replace(picture, boxes=(), edges=())
    lines = [_spell_fields(rest)]
    lines += [f"box {_spell_fields(box)}" for box in boxes]
    lines += [f"edge {_spell_fields(edge)}" for edge in edges]
    return "\n".join(lines) + "\n"


def _spell_fields(one: msgspec.Struct) -> str:
    words = []
    for field in msgspec.structs.fields(one):
        value = getattr(one, field.name)
        if field.name == "evidence":
            value = [_spell_link(link) for link in value]
        if value != field.default and field.name not in ("boxes", "edges"):
            text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
            words.append(f"\n    {field.name}: {text}")
    return "".join(words).lstrip()


def _spell_link(link: Link) -> str:
    return f"{link.importer}:{link.line} {link.imported} {link.kind}"


@pytest.fixture(scope="module")
def painter(tmp_path_factory: pytest.TempPathFactory) -> Painter:
    return paint(copy_asset("shop", tmp_path_factory.mktemp("pictures")))


def paint(project: Path) -> Painter:
    return Painter(Session(project, None, (), is_quiet=True, is_verbose=False))


def find(painter: Painter, question: Question) -> Picture:
    picture = painter.find_picture(question)
    assert picture is not None
    return picture


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_whole_picture(name: str, painter: Painter) -> None:
    assert_expected(f"pictures/{name}.txt", spell(find(painter, QUESTIONS[name])))


def test_folded_and_thinned(painter: Painter) -> None:
    shape = Shape(
        max_boxes=6, fold_by=FoldBy.TYPE, expand=("api-route",), is_reduced=True, title="T"
    )
    assert_expected("pictures/folded.txt", spell(shape_picture(find(painter, Question()), shape)))


def test_what_a_change_adds_removes_and_makes_another(tmp_path: Path) -> None:
    project = copy_asset("shop", tmp_path)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "before")
    runner = project / "backend/app/worker/runner.py"
    text = runner.read_text(encoding="utf-8")
    moved = (
        "from app.services.reports import report\n\n\ndef order():\n    from app.services.orders"
    )
    runner.write_text(text.replace("from app.services.orders", moved), encoding="utf-8")
    (project / "backend/app/services/mail.py").write_text("import app.db\n", encoding="utf-8")
    records = project / "docs/codebase-registry/artifacts"
    (records / "SHP-BE-SVC-RFD-001.yaml").unlink()
    legacy = records / "SHP-BE-SVC-LEG-001.yaml"
    legacy.write_text(
        re.sub("owner: .*", "owner: platform", legacy.read_text(encoding="utf-8")), encoding="utf-8"
    )
    (records / "NEW.yaml").write_text(
        legacy.read_text(encoding="utf-8")
        .replace("SVC-LEG-001", "SVC-DBA-001")
        .replace("legacy.py", "db.py"),
        encoding="utf-8",
    )
    assert_expected("pictures/difference.txt", spell(find(paint(project), Question(diff="HEAD"))))


def test_no_change_is_a_picture_that_says_so(tmp_path: Path) -> None:
    project = copy_asset("shop", tmp_path)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "before")
    picture = find(paint(project), Question(diff="HEAD"))
    assert (picture.boxes, picture.edges) == ((), ())
    assert picture.left_out == (
        "No artifact, no dependency and no owner or authority is another one.",
    )


ASKED = {
    "everything": [],
    "wave": ["--wave", "1"],
    "waves": ["--wave", "1", "--wave", "3"],
    "owner-and-type": ["--owner", "backend", "--type", "service", "--type", "worker"],
    "around": ["--around", "mail.py", "--depth", "2", "--direction", "both"],
    "around-a-page": ["--around", "web/pages/Orders.tsx"],
    "upstream": ["--around", RUNNER, "--direction", "upstream"],
    "downstream-by-imports-that-run": [
        *("--around", MAIL, "--direction", "downstream", "--kinds", "runtime,function-level")
    ],
    "why": ["--why", RUNNER, MAIL],
    "why-through-unregistered-code": ["--why", "backend/app/main.py", "backend/app/db.py"],
    "impact": ["--impact", "backend/app/db.py", "--impact", "SHP-BE-SVC-RFD-001"],
    "cycle": ["--cycle", "shp-be-svc-ord-001"],
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_is_drawn(
    name: str, painter: Painter, shop: Path, invoke: Invoke
) -> None:
    """The command line asks the question that the expected picture answers."""
    run = invoke("diagram", *ASKED[name], "--format", "dot", "--title", "A title", cwd=shop)
    assert (run.code, run.err) == (0, "")
    assert "A title" in run.out
    picture = find(painter, QUESTIONS[name])
    for box in picture.boxes:
        assert box.key in run.out
    shown = {box.key for box in picture.boxes}
    assert list_drawn(run.out) == shown & {*painter.system.artifacts}


def list_drawn(dot: str) -> set[str]:
    """The artifacts that have a box of their own."""
    return set(re.findall(r'^\s*"(SHP-[\w-]+)" \[', dot, re.MULTILINE))


def test_folds_are_opened_by_their_name(shop: Path, invoke: Invoke) -> None:
    services = {f"SHP-BE-SVC-{name}-001" for name in ("GON", "LEG", "MAI", "ORD", "REP", "RFD")}
    alone = {RUNNER, "SHP-FE-PG-ORD-001", "SHP-OP-OPS-NGT-001"}

    def draw(*arguments: str) -> str:
        run = invoke("diagram", *arguments, "--format", "dot", cwd=shop)
        assert (run.code, run.err) == (0, "")
        return run.out

    assert list_drawn(draw("--fold-by", "type")) == alone
    assert list_drawn(draw("--fold-by", "type", "--expand", "service")) == alone | services
    assert draw("--max-boxes", "3", "--fold-by", "none") == draw()


def test_no_chain_is_no_picture(shop: Path, invoke: Invoke) -> None:
    run = invoke("diagram", "--why", MAIL, "SHP-FE-PG-ORD-001", "--output", "why.svg", cwd=shop)
    assert (run.code, run.out) == (1, "")
    assert run.err == f"analyzer: no chain of imports leads from {MAIL} to SHP-FE-PG-ORD-001\n"
    assert not (shop / "why.svg").exists()


REFUSED = {
    "an owner": (["--owner", "bakend"], ['no artifact is of owner "bakend"', '"backend"?']),
    "a type": (["--type", "servce"], ['no artifact is of type "servce"', '"service"?']),
    "a product": (["--product", "x"], ['no artifact is of product "x"; known are shop']),
    "no owner": (["--owner", ""], ["every artifact has its owner"]),
    "nothing has it all": (
        ["--wave", "3", "--owner", "web", "--type", "worker"],
        ["no artifact is all of this: wave 3, owner web, type worker"],
    ),
    "two questions": (["--around", MAIL, "--wave", "1"], ["--around and --wave ask for different"]),
    "a chain and a cycle": (["--why", "a", "b", "--cycle", "c"], ["--why and --cycle ask for"]),
    "a depth of nothing": (["--depth", "2"], ["--depth says how --around looks"]),
    "a direction of nothing": (["--direction", "both"], ["--direction says how --around"]),
    "an unregistered file": (["--around", "backend/app/db.py"], ["not part of a registered"]),
    "what is not there": (["--impact", "mial.py"], ["near names", "mail.py"]),
    "no cycle": (["--cycle", "SHP-BE-SVC-REP-001"], ["is in no cycle", "--select DEP005"]),
    "a fold of nothing": (["--expand", "service"], ["--expand service: nothing in this picture"]),
    "a fold of another name": (
        ["--fold-by", "type", "--expand", "servic"],
        ['no box is called that; did you mean "service"?'],
    ),
    "nothing is folded": (["--fold-by", "none", "--expand", "x"], ["--fold-by none folds nothing"]),
    "kinds of a difference": (["--diff", "HEAD", "--kinds", "runtime"], ["leave --kinds out"]),
    "no repository": (["--diff", "HEAD"], ["not a git repository"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_is_refused(name: str, shop: Path, invoke: Invoke) -> None:
    arguments, fragments = REFUSED[name]
    assert_refused(invoke("diagram", *arguments, cwd=shop), *fragments)


def test_what_is_accepted_or_not_looked_for_is_not_marked(tmp_path: Path, invoke: Invoke) -> None:
    """Orphans, too: a picture marks what `check` says."""
    files = {"analyzer.toml": "", "a.py": "", "registry/a.yaml": record("T-SVC-AAA-001", "a.py")}
    write_tree(tmp_path, files)
    (box,) = find(paint(tmp_path), Question()).boxes
    assert box.marks == (Mark.ORPHAN,)
    assert box.notes[0].startswith("orphan (certain, no-importers): ")
    (tmp_path / "analyzer.toml").write_text('[rules.no-importers]\nseverity = "off"\n')
    assert find(paint(tmp_path), Question()).boxes[0].marks == ()
    (tmp_path / "analyzer.toml").write_text("")
    assert invoke("baseline", cwd=tmp_path).code == 0
    assert find(paint(tmp_path), Question()).boxes[0].marks == ()
