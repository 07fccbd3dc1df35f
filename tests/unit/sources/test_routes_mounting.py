"""Where routers end up that take in one another."""

from __future__ import annotations

from analyzer.sources.routes.mounting import Mounts


def addresses(mounts: Mounts[str], router: str) -> list[tuple[str, str]]:
    """Applications are those that are called `app…`."""
    found = mounts.find_addresses(router, is_application=lambda one: one.startswith("app"))
    return [(one.top, one.prefix) for one in found]


def test_prefixes_add_up_through_all_levels_and_ways() -> None:
    mounts: Mounts[str] = Mounts()
    mounts.take_in(router="leaf", by="left", prefix="/leaf")
    mounts.take_in(router="leaf", by="right", prefix="/leaf")
    mounts.take_in(router="left", by="app", prefix="/left")
    mounts.take_in(router="right", by="app", prefix="/right")
    mounts.take_in(router="right", by="app", prefix="/again")

    assert addresses(mounts, "leaf") == [
        ("app", "/left/leaf"),
        ("app", "/right/leaf"),
        ("app", "/again/leaf"),
    ]


def test_a_router_that_leads_nowhere_ends_at_the_outermost_one() -> None:
    mounts: Mounts[str] = Mounts()
    mounts.take_in(router="inner", by="outer", prefix="/in")

    assert addresses(mounts, "inner") == [("outer", "/in")]
    assert addresses(mounts, "outer") == [("outer", "")]


def test_only_applications_count_where_there_are_any() -> None:
    mounts: Mounts[str] = Mounts()
    mounts.take_in(router="router", by="nowhere", prefix="/lost")
    mounts.take_in(router="router", by="app", prefix="/found")

    assert addresses(mounts, "router") == [("app", "/found")]


def test_a_mounted_application_is_part_of_the_other_one() -> None:
    mounts: Mounts[str] = Mounts()
    mounts.take_in(router="app inside", by="app", prefix="/inside")
    mounts.take_in(router="app alone", by="router", prefix="/lost")

    assert addresses(mounts, "app inside") == [("app", "/inside")]
    assert addresses(mounts, "app alone") == [("app alone", "")]


def test_circles_end() -> None:
    mounts: Mounts[str] = Mounts()
    mounts.take_in(router="a", by="b", prefix="/a")
    mounts.take_in(router="b", by="a", prefix="/b")
    mounts.take_in(router="b", by="app", prefix="/out")

    assert addresses(mounts, "a") == [("app", "/out/a")]
    assert addresses(mounts, "b") == [("app", "/out")]


def test_what_is_taken_in_later_counts() -> None:
    mounts: Mounts[str] = Mounts()
    before = addresses(mounts, "router")
    mounts.take_in(router="router", by="app", prefix="/r")

    assert (before, addresses(mounts, "router")) == ([("router", "")], [("app", "/r")])


def test_prefixes_can_be_joined_in_another_way() -> None:
    mounts: Mounts[str] = Mounts(join=lambda outer, inner: f"{outer.rstrip('/')}/{inner}")
    mounts.take_in(router="inner", by="outer", prefix="in")
    mounts.take_in(router="outer", by="app", prefix="out/")

    assert addresses(mounts, "inner") == [("app", "/out/in")]


def test_each_router_is_climbed_from_once() -> None:
    joined: list[str] = []

    def join(outer: str, inner: str) -> str:
        joined.append(inner)
        return outer + inner

    mounts: Mounts[str] = Mounts(join=join)
    for level in range(12):
        for side in ("left", "right"):
            mounts.take_in(router=f"r{level}", by=f"{side}{level}", prefix="/x")
            mounts.take_in(router=f"{side}{level}", by=f"r{level + 1}", prefix="/y")
    mounts.take_in(router="r12", by="app", prefix="")

    assert addresses(mounts, "r0") == [("app", "/y/x" * 12)]
    assert len(joined) == 12 * 4 + 1


def test_a_circle_far_above_is_gone_round_once() -> None:
    mounts: Mounts[str] = Mounts()
    for level in range(40):
        for side in ("left", "right"):
            mounts.take_in(router=f"r{level}", by=f"{side}{level}", prefix="")
            mounts.take_in(router=f"{side}{level}", by=f"r{level + 1}", prefix="")
    mounts.take_in(router="r40", by="other", prefix="/a")
    mounts.take_in(router="other", by="r40", prefix="/b")
    mounts.take_in(router="other", by="app", prefix="/c")

    assert addresses(mounts, "r0") == [("app", "/c/a")]
