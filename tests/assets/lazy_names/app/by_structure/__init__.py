import sys
from typing import TYPE_CHECKING

from other import LazyModule

_import_structure = {
    "clock": ["Clock", "tick"],
}
_import_structure["timer"] = ["Timer"]

if TYPE_CHECKING:
    from .clock import Clock, tick
else:
    sys.modules[__name__] = LazyModule(__name__, _import_structure)
