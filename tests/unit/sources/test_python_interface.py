"""What a change of a file means to whoever imports it."""

from __future__ import annotations

import pytest

from analyzer.sources.python_interface import InterfaceChange, compare_interfaces

BEFORE = '''\
"""Prices."""
import os
LIMIT = 1
_OWN = 2
name: str = "x"


class Price(Base):
    """One."""

    def total(self, tax=0): ...
    def _own(self): ...
    async def load(self): ...


def find(a, /, b, *, c=1): ...
def _help(): ...
if os.name == "nt":
    def only_there(): ...
'''


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"""Prices."""', '"""Costs."""  # more', InterfaceChange(is_same_code=True)),
        ('    """One."""\n', "\n\n", InterfaceChange(is_same_code=True)),
        ("_OWN = 2", "_OWN = 3", InterfaceChange()),
        ("LIMIT = 1", "LIMIT = 2", InterfaceChange()),
        ("LIMIT = 1", "", InterfaceChange(removed=("LIMIT",))),
        ("def _help(): ...", "def help(): ...", InterfaceChange(added=("help",))),
        ("tax=0", "tax", InterfaceChange(changed=("Price.total",))),
        ("async def load", "def load", InterfaceChange(changed=("Price.load",))),
        ("(Base)", "(Other)", InterfaceChange(changed=("Price",))),
        ("name: str", "name: bytes", InterfaceChange(changed=("name",))),
        ("def only_there", "def there", InterfaceChange(removed=("only_there",), added=("there",))),
    ],
)
def test_two_versions(old: str, new: str, expected: InterfaceChange) -> None:
    after = BEFORE.replace(old, new)
    assert after != BEFORE
    assert compare_interfaces(BEFORE.encode(), after.encode()) == expected


def test_a_file_that_is_not_there_offers_nothing() -> None:
    names = ("LIMIT", "Price", "Price.load", "Price.total", "find", "name", "only_there")
    assert compare_interfaces(None, BEFORE.encode()) == InterfaceChange(added=names)
    assert compare_interfaces(BEFORE.encode(), None) == InterfaceChange(removed=names)


@pytest.mark.parametrize("data", [b"def (:", b"x = '\\d'\n\0", b"\xff"])
def test_what_cannot_be_parsed_is_unknown(data: bytes) -> None:
    assert compare_interfaces(BEFORE.encode(), data) is None
    assert compare_interfaces(data, BEFORE.encode()) is None
