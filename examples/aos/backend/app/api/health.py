"""Is the system up, ready and deterministic?"""

from fastapi import APIRouter

router = APIRouter(tags=["health"])


@router.get("/health")
def health():
    """Alive."""
    return {"status": "ok"}


@router.get("/health/adapters")
def adapters():
    """Model adapters which can be used."""
    try:
        from app.skills.llm_invoke_v2 import get_adapter, list_adapters

        return {name: get_adapter(name) for name in list_adapters()}
    except ImportError:
        return {}


@router.get("/health/skills")
def skills():
    """Skills in the registry."""
    try:
        from app.skills import get_skill, list_skills

        return {name: bool(get_skill(name)) for name in list_skills()}
    except ImportError:
        return {}
