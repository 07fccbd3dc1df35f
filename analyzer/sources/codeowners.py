"""Reads CODEOWNERS as GitHub, GitLab and Bitbucket do.

GitHub (https://docs.github.com/articles/about-code-owners): patterns of .gitignore without `!` and
`[ ]`; `dir/*` means what stands in `dir` itself. GitLab (docs/user/project/codeowners): patterns of
Ruby's `File.fnmatch` with FNM_PATHNAME and FNM_DOTMATCH, at any depth where they begin with no
slash, a folder only where they end with one; sections, each of which has its own last match, with
owners for lines without any; `!` takes files out of a section. Bitbucket Cloud
(support.atlassian.com, "Set up and use code owners"): GitHub's patterns; an owner may say how many
of a group are asked, `@team:random(2)`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from analyzer.model.codeowners import Codeowners, Dialect, OwnerProblem, OwnerRule
from analyzer.model.globs import find_regex
from analyzer.model.names import ProjectPath
from analyzer.sources.ruby_globs import find_ruby_regex

ReadFile = Callable[[str], bytes | None]
"""A path in the repository -> what stands there; nothing where it is no file, and an `OSError`
where it may not be read."""

# In the order in which each forge looks; the first file that is there is the one.
_PLACES = {
    Dialect.GITHUB: (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    Dialect.GITLAB: ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
    Dialect.BITBUCKET: (".bitbucket/CODEOWNERS",),
}
_PIPELINES = {".gitlab-ci.yml": Dialect.GITLAB, "bitbucket-pipelines.yml": Dialect.BITBUCKET}

_LARGEST = 3_000_000
"""GitHub takes no file that is larger."""

_SECTION = re.compile(r"(?P<optional>\^)?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?:\s+(?P<owners>.*))?")
_END_OF_PATTERN = re.compile(r"(?<!\\)\s+")
_HOW_MANY = re.compile(r":(?:random|least_busy)\(\d+\)$")
_HANDLE = re.compile(r"@\S+|[^@\s]+@\S+")
_COMMENT = re.compile(r"(?:^|(?<!\\)\s)#.*")
# Stands for what a pattern matches at its end, and in no pattern itself.
_MARK = "\ue000"


def find_codeowners(project: Path) -> Codeowners | None:
    """Find and read the CODEOWNERS file that counts for a project.

    It stands in the project's repository, which may be larger than the project.
    """
    top = _find_top(project)
    prefix = "" if top == project else project.relative_to(top).as_posix()

    def read(path: str) -> bytes | None:
        file = top / path
        return file.read_bytes() if file.is_file() else None

    return read_codeowners(read, prefix=prefix)


def read_codeowners(read: ReadFile, *, prefix: str = "") -> Codeowners | None:
    """Read the CODEOWNERS file of a repository.

    Args:
        read: reads a file of the repository.
        prefix: the project's path in it.
    """
    for dialect in _dialects(read):
        for place in _PLACES[dialect]:
            shown = os.path.relpath(place, prefix) if prefix else place
            path = ProjectPath(shown.replace(os.sep, "/"))
            try:
                data = read(place)
            except OSError as error:
                problem = OwnerProblem(1, f"cannot be read: {error.strerror}")
                return Codeowners(path, dialect, (), (problem,), prefix, is_read=False)
            if data is not None:
                return parse_codeowners(data, path=path, dialect=dialect, prefix=prefix)
    return None


def find_dialect(project: Path) -> Dialect:
    """Whose CODEOWNERS a project would have, where it has none yet."""
    top = _find_top(project)
    return _find_forge(lambda path: b"" if (top / path).is_file() else None) or Dialect.GITHUB


def usual_place(dialect: Dialect) -> str:
    """Where a new file belongs, as a path in the repository."""
    return _PLACES[dialect][0]


def _find_top(project: Path) -> Path:
    for folder in (project, *project.parents):
        # A file in a submodule and in a further work tree.
        if (folder / ".git").exists():
            return folder
    return project


def _dialects(read: ReadFile) -> Iterator[Dialect]:
    """The forges, the likeliest first: the one whose pipeline or whose own folder is there."""
    likely = _find_forge(read)
    if likely is not None:
        yield likely
    yield from (one for one in Dialect if one is not likely)


def _find_forge(read: ReadFile) -> Dialect | None:
    def is_there(path: str) -> bool:
        try:
            return read(path) is not None
        except OSError:
            return True

    return next((one for path, one in _PIPELINES.items() if is_there(path)), None)


def parse_codeowners(
    data: bytes, *, path: ProjectPath, dialect: Dialect, prefix: str = ""
) -> Codeowners:
    """Read a file's rules.

    A line that the forge would not understand counts for nothing and becomes a problem. In a file
    of a root folder, a section tells that it is meant for GitLab.
    """
    if len(data) > _LARGEST:
        problem = OwnerProblem(1, f"over {_LARGEST:,} bytes: the forge does not read it")
        return Codeowners(path, dialect, (), (problem,), prefix)
    lines = data.decode("utf-8-sig", "replace").splitlines()
    if (
        dialect is Dialect.GITHUB
        and not path.endswith(usual_place(dialect))
        and _has_sections(lines)
    ):
        dialect = Dialect.GITLAB
    # What is said twice in a section of GitLab stands where it was said first, and means what was
    # said last; elsewhere each line is for itself.
    found: dict[object, OwnerRule] = {}
    problems: list[OwnerProblem] = []
    section = _Section()
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        if dialect is Dialect.GITLAB and (header := _SECTION.fullmatch(line)):
            section = _Section(
                header["name"].strip().lower(),
                _owners(header["owners"] or "", dialect),
                is_optional=bool(header["optional"]),
            )
            continue
        try:
            rule = _read_rule(line, number, dialect, section)
            is_ruby = dialect is Dialect.GITLAB
            found[(rule.section, rule.regex) if is_ruby else number] = rule
        except _WrongLineError as error:
            problems.append(OwnerProblem(number, str(error)))
    problems += _problems_of_owners(lines, dialect, found.values())
    problems += [
        OwnerProblem(rule.line, f"GitLab wants somebody behind {rule.pattern}, or in its section")
        for rule in found.values()
        if dialect is Dialect.GITLAB and not rule.owners and not rule.is_exclusion
    ]
    return Codeowners(
        path, dialect, (*found.values(),), tuple(sorted(problems, key=lambda one: one.line)), prefix
    )


def _problems_of_owners(
    lines: Sequence[str], dialect: Dialect, rules: Iterable[OwnerRule]
) -> Iterator[OwnerProblem]:
    """Words behind a pattern on Bitbucket that are nobody's handle."""
    for rule in rules if dialect is Dialect.BITBUCKET else ():
        words = _COMMENT.sub("", lines[rule.line - 1]).strip().removeprefix(rule.pattern)
        problem = _find_no_handles(words)
        if problem is not None:
            yield OwnerProblem(rule.line, problem)


