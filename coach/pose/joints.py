"""From what the model marks to where the joints are.

The model was taught on pictures that people marked by eye, on the skin.  Against bodies whose joints are known exactly
(`python -m benchmarks.joints`) its hip lies before the true one, and from the side its knee too near the hip and its
ankle too near the knee, by about as much in each exercise.  A hip that is 2 cm off turns a trunk and a thigh by 2 to 3
degrees each, all in one direction: as much as all else that the model gets wrong.
"""

from dataclasses import replace
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
BODY: Final = SHOULDERS + HIPS + KNEES + ANKLES


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
    world = frame.world.astype(float)
    up = (world[SHOULDERS] - world[HIPS]).mean(axis=0)
    across = world[HIPS[0]] - world[HIPS[1]] + world[SHOULDERS[0]] - world[SHOULDERS[1]]
    forward = np.cross(across, up)
    width, length = float(np.linalg.norm(across)), float(np.linalg.norm(forward))
    back = -forward[:2] / (length or 1) * np.linalg.norm(up) * _pixels_a_metre(frame)
    if not (length > 0 and np.isfinite(back).all()):
        return None
    return Turned(back, abs(float(across[2])) / width)


def _pixels_a_metre(frame: PoseFrame) -> float:
    """How large the picture shows the body that the world landmarks describe; NaN: not known."""
    seen = np.isfinite(frame.xy[BODY]).all(axis=1)
    if seen.sum() < 3:
        return float("nan")
    xy, world = (a[BODY][seen] - a[BODY][seen].mean(axis=0) for a in (frame.xy, frame.world[:, :2]))
    spread = float((world * world).sum())
    return float((xy * world).sum()) / spread if spread > 0 else float("nan")
