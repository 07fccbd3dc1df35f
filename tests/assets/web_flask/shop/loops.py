from flask import Blueprint

from shop import listed
from shop.listed import first, second

third = Blueprint("third", __name__, url_prefix="/third")


@third.get("/x")
def third_x():
    return "x"


def one():
    return "1"


def two():
    return "2"


BLUEPRINTS = [first, second]
BLUEPRINTS.append(third)

ADDRESSES = [("/one", one), ("/two", two)]


def register_lists(app):
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for address, view in ADDRESSES:
        app.add_url_rule(address, view_func=view, methods=["GET"])
    for version in ("v1", "v2"):
        app.register_blueprint(listed.versioned, name=f"versioned_{version}", url_prefix=f"/{version}/listed")
    for blueprint, prefix in [(listed.left, "/l"), (listed.right, "/r")]:
        app.register_blueprint(blueprint, url_prefix=prefix)
    for module in (listed,):
        module.setup(app)
    for build in [listed.build_made, listed.build_other]:
        app.register_blueprint(build())
