"""`explore --serve`: the page on localhost, anew whenever something changes."""

from __future__ import annotations

import gc
import hashlib
import json
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.cli.output import say
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError

if TYPE_CHECKING:
    from analyzer.model.names import ProjectPath

Build = Callable[[], str]
Stamps = dict[str, tuple[int, int]]
"""File -> when it was changed, and its size."""

_HOST = "127.0.0.1"
_LOOK_EVERY_S = 0.5
_SERVED = b'data-served="yes"'


def serve_page(session: Session, build: Build, *, port: int | None) -> None:
    """Build the page and serve it until somebody interrupts; prints the address.

    Raises:
        AnalyzerError: the first page cannot be built, or the port is in use.
    """
    # Commands run without collecting garbage, as they live for a moment; this one stays.
    gc.enable()
    try:
        server = _Server((_HOST, port or 0), _Handler)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AnalyzerError(
            f"port {port}: cannot be listened on: {reason}; name another with --port, or none"
        ) from error
    with server:
        # Whoever asks meanwhile waits: a port in use is told before anything is analysed.
        server.shown = ShownPage(build, lambda: find_stamps(session))
        say(f"analyzer: http://{_HOST}:{server.server_port}/ shows the page; Ctrl-C ends it")
        server.serve_forever(poll_interval=0.2)


class ShownPage:
    """The last good page, and what is wrong where the newest one could not be built."""

    def __init__(
        self, build: Build, find: Callable[[], Stamps], *, look_every_s: float = _LOOK_EVERY_S
    ) -> None:
        """Build the first page.

        Raises:
            AnalyzerError: it cannot be built.
        """
        self._build = build
        self._find = find
        self._look_every_s = look_every_s
        self._lock = threading.Lock()
        # Before the page is built: what changes meanwhile is seen afterwards.
        self._stamps = find()
        self._page = build().encode("utf-8", "backslashreplace")
        self._problem: str | None = None
        self._looked = time.monotonic()

    def look(self) -> tuple[str, str | None]:
        """What the page is known by, and what is wrong; builds anew where something changed."""
        with self._lock:
            if time.monotonic() - self._looked >= self._look_every_s:
                self._update()
                self._looked = time.monotonic()
            return self._version(), self._problem

    def get_page(self) -> bytes:
        """The newest page that could be built, with what it is known by."""
        self.look()
        with self._lock:
            known = f'data-served="{self._version()}"'.encode()
            return self._page.replace(_SERVED, known, 1)

    def _version(self) -> str:
        return hashlib.sha256(self._page).hexdigest()

    def _update(self) -> None:
        try:
            stamps = self._find()
        except (AnalyzerError, OSError) as error:
            # Whatever is there afterwards is something else.
            self._stamps = {}
            self._tell(str(error))
            return
        if stamps == self._stamps:
            return
        self._stamps = stamps
        try:
            self._page = self._build().encode("utf-8", "backslashreplace")
        except (AnalyzerError, OSError) as error:
            self._tell(str(error))
        except Exception as error:  # noqa: BLE001 - the last good page stays, and people are told
            self._tell(f"internal error: {type(error).__name__}: {error}")
        else:
            if self._problem is not None:
                say("analyzer: the page is up to date again")
            self._problem = None

    def _tell(self, problem: str) -> None:
        if problem != self._problem:
            say(f"analyzer: {problem}; the last good page stays")
        self._problem = problem


def find_stamps(session: Session) -> Stamps:
    """When everything was changed that the page is made of: code, configuration, registry.

    A configuration that cannot be read has the stamps of the project's own files, no more.

    Raises:
        AnalyzerError: the project is not there.
    """
    from analyzer.config import find_config  # noqa: PLC0415
    from analyzer.model.configuration import Config  # noqa: PLC0415
    from analyzer.model.globs import build_matcher  # noqa: PLC0415
    from analyzer.sources.files import list_files  # noqa: PLC0415

    project = session.project()
    try:
        config = session.config()
    except AnalyzerError:
        config = Config()
    listing = list_files(project=project, is_excluded=build_matcher(config.exclude))
    listed: list[ProjectPath] = list(listing.files)
    named = [session.config_option or find_config(project), *session.registry_option]
    named += [project / one for one in (*config.registry, config.baseline)]
    outside = [path for path in named if path is not None]
    outside += [file for path in outside if path.is_dir() for file in sorted(path.rglob("*"))]
    stamps: Stamps = {}
    for path in (*(project / one for one in listed), *outside):
        _note(stamps, path)
    return stamps


def _note(stamps: Stamps, path: Path) -> None:
    try:
        status = path.stat()
    except OSError:
        # Gone since it was listed: that is a change, too.
        return
    stamps[str(path)] = (status.st_mtime_ns, status.st_size)


class _Server(ThreadingHTTPServer):
    # A browser that keeps a connection open does not keep the command from ending.
    daemon_threads = True
    # A port that was just left can be had again; one that is in use cannot.
    allow_reuse_address = True
    shown: ShownPage

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has gone is no error, and nothing else is to be told in a traceback."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the page, or with what it is known by."""
        # A page of another host, whose name leads here, is told nothing.
        if (self.headers.get("Host") or "").partition(":")[0] not in ("127.0.0.1", "localhost"):
            self._answer(HTTPStatus.FORBIDDEN, "text/plain", b"ask for 127.0.0.1 or localhost\n")
        elif self.path == "/version":
            version, problem = self.server.shown.look()
            body = json.dumps({"version": version, "problem": problem}).encode()
            self._answer(HTTPStatus.OK, "application/json", body)
        elif self.path == "/":
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", self.server.shown.get_page())
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"there is only /\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: what matters is said where it happens."""

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(body)
