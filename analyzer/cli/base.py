"""The project as it was at a commit, analysed for commands that compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.graph.system import System
    from analyzer.model.codeowners import Codeowners
    from analyzer.model.configuration import Config
    from analyzer.sources.git_repository import Repository
    from analyzer.sources.git_tree import CheckedOut


@contextmanager
def base_at_hand(
    session: Session, repository: Repository, commit: str
) -> Iterator[Callable[[], tuple[System, Path]]]:
    """Begin to bring the project as it was at a commit; called, it is analysed.

    With the system comes the folder that its files are in as long as the context lasts.
    """
    from analyzer.pipeline import analyse  # noqa: PLC0415
    from analyzer.sources.git_tree import checked_out  # noqa: PLC0415

    with checked_out(repository, commit) as finish:

        def analyse_base() -> tuple[System, Path]:
            with session.patience() as report:
                report("reading the base")
                base = finish()
                if repository.prefix and not any(base.project.iterdir()):
                    session.warn(
                        f"{repository.prefix}: the base has no such folder, so everything in it "
                        "counts as added"
                    )
                for path in base.missing_submodules:
                    session.warn(
                        f"{path}: the commit of this submodule at the base is not here, so all of "
                        f"it counts as added; bring it with `git -C {path} fetch`"
                    )
                system = analyse(
                    project=base.project,
                    config=_config_of_base(session, repository, base.project),
                    registry=_registry_at_base(session, repository, base),
                    report=lambda doing: report(f"base: {doing}"),
                    codeowners=lambda folder: _codeowners_at_base(repository, commit, folder),
                )
            return system, base.project

        yield analyse_base


def _config_of_base(session: Session, repository: Repository, base: Path) -> Config:
    """Where things were at the base, by its own configuration, and what is wrong by today's.

    So a registry may be moved by the change, and a new rule makes nothing old new.
    """
    from msgspec.structs import replace  # noqa: PLC0415

    from analyzer.config import load_config  # noqa: PLC0415

    config, file = session.config(), session.config_option
    if file is not None:
        file = _at_base(file, repository.project, base)
    try:
        own = load_config(project=base, file=file, has_other_registry=bool(session.registry_option))
    except AnalyzerError:
        # It is broken there, or not there yet: what it says today, as far as that was there.
        return replace(
            config,
            registry=tuple(one for one in config.registry if (base / one).exists()),
            roots=tuple(one for one in config.roots if (base / one).exists()),
        )
    return replace(
        config,
        registry=own.registry,
        roots=own.roots,
        exclude=own.exclude,
        tests=own.tests,
        entry_points=own.entry_points,
    )


def _codeowners_at_base(repository: Repository, commit: str, folder: Path) -> Codeowners | None:
    """The CODEOWNERS file as it was; of a project below its repository it is not in the folder."""
    from contextlib import suppress  # noqa: PLC0415

    from analyzer.sources.codeowners import read_codeowners  # noqa: PLC0415
    from analyzer.sources.git_repository import GitError  # noqa: PLC0415

    def read(path: str) -> bytes | None:
        if not repository.prefix:
            return (folder / path).read_bytes() if (folder / path).is_file() else None
        with suppress(GitError):
            return repository.run("cat-file", "blob", f"{commit}:{path}")
        return None

    return read_codeowners(read, prefix=repository.prefix)


def _registry_at_base(session: Session, repository: Repository, base: CheckedOut) -> list[Path]:
    """The places of the registry that the user names, as far as they were there."""
    named = [_at_base(path, repository.project, base.project) for path in session.registry_option]
    return [path if path.exists() else base.nothing for path in named]


def _at_base(path: Path, project: Path, base: Path) -> Path:
    """The same place at the base; a place outside of the project is the same."""
    absolute = path.absolute()
    return base / absolute.relative_to(project) if absolute.is_relative_to(project) else absolute
