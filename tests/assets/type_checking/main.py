import typing
import typing as t
from typing import TYPE_CHECKING as TC

READS_TYPES = t.TYPE_CHECKING

if TC:
    import pkg.a
if t.TYPE_CHECKING and typing:
    import pkg.b
else:
    import pkg.c
if not TC:
    import pkg.d
else:
    import pkg.e
if typing:
    if TC:
        import pkg.f
if (
    TC
):
    import pkg.g
if TC: import pkg.h
if typing or TC:
    import pkg.i
if typing:
    pass
elif TC:
    import pkg.j
else:
    import pkg.k
if READS_TYPES:
    def load():
        import pkg.l
if not (TC and typing):
    import pkg.m
