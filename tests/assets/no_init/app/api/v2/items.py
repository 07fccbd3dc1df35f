import app.db
from . import shared
