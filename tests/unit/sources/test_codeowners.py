"""CODEOWNERS as GitHub, GitLab and Bitbucket read it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from analyzer.model.codeowners import Codeowners, Dialect
from analyzer.model.names import ProjectPath
from analyzer.sources.codeowners import find_codeowners, parse_codeowners, read_codeowners
from tests.support import write_tree


def parse(text: str, dialect: Dialect = Dialect.GITHUB) -> Codeowners:
    return parse_codeowners(text.encode(), path=ProjectPath("CODEOWNERS"), dialect=dialect)


def owners(text: str, path: str, dialect: Dialect = Dialect.GITHUB) -> tuple[str, ...]:
    return parse(text, dialect).owners_of(ProjectPath(path))


def fits(pattern: str, path: str, dialect: Dialect) -> bool:
    return bool(owners(f"{pattern} @a", path, dialect))


# Pattern, path, and whether it fits on GitHub and on GitLab: examples of both documentations,
# and where the two differ.
FITTING = [
    ("*", "a", True, True),
    ("*", "a/b.py", True, True),
    ("*.js", "a/b/c.js", True, True),
    ("*.js", "a/b/c.json", False, False),
    ("/build/logs/", "build/logs/x/y.log", True, True),
    ("/build/logs/", "a/build/logs/y.log", False, False),
    ("docs/*", "docs/getting-started.md", True, True),
    ("docs/*", "docs/build-app/troubleshooting.md", False, False),
    ("docs/*", "a/docs/x.md", False, True),
    ("apps/", "a/apps/x/y", True, True),
    ("apps/", "apps", False, False),
    ("/apps/github", "apps/github/x", True, False),
    ("/apps/github", "apps/github", True, True),
    ("**/logs", "a/logs/x.log", True, False),
    ("internal/README.md", "docs/internal/README.md", False, True),
    ("README.md", "docs/README.md", True, True),
    ("/docs/**/*.md", "docs/a/b/c.md", True, True),
    ("/docs/**/*.md", "docs/c.md", True, True),
    ("/docs/*spec*", "docs/qa_specs.rb", True, True),
    ("/docs/*/README.md", "docs/api/README.md", True, True),
    ("/docs/*/README.md", "docs/api/v1/README.md", False, False),
    ("/.github/", ".github/workflows/a.yml", True, True),
    ("/*", "setup.py", True, True),
    ("/*", "a/setup.py", False, False),
    ("/a?c", "abc", True, True),
    ("/a?c", "a/c", False, False),
    ("/[ab].py", "a.py", False, True),
    ("/[ab].py", "[ab].py", True, False),
    ("/[^ab].py", "c.py", False, True),
    ("/[a-c].py", "b.py", False, True),
    (r"/\[ab].py", "[ab].py", True, True),
    (r"path\ with\ spaces/", "path with spaces/x", True, True),
    ("/a**b", "axyb", True, True),
    ("/a**b", "ax/yb", False, False),
    ("/", "a", False, True),
]


@pytest.mark.parametrize(("pattern", "path", "on_github", "on_gitlab"), FITTING)
def test_what_fits(pattern: str, path: str, on_github: bool, on_gitlab: bool) -> None:
    found = {dialect: fits(pattern, path, dialect) for dialect in Dialect}
    assert found == {
        Dialect.GITHUB: on_github,
        Dialect.BITBUCKET: on_github,
        Dialect.GITLAB: on_gitlab,
    }


def test_the_last_match_wins_also_where_it_names_nobody() -> None:
    text = "* @all\n/apps/ @octo  # for now\n/apps/github\n/apps/github/own/ @a b@x.org @a\n"
    assert owners(text, "x") == ("@all",)
    assert owners(text, "apps/x") == ("@octo",)
    assert owners(text, "apps/github/x") == ()
    assert owners(text, "apps/github/own/x") == ("@a", "b@x.org")
    (rule,) = parse(text).find_rules(ProjectPath("apps/github/x"))
    assert (rule.line, rule.pattern) == (3, "/apps/github")
    assert str(parse(text).place_of(rule)) == "CODEOWNERS:3"


GITLAB = r"""
* @admin
!pom.xml

