from . import mail
from .billing import (
    Invoice,
    charge as bill,
)
from .tenants import TenantService

LIMIT = 3


def configure(**options):
    globals().update(options)
