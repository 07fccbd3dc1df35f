import app.services as s

print(s.LIMIT)
