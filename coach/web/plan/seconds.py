"""Seconds in a field of whole ones: those that nobody moved stay as they are, halves and all.  Pure."""

from math import ceil
from typing import Final

STEP_S: Final = 5


def whole(told_s: float) -> int:
    """What a field shows of seconds: as many as a dose tells.

    >>> whole(7.5)
    8
    """
    return ceil(told_s)


def seconds_of(field_s: int, told_s: float) -> float:
    """What a field tells: the seconds that it was told of, until it shows others.

    >>> seconds_of(8, 7.5), seconds_of(9, 7.5)
    (7.5, 9.0)
    """
    return told_s if field_s == whole(told_s) else float(field_s)
