from app.services.pricing import price


def refund(): ...
