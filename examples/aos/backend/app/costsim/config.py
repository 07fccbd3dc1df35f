"""Switches of the simulation."""


class CostSimConfig:
    """Where they are kept."""

    disabled = False


def get_config() -> CostSimConfig:
    """The switches."""
    return CostSimConfig()


def is_v2_sandbox_enabled() -> bool:
    """Is the new one on?"""
    return not get_config().disabled


def is_v2_disabled_by_drift() -> bool:
    """Was it switched off?"""
    return get_config().disabled
