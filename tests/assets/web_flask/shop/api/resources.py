from flask import Blueprint
from flask_restful import Api, Resource

v3_api = Api(prefix="/v3")
lost_api = Api(prefix="/lost")


class Base(Resource):
    def get(self, **kwargs):
        return {}


class Stock(Base):
    def post(self, **kwargs):
        return {}


class Baskets(Resource):
    def get(self):
        return []

    def post(self):
        return {}


class Basket(Base):
    def delete(self, number):
        return {}


@v3_api.resource("/tags", "/labels")
class Tags(Resource):
    def get(self):
        return []


@lost_api.resource("/lost")
class Lost(Resource):
    def get(self):
        return []


area_api = Api(Blueprint("area", __name__, url_prefix="/area"))


@area_api.resource("/fields")
class Fields(Resource):
    def get(self):
        return []
