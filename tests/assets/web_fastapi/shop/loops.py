from fastapi import APIRouter, FastAPI

apples = APIRouter()
pears = APIRouter()
plums = APIRouter()
figs = APIRouter()
nuts = APIRouter(prefix="/nuts")


@apples.get("/apples")
def list_apples():
    return []


@pears.get("/pears")
def list_pears():
    return []


@plums.get("/plums")
def list_plums():
    return []


@figs.get("/figs")
def list_figs():
    return []


@nuts.get("/all")
def list_nuts():
    return []


PREFIXED = [(apples, "/a"), (pears, "/p")]
NAMED = {"plums": plums, "figs": figs}
PLAIN = [nuts]
PLAIN.append(pears)


def include_all(app: FastAPI):
    for router, prefix in PREFIXED:
        app.include_router(router, prefix=prefix)
    for name, router in NAMED.items():
        app.include_router(router, prefix=f"/named/{name}")
    for router in (*PLAIN,):
        app.include_router(router)
