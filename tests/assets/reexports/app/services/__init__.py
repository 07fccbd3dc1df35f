from .tenants import TenantService as Tenants
from .billing import (
    Invoice,  # the main one
    charge,
)
from .stars import *
from . import clock

VERSION = 1
