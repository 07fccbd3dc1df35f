from app.services import Star
