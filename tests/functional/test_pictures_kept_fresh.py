"""`diagram --all`, `--embed` and `--check`: pictures of documents and folders, kept up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.running import ROOT, Invoke, record
from tests.support import write_tree

FILES = {
    "analyzer.toml": "",
    "app/__init__.py": "",
    "app/a.py": "from app import b\n",
    "app/b.py": "",
    "registry/A.yaml": record("T-SVC-A-001", path="app/a.py", wave="1", owner="team a"),
    "registry/B.yaml": record("T-SVC-B-001", path="app/b.py", wave="2", owner="team-a"),
}
DOCUMENT = """# Picture

<!-- analyzer: diagram --wave 1 -->
<!-- /analyzer -->

<!-- analyzer: diagram --why T-SVC-A-001 T-SVC-B-001 --output "pic tures/why.svg" -->
<!-- /analyzer -->
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, {**FILES, "docs/page.md": DOCUMENT})


def embed(invoke: Invoke, project: Path, *arguments: str) -> tuple[int, str, str]:
    run = invoke("diagram", "--embed", "docs/page.md", *arguments, cwd=project)
    return run.code, run.out, run.err


def test_a_document_is_brought_up_to_date_and_stays_so(project: Path, invoke: Invoke) -> None:
    page = project / "docs/page.md"
    told = (
        "docs/page.md:3: this picture is not up to date\n"
        "docs/page.md:6: this picture is not up to date\n"
        "Run `analyzer diagram --embed docs/page.md`.\n"
    )
    assert embed(invoke, project, "--check") == (1, told, "")
    assert page.read_text(encoding="utf-8") == DOCUMENT
    assert not (project / "docs/pic tures").exists()
    assert embed(invoke, project) == (0, "docs/page.md: 2 pictures, 2 new\n", "")
    text = page.read_text(encoding="utf-8")
    mermaid = invoke("diagram", "--wave", "1", "--format", "mermaid", cwd=project).out
    why = 'diagram --why T-SVC-A-001 T-SVC-B-001 --output "pic tures/why.svg"'
    assert text == (
        f"# Picture\n\n<!-- analyzer: diagram --wave 1 -->\n\n```mermaid\n{mermaid}```\n\n"
        f"<!-- /analyzer -->\n\n<!-- analyzer: {why} -->\n\n"
        "![Why T-SVC-A-001 depends on T-SVC-B-001](pic%20tures/why.svg)\n\n"
        "<!-- /analyzer -->\n"
    )
    assert (project / "docs/pic tures/why.svg").read_bytes().startswith(b"<?xml")
    assert embed(invoke, project, "--check") == (0, "", "")
    assert embed(invoke, project) == (0, "docs/page.md: 2 pictures, 0 new\n", "")
    assert page.read_text(encoding="utf-8") == text


def test_a_change_of_the_code_makes_a_picture_stale(project: Path, invoke: Invoke) -> None:
    embed(invoke, project)
    (project / "app/a.py").write_text("def run():\n    from app import b\n", encoding="utf-8")
    code, out, _ = embed(invoke, project, "--check")
    assert (code, out.count("not up to date")) == (1, 2)
    embed(invoke, project)
    # Of a picture in a file it is the file that counts.
    (project / "docs/pic tures/why.svg").write_text("", encoding="utf-8")
    code, out, _ = embed(invoke, project, "--check")
    assert (code, out.splitlines()[0][:15]) == (1, "docs/page.md:" + out[13:15])
    assert out.count("not up to date") == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--wave 99", "docs/page.md:1: no artifact belongs to wave 99; waves with artifacts: 1, 2"),
        ("--wav 1", "docs/page.md:1: No such option: --wav"),
        ("--help", "docs/page.md:1: No such option: --help"),
        ("--all", "docs/page.md:1: a picture in a document takes no --all"),
        ("--output /x.svg", "docs/page.md:1: --output is a path beside the document"),
        ("--output x.pdf", "docs/page.md:1: a document shows svg and png"),
        ("--why T-SVC-B-001 T-SVC-A-001", "docs/page.md:1: there is no such chain of imports"),
        ('--title "x', "docs/page.md:1: No closing quotation"),
    ],
)
def test_what_a_document_asks_for_in_vain(
    options: str, message: str, project: Path, invoke: Invoke
) -> None:
    page = project / "docs/page.md"
    text = f"<!-- analyzer: diagram {options} -->\nold\n<!-- /analyzer -->\n"
    page.write_text(text, encoding="utf-8")
    code, out, err = embed(invoke, project)
    assert (code, out) == (2, "")
    assert err.startswith(f"analyzer: {message}")
    assert page.read_text(encoding="utf-8") == text


def test_a_document_without_pictures_or_that_is_not_there(project: Path, invoke: Invoke) -> None:
    (project / "docs/page.md").write_text("text\n", encoding="utf-8")
    assert "docs/page.md: it asks for no picture" in embed(invoke, project)[2]
    (project / "docs/page.md").write_bytes(b"\xff")
    assert "docs/page.md: is no UTF-8 text" in embed(invoke, project)[2]
    (project / "docs/page.md").unlink()
    assert "docs/page.md: cannot be read: No such file" in embed(invoke, project)[2]


def test_everything_into_a_folder_with_an_index(project: Path, invoke: Invoke) -> None:
    run = invoke("diagram", "--all", "--output", "pictures", cwd=project)
    assert (run.code, run.err) == (0, "")
    folder = project / "pictures"
    assert sorted(one.name for one in folder.iterdir()) == [
        "overview.svg", "owner-team-a-2.svg", "owner-team-a.svg", "pictures.md", "wave-1.svg",
        "wave-2.svg",
    ]  # fmt: skip
    index = (folder / "pictures.md").read_text(encoding="utf-8")
    assert "| [Wave 1](wave-1.svg) | 1 artifact, 1 dependency, 1 neighbour | |\n" in index
    assert "## Owner team a\n\n![Owner team a](owner-team-a.svg)\n" in index
    again = invoke("diagram", "--all", "--output", "pictures", cwd=project)
    assert again.out == "pictures/pictures.md: 5 pictures, 0 files written\n"
    check = ("diagram", "--all", "--output", "pictures", "--check")
    assert (invoke(*check, cwd=project).code, invoke(*check, cwd=project).out) == (0, "")
    (folder / "wave-2.svg").unlink()
    stale = invoke(*check, cwd=project)
    assert (stale.code, stale.out) == (1, "pictures/wave-2.svg: is not up to date\n")
    assert not (folder / "wave-2.svg").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--check",),
        ("--all", "--embed", "docs/page.md"),
        ("--all", "--wave", "1"),
        ("--embed", "docs/page.md", "--wave", "1"),
        ("--embed", "docs/page.md", "--output", "x.svg"),
        ("--embed", "docs/page.md", "--theme", "dark"),
        ("--embed", "docs/page.md", "--max-boxes", "5"),
        ("--all", "--title", "X"),
        ("--all", "--expand", "backend"),
    ],
)
def test_requests_that_make_no_sense(
    arguments: tuple[str, ...], project: Path, invoke: Invoke
) -> None:
    run = invoke("diagram", *arguments, cwd=project)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("analyzer: --")
    assert len(run.err.splitlines()) == 1


def test_the_gallery_of_the_documentation_is_fresh(invoke: Invoke) -> None:
    arguments = ("diagram", "--embed", "docs/gallery.md", "--check")
    run = invoke("--project", "examples/aos", *arguments, cwd=ROOT)
    assert (run.code, run.out, run.err) == (0, "", "")
