"""The older library."""

from nova_sdk import NovaClient


def test_goal():
    assert NovaClient().goal("x") == {"goal": "x"}
