"""Sets a Django project up for real and prints the endpoints that its resolver answers to.

Run in the project's folder, with the name of its settings: one JSON list of
[method, route, file, handler].
"""

import inspect
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]

import django

django.setup()

from types import SimpleNamespace

from django.test import RequestFactory
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
IMPLIED = {"HEAD", "OPTIONS"}


def text_of(pattern):
    if isinstance(pattern, LocalePrefixPattern):
        return ""
    text = str(pattern)
    return re.sub(r"(?<!\\)\$$", "", text.removeprefix("^")) if isinstance(pattern, RegexPattern) else text


def file_of(module):
    file = getattr(sys.modules.get(module), "__file__", None)
    path = Path(file).relative_to(os.getcwd()) if file and file.startswith(os.getcwd()) else None
    return None if path is None else path.as_posix()


def methods_of_function(view):
    """Calls it with every method: 405 is what decorators answer to the others."""
    allowed = set()
    for method in METHODS:
        request = RequestFactory().generic(method, "/", HTTP_HOST="localhost")
        request.user = SimpleNamespace(is_active=True, is_authenticated=True, is_staff=True)
        try:
            code = view(request).status_code
        except TypeError:
            # It got as far as the view itself, which wants what stands in the address.
            code = 200
        if code != 405:
            allowed.add(method)
    return ["ANY"] if allowed == set(METHODS) else sorted(allowed)


def name_of_method(cls, name):
    is_own = name in vars(cls) and file_of(cls.__module__)
    return f"{cls.__qualname__}.{name}" if is_own else cls.__qualname__


def defined_in_project(cls, name):
    return any(name in vars(one) and file_of(one.__module__) for one in cls.__mro__)


def endpoints_of(view):
    """(method, module, handler) of one view."""
    cls = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if cls is None:
        plain = inspect.unwrap(view)
        plain = getattr(plain, "func", plain)
        if not hasattr(plain, "__qualname__"):
            plain = type(plain)
        for method in ["ANY"] if isinstance(plain, type) else methods_of_function(view):
            yield method, plain.__module__, plain.__qualname__
        return
    allowed = getattr(view, "view_initkwargs", {}).get("http_method_names", cls.http_method_names)
    is_function = not isinstance(getattr(sys.modules[cls.__module__], cls.__name__), type)
    actions = getattr(view, "actions", None) or {name.lower(): name.lower() for name in METHODS}
    for method, action in actions.items():
        if not hasattr(cls, action) or method not in allowed:
            continue
        is_mapped = getattr(view, "actions", None) is not None
        if is_mapped and method == "head" and actions.get("get") == action and not hasattr(
            getattr(cls, action), "mapping"
        ):
            continue
        if not is_mapped and method.upper() in IMPLIED and not defined_in_project(cls, action):
            continue
        name = cls.__name__ if is_function else name_of_method(cls, action)
        yield method.upper(), cls.__module__, name


def walk(patterns, prefix, urls):
    for pattern in patterns:
        route = prefix + text_of(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            if pattern.app_name == "admin":
                continue
            name = getattr(pattern.urlconf_name, "__name__", pattern.urlconf_name)
            inner = file_of(name) if isinstance(name, str) else urls
            if inner is not None or not isinstance(name, str):
                yield from walk(pattern.url_patterns, route, inner)
        elif "<drf_format_suffix" not in route and "(?P<format>" not in route:
            for method, module, handler in endpoints_of(pattern.callback):
                if module == "rest_framework.routers" or module == "django.views.static":
                    continue
                yield method, route, file_of(module) or urls, handler


def main():
    resolver = get_resolver()
    patterns = resolver.url_patterns
    root = file_of(resolver.urlconf_name)
    print(json.dumps(sorted(set(walk(patterns, "/", root)))))


main()
