from app import other
import app.syntax
