from importlib import import_module

from app import plugins

import_module("..db", __package__)
import_module(".pdf", plugins.__name__)
import_module(f"{__package__}.xml")
import_module(".csv", __name__)
