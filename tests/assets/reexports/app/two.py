from app.services import (
    Invoice as I,
    VERSION,
)
