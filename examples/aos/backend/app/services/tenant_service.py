"""Tenants, keys and quotas."""

from ..models.tenant import AuditLog, PLAN_QUOTAS, Tenant


class TenantServiceError(Exception):
    """A tenant operation that failed."""


class QuotaExceededError(TenantServiceError):
    """The plan allows no more."""


class TenantService:
    """Creates tenants and counts what they use."""

    def __init__(self, session):
        self.session = session

    def create(self, name, owner) -> Tenant:
        """Check the plan, then create."""
        if PLAN_QUOTAS["tenants"] < 1:
            raise QuotaExceededError(name)
        AuditLog(what="tenant created", by=owner)
        return Tenant(name=name)


def get_tenant_service(session) -> TenantService:
    """A service on this session."""
    return TenantService(session)
