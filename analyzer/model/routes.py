"""What web applications answer to, and which of it leads to an application."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.names import ProjectPath


class Endpoint(Struct, frozen=True):
    """One method of one address of a web application, and the code that answers."""

    path: ProjectPath
    """The file that the handler is defined in; where that is not known, the one that names it."""
    line: int
    """1-based line of the handler's route decorator; of one without, of its definition."""
    method: str
    """In upper case; `WEBSOCKET` for a web socket, `ANY` where every method is taken."""
    route: str
    """The full address as the framework spells it, `/users/{user_id}`."""
    handler: str
    """The name of the function or method in its file, `create_user` or `Users.post`."""
    declared_in: ProjectPath
    """The file with the statement that connects address and handler."""
    declared_line: int
    """1-based line of that statement."""
    application: ProjectPath | None
    """The file that builds the application that this is mounted on; nothing where it is none."""
    is_doubtful: bool = False
    """Whether that it is none is not known: something that cannot be followed may mount it."""

    def sort_key(self) -> tuple[str, int, str, str, str, str]:
        """The handler's place, then the address."""
        application = self.application or ""
        return (self.path, self.line, self.route, self.method, self.handler, application)

    @property
    def is_mounted(self) -> bool:
        """Whether an application answers to it."""
        return self.application is not None


class UnmountedRouter(Struct, frozen=True, order=True):
    """A router with routes that no application is seen to take in."""

    path: ProjectPath
    line: int
    """1-based line that builds it."""
    name: str
    """What it is called in its file: `router`."""
    explanation: str
    """Why: the line that would mount it but is commented out, the router that takes it in but is
    itself mounted nowhere, or that no line does; of a doubtful one, what may mount it."""
    is_doubtful: bool = False
    """Whether something that cannot be followed may mount it: nothing is claimed then."""


class Application(Struct, frozen=True, order=True):
    """An object that a web server runs."""

    path: ProjectPath
    line: int
    name: str
    """What it is called in its file: `app`; of one that a function builds, `create_app`."""
    framework: str
    """`FastAPI`, `Starlette`, `Flask` or `Django`."""


class RouteFacts(Struct, frozen=True):
    """Everything that is known about routes. All tuples are sorted and hold nothing twice."""

    applications: tuple[Application, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    unmounted: tuple[UnmountedRouter, ...] = ()
