import app.services as s

find = getattr(s, 'x')
s.TenantService
