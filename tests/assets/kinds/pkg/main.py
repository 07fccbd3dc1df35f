import typing
from typing import TYPE_CHECKING
import pkg.a
if TYPE_CHECKING:
    import pkg.b
else:
    import pkg.c
try:
    from pkg import d
except ImportError:
    d = None


def load(
    name,
    *,
    fast=False,
):
    """Text that
if it were code, would not be an import.
    """
    import pkg.e
    if name:
        from pkg import f
    return f


class Box:
    import pkg.g

    async def open(self):
        import pkg.h


if not typing.TYPE_CHECKING:
    import pkg.i
if typing.TYPE_CHECKING: import pkg.j
for _ in range(2):
	import pkg.k
