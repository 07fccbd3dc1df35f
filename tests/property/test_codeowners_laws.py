"""Patterns of CODEOWNERS against git's own, and a whole file against another reader of it."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterable
from pathlib import Path

from codeowners import CodeOwners
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.codeowners import Codeowners, Dialect
from analyzer.model.names import ProjectPath
from analyzer.sources.codeowners import parse_codeowners
from tests.support import git, write_tree

_FOLDERS = ("a", "b", "docs", ".hid", "a b", "x[1]", "lib+", "ab")
_FILES = ("a", "b", "c.py", "x.md", ".env", "a b.md", "setup[x].py", "ab", "b.pyc")
_PARTS = (
    *_FOLDERS, *_FILES, "*", "**", "*.py", "?", "a*", "*b", ".*", "*.*", "??", "a**b", "[1]",
    "x\\[1]",
)  # fmt: skip


def parse(text: str) -> Codeowners:
    path = ProjectPath(".github/CODEOWNERS")
    return parse_codeowners(text.encode(), path=path, dialect=Dialect.GITHUB)


def random_pattern(source: random.Random) -> str:
    parts = [source.choice(_PARTS) for _ in range(source.choice((1, 1, 2, 2, 3, 4)))]
    pattern = source.choice(("", "", "/")) + "/".join(parts) + source.choice(("", "", "/"))
    return pattern.replace(" ", "\\ ")


def random_path(source: random.Random) -> str:
    folders = [source.choice(_FOLDERS) for _ in range(source.choice((0, 1, 1, 2, 2, 3)))]
    return "/".join((*folders, source.choice(_FILES)))


def path_near(pattern: str, source: random.Random) -> str:
    """A path that the pattern may fit, so that not nearly all answers are no."""
    parts = []
    for part in pattern.strip("/").split("/"):
        if part == "**":
            parts += [source.choice(_FOLDERS) for _ in range(source.choice((0, 1, 2)))]
        elif set(part) & set("*?"):
            parts.append(source.choice(_FILES))
        else:
            parts.append(part.replace("\\", ""))
    above = [source.choice(_FOLDERS)] if source.random() < 0.3 else []
    below = [source.choice(_FILES)] if source.random() < 0.4 else []
    return "/".join((*above, *parts, *below)) or "a"


def lines_for_git(pattern: str) -> list[str]:
    """The same in .gitignore: brackets are no range, `dir/*` is what stands in `dir` itself."""
    plain = pattern.replace("\\[", "[").replace("[", "\\[")
    return [plain, f"!{plain}/"] if plain.endswith("/*") else [plain]


def ask_git(folder: Path, cases: Iterable[tuple[str, str]]) -> list[bool]:
    """Whether git ignores each path by its pattern: all of them in one run.

    Each pattern has a folder for itself, whose `.gitignore` holds for what is below.
    """
    git(folder, "init", "-q")
    files, paths = {}, []
    for number, (pattern, path) in enumerate(cases):
        files[f"{number}/.gitignore"] = "\n".join(lines_for_git(pattern)) + "\n"
        paths.append(f"{number}/{path}")
    write_tree(folder, files)
    out = subprocess.run(
        ["git", "check-ignore", "--no-index", "--stdin", "-z", "--verbose", "--non-matching"],
        cwd=folder,
        input="\0".join(paths).encode() + b"\0",
        capture_output=True,
        check=False,
    ).stdout.decode()
    fields = out.split("\0")[:-1]
    # Source, line, pattern and path of each; without a source nothing fits.
    assert fields[3::4] == paths
    return [bool(one) and not one.startswith("!") for one in fields[2::4]]


def test_patterns_are_those_of_git(tmp_path: Path) -> None:
    source = random.Random(20)  # noqa: S311
    cases: list[tuple[str, str]] = []
    while len(cases) < 2000:
        pattern = random_pattern(source)
        near = path_near(pattern, source) if source.random() < 0.6 else random_path(source)
        cases.append((pattern, near))
    expected = ask_git(tmp_path, cases)
    found = [bool(parse(f"{pattern} @x").owners_of(ProjectPath(path))) for pattern, path in cases]
    answers = zip(cases, expected, found, strict=True)
    assert [(*case, git_says) for case, git_says, we_say in answers if git_says != we_say] == []
    assert 500 < sum(found) < 1500


def test_a_file_of_300_rules_is_read_as_another_reader_does() -> None:
    source = random.Random(7)  # noqa: S311
    rules: list[str] = []
    while len(rules) < 300:
        pattern = random_pattern(source)
        # The other one takes brackets for a range, and a blank for slashes.
        if not set(pattern) & set("[ "):
            rules.append(f"{pattern} @owner{len(rules)} @org/team{len(rules)}")
    text = "\n".join(rules) + "\n"
    paths = sorted({random_path(source) for _ in range(1500)})
    paths = [path for path in paths if " " not in path]
    ours, other = parse(text), CodeOwners(text)
    differing = [
        path
        for path in paths
        if ours.owners_of(ProjectPath(path)) != tuple(sorted(name for _, name in other.of(path)))
    ]
    assert differing == []


@settings(max_examples=200)
@given(st.data())
def test_the_last_rule_that_fits_alone_decides(data: st.DataObject) -> None:
    source = data.draw(st.randoms(use_true_random=False))
    patterns = [random_pattern(source) for _ in range(data.draw(st.integers(1, 12)))]
    path = ProjectPath(random_path(source))
    lines = [f"{pattern} @{number}" for number, pattern in enumerate(patterns)]
    alone = [number for number, line in enumerate(lines) if parse(line).owners_of(path)]
    expected = (f"@{alone[-1]}",) if alone else ()
    assert parse("\n".join(lines)).owners_of(path) == expected
