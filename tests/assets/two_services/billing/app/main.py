from app.store import save
