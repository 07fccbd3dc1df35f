from app.api import users
from app.api.v2.items import router
