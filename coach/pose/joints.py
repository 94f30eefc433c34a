"""From what the model marks to where the joints are.

The model was taught on pictures that people marked by eye, on the skin.  Against bodies whose joints are known exactly
(`python -m benchmarks.joints`) its hip lies before the true one, and from the side its knee too near the hip and its
ankle too near the knee, by about as much in each exercise.  A hip that is 2 cm off turns a trunk and a thigh by 2 to 3
degrees each, all in one direction: as much as all else that the model gets wrong.
"""

from dataclasses import replace
from math import hypot, isfinite
from typing import Final, NamedTuple

import numpy as np

from coach.pose.landmarks import at
from coach.pose.types import Floats, PoseFrame

HIP_BACK: Final = 0.05  # of the trunk's length in space, away from where the body faces
KNEE_ON: Final = 0.05  # of the thigh, on from the hip; as far as it is seen from the side
ANKLE_ON: Final = 0.05  # of the shank, on from the knee; as far as it is seen from the side

SHOULDERS: Final = [at("left", "shoulder"), at("right", "shoulder")]
HIPS: Final = [at("left", "hip"), at("right", "hip")]
KNEES: Final = [at("left", "knee"), at("right", "knee")]
ANKLES: Final = [at("left", "ankle"), at("right", "ankle")]
TRUNK: Final = SHOULDERS + HIPS
BODY: Final = TRUNK + KNEES + ANKLES


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
        hips, knees, ankles = xy[HIPS], xy[KNEES], xy[ANKLES]
        xy[HIPS] = hips + HIP_BACK * turned.back
        xy[KNEES] = knees + KNEE_ON * turned.sideways * (knees - hips)
        xy[ANKLES] = ankles + ANKLE_ON * turned.sideways * (ankles - knees)
        return replace(frame, xy=xy, centred=True)


def turned_of(frame: PoseFrame) -> Turned | None:
    """How the body is turned, by the model's world landmarks; None: they do not tell."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz), (dx, dy, dz) = frame.world[
        TRUNK
    ].tolist()  # shoulders, then hips
    up = (ax + bx - cx - dx) / 2, (ay + by - cy - dy) / 2, (az + bz - cz - dz) / 2
    across = ax - bx + cx - dx, ay - by + cy - dy, az - bz + cz - dz
    forward = (
        across[1] * up[2] - across[2] * up[1],
        across[2] * up[0] - across[0] * up[2],
        across[0] * up[1] - across[1] * up[0],
    )
    length = hypot(*forward)
    scale = _pixels_a_metre(frame)
    if not (length > 0 and isfinite(scale)):
        return None
    trunk = hypot(*up) * scale / length
    return Turned(np.array((-forward[0] * trunk, -forward[1] * trunk)), abs(across[2]) / hypot(*across))


def _pixels_a_metre(frame: PoseFrame) -> float:
    """How large the picture shows the body that the world landmarks describe; NaN: not known."""
    places = zip(frame.xy[BODY].tolist(), frame.world[BODY].tolist(), strict=True)
    seen = [(x, y, wx, wy) for (x, y), (wx, wy, _) in places if isfinite(x + y + wx + wy)]
    if len(seen) < 3:
        return float("nan")
    mx, my, mwx, mwy = (sum(column) / len(seen) for column in zip(*seen, strict=True))
    spread = sum((wx - mwx) ** 2 + (wy - mwy) ** 2 for _, _, wx, wy in seen)
    shown = sum((x - mx) * (wx - mwx) + (y - my) * (wy - mwy) for x, y, wx, wy in seen)
    return shown / spread if spread > 0 else float("nan")
