"""The explorer's page as bytes: what a browser is told to allow, and what is in it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from analyzer.model.imports import Kind
from analyzer.renderings.explorer import libraries, rendering
from analyzer.renderings.explorer.shapes import SHAPES
from analyzer.renderings.palette import SHAPES as PICTURE_SHAPES
from tests.browser.pages import build_page, write_hostile_project

PAGE = Path(rendering.__file__).parent / "page"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build_page(write_hostile_project(tmp_path_factory.mktemp("hostile") / "project"))


def _sources(page: str, name: str) -> list[str]:
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    return rules[name].split()


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_policy_allows_the_scripts_and_the_style_of_the_page_and_nothing_else(page: str) -> None:
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
    assert len(scripts) == 2
    assert _sources(page, "script-src") == [_hash(script) for script in scripts]
    assert _sources(page, "style-src") == [_hash(style) for style in styles]
    assert _sources(page, "default-src") == ["'none'"]
    assert _sources(page, "connect-src") == ["'none'"]


def test_page_names_no_other_place_that_a_browser_would_load(page: str) -> None:
    markup = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', markup) == []
    assert re.findall(r"\s(?:style|on\w+)=", markup) == []
    assert "sourceMappingURL" not in page


def test_served_page_may_ask_its_own_server(tmp_path: Path) -> None:
    project = write_hostile_project(tmp_path / "project")
    assert _sources(build_page(project, is_served=True), "connect-src") == ["'self'"]


def test_same_project_gives_the_same_bytes_wherever_it_stands(page: str, tmp_path: Path) -> None:
    assert build_page(write_hostile_project(tmp_path / "elsewhere" / "project")) == page
    assert str(tmp_path) not in page


def test_data_is_one_block_that_nothing_in_it_can_end(page: str) -> None:
    block = re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)
    assert len(block) == 1
    assert not set("<>&\u2028\u2029\u202e") & set(block[0])
    assert [Kind(kind) for kind in json.loads(block[0])["kinds"]] == list(Kind)


def test_licences_of_what_is_inlined_stand_in_the_page(page: str) -> None:
    for library in libraries.LIBRARIES:
        notice = libraries.load_notice(library)
        assert "Permission is hereby granted, free of charge" in notice
        assert notice in page
        assert html.escape(notice) in page


def test_every_script_and_style_is_put_into_the_page_once() -> None:
    assert sorted(rendering.SCRIPTS) == sorted(path.name for path in PAGE.glob("*.js"))
    assert sorted(rendering.STYLES) == sorted(path.name for path in PAGE.glob("*.css"))


def test_every_type_that_pictures_tell_apart_has_its_own_shape() -> None:
    assert SHAPES.keys() == PICTURE_SHAPES.keys()
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_kept_libraries_are_what_the_lock_names(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not on PATH: the kept libraries are not compared with the lock")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(libraries.FOLDER / name, tmp_path)
    run = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if run.returncode != 0:
        # What the lock names and what arrives are compared by npm itself.
        assert "EINTEGRITY" not in run.stderr, run.stderr
        pytest.skip(f"npm cannot fetch what the lock names: {run.stderr.splitlines()[:1]}")
    for library in libraries.LIBRARIES:
        for path in (library.script, library.notice):
            installed = tmp_path / "node_modules" / library.name / path
            assert library.kept(path).read_bytes() == installed.read_bytes(), path
