from app.services import clock
