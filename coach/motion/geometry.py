"""Plane geometry with signs, in degrees, on complex numbers with y up.

Everything takes plain numbers (a frame) and arrays (a track).  For plain ones the standard library answers,
since an array function on a single number costs ten times as much, and this runs on every frame.

>>> float(turn_deg(1, 1j))  # from pointing right to pointing up: a quarter turn to the left
90.0
>>> float(incline_deg(1 + 1j))  # 45 degrees to the right of upright
45.0
"""

import cmath
import math
from typing import Any

import numpy as np

NAN = math.nan


def angle_deg(v: Any) -> Any:
    """Direction of a complex number, anticlockwise from pointing right, (-180, 180]."""
    if isinstance(v, complex):
        return math.degrees(cmath.phase(v))
    return np.degrees(np.angle(v))


def arctan2_deg(y: Any, x: Any) -> Any:
    """Direction of (x, y), anticlockwise from pointing right, (-180, 180]."""
    if isinstance(y, float):
        return math.degrees(math.atan2(y, x))
    return np.degrees(np.arctan2(y, x))


def turn_deg(a: Any, b: Any) -> Any:
    """Turn from direction a to direction b, anticlockwise positive, (-180, 180]; NaN in, NaN out."""
    return angle_deg(b * a.conjugate())


def incline_deg(v: Any) -> Any:
    """How far a direction leans from upright, to the right positive, (-180, 180]."""
    return -angle_deg(v * -1j)


def above_horizontal_deg(v: Any) -> Any:
    """Elevation of a direction over the horizontal, whichever way it points, -90 to 90."""
    return arctan2_deg(v.imag, abs(v.real))


def sign(x: Any) -> Any:
    """-1, 0 or 1; NaN stays NaN."""
    if isinstance(x, float):
        return x if x != x else float((x > 0) - (x < 0))
    return np.sign(x)


def share(a: Any, b: Any) -> Any:
    """a / b, NaN where b is nothing."""
    if isinstance(b, float):
        return a / b if b != 0 else NAN
    return a / np.where(b == 0, np.nan, b)


def where(condition: Any, a: Any, b: Any) -> Any:
    """a where the condition holds, else b."""
    if isinstance(condition, bool):
        return a if condition else b
    return np.where(condition, a, b)


def larger(a: Any, b: Any) -> Any:
    """The larger of two; NaN where either is."""
    if isinstance(a, float):
        return a if a > b or a != a else b
    return np.maximum(a, b)


def smaller(a: Any, b: Any) -> Any:
    """The smaller of two; NaN where either is."""
    return -larger(-a, -b)


def within(x: Any, low: float, high: float) -> Any:
    """x, or the nearer of two limits; NaN stays."""
    if isinstance(x, float):
        return x if x != x else max(low, min(high, x))
    return np.clip(x, low, high)


def arcsin_deg(x: Any) -> Any:
    """Angle whose sine is x, with x held within -1 and 1."""
    if isinstance(x, float):
        return x if x != x else math.degrees(math.asin(max(-1.0, min(1.0, x))))
    return np.degrees(np.arcsin(np.clip(x, -1, 1)))
