from app.services import Tenants, charge
