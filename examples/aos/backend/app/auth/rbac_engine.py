"""Roles, resources, actions."""


class RBACEngine:
    """Loads a policy file and answers from it."""

    def info(self, session) -> dict:
        """Version of the policy."""
        return {"version": 1}


def get_rbac_engine() -> RBACEngine:
    """The engine of this process."""
    return RBACEngine()


def init_rbac_engine(session_factory) -> RBACEngine:
    """Called at start."""
    return get_rbac_engine()


def check_permission(resource: str, action: str) -> bool:
    """May the caller do this?"""
    return True
