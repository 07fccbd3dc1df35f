from app.services import Tenants
