"""Files that start programs: each kind once, in one small project with a story for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.entry_points import Invocation
from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.sources.invocations import build_commands, find_invocations
from analyzer.sources.texts import LARGEST_FILE
from tests.support import ASSETS, write_tree


def find(project: Path, more: tuple[str, ...] = ()) -> tuple[Invocation, ...]:
    """The invocations of a project on disk; `more` are files that are only named."""
    there = (file.relative_to(project) for file in project.rglob("*") if file.is_file())
    files = sorted(ProjectPath(path) for path in {*(one.as_posix() for one in there), *more})
    known = set(files)

    def resolve(name: str, folder: ProjectPath) -> ProjectPath | None:
        for base in dict.fromkeys((folder, ".", "backend")):
            stem = f"{base}/{name.replace('.', '/')}".removeprefix("./")
            for path in (f"{stem}/__init__.py", f"{stem}.py"):
                if path in known:
                    return ProjectPath(path)
        return None

    return find_invocations(
        build_commands(project=project, files=files, resolve_module=resolve), files
    )


def edges(found: tuple[Invocation, ...]) -> list[str]:
    return [
        f"{one.link.importer}:{one.link.line} {one.link.imported}"
        + (" test" if one.is_test_run else "")
        for one in found
    ]


def test_every_kind_of_file() -> None:
    assert edges(find(ASSETS / "invocations")) == [
        ".github/actions/prepare/action.yml:4 backend/scripts/seed.py",
        ".github/workflows/ci.yml:8 .github/actions/prepare/action.yml",
        ".github/workflows/ci.yml:25 backend/app/report.py",
        ".github/workflows/ci.yml:14 scripts/ops/check_a.sh",
        ".github/workflows/ci.yml:13 tests/conftest.py test",
        ".github/workflows/ci.yml:12 tests/test_app.py test",
        ".gitlab-ci.yml:5 backend/app/report.py",
        ".gitlab-ci.yml:6 backend/scripts/seed.py",
        ".gitlab-ci.yml:9 scripts/ops/check_a.sh",
        "Makefile:4 backend/scripts/seed.py",
        "Makefile:8 backend/scripts/seed.py",
        "Makefile:10 scripts/ops/check_a.sh",
        "Makefile:10 scripts/ops/check_b.sh",
        "Makefile:11 web/Makefile",
        "backend/Dockerfile:13 backend/app/main.py",
        "backend/Dockerfile:11 backend/app/report.py",
        "backend/Dockerfile:9 backend/scripts/seed.py",
        "backend/Procfile:4 backend/app/cli.py",
        "backend/Procfile:2 backend/app/main.py",
        "backend/Procfile:3 backend/app/tasks.py",
        "backend/Procfile:3 backend/app/worker/pool.py",
        "bin/start:2 backend/app/main.py",
        "deploy/cron.d/shop:3 backend/app/report.py",
        "deploy/cron.d/shop:4 scripts/ops/cleanup.py",
        "deploy/supervisord.conf:2 backend/app/tasks.py",
        "deploy/systemd/worker.service:7 backend/app/cli.py",
        "deploy/systemd/worker.service:9 backend/app/worker/pool.py",
        "docker-compose.yml:3 backend/Dockerfile",
        "docker-compose.yml:14 backend/app/main.py",
        "docker-compose.yml:23 backend/app/tasks.py",
        "docker-compose.yml:12 backend/migrations/env.py",
        "docker-compose.yml:26 backend/scripts/seed.py",
        "scripts/ops/all.sh:26 backend/app/cli.py",
        "scripts/ops/all.sh:21 backend/app/report.py",
        "scripts/ops/all.sh:12 scripts/ops/check_a.sh",
        "scripts/ops/all.sh:14 scripts/ops/check_b.sh",
        "scripts/ops/all.sh:17 scripts/ops/cleanup.py",
        "scripts/ops/all.sh:4 scripts/ops/common.sh",
        "web/Makefile:2 scripts/ops/cleanup.py",
        "web/package.json:5 backend/app/main.py",
        "web/package.json:4 scripts/ops/cleanup.py",
    ]


def test_a_link_says_the_line_that_names_the_file() -> None:
    links = [one.link for one in find(ASSETS / "invocations")]
    assert {link.kind for link in links} == {Kind.INVOKES}
    for link in links:
        text = (ASSETS / "invocations" / link.importer).read_text(encoding="utf-8")
        assert text.splitlines()[link.line - 1].strip() == link.text
    assert (
        Link(
            ProjectPath("docker-compose.yml"),
            ProjectPath("backend/app/main.py"),
            14,
            Kind.INVOKES,
            "app.main:app",
        )
        in links
    )


def test_the_order_of_files_does_not_matter() -> None:
    project = ASSETS / "invocations"
    files = [
        ProjectPath(one.relative_to(project).as_posix())
        for one in sorted(project.rglob("*"))
        if one.is_file()
    ]

    def resolve(name: str, _: ProjectPath) -> ProjectPath | None:
        path = ProjectPath(f"backend/{name.replace('.', '/')}.py")
        return path if path in files else None

    def run(ordered: list[ProjectPath]) -> tuple[Invocation, ...]:
        return find_invocations(
            build_commands(project=project, files=ordered, resolve_module=resolve), ordered
        )

    assert run(files) == run(files[::-1])


def test_what_cannot_be_told_apart_is_passed_over(tmp_path: Path) -> None:
    files = {
        "run.sh": "python $WHERE/job.py\npython $WHERE/one/job.py\npython /opt/x/two/job.py\n",
        "one/job.py": "",
        "two/job.py": "",
        "two/one/job.py": "",
    }
    assert edges(find(write_tree(tmp_path, files))) == ["run.sh:3 two/job.py"]


def test_a_script_is_started_from_the_top_or_from_its_own_folder(tmp_path: Path) -> None:
    files = {
        "tools/run.sh": "python near.py\npython tools/near.py\npython both.py\n",
        "tools/near.py": "",
        "tools/both.py": "",
        "both.py": "",
    }
    assert edges(find(write_tree(tmp_path, files))) == [
        "tools/run.sh:1 tools/near.py",
        "tools/run.sh:2 tools/near.py",
    ]


def test_the_way_through_a_folder_that_is_made_later(tmp_path: Path) -> None:
    files = {
        "Makefile": "x:\n\tcd build && python ../a.py && python b.py\n",
        "a.py": "",
        "b.py": "",
    }
    assert edges(find(write_tree(tmp_path, files))) == ["Makefile:2 a.py"]


def test_a_broken_line_costs_that_line_only(tmp_path: Path) -> None:
    files = {
        "a.sh": "python a.py\nif [ ; then ((\npython b.py\nfi )\npython c.py\n",
        "a.py": "",
        "b.py": "",
        "c.py": "",
        "compose.yml": "services: {a: {command: python a.py}}\n---\n{[}\n",
        "package.json": "{",
        "Dockerfile": "CMD [python\nCMD python a.py\n",
    }
    assert edges(find(write_tree(tmp_path, files))) == [
        "Dockerfile:2 a.py",
        "a.sh:1 a.py",
        "a.sh:3 b.py",
        "a.sh:5 c.py",
        "compose.yml:1 a.py",
    ]


def test_behind_a_broken_line_lists_are_still_lists(tmp_path: Path) -> None:
    files = {"a.sh": 'if then ((\nfi\nALL=(\n  "/srv/x/b.sh"\n)\n', "b.sh": ""}
    assert edges(find(write_tree(tmp_path, files))) == []


def test_files_that_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    write_tree(tmp_path, {"big.sh": "python a.py\n" + "#" * LARGEST_FILE, "a.py": ""})
    (tmp_path / "binary").write_bytes(b"\x7fELF\0\0#!/bin/sh python a.py")
    (tmp_path / "latin.sh").write_bytes(b"# caf\xe9\r\npython a.py\r\n")
    assert edges(find(tmp_path, ("gone.sh",))) == ["latin.sh:2 a.py"]


def test_a_hostile_file_is_no_danger(tmp_path: Path) -> None:
    files = {
        "compose.yml": "[" * 200_000,
        ".gitlab-ci.yml": "a: &a [*a, *a]\nscript: *a\n<<: *a\n",
        "package.json": "[" * 200_000,
        "a.sh": "$(" * 20_000 + "python a.py",
        "b.sh": 'f() { f "$1"; bash "$1"; }\nf a.sh\n',
        "helm.yaml": "kind: Job\n" + "{{\n" * 300_000,
        "c.sh": "X=$X$Y; Y=$X$Y; Z=${X:-${Y:-${X}}}; python $Z.py\n",
    }
    assert edges(find(write_tree(tmp_path, files))) == ["b.sh:2 a.sh"]


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        ("FROM x\nWORKDIR /srv\nCOPY . .\nCMD python tool.py", ["backend/tool.py"]),
        ("FROM x\nCOPY tool.py /run/renamed.py\nCMD python /run/renamed.py", ["backend/tool.py"]),
        ('FROM x\nCOPY ["tool.py", "/run/"]\nCMD ["/run/tool.py"]', ["backend/tool.py"]),
        ("FROM x\nCOPY *.py /run/\nENTRYPOINT /run/tool.py", ["backend/tool.py"]),
        ("FROM x\nCOPY start /usr/local/bin/\nCMD start", ["backend/start"]),
        ("FROM x\nCOPY --from=y tool.py /run/t.py\nCMD python /run/t.py", []),
        ("FROM x\nRUN <<EOF\ncd /tmp\npython $HERE/backend/tool.py\nEOF", ["backend/tool.py"]),
        (
            "FROM x\nRUN --mount=type=cache,target=/c \\\n # no\n python tool.py",
            ["backend/tool.py"],
        ),
        ("FROM x\n# CMD python tool.py", []),
        ("FROM x\nLABEL run='python tool.py'", []),
        ('FROM x\nENTRYPOINT ["python"]\nCMD ["tool.py"]', ["backend/tool.py"]),
    ],
)
def test_images(tmp_path: Path, dockerfile: str, expected: list[str]) -> None:
    files = {"backend/Dockerfile": dockerfile, "backend/tool.py": "", "backend/start": ""}
    found = find(write_tree(tmp_path, files))
    assert [one.link.imported for one in found] == expected
