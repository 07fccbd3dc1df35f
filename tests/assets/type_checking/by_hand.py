TYPE_CHECKING = False
if TYPE_CHECKING:
    from pkg import n
