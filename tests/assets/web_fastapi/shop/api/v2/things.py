from fastapi import APIRouter as Router

_router = Router()
router = _router


@_router.get("/things")
def things():
    def inner():
        return []

    return inner()
