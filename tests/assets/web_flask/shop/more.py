"""Less common ways, all seen in real programs."""

from importlib import import_module

from flask import Blueprint
from flask.views import MethodView


class Area(Blueprint):
    """A blueprint of a kind of its own."""

    def __init__(self, name, **options):
        super().__init__(name, __name__, url_prefix="/areas/" + name, **options)
        self.add_url_rule("/about", view_func=self.about)

    def about(self):
        return self.name

    def page(self, address):
        return self.route("/page" + address)


north = Area("north")
south = Area(name="south")


@north.page("/map")
def north_map():
    return "map"


@south.get("/map")
def south_map():
    return "map"


east = Blueprint("east", __name__)
AREAS = {"east": east, "west": Blueprint("west", __name__)}


class Tools:
    @staticmethod
    def register(app, prefix=None):
        if prefix is None:
            prefix = "/tools"
        tools = Blueprint("tools", __name__)
        tools.add_url_rule("/list", view_func=Tools.list_all)
        app.register_blueprint(tools, url_prefix=prefix)

    @staticmethod
    def list_all():
        return []


class Crud(MethodView):
    def __init__(self, name):
        self.name = name

    def get(self):
        return []

    def post(self):
        return []


def register_crud(app, *names, **options):
    for name in names:
        app.add_url_rule(f"/crud/{name}", view_func=Crud.as_view(f"crud_{name}", name), **options)


def register_tree(target, tree):
    for name, inner in tree.items():
        blueprint = Blueprint(name, __name__, url_prefix=f"/{name}")
        blueprint.add_url_rule("/leaf", endpoint="leaf", view_func=leaf)
        if inner:
            register_tree(blueprint, inner)
        target.register_blueprint(blueprint)


def leaf():
    return "leaf"


def add_fallback(app, rule=None, name="fallback"):
    app.add_url_rule("/fallback" + (rule or "/default"), name, leaf)


def register_more(app, *, with_tools=True):
    for blueprint in (north, south):
        app.register_blueprint(blueprint)
    for name, blueprint in AREAS.items():
        app.register_blueprint(blueprint, url_prefix="/%s" % name)
    for name in ["alpha", "beta"]:
        module = import_module(f"shop.named.{name}")
        app.register_blueprint(module.bp, url_prefix="/named")
        app.register_blueprint(getattr(module, "second_bp"))
    if with_tools:
        Tools.register(app)
    register_crud(app, "cats", "dogs")
    register_crud(app, "birds", methods=["GET"])
    register_tree(app, {"root": {"branch": {}}})
    kinds = ["red", "blue"]
    for first in kinds:
        for second in kinds:
            app.add_url_rule(f"/mix/{first}/{second}", f"{first}_{second}", leaf)
    add_fallback(app)
    add_fallback(app, "/given", name="given")
    app.route("/by-call", methods=["POST"])(leaf)
    with app.app_context():
        from shop.named import late

        late.attach(app)


@east.get("/sunrise")
def sunrise():
    return "sunrise"
