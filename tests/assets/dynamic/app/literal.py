import builtins
import importlib
from importlib import import_module as load
from importlib.util import find_spec

importlib.import_module("app.db")
load(".mail", package=__package__)
load(name=".queue", package="app")
__import__("app.plugins.pdf")
builtins.__import__("plugins.xml", None, None, (), 1)
__import__("app.plugins", fromlist=["csv"])
find_spec("app.db")
load("json")
load("app.nowhere")
load(unknown)


def later():
    return load("app." + "queue")
