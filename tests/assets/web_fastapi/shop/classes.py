from fastapi import APIRouter, FastAPI, Query


class UserApi:
    def __init__(self, service):
        self.service = service
        self.router = APIRouter(prefix="/users")
        self._add_routes()
        self.router.get("/names")(self.names)

    def _add_routes(self):
        self.router.add_api_route("/", self.list_users, methods=["GET"])
        self.router.add_api_route("/{user_id}", self.show_user, methods=["GET", "HEAD"])

    def list_users(self):
        return []

    def show_user(self, user_id: int):
        return {}

    def names(self):
        return []


class Base:
    prefix = "/base"

    def __init__(self):
        self.router = APIRouter(prefix=self.prefix)
        self.register()

    def register(self):
        raise NotImplementedError


class Users(Base):
    prefix = "/based-users"

    def register(self):
        self.router.add_api_route("/all", self.all_users)

    def all_users(self):
        return []


class Registry:
    """Keeps what it is given in a list."""

    def __init__(self):
        self.routers = []
        self.routers.append(Users().router)
        self._collect(tools)

    def _collect(self, router):
        self.routers += [router]

    def mount_on(self, app: FastAPI):
        for router in self.routers:
            app.include_router(router, prefix="/kept")


tools = APIRouter()


@tools.get("/tools")
def list_tools(limit: int = Query(10)):
    return []
