from json import encoder
from queue import retry
