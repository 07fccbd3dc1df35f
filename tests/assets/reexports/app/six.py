from app.facade import Tenants
