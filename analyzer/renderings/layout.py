"""From DOT to svg, png and pdf, by Graphviz in a child process under a time limit.

Graphviz comes with the pygraphviz wheel, so nothing has to be installed or found on PATH. It runs in a
process of its own because a layout cannot be interrupted from within, may take minutes, and because a
crash in it must not take the caller along.
"""

from __future__ import annotations

import enum
import os
import subprocess
import sys
import time
from pathlib import Path

from analyzer.model.errors import AnalyzerError

CHILD = Path(__file__).with_name("layout_child.py")
FIRST_SHARE = 0.7
"""The part of the time that the full layout may take; the rest is for the simpler one."""


class PictureFormat(enum.StrEnum):
    """What a picture can be drawn as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def draw(dot: str, *, format: PictureFormat, timeout_s: float = 30.0) -> bytes:  # noqa: A002
    """Return the picture as bytes of an SVG, PNG or PDF file; the same DOT gives the same bytes.

    Where the layout takes longer than most of `timeout_s` seconds, or fails, a simpler one is tried
    once: boxes packed by cluster, lines straight. The picture's title says so then.

    Raises:
        AnalyzerError: both layouts failed or took too long.
    """
    end = time.monotonic() + timeout_s
    picture = _run_child(dot, format=format, engine="nop", timeout_s=timeout_s * FIRST_SHARE)
    if picture is None:
        picture = _run_child(
            dot, format=format, engine="nop-line", timeout_s=end - time.monotonic()
        )
    if picture is None:
        raise AnalyzerError(
            f"diagram: the layout failed or took longer than {timeout_s:g} s; show fewer artifacts"
            " (--wave, --owner, --type, --around) or write the graph itself with --format dot"
        )
    return picture


def _run_child(dot: str, *, format: PictureFormat, engine: str, timeout_s: float) -> bytes | None:  # noqa: A002
    """Return what the child wrote, None where it failed or was killed for taking too long.

    On any exception, KeyboardInterrupt among them, `subprocess.run` kills the child before it raises.
    """
    # -P keeps the folder of the script and the working folder out of the child's sys.path: no file of
    # the analysed project can stand in for a module, nor our own json.py for the standard library's.
    command = [sys.executable, "-P", str(CHILD), engine, format.value]
    try:
        done = subprocess.run(
            command,
            input=dot.encode(),
            capture_output=True,
            check=False,
            timeout=max(timeout_s, 0.0),
            # cairo writes the date into a PDF; this is the date it writes then.
            env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return None
    except OSError as error:
        raise AnalyzerError(
            f"diagram: cannot start {sys.executable or 'Python'} for the layout: {error.strerror};"
            " write the graph itself with --format dot"
        ) from error
    if done.returncode or not done.stdout:
        return None
    return done.stdout
