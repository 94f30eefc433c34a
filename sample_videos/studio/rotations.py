"""Rotations in space: 3x3 matrices that turn column vectors, and two-bone inverse kinematics.

Axes of the room: x to the person's left, y backwards (the neutral person faces -y), z up, metres.  Angles are
degrees, anticlockwise seen against the axis.  So for a person facing -y a positive turn about x leans the trunk
forward and bends the shank back, and a negative one swings the thigh forward.

>>> thigh_forward = about_x(-90) @ [0, 0, -1]
>>> [round(float(v), 6) + 0.0 for v in thigh_forward]
[0.0, -1.0, 0.0]
"""

from collections.abc import Sequence
from math import atan2, cos, hypot, radians, sin, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Rotation = Floats  # (3, 3)

NONE: Final[Rotation] = np.eye(3)
TINY: Final = 1e-7  # radians, metres or sines that are nothing
ALL_BUT: Final = 0.9999  # of a limb's length: a knee that is quite straight has no hinge


# A film takes some ten thousand of these a minute: for three numbers plain arithmetic is many times as fast as NumPy's
# functions of whole arrays.


def about_x(angle_deg: float) -> Rotation:
    """The turn about the left-right axis: positive leans forward."""
    c, s = _cos_sin(angle_deg)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def about_y(angle_deg: float) -> Rotation:
    """The turn about the front-back axis: positive tips to the person's left."""
    c, s = _cos_sin(angle_deg)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def about_z(angle_deg: float) -> Rotation:
    """The turn about the vertical: positive turns to the person's left."""
    c, s = _cos_sin(angle_deg)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _cos_sin(angle_deg: float) -> tuple[float, float]:
    angle = radians(angle_deg)
    return cos(angle), sin(angle)


def unit(v: ArrayLike) -> Floats:
    """The direction of a vector (3,)."""
    v = np.asarray(v, float)
    return np.asarray(v / sqrt(v @ v))


def cross(a: ArrayLike, b: ArrayLike) -> Floats:
    """The cross product of two vectors (3,)."""
    (ax, ay, az), (bx, by, bz) = np.asarray(a, float).tolist(), np.asarray(b, float).tolist()
    return np.array([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])


def _cross_matrix(v: Floats) -> Rotation:
    x, y, z = v.tolist()
    return np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])


def about(axis: ArrayLike, angle_rad: float) -> Rotation:
    """The turn by an angle in radians about any axis (3,) (Rodrigues' formula)."""
    k = _cross_matrix(unit(axis))
    return np.asarray(NONE + sin(angle_rad) * k + (1 - cos(angle_rad)) * k @ k)


def axis_and_angle(turn: Rotation) -> tuple[Floats, float]:
    """The axis (3,) of a rotation and its angle in radians, 0 to pi; any axis where nothing is turned."""
    (a, b, c), (d, e, f), (g, h, i) = turn.tolist()
    twice_sine = h - f, c - g, d - b
    angle = atan2(hypot(*twice_sine), a + e + i - 1)
    if angle < TINY:
        return np.array([1.0, 0.0, 0.0]), 0.0
    if angle > np.pi - 1e-4:  # there the sine says nothing; the columns of turn + 1 lie along the axis
        columns = turn + NONE
        return unit(columns[:, int(np.argmax(np.linalg.norm(columns, axis=0)))]), angle
    return unit(twice_sine), angle


def slerps(a: Rotation, b: Rotation, shares: Sequence[float]) -> list[Rotation]:
    """The rotations at shares of the way from a (0) to b (1), the short way round at an even speed."""
    axis, angle = axis_and_angle(a.T @ b)
    return [np.asarray(a @ about(axis, share * angle)) for share in shares]


def slerp(a: Rotation, b: Rotation, share: float) -> Rotation:
    """The rotation a share of the way from a (0) to b (1), the short way round at an even speed."""
    return slerps(a, b, (share,))[0]


def between(a: ArrayLike, b: ArrayLike) -> Rotation:
    """The smallest rotation that takes direction a to direction b; they must not be opposite."""
    a, b = unit(a), unit(b)
    k = _cross_matrix(cross(a, b))
    return np.asarray(np.eye(3) + k + k @ k / (1 + a @ b))


def frame(direction: ArrayLike, hinge: ArrayLike) -> Rotation:
    """The rotation that takes "down" to `direction`, and the person's left as near as can be to `hinge`."""
    z = -unit(direction)
    hinge = np.asarray(hinge, float)
    x = unit(hinge - z * (z @ hinge))
    return np.array([x, cross(z, x), z]).T


def limb(upper: ArrayLike, lower: ArrayLike, arm: bool = False) -> tuple[Rotation, Rotation]:
    """Rotations of the upper and the lower segment of a limb, by the directions (3,) in which they point.

    A knee flexes backwards about upper x lower; an elbow (`arm`) forwards, about the opposite.
    """
    hinge = cross(unit(upper), unit(lower)) * (-1 if arm else 1)
    return frame(upper, hinge), frame(lower, hinge)


def middle_joint(a: ArrayLike, c: ArrayLike, upper: float, lower: float, pole: ArrayLike) -> Floats:
    """The knee between hip a and ankle c (or the elbow), bent toward `pole`; lengths in metres.

    Where c is out of reach the limb is all but straight and points at it.
    """
    a = np.asarray(a, float)
    way = np.asarray(c, float) - a
    along = unit(way)
    reach = min(sqrt(way @ way), (upper + lower) * ALL_BUT)
    x = (upper**2 - lower**2 + reach**2) / (2 * reach)
    y = sqrt(max(upper**2 - x**2, 0.0))
    pole = np.asarray(pole, float)
    return np.asarray(a + along * x + unit(pole - along * (along @ pole)) * y)
