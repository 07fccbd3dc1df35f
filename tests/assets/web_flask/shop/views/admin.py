from flask import Blueprint

admin = Blueprint("admin", __name__, url_prefix="/admin")
users = Blueprint("users", __name__, url_prefix="/users")
roles = Blueprint("roles", __name__, url_prefix="/roles")


@admin.get("/")
def index():
    return "admin"


@users.get("/")
def user_list():
    return []


@roles.get("/<name>")
def role(name):
    return name


users.register_blueprint(roles)
admin.register_blueprint(users)
