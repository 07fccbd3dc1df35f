"""Results leave the program here: to stdout, or whole into a file."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import typer

from analyzer.model.errors import AnalyzerError
from analyzer.renderings.inert import log_line


def write_result(content: str | bytes, output: Path | None) -> None:
    """Write a result to a file, or to stdout where none is named or it is `-`.

    A file is replaced in one step: a run that is killed leaves the old one or the new one.

    Raises:
        AnalyzerError: the file cannot be written.
    """
    data = _encode(content)
    if output is None or str(output) == "-":
        _write_stdout(data)
        return
    try:
        if output.exists() and not output.is_file():
            # A device or a pipe cannot be replaced.
            output.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(output)), data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnalyzerError(f"{output}: cannot be written: {reason}; name another path") from error


def is_written(content: str | bytes, file: Path) -> bool:
    """Whether a file holds a result already."""
    try:
        return file.read_bytes() == _encode(content)
    except OSError:
        return False


def _encode(content: str | bytes) -> bytes:
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


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


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def say(message: str) -> None:
    """Tell people something on stderr, in one line that is a command to no CI service."""
    typer.echo(log_line(message), err=True)
