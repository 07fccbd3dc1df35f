from fastapi import APIRouter

router = APIRouter()


@router.get("/current")
def current_version():
    return ""