[README Owners] @writers
README.md
internal/README.md @user4
^[Database][2] @database-team @agarcia
model/db/
config/db/setup.md @docs
!model/db/generated/
[readme owners]
/README.md @again
\#notes.md
"""


def test_sections_of_gitlab_have_a_last_match_each() -> None:
    def of(path: str) -> tuple[str, ...]:
        return owners(GITLAB, path, Dialect.GITLAB)

    assert of("x") == ("@admin",)
    assert of("pom.xml") == ()
    # Sections of the same name are one, and its later heading has no owners of its own.
    assert of("README.md") == ("@admin", "@again")
    assert of("docs/README.md") == ("@admin", "@writers")
    assert of("docs/internal/README.md") == ("@admin", "@user4")
    assert of("model/db/a.sql") == ("@admin", "@agarcia", "@database-team")
    assert of("config/db/setup.md") == ("@admin", "@docs")
    assert of("model/db/generated/a.sql") == ("@admin",)
    found = parse(GITLAB, Dialect.GITLAB)
    assert [rule.is_optional for rule in found.find_rules(ProjectPath("model/db/a.sql"))] == [
        False,
        True,
    ]
    # What nobody stands behind.
    assert [(one.line, one.message) for one in found.problems] == [
        (14, r"GitLab wants somebody behind \#notes.md, or in its section")
    ]


def test_bitbucket_says_how_many_of_a_group_are_asked() -> None:
    text = "*.py @acme/py:random(2) ann@x.org\n*.js @acme/js:least_busy(1) # later @acme/web\n"
    assert owners(text, "a.py", Dialect.BITBUCKET) == ("@acme/py", "ann@x.org")
    assert owners(text, "a.js", Dialect.BITBUCKET) == ("@acme/js",)


def test_lines_that_count_for_nothing_are_problems() -> None:
    found = parse("!a @x\n\\#b @x\nc\\ @x\n/ @x\n/d @x\n")
    assert [rule.pattern for rule in found.rules] == ["c\\ @x", "/d"]
    assert [(one.line, one.message) for one in found.problems] == [
        (1, "!a: no pattern takes files out with `!`; the line counts for nothing"),
        (2, "\\#b: no pattern begins with `#`, not even behind a backslash"),
        (4, "/: matches nothing"),
    ]
    (problem,) = parse("*  ann @x team\n", Dialect.BITBUCKET).problems
    assert problem.message == "ann, team: nobody's handle; one begins with @, or is an address"
    (problem,) = parse("/[z-a] @x\n", Dialect.GITLAB).problems
    assert problem.message.startswith("/[z-a]: no pattern: bad character range")


def test_github_skips_a_line_with_a_word_that_is_nobodys_handle() -> None:
    found = parse("* @acme/all\n*.py sales\n/docs/ @acme/docs docs@\n/api/ # nobody\n")
    assert [found.owners_of(ProjectPath(path)) for path in ("a.py", "docs/a.md", "api/a.py")] == [
        ("@acme/all",),
        ("@acme/all",),
        (),
    ]
    wrong = "nobody's handle; one begins with @, or is an address; the line counts for nothing"
    assert [(one.line, one.message) for one in found.problems] == [
        (2, f"sales: {wrong}"),
        (3, f"docs@: {wrong}"),
    ]


def test_a_file_that_is_too_large_is_not_read() -> None:
    found = parse("* @a\n" + "#" * 3_000_000)
    assert (found.rules, len(found.problems)) == ((), 1)


@pytest.mark.parametrize(
    ("files", "place", "dialect"),
    [
        (["CODEOWNERS", ".github/CODEOWNERS"], ".github/CODEOWNERS", Dialect.GITHUB),
        (["docs/CODEOWNERS", "CODEOWNERS"], "CODEOWNERS", Dialect.GITHUB),
        ([".gitlab/CODEOWNERS"], ".gitlab/CODEOWNERS", Dialect.GITLAB),
        ([".gitlab/CODEOWNERS", "docs/CODEOWNERS"], "docs/CODEOWNERS", Dialect.GITHUB),
        (
            [".gitlab-ci.yml", ".gitlab/CODEOWNERS", "docs/CODEOWNERS", ".github/CODEOWNERS"],
            "docs/CODEOWNERS",
            Dialect.GITLAB,
        ),
        ([".gitlab-ci.yml", ".github/CODEOWNERS"], ".github/CODEOWNERS", Dialect.GITHUB),
        ([".bitbucket/CODEOWNERS"], ".bitbucket/CODEOWNERS", Dialect.BITBUCKET),
        (
            ["bitbucket-pipelines.yml", ".bitbucket/CODEOWNERS", "CODEOWNERS"],
            ".bitbucket/CODEOWNERS",
            Dialect.BITBUCKET,
        ),
    ],
)
def test_where_it_stands(files: list[str], place: str, dialect: Dialect, tmp_path: Path) -> None:
    write_tree(tmp_path, dict.fromkeys([*files, ".git/HEAD"], "* @a\n"))
    found = find_codeowners(tmp_path)
    assert found is not None
    assert (found.path, found.dialect) == (place, dialect)


def test_sections_tell_gitlab_where_nothing_else_does(tmp_path: Path) -> None:
    write_tree(tmp_path, {"CODEOWNERS": "[Docs] @docs\n*.md\n"})
    found = find_codeowners(tmp_path)
    assert found is not None
    assert (found.dialect, found.owners_of(ProjectPath("a.md"))) == (Dialect.GITLAB, ("@docs",))
    assert find_codeowners(tmp_path / "nowhere") is None


@pytest.mark.parametrize("pipeline", ["", ".gitlab-ci.yml"])
def test_one_that_may_not_be_read_is_there_all_the_same(pipeline: str) -> None:
    """Another place is not looked at: the forge would not, either."""

    def read(path: str) -> bytes | None:
        if path in ("CODEOWNERS", pipeline):
            raise PermissionError(errno.EACCES, "Permission denied")
        return b"* @a\n" if path == "docs/CODEOWNERS" else None

    found = read_codeowners(read)
    assert found is not None
    assert (found.path, found.is_read, found.rules) == ("CODEOWNERS", False, ())
    assert [one.message for one in found.problems] == ["cannot be read: Permission denied"]
    assert found.dialect is (Dialect.GITLAB if pipeline else Dialect.GITHUB)


def test_a_project_below_its_repository(tmp_path: Path) -> None:
    text = "/backend/app/ @app\n*.md @docs\n"
    write_tree(tmp_path, {".git/HEAD": "", ".github/CODEOWNERS": text, "backend/x.py": ""})
    found = find_codeowners(tmp_path / "backend")
    assert found is not None
    assert found.path == "../.github/CODEOWNERS"
    assert found.owners_of(ProjectPath("app/a.py")) == ("@app",)
    assert found.owners_of(ProjectPath("../README.md")) == ("@docs",)
    assert found.owners_of(ProjectPath("a.py")) == ()


def test_a_number_sign_behind_an_escaped_blank_begins_no_comment() -> None:
    text = "/take\\ #2.py @acme/film # the second\n"
    assert owners(text, "take #2.py") == ("@acme/film",)
    assert owners(text, "take") == ()


def test_what_is_asked_again_is_not_matched_again() -> None:
    found = parse("* @acme/all\n*.py @acme/py\n")
    path = ProjectPath("shop/prices.py")
    assert [rule.line for rule in found.find_rules(path)] == [2]
    assert found.find_rules(path) is found.find_rules(path)
