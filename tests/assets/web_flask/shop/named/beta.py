from flask import Blueprint

bp = Blueprint("named_beta", __name__)
second_bp = Blueprint("second_beta", __name__, url_prefix="/second")


@bp.get("/beta")
def page():
    return "beta"


@second_bp.get("/beta")
def second():
    return "beta"
