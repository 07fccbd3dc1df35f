"""Orders over HTTP."""

from app.services import OrderService

router = OrderService
