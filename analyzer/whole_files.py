"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO

from analyzer.model.errors import AnalyzerError

if sys.platform != "win32":
    import fcntl

_SUFFIX = ".analyzer-tmp"


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: a run that is killed leaves the old file or the new one.

    Folders that are missing are made. The file keeps its mode, a link stays a link, and text is
    written as it is, line endings included. What a killed run leaves behind begins with a dot and
    ends in `.analyzer-tmp`, so it is taken for no record; `clear_leftovers` takes it away.

    Raises:
        AnalyzerError: the file cannot be written.
    """
    try:
        _replace(Path(os.path.realpath(path)), as_bytes(content))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AnalyzerError(f"{path}: cannot be written: {reason}; name another path") from error


def as_bytes(content: str | bytes) -> bytes:
    """What a file holds: UTF-8, where what is no text, half a character, becomes an escape."""
    return content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content


def clear_leftovers(folder: Path) -> None:
    """Take away what killed runs of `write_whole` have left in a folder.

    A file that another process is still writing stays: whoever writes one holds a lock on it.
    """
    for file in sorted(folder.glob(f".*{_SUFFIX}")):
        with contextlib.suppress(OSError), file.open("rb") as leftover:
            _lock(leftover)
            file.unlink()


def _replace(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
    # A name may have 255 bytes, and the temporary one is longer than its target's.
    prefix = f".{target.name[:40]}."
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=prefix, suffix=_SUFFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            # A folder of a kind that has no locks can be written to all the same.
            with contextlib.suppress(OSError):
                _lock(file)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            Path(name).chmod(mode)
            if sys.platform != "win32":
                Path(name).replace(target)
        if sys.platform == "win32":
            Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _lock(file: IO[bytes]) -> None:
    """Lock a file until it is closed.

    Raises:
        OSError: another process holds it.
    """
    # On Windows nobody can delete or replace a file that is open, which is as good.
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
