import app.services as s
from app.services import Gone, LIMIT

print(s.timeout)
