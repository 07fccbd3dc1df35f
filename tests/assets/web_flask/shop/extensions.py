from plugins.search import search

from flask import Blueprint


class Plugins:
    """Takes the plugins in: an extension as Flask's documentation advises to write one."""

    def __init__(self, app=None):
        self.pages = Blueprint("plugin_pages", __name__, url_prefix="/plugins")
        if app is not None:
            self.init_app(app)

    def init_app(self, app):
        self.pages.add_url_rule("/list", view_func=self.list_all)
        app.register_blueprint(self.pages)
        search.register(app, url_prefix="/plug-in-search")

    def list_all(self):
        return []


plugins = Plugins()
