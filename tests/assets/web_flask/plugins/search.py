from flask import Blueprint


class Search:
    blueprint = Blueprint("search", __name__)

    def register(self, app, url_prefix):
        app.register_blueprint(self.blueprint, url_prefix=url_prefix)


search = Search()


@search.blueprint.get("/find")
def find():
    return []
