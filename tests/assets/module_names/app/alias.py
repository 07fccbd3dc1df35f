import app.services as s

tenants = s.TenantService()
# s.Invoice is not used
