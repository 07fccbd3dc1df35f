"""The application: what uvicorn runs."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from shop import hooks, jobs, shapes
from shop.api import api_router
from shop.classes import Registry, UserApi
from shop.factories import get_report_router, make_router
from shop.loops import include_all
from shop.registering import register, register_versions
from shop.settings import settings
from shop.site import site
from shop.views.own import OwnApp

app = OwnApp(title="Shop", root_path="/behind-a-proxy")
internal = FastAPI(docs_url=None)


@app.get("/")
def index():
    return "shop"


@app.get("/health")
@app.head("/health")
async def health():
    return "ok"


@internal.get("/metrics")
def metrics():
    return ""


@internal.api_route("/flush", methods=["POST", "DELETE"])
def flush():
    return ""


app.include_router(api_router, prefix=settings.api_prefix)
app.include_router(get_report_router(), prefix="/reports")
app.include_router(make_router("/north"), prefix="/regions")
app.include_router(make_router("/south"), prefix="/regions")
register(app)
register_versions(app, prefix="/v3")
register_versions(internal, prefix="/v4")
include_all(app)
app.include_router(UserApi(service=object()).router, prefix="/people")
Registry().mount_on(app)
hooks.install(app)
if settings.admin_prefix:
    from shop.views.admin import router as admin_router

    app.include_router(admin_router, prefix=settings.admin_prefix)
try:
    from shop.views import optional
except ImportError:
    optional = None
else:
    app.include_router(optional.router)
app.mount("/static", StaticFiles(directory=".", check_dir=False), name="static")
app.mount("/internal", internal)
app.mount("/site", app=site)
app.include_router(router=shapes.router, prefix="/shapes")
app.include_router(jobs.jobs)
# app.include_router(retired_router, prefix="/retired")
