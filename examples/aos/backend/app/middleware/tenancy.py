"""The older way to find a tenant: a header."""


class TenancyMiddleware:
    """Reads the header."""


def get_tenant_id(header: str = "demo") -> str:
    """The tenant's id."""
    return header
