"""Tables, engine and sessions. Nearly everything imports this."""

from contextlib import asynccontextmanager


class Row(dict):
    """A row of some table."""

    def __init__(self, **columns):
        super().__init__(columns)
        self.__dict__ = self


class Agent(Row):
    """An agent."""


class Run(Row):
    """One execution of a goal."""


class ApprovalRequest(Row):
    """A person has to say yes."""


class CostRecord(Row):
    """Money spent on one call."""


class CostBudget(Row):
    """Money a tenant may spend."""

    cents = 0


class CostAnomaly(Row):
    """Spending that looks wrong."""


class StatusHistory(Row):
    """One change of status."""


class PolicyApprovalLevel(Row):
    """How high an approver must be."""


class Engine:
    """Stands for the database."""

    def queued(self, table) -> list:
        """Rows that wait."""
        return []

    all = one = add = queued


engine = Engine()


def init_db():
    """Create the tables."""


def get_session() -> Engine:
    """A session for one request."""
    return engine


get_engine = get_sync_engine = get_session


@asynccontextmanager
async def get_async_session():
    """The same, for coroutines."""
    yield engine


def get_async_session_factory():
    """Makes such sessions."""
    return get_async_session
