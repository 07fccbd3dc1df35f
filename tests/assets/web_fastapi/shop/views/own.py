from fastapi import APIRouter, FastAPI


class OwnRouter(APIRouter):
    """Has a prefix of its own, and registers things by itself."""

    def __init__(self, name: str, **kwargs):
        super().__init__(prefix=f"/own/{name}", **kwargs)
        self.add_api_route("/about", self.about)

    def about(self):
        return ""

    def crud(self, path, handler):
        self.add_api_route(path, handler, methods=["GET"])
        self.add_api_route(path, handler, methods=["POST"])


class OwnApp(FastAPI):
    pass


class PlainRouter(OwnRouter):
    pass
