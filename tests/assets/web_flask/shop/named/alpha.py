from flask import Blueprint

bp = Blueprint("named_alpha", __name__)
second_bp = Blueprint("second_alpha", __name__, url_prefix="/second")


@bp.get("/alpha")
def page():
    return "alpha"


@second_bp.get("/alpha")
def second():
    return "alpha"
