"""Results leave the program here: to stdout, or whole into a file."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from analyzer.model.errors import AnalyzerError
from analyzer.renderings.inert import log_line
from analyzer.whole_files import as_bytes, write_whole


def write_result(content: str | bytes, output: Path | None) -> None:
    """Write a result to a file, or to stdout where none is named or it is `-`.

    A file is replaced in one step: a run that is killed leaves the old one or the new one.

    Raises:
        AnalyzerError: the file cannot be written.
    """
    data = as_bytes(content)
    if output is None or str(output) == "-":
        _write_stdout(data)
        return
    if not _is_device(output):
        write_whole(output, data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        reason = error.strerror
        raise AnalyzerError(f"{output}: cannot be written: {reason}; name another path") from error


def _is_device(output: Path) -> bool:
    """Whether it is a device or a pipe: these cannot be replaced, only written to."""
    try:
        return output.exists() and not output.is_file()
    except OSError:
        return False


def is_written(content: str | bytes, file: Path) -> bool:
    """Whether a file holds a result already."""
    try:
        return file.read_bytes() == as_bytes(content)
    except OSError:
        return False


def _write_stdout(data: bytes) -> None:
    if sys.stdout is None:
        raise AnalyzerError("stdout is closed; name a file with --output")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough, as in `analyzer check | head`.
        raise
    except OSError as error:
        raise AnalyzerError(f"stdout: cannot be written: {error.strerror}") from error


def say(message: str) -> None:
    """Tell people something on stderr, in one line that is a command to no CI service."""
    typer.echo(log_line(message), err=True)
