from fastapi import APIRouter

router = APIRouter()


@router.get("/optional")
def optional_page():
    return ""
