"""A worker that plans a business. The folder above is no package."""

from .schemas.brand import BrandSchema
from .worker import BusinessBuilderWorker

__all__ = ["BrandSchema", "BusinessBuilderWorker"]
