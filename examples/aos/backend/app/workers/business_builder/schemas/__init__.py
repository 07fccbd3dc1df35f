"""What the worker is given."""

from .brand import BrandSchema, ForbiddenClaim, ToneRule

__all__ = ["BrandSchema", "ForbiddenClaim", "ToneRule"]
