"""Changes as git knows them: renames, odd names, hunks, submodules; and nothing is touched."""

from __future__ import annotations

import resource
import shlex
import subprocess
from pathlib import Path

import pytest

from analyzer.model.changes import ChangeSet, FileChange, LineRange
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.sources import git
from analyzer.sources.git_repository import find_repository
from analyzer.sources.git_tree import checked_out
from tests.support import write_tree

_TEXT = "".join(f"line_{number} = {number}\n" for number in range(20))


def run_git(folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", "-c", "protocol.file.allow=always",
         "-C", str(folder), *arguments],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return result.stdout


def commit(folder: Path) -> str:
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-qm", "x")
    return run_git(folder, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = write_tree(
        tmp_path / "it", {"app/a.py": _TEXT, "app/b.py": "b = 1\n", ".gitignore": "*.log\n"}
    )
    run_git(folder, "init", "-q")
    commit(folder)
    return folder


def changes(folder: Path, revision: str = "HEAD") -> ChangeSet:
    found = find_repository(folder)
    return git.find_changes(found, git.find_commit(found, revision))


def pairs(change_set: ChangeSet) -> set[tuple[str | None, str | None]]:
    return {(one.before, one.after) for one in change_set.files}


def test_nothing_changed(repository: Path) -> None:
    assert changes(repository) == ChangeSet((), {})


def test_what_is_moved_without_git_and_edited_is_the_same_file(repository: Path) -> None:
    (repository / "app/a.py").rename(repository / "app/moved.py")
    with (repository / "app/moved.py").open("a") as file:
        file.write("more = 1\n")
    index = (repository / ".git/index").read_bytes()
    old, new = ProjectPath("app/a.py"), ProjectPath("app/moved.py")
    assert changes(repository) == ChangeSet((FileChange(old, new),), {new: (LineRange(21, 21),)})
    assert (repository / ".git/index").read_bytes() == index


def test_lines_and_files(repository: Path) -> None:
    """Staged, unstaged, untracked and deleted alike; what git ignores is no change."""
    (repository / "app/b.py").unlink()
    write_tree(
        repository,
        {"new.py": "a\nb\n", "some.log": "x", "app/a.py": _TEXT.replace("line_3 =", "x =")},
    )
    run_git(repository, "add", "app/a.py")
    with (repository / "app/a.py").open("a") as file:
        file.write("+++ b/c.py\ndiff --git a b\n")
    found = changes(repository)
    assert pairs(found) == {("app/a.py", "app/a.py"), ("app/b.py", None), (None, "new.py")}
    assert found.lines == {"app/a.py": ((4, 4), (21, 22)), "new.py": ((1, 2),)}
    assert found.renames == {}
    assert found.paths == ("app/a.py", "app/b.py", "new.py")


@pytest.mark.parametrize(
    "name",
    [
        "a b.py",
        'quo"te.py',
        "new\nline.py",
        "tab\t.py",
        "ümlaut.py",
        "-x.py",
        "back\\slash.py",
        "é\n\x01.py",
    ],
)
def test_names(repository: Path, name: str) -> None:
    (repository / name).write_text("a = 1\n")
    path = ProjectPath(name)
    assert changes(repository) == ChangeSet((FileChange(None, path),), {path: (LineRange(1, 1),)})
    base = commit(repository)
    (repository / name).write_text("a = 1\nb = 2\n")
    assert changes(repository, base).lines == {name: ((2, 2),)}
    with checked_out(find_repository(repository), base) as finish:
        base_tree = finish()
        assert (base_tree.project / name).read_text() == "a = 1\n"


def test_whatever_the_user_has_configured(repository: Path) -> None:
    for key, value in {
        "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.ui": "always",
        "diff.external": "false", "diff.renames": "false", "core.quotePath": "false",
        "diff.relative": "false", "diff.context": "9", "status.showUntrackedFiles": "no",
    }.items():  # fmt: skip
        run_git(repository, "config", key, value)
    (repository / "app/a.py").rename(repository / "ä.py")
    (repository / "app/b.py").write_text("b = 1\nc = 2\n")
    found = changes(repository)
    assert pairs(found) == {("app/a.py", "ä.py"), ("app/b.py", "app/b.py")}
    assert found.lines == {"app/b.py": ((2, 2),)}
    assert not git.is_clean(find_repository(repository))


def test_a_project_below_the_root_of_the_repository(repository: Path) -> None:
    base = git.find_head(find_repository(repository))
    write_tree(repository, {"app/a.py": "", "outside.py": ""})
    found = find_repository(repository / "app")
    assert found.prefix == "app"
    assert pairs(git.find_changes(found, base)) == {("a.py", "a.py")}
    with checked_out(found, base) as finish:
        tree = finish()
        assert sorted(one.name for one in tree.project.iterdir()) == ["a.py", "b.py"]
        assert (tree.project / "a.py").read_text() == _TEXT


def test_a_submodule(repository: Path, tmp_path: Path) -> None:
    """Its files are files of the project; a base whose commit of it is not here says so."""
    other = write_tree(tmp_path / "other", {"lib/x.py": "x = 1\n"})
    run_git(other, "init", "-q")
    commit(other)
    run_git(repository, "submodule", "add", "-q", str(other), "vendor")
    base = commit(repository)
    assert pairs(changes(repository, f"{base}~1")) == {
        (None, ".gitmodules"),
        (None, "vendor/lib/x.py"),
    }
    (repository / "vendor/lib/x.py").write_text("x = 1\ny = 2\n")
    commit(repository / "vendor")
    commit(repository)
    found = changes(repository, base)
    assert pairs(found) == {("vendor/lib/x.py", "vendor/lib/x.py")}
    assert found.lines == {"vendor/lib/x.py": ((2, 2),)}
    with checked_out(find_repository(repository), base) as finish:
        tree = finish()
        assert (tree.project / "vendor/lib/x.py").read_text() == "x = 1\n"
        assert tree.missing_submodules == ()
    run_git(repository, "submodule", "deinit", "-q", "--force", "vendor")
    with checked_out(find_repository(repository), base) as finish:
        tree = finish()
        # It has no files in the work tree now: the base has none either.
        assert not (tree.project / "vendor/lib").exists()
        assert tree.missing_submodules == ()


def test_symbolic_links_lead_to_the_same(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text("outside = 1\n")
    links = {
        "near.py": "app/b.py",
        "app/up.py": "../../outside.py",
        "own.py": str(repository / "app/b.py"),
    }
    for name, target in links.items():
        (repository / name).symlink_to(target)
    base = commit(repository)
    (repository / "app/b.py").write_text("changed = 1\n")
    with checked_out(find_repository(repository), base) as finish:
        tree = finish()
        assert (tree.project / "near.py").read_text() == "b = 1\n"
        assert (tree.project / "own.py").read_text() == "b = 1\n"
        assert (tree.project / "app/up.py").read_text() == "outside = 1\n"


def test_nothing_is_written_outside_of_the_folder(repository: Path, tmp_path: Path) -> None:
    """A tree that no git would make: a way out of its folder, and a file behind a link."""
    blob = run_git(repository, "hash-object", "-w", "app/b.py").strip()
    link = subprocess.run(
        ["git", "-C", str(repository), "hash-object", "-w", "--stdin"],
        input=str(tmp_path), check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip

    def tree(*entries: tuple[str, str, str]) -> str:
        data = b"".join(
            f"{mode} {name}\0".encode() + bytes.fromhex(found) for mode, name, found in entries
        )
        result = subprocess.run(
            ["git", "-C", str(repository), "hash-object", "-t", "tree", "-w", "--stdin",
             "--literally"],
            input=data, check=True, capture_output=True,
        )  # fmt: skip
        return result.stdout.decode().strip()

    inner = tree(("100644", "escaped.py", blob))
    top = tree(
        ("40000", "..", inner),
        ("120000", "a", link),
        ("40000", "a", inner),
        ("100644", "good.py", blob),
    )
    base = run_git(repository, "commit-tree", "-m", "x", top).strip()
    with checked_out(find_repository(repository), base) as finish:
        found = finish()
        assert (found.project / "good.py").read_text() == "b = 1\n"
        names = {path.name for path in found.project.parent.rglob("*") if path.is_file()}
    assert not (tmp_path / "escaped.py").exists()
    assert names <= {"good.py", "escaped.py"}
    assert not list(tmp_path.rglob("escaped.py"))


def test_a_sparse_checkout_has_a_base_as_sparse(repository: Path) -> None:
    write_tree(repository, {"big/x.py": "", "app/c.py": ""})
    base = commit(repository)
    run_git(repository, "sparse-checkout", "set", "app")
    with checked_out(find_repository(repository), base) as finish:
        tree = finish()
        files = {path.relative_to(tree.project).as_posix() for path in tree.project.rglob("*.py")}
    assert files == {"app/a.py", "app/b.py", "app/c.py"}
    assert changes(repository) == ChangeSet((), {})


@pytest.mark.parametrize(
    "revision", ["-p", "--output=x", "gone", "", "a\nb", "HEAD:app/a.py", "\0"]
)
def test_a_revision_is_data(repository: Path, revision: str) -> None:
    with pytest.raises(AnalyzerError) as error:
        git.find_commit(find_repository(repository), revision)
    assert "\n" not in str(error.value)
    assert sorted(one.name for one in repository.iterdir()) == [".git", ".gitignore", "app"]


@pytest.mark.parametrize(
    "revision", ["{old}", "{old:.9}", "origin/side", "side", "v1", "HEAD~1", "main^", "origin/a;b"]
)
def test_a_shallow_clone_is_told_what_to_fetch(
    revision: str, repository: Path, tmp_path: Path
) -> None:
    """The command that the message names is run, and brings what was missing, by that name."""
    run_git(repository, "branch", "-m", "main")
    old = run_git(repository, "rev-parse", "HEAD").strip()
    for name in ("side", "a;b"):
        run_git(repository, "branch", name)
    run_git(repository, "tag", "v1")
    (repository / "more.py").write_text("")
    commit(repository)
    run_git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "shallow")
    found = find_repository(tmp_path / "shallow")
    wanted = revision.format(old=old)
    with pytest.raises(AnalyzerError, match="this clone is shallow") as error:
        git.find_commit(found, wanted)
    program, *arguments = shlex.split(str(error.value).split("`")[1])
    assert program == "git"
    run_git(found.project, *arguments)
    assert git.find_commit(found, wanted) == old


@pytest.mark.parametrize("revision", ["gone..side", "HEAD@{7}", "-side", "origin/x y"])
def test_a_shallow_clone_cannot_know_everything(
    revision: str, repository: Path, tmp_path: Path
) -> None:
    """What is no name of a branch is nothing that a server could be asked for."""
    (repository / "more.py").write_text("")
    commit(repository)
    run_git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "shallow")
    with pytest.raises(AnalyzerError, match="with `git fetch --unshallow`, or check --base"):
        git.find_commit(find_repository(tmp_path / "shallow"), revision)


def test_the_merge_base(repository: Path) -> None:
    found = find_repository(repository)
    base = git.find_head(found)
    run_git(repository, "checkout", "-qb", "side")
    (repository / "side.py").write_text("")
    side = commit(repository)
    run_git(repository, "checkout", "-q", "-")
    (repository / "own.py").write_text("")
    commit(repository)
    assert git.find_merge_base(found, side) == base
    assert git.is_clean(found)
    run_git(repository, "checkout", "-q", "--orphan", "alone")
    commit(repository)
    with pytest.raises(AnalyzerError, match="no common ancestor"):
        git.find_merge_base(found, side)


def test_no_repository_and_no_commit(tmp_path: Path) -> None:
    with pytest.raises(AnalyzerError, match="not a git repository"):
        find_repository(tmp_path)
    run_git(tmp_path, "init", "-q")
    for revision in ("HEAD", "main"):
        with pytest.raises(AnalyzerError, match="nothing is committed here yet"):
            git.find_commit(find_repository(tmp_path), revision)


def test_a_base_that_there_is_no_room_for_is_told(repository: Path) -> None:
    write_tree(repository, {"a.py": "a = 1\n" * 1000})
    git_commit = commit(repository)
    found = find_repository(repository)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
        with (
            checked_out(found, git_commit) as finish,
            pytest.raises(AnalyzerError, match=r"a\.py: cannot write .* in TMPDIR"),
        ):
            finish()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
