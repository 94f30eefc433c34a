"""How large the body is in the picture: the unit in which all other distances are told."""

from math import hypot
from typing import Final

from coach.pose.types import Floats

LEGS: Final = ((23, 25), (25, 27))  # left hip, knee, ankle; the right ones follow them
_known: tuple[Floats | None, float] = (None, float("nan"))


def body_scale(xy: Floats) -> float:
    """Pixels of the body's scale: about its trunk's length, whatever the view; xy (33, 2).

    The larger of the trunk's and the mean leg segments' length, since a trunk that points at the
    camera is short in the picture.  NaN where there is no pose.

    Every stage asks for it, so the last answer is kept for the very same array (which nobody writes to).
    """
    global _known
    array, scale = _known
    if array is not xy:
        scale = _scale(xy)
        _known = (xy, scale)
    return scale


def _scale(xy: Floats) -> float:
    p = xy.tolist()
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = p[11], p[12], p[23], p[24]
    largest = hypot(ax + bx - cx - dx, ay + by - cy - dy) / 2
    for upper, lower in LEGS:
        (ax, ay), (bx, by) = p[upper], p[lower]
        (cx, cy), (dx, dy) = p[upper + 1], p[lower + 1]
        length = (hypot(ax - bx, ay - by) + hypot(cx - dx, cy - dy)) / 2
        if not length <= largest and length == length:
            largest = length
    return largest
