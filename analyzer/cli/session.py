"""What every command starts with: the project, its configuration, and the patience of people."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from analyzer.cli.output import say

if TYPE_CHECKING:
    # Imported when a command runs: `--help` and `--version` must not wait for them.
    from analyzer.graph.system import System
    from analyzer.model.configuration import Config
    from analyzer.pipeline import RegistryPlace

_PATIENCE_S = 1.0


class Session(Struct, frozen=True):
    """The options that stand before a command."""

    project_option: Path | None
    config_option: Path | None
    registry_option: Sequence[Path]
    is_quiet: bool
    is_verbose: bool

    def project(self) -> Path:
        """The root of the analysed repository.

        Raises:
            AnalyzerError: none was named and none can be found, or it is no folder.
        """
        from analyzer.config import find_project  # noqa: PLC0415
        from analyzer.model.errors import AnalyzerError  # noqa: PLC0415

        if self.project_option is None:
            return find_project(Path.cwd())
        if not self.project_option.is_dir():
            is_there = self.project_option.exists()
            what = "this is no folder" if is_there else "there is no such folder"
            raise AnalyzerError(f"{self.project_option}: {what}; check --project")
        return self.project_option.resolve()

    def config(self) -> Config:
        """The configuration of the project.

        Raises:
            AnalyzerError: it holds a key or a value that is wrong, be it an option of a check.
        """
        from analyzer.config import load_config  # noqa: PLC0415

        config = load_config(
            project=self.project(),
            file=self.config_option,
            has_other_registry=bool(self.registry_option),
        )
        if config.options:
            from analyzer.checks import check_options  # noqa: PLC0415

            check_options(config)
        return config

    def registry_place(self) -> RegistryPlace:
        """Where the registry is, or would be; nothing is read yet.

        Raises:
            AnalyzerError: there is no project, or its configuration cannot be used.
        """
        from analyzer.pipeline import find_registry  # noqa: PLC0415

        return find_registry(
            project=self.project(), config=self.config(), registry=self._named_registry()
        )

    def _named_registry(self) -> list[Path]:
        return [path.absolute() for path in self.registry_option]

    def analyse(self, *, needs_registry: bool = False, kinds: str | None = None) -> System:
        """Registry and code, joined; says what it is doing where that takes long.

        Args:
            needs_registry: whether the command can say nothing without one.
            kinds: kinds of links, separated by commas; the others are left out.

        Raises:
            AnalyzerError: something cannot be used, or there is no registry and one is needed.
        """
        from analyzer.cli.kinds import parse_kinds  # noqa: PLC0415

        wanted = parse_kinds(kinds)
        with self.patience() as report:
            report("starting")
            from analyzer.pipeline import analyse  # noqa: PLC0415

            system = analyse(
                project=self.project(),
                config=self.config(),
                registry=self._named_registry(),
                report=report,
            )
        self._look_at_registry(system, needs_registry=needs_registry)
        return system if wanted is None else system.restricted_to(wanted)

    def read_records(self) -> System:
        """The registry and the names of the project's files, without the code.

        Raises:
            AnalyzerError: something cannot be used, or there is no registry.
        """
        with self.patience() as report:
            report("reading the registry")
            from analyzer.pipeline import read_records  # noqa: PLC0415

            system = read_records(
                project=self.project(),
                config=self.config(),
                registry=self._named_registry(),
            )
        self._look_at_registry(system, needs_registry=True)
        return system

    def _look_at_registry(self, system: System, *, needs_registry: bool) -> None:
        if not system.has_registry:
            from analyzer.model.errors import AnalyzerError  # noqa: PLC0415
            from analyzer.registry.loading import USUAL_LOCATIONS  # noqa: PLC0415

            message = (
                f"no registry found (looked for {', '.join(USUAL_LOCATIONS)}); name one with "
                "--registry PATH or `registry = [...]` in analyzer.toml; "
                "`analyzer init --discover` writes a first one"
            )
            if needs_registry:
                raise AnalyzerError(message)
            self.warn(message)
        elif not system.artifacts:
            self.warn("the registry holds no records; check --registry or the configuration")

    def warn(self, message: str) -> None:
        """Tell people what may surprise them, unless they want to be left alone."""
        if not self.is_quiet:
            say(f"analyzer: {message}")

    @contextmanager
    def patience(self) -> Iterator[Patience]:
        """Show a line on a terminal's stderr while something takes longer than a second."""
        patience = Patience(is_shown=not self.is_quiet and sys.stderr.isatty())
        try:
            yield patience
        finally:
            patience.end()


class Patience:
    """A progress line that appears after a second and is gone at the end."""

    def __init__(self, *, is_shown: bool) -> None:
        self._text = ""
        self._status: Any = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(_PATIENCE_S, self._appear)
        self._timer.daemon = True
        if is_shown:
            self._timer.start()

    def __call__(self, text: str) -> None:
        """Say what is being done now."""
        with self._lock:
            self._text = text
            if self._status is not None:
                self._status.update(text)

    def end(self) -> None:
        """Take the line away."""
        self._timer.cancel()
        with self._lock:
            if self._status is not None:
                self._status.stop()
                self._status = None

    def _appear(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - most commands end before it is needed

        with self._lock:
            if not self._timer.finished.is_set():
                self._status = Console(stderr=True).status(self._text)
                self._status.start()
