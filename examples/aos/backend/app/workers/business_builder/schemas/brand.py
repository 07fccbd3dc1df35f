"""A brand: name, tone, what it must not claim."""


class BrandSchema(dict):
    """One brand."""


class ToneRule(dict):
    """How it speaks."""


class ForbiddenClaim(dict):
    """What it never says."""


def create_minimal_brand(name: str) -> BrandSchema:
    """Just a name."""
    return BrandSchema(name=name)
