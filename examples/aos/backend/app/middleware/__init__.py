"""What happens around every request."""

from .tenancy import TenancyMiddleware, get_tenant_id
from .tenant import TenantContext, TenantMiddleware

__all__ = ["TenancyMiddleware", "TenantContext", "TenantMiddleware", "get_tenant_id"]
