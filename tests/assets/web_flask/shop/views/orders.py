import flask

bp = flask.Blueprint("orders", __name__, url_prefix="/orders")
lines = flask.Blueprint("lines", __name__, url_prefix="lines/")
notes = flask.Blueprint("notes", __name__)

DETAIL = "/<uuid:order>"


@bp.route("/", methods=["GET", "POST"])
def orders():
    return []


@bp.route(DETAIL + "/status", methods=["PUT"])
async def status(order):
    return {}


@lines.route("/<int:line>")
def line(line):
    return {}


@notes.get("/notes")
def note_list():
    return []


lines.register_blueprint(notes)
bp.register_blueprint(lines, url_prefix="/by-line")
