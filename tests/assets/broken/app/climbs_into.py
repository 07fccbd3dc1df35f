from ....shared import x
from .other import y
