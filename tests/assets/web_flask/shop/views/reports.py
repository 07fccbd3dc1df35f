from flask import Blueprint

reports = Blueprint("reports", __name__, url_prefix="/reports")
old_area = Blueprint("old_area", __name__, url_prefix="/old")
inner = Blueprint("inner", __name__, url_prefix="/inner")
forgotten = Blueprint("forgotten", __name__)
unused_helper = Blueprint("unused_helper", __name__)
empty = Blueprint("empty", __name__)


@reports.get("/daily")
def daily():
    return "daily"


@inner.get("/deep")
def deep():
    return "deep"


@forgotten.route("/forgotten", methods=["GET", "DELETE"])
def forgotten_page():
    return "forgotten"


@unused_helper.get("/never")
def never():
    return "never"


old_area.register_blueprint(inner)


def mount_never(app):
    app.register_blueprint(unused_helper, url_prefix="/helper")