def _find_no_handles(words: str) -> str | None:
    """What is wrong with the words behind a pattern; on GitLab they may be a comment."""
    wrong = [word for word in words.split() if not _HANDLE.fullmatch(word)]
    if not wrong:
        return None
    return f"{', '.join(wrong)}: nobody's handle; one begins with @, or is an address"


class _Section(Struct, frozen=True):
    """What the lines below a heading have in common."""

    name: str = ""
    owners: tuple[str, ...] = ()
    is_optional: bool = False


class _WrongLineError(Exception):
    """A line that counts for nothing; says why."""


def _has_sections(lines: list[str]) -> bool:
    return any(_SECTION.fullmatch(line.strip()) for line in lines)


def _read_rule(line: str, number: int, dialect: Dialect, section: _Section) -> OwnerRule:
    if dialect is not Dialect.GITLAB:
        line = _COMMENT.sub("", line).strip()
    pattern, *rest = _END_OF_PATTERN.split(line, maxsplit=1)
    problem = _find_no_handles(rest[0]) if rest and dialect is Dialect.GITHUB else None
    if problem is not None:
        # So says GitHub: "If any line contains invalid syntax, that line will be skipped."
        raise _WrongLineError(f"{problem}; the line counts for nothing")
    owners = _owners(rest[0] if rest else "", dialect)
    is_exclusion = dialect is Dialect.GITLAB and pattern.startswith("!")
    is_ruby = dialect is Dialect.GITLAB
    regex = find_ruby_regex(pattern[is_exclusion:]) if is_ruby else _find_git_regex(pattern)
    try:
        re.compile(regex)
    except re.error as error:
        raise _WrongLineError(f"{pattern}: no pattern: {error}") from None
    return OwnerRule(
        line=number,
        pattern=pattern,
        owners=() if is_exclusion else owners or section.owners,
        regex=regex,
        section=section.name,
        is_exclusion=is_exclusion,
        is_optional=section.is_optional,
    )


def _owners(text: str, dialect: Dialect) -> tuple[str, ...]:
    """The owners behind a pattern, each once; other words, as in a comment, are left out."""
    words = text.split()
    if dialect is Dialect.BITBUCKET:
        words = [_HOW_MANY.sub("", word) for word in words]
    return tuple(dict.fromkeys(word for word in words if "@" in word))


def _find_git_regex(pattern: str) -> str:
    """What a pattern means on GitHub.

    Raises:
        _WrongLineError: it means nothing there.
    """
    if pattern.startswith("!"):
        raise _WrongLineError(
            f"{pattern}: no pattern takes files out with `!`; the line counts for nothing"
        )
    if pattern.startswith("\\#"):
        raise _WrongLineError(f"{pattern}: no pattern begins with `#`, not even behind a backslash")
    if pattern.endswith("\\") and not pattern.endswith("\\\\"):
        raise _WrongLineError(f"{pattern}: a backslash at the end stands before nothing")
    # A range of characters is none here: brackets stand for themselves.
    plain = re.sub(r"(?<!\\)\[", r"\\[", pattern)
    if plain.endswith("/*"):
        # Only what stands in the folder itself, unlike in .gitignore.
        regex = find_regex(plain[:-1] + _MARK)
        if regex is not None:
            return regex.partition(_MARK)[0] + "[^/]+$"
    regex = find_regex(plain)
    if regex is None:
        raise _WrongLineError(f"{pattern}: matches nothing")
    return regex
