"""Prints the methods that the class-based views of the frameworks themselves answer to, as JSON."""

import inspect
import json
import os
import sys
from importlib import import_module

sys.path.insert(0, os.getcwd())
os.environ["DJANGO_SETTINGS_MODULE"] = sys.argv[1]

import django

django.setup()

MODULES = [
    "django.contrib.auth.views",
    "django.views.generic.base",
    "django.views.generic.dates",
    "django.views.generic.detail",
    "django.views.generic.edit",
    "django.views.generic.list",
    "django.views.i18n",
    "rest_framework.authtoken.views",
    "rest_framework.generics",
]
METHODS = ["delete", "get", "patch", "post", "put"]

print(
    json.dumps(
        {
            f"{module}.{name}": [
                method.upper()
                for method in METHODS
                if hasattr(cls, method)
                and method in getattr(cls, "http_method_names", METHODS)
            ]
            for module in MODULES
            for name, cls in inspect.getmembers(import_module(module), inspect.isclass)
            if cls.__module__ == module
        }
    )
)
