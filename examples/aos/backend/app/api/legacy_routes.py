"""Old addresses, which all say that they are gone."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

router = APIRouter(tags=["Legacy (Deprecated)"])


@router.get("/dashboard")
def dashboard():
    """410, with a hint where to look instead."""
    return JSONResponse({"moved": "/guard"}, status_code=410)
