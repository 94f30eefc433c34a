"""Anatomical angles of the true landmarks in space, degrees; lengths and heights of a room whose z is up.

Landmarks are (..., 33, 3) metres in the order of coach.pose.NAMES; every angle has their leading shape.  A person
at 0 degrees of turn faces -y.

>>> sorted(name for name in ANGLES if name.startswith("left"))[:3]
['left_elbow_flexion', 'left_heel_lift', 'left_hip_extension']
"""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from coach.pose import INDEX, Side
from sample_videos.studio.rotations import Floats

AngleOf = Callable[[Floats], Floats]


def point(landmarks: Floats, name: str) -> Floats:
    """One landmark by its full name, (..., 3) metres."""
    return np.asarray(landmarks[..., INDEX[name], :])


def middle(landmarks: Floats, joint: str) -> Floats:
    """Half-way between the left and the right joint."""
    return (point(landmarks, f"left_{joint}") + point(landmarks, f"right_{joint}")) / 2


def across(landmarks: Floats, joint: str) -> Floats:
    """From the right to the left joint."""
    return point(landmarks, f"left_{joint}") - point(landmarks, f"right_{joint}")


def segment(landmarks: Floats, side: Side, upper: str, lower: str) -> Floats:
    """From the upper to the lower joint of one side."""
    return point(landmarks, f"{side}_{lower}") - point(landmarks, f"{side}_{upper}")


def length(v: Floats) -> Floats:
    """Lengths of vectors (..., 3)."""
    return np.asarray(np.linalg.norm(v, axis=-1))


def between_deg(a: Floats, b: Floats) -> Floats:
    """Angle between two directions, 0 to 180; exact near 0 too, where a cosine is not."""
    return np.asarray(np.degrees(np.arctan2(length(np.cross(a, b)), (a * b).sum(-1))))


def flexion(upper: str, mid: str, lower: str, side: Side, landmarks: Floats) -> Floats:
    """How far a hinge is bent: 0 straight."""
    return between_deg(segment(landmarks, side, upper, mid), segment(landmarks, side, mid, lower))


def hip_extension(side: Side, landmarks: Floats) -> Floats:
    """Trunk against thigh about the pelvis' left-right axis: 180 in one line, more when over-extended."""
    axis = across(landmarks, "hip") / length(across(landmarks, "hip"))[..., None]
    trunk = segment(landmarks, side, "shoulder", "hip")
    thigh = segment(landmarks, side, "hip", "knee")
    flat = [v - (v * axis).sum(-1)[..., None] * axis for v in (trunk, thigh)]
    turned = np.degrees(np.arctan2((np.cross(flat[0], flat[1]) * axis).sum(-1), (flat[0] * flat[1]).sum(-1)))
    return np.asarray(180 + turned)


def elevation_deg(v: Floats) -> Floats:
    """How far a direction points over the horizontal, -90 to 90."""
    return np.degrees(np.arctan2(v[..., 2], np.hypot(v[..., 0], v[..., 1])))


def thigh_elevation(side: Side, landmarks: Floats) -> Floats:
    """The hip over the knee: 90 standing, 0 with the thigh level."""
    return elevation_deg(-segment(landmarks, side, "hip", "knee"))


def shank_inclination(side: Side, landmarks: Floats) -> Floats:
    """Lean of the shank from the vertical toward the toes; negative with the knee behind the ankle."""
    shank = -segment(landmarks, side, "knee", "ankle")
    toes = segment(landmarks, side, "heel", "foot_index")
    toes = toes / np.hypot(toes[..., 0], toes[..., 1])[..., None]
    ahead = shank[..., 0] * toes[..., 0] + shank[..., 1] * toes[..., 1]
    return np.degrees(np.arctan2(ahead, shank[..., 2]))


def thigh_out(side: Side, landmarks: Floats) -> Floats:
    """How far the thigh points outward of straight ahead (-y), seen from above."""
    thigh = segment(landmarks, side, "hip", "knee")
    outward = thigh[..., 0] * (1 if side == "left" else -1)
    return np.degrees(np.arctan2(outward, -thigh[..., 1]))


def heel_lift(side: Side, landmarks: Floats) -> Floats:
    """Pitch of the foot's sole line: the heel over the toes; some degrees with the foot flat."""
    return elevation_deg(-segment(landmarks, side, "heel", "foot_index"))


def turn(joint: str, landmarks: Floats) -> Floats:
    """Turn of the left-right line about the vertical: positive to the person's left."""
    line = across(landmarks, joint)
    return np.degrees(np.arctan2(line[..., 1], line[..., 0]))


def tilt(joint: str, landmarks: Floats) -> Floats:
    """Tilt of the left-right line: positive with the left joint lower."""
    return -elevation_deg(across(landmarks, joint))


def trunk_lean(landmarks: Floats) -> Floats:
    """The trunk from the vertical, whichever way."""
    trunk = middle(landmarks, "shoulder") - middle(landmarks, "hip")
    return between_deg(trunk, np.broadcast_to([0.0, 0.0, 1.0], trunk.shape))


def trunk_side_lean(landmarks: Floats) -> Floats:
    """The trunk from the vertical toward the person's left, seen from the front (along y)."""
    trunk = middle(landmarks, "shoulder") - middle(landmarks, "hip")
    return np.degrees(np.arctan2(trunk[..., 0], trunk[..., 2]))


def trunk_forward_lean(landmarks: Floats) -> Floats:
    """The trunk from the vertical forward (-y), seen from the side (along x)."""
    trunk = middle(landmarks, "shoulder") - middle(landmarks, "hip")
    return np.degrees(np.arctan2(-trunk[..., 1], trunk[..., 2]))


def _of_side(side: Side) -> dict[str, AngleOf]:
    return {
        f"{side}_knee_flexion": partial(flexion, "hip", "knee", "ankle", side),
        f"{side}_elbow_flexion": partial(flexion, "shoulder", "elbow", "wrist", side),
        f"{side}_hip_extension": partial(hip_extension, side),
        f"{side}_shank_inclination": partial(shank_inclination, side),
        f"{side}_thigh_elevation": partial(thigh_elevation, side),
        f"{side}_thigh_out": partial(thigh_out, side),
        f"{side}_heel_lift": partial(heel_lift, side),
    }


ANGLES: Final[dict[str, AngleOf]] = {
    **_of_side("left"),
    **_of_side("right"),
    "pelvis_turn": partial(turn, "hip"),
    "pelvis_tilt": partial(tilt, "hip"),
    "shoulder_turn": partial(turn, "shoulder"),
    "shoulder_tilt": partial(tilt, "shoulder"),
    "trunk_lean": trunk_lean,
    "trunk_side_lean": trunk_side_lean,
    "trunk_forward_lean": trunk_forward_lean,
}


def angles(landmarks: Floats) -> Floats:
    """All of ANGLES, (..., A)."""
    return np.stack([angle(landmarks) for angle in ANGLES.values()], axis=-1)
