"""From what the model marks to where the joints are.

The model was taught on pictures that people marked by eye, on the skin.  Against bodies whose joints are known exactly
(`python -m benchmarks.joints`) its hip lies before the true one, and from the side its knee too near the hip and its
ankle too near the knee, by about as much in each exercise.  A hip that is 2 cm off turns a trunk and a thigh by 2 to 3
degrees each, all in one direction: as much as all else that the model gets wrong.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot, isfinite
from typing import Final, NamedTuple

import numpy as np

from coach.pose.landmarks import at
from coach.pose.types import Floats, PoseFrame

HIP_BACK: Final = 0.05  # of the trunk's length in space, away from where the body faces
KNEE_ON: Final = 0.05  # of the thigh, on from the hip; as far as it is seen from the side
ANKLE_ON: Final = 0.05  # of the shank, on from the knee; as far as it is seen from the side

SHOULDERS: Final = slice(at("left", "shoulder"), at("right", "shoulder") + 1)
LEGS: Final = slice(
    at("left", "hip"), at("right", "ankle") + 1
)  # left and right hip, then knees, then ankles


class Turned(NamedTuple):
    """How a body is turned to the camera.

    back      (2,) pixels: where a trunk's length straight back from the body points in the picture
    sideways  0: from the front or from behind; 1: from the side
    """

    back: Floats
    sideways: float


class JointCentres:
    """Moves hips, knees and ankles in the picture to the centres of the joints.  It has no memory.

    What was known exactly, or moved before, stays as it is (`PoseFrame.centred`); so does everything where it cannot be
    told how the body is turned.  What is NaN stays NaN.
    """

    def reset(self) -> None:
        """Nothing is kept from frame to frame."""

    def step(self, frame: PoseFrame) -> PoseFrame:
        turned = None if frame.centred or not frame.found else turned_of(frame)
        if turned is None:
            return frame
        xy = np.array(frame.xy, np.float32)
        hips, knees, ankles = frame.xy[LEGS].reshape(3, 2, 2)
        legs = xy[LEGS].reshape(3, 2, 2)  # the same places of the new array
        legs[0] += HIP_BACK * turned.back
        legs[1] += KNEE_ON * turned.sideways * (knees - hips)
        legs[2] += ANKLE_ON * turned.sideways * (ankles - knees)
        return replace(frame, xy=xy, centred=True)


def turned_of(frame: PoseFrame) -> Turned | None:
    """How the body is turned, by the model's world landmarks; None: they do not tell."""
    world = frame.world[SHOULDERS].tolist() + frame.world[LEGS].tolist()
    (ax, ay, az), (bx, by, bz), (cx, cy, cz), (dx, dy, dz) = world[:4]  # shoulders, then hips
    up = (ax + bx - cx - dx) / 2, (ay + by - cy - dy) / 2, (az + bz - cz - dz) / 2
    across = ax - bx + cx - dx, ay - by + cy - dy, az - bz + cz - dz
    forward = (
        across[1] * up[2] - across[2] * up[1],
        across[2] * up[0] - across[0] * up[2],
        across[0] * up[1] - across[1] * up[0],
    )
    length = hypot(*forward)
    scale = _pixels_a_metre(frame.xy[SHOULDERS].tolist() + frame.xy[LEGS].tolist(), world)
    if not (length > 0 and isfinite(scale)):
        return None
    trunk = hypot(*up) * scale / length
    return Turned(np.array((-forward[0] * trunk, -forward[1] * trunk)), abs(across[2]) / hypot(*across))


def _pixels_a_metre(places: Sequence[Sequence[float]], world: Sequence[Sequence[float]]) -> float:
    """How large the picture shows the body that the world landmarks describe; NaN: not known.

    places (n, 2) pixels, world (n, 3) metres; NaN where not seen.
    """
    seen = 0
    sum_x = sum_y = sum_wx = sum_wy = squares = products = 0.0
    for (x, y), (wx, wy, _) in zip(places, world, strict=True):
        if isfinite(x + y + wx + wy):
            seen += 1
            sum_x, sum_y, sum_wx, sum_wy = sum_x + x, sum_y + y, sum_wx + wx, sum_wy + wy
            squares += wx * wx + wy * wy
            products += x * wx + y * wy
    if seen < 3:
        return float("nan")
    spread = squares - (sum_wx * sum_wx + sum_wy * sum_wy) / seen
    shown = products - (sum_x * sum_wx + sum_y * sum_wy) / seen
    return shown / spread if spread > 0 else float("nan")
