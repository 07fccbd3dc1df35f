"""Starlette's own kinds of routes on a router of FastAPI: its prefix does not hold for them."""

from fastapi import APIRouter
from starlette.endpoints import HTTPEndpoint
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

jobs = APIRouter(prefix="/jobs", routes=[Route("/built-in", lambda request: None)])
sub = APIRouter()


@jobs.get("/next")
def next_job():
    return {}


@jobs.route("/raw-jobs", methods=["GET", "POST"])
async def raw_jobs(request):
    return PlainTextResponse("")


@jobs.websocket_route("/raw-jobs-live")
async def raw_live(websocket):
    await websocket.accept()


@jobs.route("/job-page")
class JobPage(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("")

    async def delete(self, request):
        return PlainTextResponse("")


@sub.get("/below")
def below():
    return ""


jobs.mount("/job-tools", sub)
jobs.routes.append(Route("/appended", raw_jobs))
jobs.routes.extend([Mount("/more", routes=[Route("/one", raw_jobs, methods=["PUT"])])])
