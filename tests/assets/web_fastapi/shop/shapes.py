"""Class-based views."""

from fastapi import APIRouter
from fastapi_utils.cbv import cbv

router = APIRouter(prefix="/round")
other = APIRouter()


@cbv(router)
class Circles:
    @router.get("/circles")
    def list_circles(self):
        return []

    @router.post("/circles")
    def add_circle(self):
        return {}


@cbv(other, "/square")
class Square:
    def get(self):
        return {}

    def post(self):
        return {}


router.include_router(other, prefix="/edged")
