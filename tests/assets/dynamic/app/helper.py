import importlib

from app import tables


def load(name, *, attribute=None):
    return importlib.import_module(name)


load("app.db")
load(name="app.mail")
for one in tables.PLUGINS:
    load(one)
