"""How large the body is in the picture: the unit in which all other distances are told."""

from math import isnan
from typing import Final

from coach.pose.types import Floats

JOINTS: Final = [11, 12, 23, 24, 25, 26, 27, 28]  # shoulders, hips, knees, ankles
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
    ls, rs, lh, rh, lk, rk, la, ra = (complex(*p) for p in xy[JOINTS].tolist())
    lengths = (
        abs(ls + rs - lh - rh) / 2,
        (abs(lh - lk) + abs(rh - rk)) / 2,
        (abs(lk - la) + abs(rk - ra)) / 2,
    )
    return max((v for v in lengths if not isnan(v)), default=float("nan"))
