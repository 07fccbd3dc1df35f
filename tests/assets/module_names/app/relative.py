from . import (
    services as s,  # (all of them)
)


def run(x: "s.TenantService"): ...
