from fastapi import APIRouter


def get_report_router() -> APIRouter:
    router = APIRouter(prefix="/daily")

    @router.get("/sales")
    def sales():
        return []

    router.add_api_route("/stock", stock)
    return router


def stock():
    return []


def make_router(prefix, *, suffix="/towns"):
    towns = APIRouter(prefix=prefix + suffix)

    @towns.get("/list")
    def list_towns():
        return []

    return towns
