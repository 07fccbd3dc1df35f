"""Which tenant does a key belong to? In a circle with tier_gating."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tier_gating import TenantTier


class TenantContext:
    """The tenant of this request."""

    tenant = "demo"

    def tier(self) -> "TenantTier":
        """Its plan, as a tier."""
        from .tier_gating import resolve_tier

        return resolve_tier(self.tenant)


def get_tenant_context(key: str = "") -> TenantContext:
    """Look the key up."""
    from ..db import get_session
    from ..models.tenant import APIKey, Tenant

    get_session().one((APIKey, Tenant))
    return TenantContext()
