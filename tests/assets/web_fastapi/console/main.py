"""Another application, built by a function: `uvicorn --factory console.main:create_app`."""

from fastapi import APIRouter, Depends, FastAPI

from shop.versions import router as versions_router

status = APIRouter(prefix="/status")


@status.get("/{part}")
def read_part(part: str):
    return part


def create_app(testing: bool = False) -> FastAPI:
    app = FastAPI(title="Console")

    @app.get("/ping")
    def ping():
        return "pong"

    _configure(app)
    return app


def _configure(app: FastAPI):
    routers = [status]
    if True:
        routers.append(versions_router)
    for router in routers:
        app.include_router(router, prefix="/console")


app = create_app()
