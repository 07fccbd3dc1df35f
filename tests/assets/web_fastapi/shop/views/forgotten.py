"""Two routers that lead nowhere: nobody takes in the outer one."""

from fastapi import APIRouter

outer = APIRouter(prefix="/outer")
inner = APIRouter()


@inner.get("/inner")
def read_inner():
    return ""


outer.include_router(inner, prefix="/in")
