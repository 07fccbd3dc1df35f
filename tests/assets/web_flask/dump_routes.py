"""Print what an application really answers to: `dump_routes.py module:attribute`."""

import importlib
import inspect
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
DECLARED = {}


def explicit_methods(rule, view):
    """The methods that were asked for: Flask adds HEAD and OPTIONS to others by itself."""
    written = DECLARED.get((rule.rule, rule.endpoint))
    if written is None:
        written = getattr(view, "methods", None) or ["GET"]
    return {method.upper() for method in written}


def watch():
    """Note the methods as they are given, before Flask adds its own."""
    from flask import Flask

    add = Flask.add_url_rule

    def add_url_rule(self, rule, endpoint=None, view_func=None, **options):
        name = endpoint if endpoint is not None else getattr(view_func, "__name__", None)
        DECLARED[(rule, name)] = options.get("methods")
        return add(self, rule, endpoint, view_func, **options)

    Flask.add_url_rule = add_url_rule


def handler_of(view, method):
    cls = getattr(view, "view_class", None)
    if cls is not None:
        view = getattr(cls, method.lower(), None) or cls.dispatch_request
    view = inspect.unwrap(view)
    name = view.__qualname__.replace("<locals>.", "")
    return Path(inspect.getsourcefile(view)).relative_to(HERE).as_posix(), name


def main():
    watch()
    module, attribute = sys.argv[1].split(":")
    app = getattr(importlib.import_module(module), attribute)
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.endswith(".static"):
            continue
        view = app.view_functions[rule.endpoint]
        for method in explicit_methods(rule, view):
            file, name = handler_of(view, method)
            found.append([method, rule.rule, file, name])
    print(json.dumps(sorted(found), indent=1))


main()
