from flask import Blueprint
from flask_restful import Api

from shop.api.ext import api as own_api
from shop.api.resources import Basket, Baskets, Stock, area_api, v3_api

v2 = Blueprint("v2", __name__, url_prefix="/v2")
v2_api = Api(v2, prefix="/rest")
v2_api.add_resource(Stock, "/stock", "/stock/<string:sku>", endpoint="v2_stock")


@v2.route("/plain")
def plain():
    return "plain"


def register_api(app):
    api = Api(app, prefix="/restful")
    api.add_resource(Baskets, "/baskets")
    api.add_resource(Basket, "/basket/<int:number>", "/cart/<int:number>")
    own_api.init_app(app)
    app.register_blueprint(v2)
    app.register_blueprint(area_api.blueprint)
    v3_api.init_app(app)
