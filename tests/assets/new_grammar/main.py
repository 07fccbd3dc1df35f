lazy import pkg.a
lazy from pkg import b

try:
    import pkg.c
except ImportError, OSError:
    import pkg.d

greeting = t"{b.NAME} {b.NAME!r:>{b.WIDTH}}"
nested = f"{f"{b.NAME}"}"
type Pairs[T: (int, str) = int, *Ts, **P] = list[tuple[T, T]]


def first[T: int](items: list[T]) -> T:
    import pkg.e
    return items[0]


class Box[T]:
    import pkg.f


match greeting:
    case {"x": [1, *_]}:
        import pkg.g
    case _:
        import pkg.h

try:
    pass
except* ValueError:
    import pkg.i
finally:
    import pkg.j

with (open("a") as one, open("b") as two):
    import pkg.k


def last[**P](): import pkg.l
