"""Plane geometry with signs, in degrees, on complex numbers with y up.

>>> float(turn_deg(1, 1j))  # from pointing right to pointing up: a quarter turn to the left
90.0
>>> float(incline_deg(1 + 1j))  # 45 degrees to the right of upright
45.0
"""

from typing import Any

import numpy as np


def turn_deg(a: Any, b: Any) -> Any:
    """Turn from direction a to direction b, anticlockwise positive, (-180, 180]; NaN in, NaN out."""
    return np.degrees(np.angle(b * np.conj(a)))


def incline_deg(v: Any) -> Any:
    """How far a direction leans from upright, to the right positive, (-180, 180]."""
    return -np.degrees(np.angle(v * -1j))


def above_horizontal_deg(v: Any) -> Any:
    """Elevation of a direction over the horizontal, whichever way it points, -90 to 90."""
    return np.degrees(np.arctan2(np.imag(v), np.abs(np.real(v))))


def sign(x: Any) -> Any:
    """-1, 0 or 1; NaN stays NaN."""
    return np.sign(x)


def share(a: Any, b: Any) -> Any:
    """a / b, NaN where b is nothing."""
    return a / np.where(b == 0, np.nan, b)
