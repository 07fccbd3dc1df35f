"""From DOT to svg, png and pdf, by Graphviz in a child process under a time limit.

Graphviz comes with the pygraphviz wheel, so nothing has to be installed or found on PATH. It runs
in a process of its own because it cannot be interrupted from within, may take minutes, and may
crash, which must not take the caller along.
"""

from __future__ import annotations

import enum
import os
import subprocess
import sys
import time
from pathlib import Path

from analyzer.model.errors import AnalyzerError
from analyzer.renderings.svg import finish_svg

CHILD = Path(__file__).with_name("layout_child.py")
NO_GRAPHVIZ = 3
"""The child's exit code where pygraphviz cannot be imported."""
FIRST_SHARE = 0.7
"""The part of the time that the full layout may take; the rest is for the simpler one."""
WAY_OUT = "write the graph itself with --format dot"


class PictureFormat(enum.StrEnum):
    """What a picture can be drawn as."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def draw(dot: str, *, format: PictureFormat, timeout_s: float = 30.0) -> bytes:  # noqa: A002
    """Return the bytes of an SVG, PNG or PDF file; the same DOT gives the same bytes.

    Where the layout fails, or takes longer than most of `timeout_s` seconds, a simpler one is tried
    once, with straight lines below the boxes. The picture's title says so then.

    Raises:
        AnalyzerError: both layouts failed or took too long, or Graphviz cannot be loaded.
    """
    end = time.monotonic() + timeout_s
    picture = _run_child(dot, layout="full", file_format=format, timeout_s=timeout_s * FIRST_SHARE)
    if picture is None:
        rest = end - time.monotonic()
        picture = _run_child(dot, layout="simple", file_format=format, timeout_s=rest)
    if picture is None:
        raise AnalyzerError(
            f"diagram: the layout failed or took longer than {timeout_s:g} s; show fewer artifacts"
            f" or {WAY_OUT}"
        )
    return finish_svg(picture) if format is PictureFormat.SVG else picture


def _run_child(
    dot: str, *, layout: str, file_format: PictureFormat, timeout_s: float
) -> bytes | None:
    """Return what the child wrote, None where it failed or was killed for taking too long.

    What the child writes to stderr is dropped: Graphviz and fontconfig warn about matters of their
    own.
    """
    # -P keeps the script's folder and the working folder out of the child's sys.path: no file of
    # the analysed project can stand in for a module. No other option: the child has to find
    # pygraphviz wherever this process found it.
    command = [sys.executable or "python", "-P", str(CHILD), layout, file_format.value]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Dates in files depend on neither clock nor place; the child does the rest.
            env={**os.environ, "SOURCE_DATE_EPOCH": "946684800", "TZ": "UTC"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise AnalyzerError(
            f"diagram: cannot start {command[0]} for the layout: {error.strerror}; {WAY_OUT}"
        ) from error
    with process:
        try:
            picture, _ = process.communicate(dot.encode(), timeout=max(timeout_s, 0.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return None
        except BaseException:
            # Such as KeyboardInterrupt: nothing may go on computing behind the caller's back, and
            # `subprocess` itself does not wait for the end of a child after an interrupt.
            process.kill()
            process.wait()
            raise
    if process.returncode == NO_GRAPHVIZ:
        raise AnalyzerError(
            "diagram: cannot load Graphviz, which comes with pygraphviz; install it again"
            f" or {WAY_OUT}"
        )
    return picture if process.returncode == 0 and picture else None
