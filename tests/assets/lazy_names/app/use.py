from app.by_getattr import TenantService
from app.by_getattr import Invoice, tenants
from app.by_structure import Clock, Timer
from app.by_loader import Mail, post
from app.by_path import Report
import app.by_getattr as lazy

lazy.Invoice, lazy.TenantService
