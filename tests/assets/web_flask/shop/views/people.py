from flask import Blueprint as B

from shop import settings

people = B("people", __name__, url_prefix=f"{settings.API_PREFIX}/people")
routes = people


@routes.get("")
def list_people():
    return []


@routes.post("/")
def add_person():
    return {}


@routes.put("/<int:number>")
def change_person(number):
    return {}


@routes.patch("/<int:number>")
def mend_person(number):
    return {}


@routes.delete("/<int:number>")
def drop_person(number):
    return {}


def register(target):
    target.register_blueprint(people)
