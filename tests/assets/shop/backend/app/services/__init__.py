from .mail import send
from .orders import OrderService
