from app.services.reports import report
