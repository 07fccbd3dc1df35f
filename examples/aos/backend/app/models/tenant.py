"""Customers and what belongs to them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..auth.tier_gating import TenantTier

PLAN_QUOTAS = {"tenants": 1, "runs": 1000}


class Record(dict):
    """A row."""

    def __init__(self, **columns):
        super().__init__(columns)


class Tenant(Record):
    """A customer."""

    def tier(self) -> "TenantTier":
        """What this customer pays for."""
        from ..auth.tier_gating import resolve_tier

        return resolve_tier(self.get("plan", "free"))


class User(Record):
    """A person."""


class APIKey(Record):
    """A key of a tenant."""


class AuditLog(Record):
    """Who did what."""


class WorkerRegistry(Record):
    """A kind of worker."""


class WorkerConfig(Record):
    """Its settings for one tenant."""


class WorkerRun(Record):
    """One run of it."""


class FounderAction(Record):
    """A founder's intervention."""
