from flask import Flask

from shop import extensions, settings
from shop.views import admin, orders, pages, people


class Shop(Flask):
    """An own kind of application."""

    def __init__(self, *args, **kwargs):
        super().__init__(__name__, *args, **kwargs)


def create_app(config=None):
    from shop.api import register_api
    from shop.loops import register_lists
    from shop.more import register_more
    from shop.wrappers import register_wrapped

    app = Shop(static_folder="static")
    app.config.update(config or {})

    @app.route("/health")
    def health():
        return "ok"

    @app.get("/version")
    @app.get("/about/version")
    def version():
        return str(settings.VERSION)

    pages.init_app(app)
    people.register(app)
    app.register_blueprint(orders.bp, url_prefix="/sales")
    app.register_blueprint(orders.bp, name="orders_again", url_prefix="/archive/")
    app.register_blueprint(admin.admin)
    # app.register_blueprint(reports.reports, url_prefix="/reports")
    register_api(app)
    register_lists(app=app)
    register_wrapped(app)
    register_more(app)
    # lost_api.init_app(app)
    extensions.plugins.init_app(app)
    return app
