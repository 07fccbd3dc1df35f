from fastapi import APIRouter

router = APIRouter()


@router.get("/lonely")
def lonely():
    return ""
