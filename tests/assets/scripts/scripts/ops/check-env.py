import helpers
from core.db import connect
