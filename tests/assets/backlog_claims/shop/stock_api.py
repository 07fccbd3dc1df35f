from shop.stock import STOCK
