"""A shop: one application, built by a factory from many modules."""

from shop.factory import create_app

__all__ = ["create_app"]
