import app.services
