"""Keeps answers in this process; the oldest go first."""

from collections import OrderedDict


class MemoryBackend:
    """A dictionary with a limit."""

    def __init__(self, size: int = 1000):
        self.size, self.items = size, OrderedDict()

    def set(self, key: str, value: str):
        """Store, and drop the oldest when full."""
        self.items[key] = value
        while len(self.items) > self.size:
            self.items.popitem(last=False)
