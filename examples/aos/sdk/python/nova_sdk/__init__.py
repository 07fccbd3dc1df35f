"""The older client library."""

from .client import NovaClient

__all__ = ["NovaClient"]
