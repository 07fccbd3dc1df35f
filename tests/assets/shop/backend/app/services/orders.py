from app import db
from app.queue import publish


class OrderService:
    def pay(self):
        from app.services.mail import send

        send()
