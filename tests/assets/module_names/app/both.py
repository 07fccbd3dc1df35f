import app.services as a, app.services.reports as b

a.TenantService, b.Monthly
