from .a import *
from .b import *
from .c import *
from . import d
from .d import *

__all__ = a.__all__ + [
    'Third',
]
__all__ += d.__all__
