from shop import free
from shop.prices import PRICE


def bill() -> int:
    return PRICE - free.rebate()
