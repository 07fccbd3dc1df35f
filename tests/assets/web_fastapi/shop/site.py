"""A Starlette application that is mounted on another one."""

import functools

from starlette.applications import Starlette
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.responses import PlainTextResponse
from starlette.routing import Host, Mount, Route, Router, WebSocketRoute
from starlette.staticfiles import StaticFiles


class Pages(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("")

    async def put(self, request):
        return PlainTextResponse("")


class SpecialPages(Pages):
    async def post(self, request):
        return PlainTextResponse("")


class Chat(WebSocketEndpoint):
    encoding = "text"


async def home(request):
    return PlainTextResponse("")


async def echo(websocket):
    await websocket.accept()


def greet(word, request):
    return PlainTextResponse(word)


docs = Router(routes=[Route("/read", home)])
docs.add_route("/write", home, methods=["POST"])
docs.add_websocket_route("/follow", echo)
by_name = Starlette(routes=[Route("/by-name", home)])
by_list = [
    Route("/greet", functools.partial(greet, "hello")),
    Route("/head", home, methods=["HEAD"]),
]
by_list += [Route("/added", home)]

site = Starlette(
    debug=True,
    routes=[
        Route("/", home),
        Route("/pages/{name}", endpoint=Pages),
        Route("/special", SpecialPages),
        Route("/form", home, methods=["GET", "POST"]),
        WebSocketRoute("/chat", Chat),
        WebSocketRoute("/echo", endpoint=echo),
        Mount(
            "/nested/",
            routes=[
                Route("/one", home),
                Mount("/deep", routes=[*by_list]),
            ],
        ),
        Mount("/docs-of-site", app=docs),
        Mount("/files", StaticFiles(directory=".", check_dir=False)),
        Host("names.example.org", app=by_name),
    ],
)
site.mount("/again", docs)
