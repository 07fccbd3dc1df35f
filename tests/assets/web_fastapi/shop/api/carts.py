import functools

import fastapi

router = fastapi.APIRouter(prefix="/carts")
PATH = "/{cart_id:path}"


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


def show_cart(cart_id: str):
    return {}


def empty_cart(cart_id: str):
    return {}


def list_carts():
    return []


def watch(websocket: fastapi.WebSocket):
    return None


@router.post("/checkout")
@logged
def checkout():
    return {}


router.add_api_route(PATH, show_cart)
router.add_api_route(path=PATH, endpoint=logged(empty_cart), methods=["DELETE"])
router.get("/")(list_carts)
router.add_api_websocket_route("/watch", watch)
