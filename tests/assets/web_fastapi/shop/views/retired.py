from fastapi import APIRouter

router = APIRouter()


@router.get("/list")
def list_retired():
    return []
