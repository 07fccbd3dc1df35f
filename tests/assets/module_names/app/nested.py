import app.services as s

s.reports.Monthly()
