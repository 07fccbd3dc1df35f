"""Tables that came later; the oldest are still in db."""

from app.models.tenant import (
    APIKey,
    AuditLog,
    PLAN_QUOTAS,
    Tenant,
    User,
    WorkerConfig,
    WorkerRegistry,
    WorkerRun,
)

__all__ = [
    "APIKey",
    "AuditLog",
    "PLAN_QUOTAS",
    "Tenant",
    "User",
    "WorkerConfig",
    "WorkerRegistry",
    "WorkerRun",
]
