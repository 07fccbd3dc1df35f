"""A skill that asks a model, through one of several adapters."""


def list_adapters() -> list:
    """Names of adapters."""
    return ["stub"]


def get_adapter(name: str):
    """One adapter."""
    return name
