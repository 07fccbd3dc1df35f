from flask import Blueprint

extra = Blueprint("extra", __name__, url_prefix="/ignored")


@extra.route("/")
@extra.route("")
def root():
    return "extra"
