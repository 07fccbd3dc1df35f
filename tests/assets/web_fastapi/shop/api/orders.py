from fastapi import APIRouter, WebSocket

router = APIRouter()
lines = APIRouter(
    prefix="/{order_id}/lines",
    tags=["lines"],
)


@router.get("")
def list_orders():
    return []


@router.post(
    "/",
    status_code=201,
)
async def create_order():
    return {}


@router.put("/{order_id}")
def replace_order(order_id: int):
    return {}


@router.patch(path="/{order_id}")
def change_order(order_id: int):
    return {}


@router.delete("/{order_id}")
def delete_order(order_id: int):
    return {}


@router.options("/")
def order_options():
    return {}


@router.trace("/trace")
def trace_orders():
    return {}


@router.websocket("/live")
async def live(socket: WebSocket):
    await socket.accept()


@lines.get("/{line}")
def get_line(order_id: int, line: int):
    return {}


# Behind the include in the text; and a level further in.
router.include_router(lines)


@lines.api_route("/{line}/move", methods=("POST", "put"))
def move_line(order_id: int, line: int):
    return {}


@lines.api_route("/count")
def count_lines(order_id: int):
    return 0
