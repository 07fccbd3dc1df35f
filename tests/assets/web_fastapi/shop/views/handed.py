from fastapi import APIRouter
from somewhere import publish

leaflets = APIRouter()


@leaflets.get("/leaflets")
def list_leaflets():
    return []


publish(leaflets)
