from fastapi import APIRouter

from shop.api import carts
from shop.api.orders import router as orders_router
from shop.api.v2 import *
from shop.settings import ORDERS, VERSION

api_router = APIRouter(prefix=f"/v{VERSION}")
api_router.include_router(orders_router, prefix=ORDERS)
api_router.include_router(carts.router)
# The same one twice.
api_router.include_router(carts.router, prefix="/old" + "/carts", tags=["old"])
api_router.include_router(newest, prefix="/newest")
