"""The `analyzer` command."""

from __future__ import annotations

import contextlib
import functools
import gc
import math
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from analyzer import __version__
from analyzer.cli import (
    asking,
    baselining,
    checking,
    drawing,
    exploring,
    owning,
    registry,
    reviewing,
    rules,
    starting,
)
from analyzer.cli.answering import EXIT_INTERRUPTED, EXIT_WRONG
from analyzer.cli.misplaced import AllCommands
from analyzer.cli.output import say
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

# Ctrl-C, a CI job that is cancelled, a terminal that is closed (Windows knows no such signal).
_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
_EXIT_BY_SIGNAL = 128
_TWO_PRESSES_S = 1.0

app = typer.Typer(
    name="analyzer",
    cls=AllCommands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Joins a registry of artifacts with the real import graph: dependencies, impact, "
    "orphans and unregistered code, each with file and line.",
)
for command in (
    starting.init,
    starting.demo,
    asking.status,
    asking.show,
    asking.deps,
    asking.why,
    asking.impact,
    asking.orphans,
    owning.owners,
    checking.check,
    reviewing.review,
    rules.rule,
    baselining.baseline,
    drawing.diagram,
    exploring.explore,
    checking.export,
):
    app.command()(command)
app.add_typer(registry.app, name="registry")


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"analyzer {__version__}")
        raise typer.Exit


@app.callback()
def analyzer(
    context: typer.Context,
    project: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            readable=False,
            help="The analysed repository. Default: the nearest above.",
        ),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", readable=False, help="The configuration file.")
    ] = None,
    registry_paths: Annotated[
        list[Path] | None,
        typer.Option(
            "--registry",
            metavar="PATH",
            readable=False,
            help="Records: a folder or file; repeatable.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress line.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List what is otherwise only counted.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print and exit."),
    ] = False,
) -> None:
    """Options that stand before the command."""
    context.obj = Session(
        project_option=project,
        config_option=config,
        registry_option=tuple(registry_paths or ()),
        is_quiet=quiet,
        is_verbose=verbose,
    )


def main() -> None:
    """Run the command line; every failure ends in one clear message and an exit code."""
    leave = _Leaving()
    for number in _ENDING:
        # `nohup` has it ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)
    # Names and source lines may hold anything; a terminal that cannot show it gets an escape.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    # A command lives for a moment and builds few cycles: collecting them, and taking everything
    # apart at the end, would cost a fifth of the time.
    gc.disable()
    code = _run(leave)
    with contextlib.suppress(OSError, ValueError, AttributeError):
        # Whoever reads may have seen enough.
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


@functools.cache
def _build_command() -> Callable[[], object]:
    """All commands with their options, which takes a while: once for each process."""
    return typer.main.get_command(app)


def _run(leave: _Leaving) -> int:
    try:
        _build_command()()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else EXIT_WRONG
        if code == EXIT_INTERRUPTED:
            _stop_by(signal.SIGINT)
        if code in {_EXIT_BY_SIGNAL + number for number in _ENDING}:
            _stop_by(code - _EXIT_BY_SIGNAL)
        return code
    except KeyboardInterrupt:
        _stop_by(signal.SIGINT)
    except Exception as error:  # noqa: BLE001 - users get a message, never a traceback
        if leave.number is not None:
            # Python makes a RuntimeError of what is raised while a class is being made, and a git
            # that the same signal has ended fails, too.
            _stop_by(leave.number)
        _explain(error)
        return EXIT_WRONG
    return 0


def _explain(error: Exception) -> None:
    if isinstance(error, AnalyzerError):
        say(f"analyzer: {error}")
    elif isinstance(error, OSError):
        # What no stage has expected of the file system: the place and the reason say enough.
        say(f"analyzer: {error.filename or 'stdout'}: {error.strerror or error}; check it")
    else:
        if "-v" in sys.argv or "--verbose" in sys.argv:
            traceback.print_exception(error)
        say(
            f"analyzer: internal error: {type(error).__name__}: {error}; please report it with "
            "what `analyzer -v …` prints"
        )


class _Leaving:
    """Leaves every context on the way out: temporary folders go, and files half written.

    Once is enough: a second signal soon after, as of two presses of Ctrl-C, would leave them half
    taken away. One that comes later is heard: Python drops what is raised in some places.
    """

    def __init__(self) -> None:
        self._since = -math.inf
        self.number: int | None = None
        """The signal that was heard."""

    def __call__(self, number: int, _: object) -> None:
        now = time.monotonic()
        if now - self._since < _TWO_PRESSES_S:
            return
        self._since, self.number = now, number
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(_EXIT_BY_SIGNAL + number)


def _stop_by(number: int) -> NoReturn:
    """End without waiting for threads that wait for git."""
    is_interrupt = number == signal.SIGINT
    reason = "interrupted" if is_interrupt else f"ended by {signal.Signals(number).name}"
    with contextlib.suppress(OSError, ValueError):
        # The terminal may be what went.
        say(f"analyzer: {reason}")
        sys.stderr.flush()
    os._exit(_EXIT_BY_SIGNAL + number)
