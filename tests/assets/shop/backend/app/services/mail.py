from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.orders import OrderService


def send(): ...
