import functools

from flask import Blueprint
from flask.views import MethodView, View

pages = Blueprint("pages", __name__)


def logged(view):
    @functools.wraps(view)
    def inner(*args, **kwargs):
        return view(*args, **kwargs)

    return inner


@pages.route("/")
@pages.route("/home", methods=["GET", "POST"])
@logged
def home():
    return "home"


@logged
def imprint():
    return "imprint"


def terms():
    return "terms"


class About(View):
    def dispatch_request(self):
        return "about"


class Contact(View):
    methods = ["GET", "POST"]

    def dispatch_request(self):
        return "contact"


class Readable(MethodView):
    def get(self, number=None):
        return "one"


class Item(Readable):
    """Takes one method from its base."""

    decorators = [logged]

    @logged
    def put(self, number):
        return "changed"

    def delete(self, number):
        return "gone"


class Upload(MethodView):
    init_every_request = False

    def get(self):
        return "form"

    def post(self):
        return "taken"


class Narrow(MethodView):
    methods = {"POST"}

    def get(self):
        return "never"

    def post(self):
        return "taken"


item_view = Item.as_view("item")


def init_app(app):
    pages.add_url_rule("/imprint", view_func=imprint)
    pages.add_url_rule("/terms", "terms_of_use", terms, methods=("GET", "HEAD"))
    pages.add_url_rule("/wrapped", endpoint="wrapped", view_func=logged(terms))
    pages.add_url_rule("/about", view_func=About.as_view("about"))
    app.add_url_rule("/contact", view_func=Contact.as_view("contact"))
    app.add_url_rule("/items/<int:number>", view_func=item_view)
    app.add_url_rule("/items/", view_func=item_view, methods=["GET"], defaults={"number": None})
    app.add_url_rule("/upload", view_func=logged(Upload.as_view("upload")), methods=["POST"])
    app.add_url_rule("/narrow", view_func=Narrow.as_view("narrow"))
    app.register_blueprint(pages)
