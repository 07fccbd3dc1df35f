"""Which tier may use which feature."""


class TenantTier:
    """Observe, react, prevent, assist, govern."""


def resolve_tier(plan: str) -> TenantTier:
    """From the name of a plan."""
    return TenantTier()


def requires_tier(tenant: str = ""):
    """A dependency that refuses lower tiers."""
    from .tenant_auth import get_tenant_context

    return get_tenant_context(tenant)


requires_feature = requires_tier
