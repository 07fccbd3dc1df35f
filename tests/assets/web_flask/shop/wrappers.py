"""Own ways to declare a route."""

from flask import Blueprint

from shop import settings

wrapped = Blueprint("wrapped_bp", __name__, url_prefix="/wrapped")


def versioned(rule):
    return f"/v{settings.VERSION}{rule}"


def maybe(rule):
    return "/tenant" + rule if settings.MULTI_TENANT else rule


def route(rule, **options):
    return wrapped.route(versioned(rule), **options)


def get(rule):
    def decorate(view):
        wrapped.add_url_rule(maybe(rule), view_func=view, methods=["GET"])
        return view

    return decorate


def add(rule, view, target=wrapped):
    target.add_url_rule("/added" + rule, view_func=view)


def crud(target, base, view):
    add(base, view, target)
    add(f"{base}/<int:number>", view, target=target)


@route("/simple")
def simple():
    return "simple"


@route("/posted", methods=["POST"])
def posted():
    return "posted"


@get("/got")
def got():
    return "got"


@wrapped.route(versioned("/direct"), methods=["GET", "POST"])
def direct():
    return "direct"


def thing(number=None):
    return "thing"


def other():
    return "other"


add("/other", other)
crud(wrapped, "/things", thing)


def register_wrapped(app):
    app.register_blueprint(wrapped)
