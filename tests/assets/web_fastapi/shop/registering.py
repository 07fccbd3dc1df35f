from fastapi import APIRouter, FastAPI

from shop import versions

late = APIRouter()


@late.get("/late")
def come_late():
    return ""


def register(application: FastAPI) -> None:
    _deeper(application, [late])


def _deeper(application, routers):
    for router in routers:
        application.include_router(router, prefix="/registered")


def register_versions(target: FastAPI, prefix: str = "/v2"):
    target.include_router(versions.router, prefix=f"{prefix}/versions")
