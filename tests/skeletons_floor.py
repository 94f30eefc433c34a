"""Stick figures of the exercises on the floor: hands and knees, hero pose, long lunge, lying on the side."""

from math import cos, radians, sin

import numpy as np

from coach.pose import INDEX, PoseFrame, Side, other
from tests.skeletons import FRONT, LEFT, Camera, Figure, Joints, Leg, standing_at

HALF_RIGHT = Camera(45.0)  # half-way between front and right side
HALF_LEFT = Camera(-45.0)
HALF_BEHIND = Camera(135.0)


def _rows(*names: str) -> list[int]:
    return [INDEX[name] for name in names]


def hydrant(
    raised_deg: float = 0.0,
    side: Side = "right",
    *,
    roll_deg: float = 0.0,
    knee_deg: float = 90.0,
    elbow_deg: float = 0.0,
    camera: Camera = HALF_RIGHT,
    t: float = 0.0,
) -> PoseFrame:
    """On hands and knees, the thigh of `side` raised outward, its knee bent by so much.

    roll_deg lifts hip and shoulder of `side`; elbow_deg bends both arms, so that the shoulders sink.
    """
    kneeling = Leg(0.0, 90.0, foot_deg=90.0)
    working = Leg(0.0, 90.0, raised_deg, foot_deg=90.0)
    figure = Figure(
        90.0,
        left=working if side == "left" else kneeling,
        right=working if side == "right" else kneeling,
    )
    joints = standing_at(figure.joints(), f"{other(side)}_knee", height_m=0.08)
    hip, knee = (joints[INDEX[f"{side}_{joint}"]].copy() for joint in ("hip", "knee"))
    thigh, back, bent = (
        (knee - hip) / np.linalg.norm(knee - hip),
        np.array([0.0, 0.0, -1.0]),
        radians(knee_deg),
    )
    foot = knee + 0.42 * (cos(bent) * thigh + sin(bent) * back) - joints[INDEX[f"{side}_ankle"]]
    joints[_rows(f"{side}_ankle", f"{side}_heel", f"{side}_foot_index")] += foot
    leg = _rows(*(f"{side}_{joint}" for joint in ("hip", "knee", "ankle", "heel", "foot_index")))
    joints[leg, 1] += 0.24 * sin(radians(roll_deg))
    joints[_rows(f"{side}_shoulder"), 1] += 0.36 * sin(radians(roll_deg))
    joints[_rows("left_shoulder", "right_shoulder"), 1] -= 0.54 * (1 - cos(radians(elbow_deg / 2)))
    return camera.frame(joints, t)


def hero(
    down: float = 1.0,
    *,
    knees_out_deg: float = 0.0,
    lean_deg: float = 0.0,
    tilt_deg: float = 0.0,
    camera: Camera = FRONT,
    t: float = 0.0,
) -> PoseFrame:
    """From upright on the knees (0) to sitting between the feet (1); lean and tilt (of the shoulders) to the left."""
    leg = Leg(-70.0 * down, 88.0, knees_out_deg - 8.0, foot_deg=90.0)
    joints = standing_at(
        Figure(trunk_side_deg=lean_deg, left=leg, right=leg).joints(), "left_knee", "right_knee"
    )
    sinks = 0.18 * sin(radians(tilt_deg))
    joints[INDEX["left_shoulder"], 1] -= sinks
    joints[INDEX["right_shoulder"], 1] += sinks
    return camera.frame(joints, t)


def long_lunge(
    down: float = 1.0,
    side: Side = "left",
    *,
    shank_deg: float = 0.0,
    thigh_up_deg: float = 10.0,
    back_bent_deg: float = 0.0,
    camera: Camera = LEFT,
    t: float = 0.0,
) -> PoseFrame:
    """From standing (0) into the lunge (1), the foot of `side` in front, the trunk leaning over it."""
    front = Leg((thigh_up_deg - 90) * down, shank_deg * down)
    back = Leg((60 - back_bent_deg) * down, 60 * down, foot_deg=60 * down)
    figure = Figure(
        55 * down,
        left=front if side == "left" else back,
        right=front if side == "right" else back,
    )
    return camera.frame(standing_at(figure.joints(), f"{side}_ankle"), t)


def side_raise(
    raised_deg: float = 0.0,
    side: Side = "left",
    *,
    knee_deg: float = 0.0,
    roll_deg: float = 0.0,
    camera: Camera = FRONT,
    t: float = 0.0,
) -> PoseFrame:
    """On the other side, the leg of `side` raised over the level; the knee bends backward, the trunk rolls back."""
    leg = Leg(0.0, knee_deg, raised_deg, raised_deg)
    figure = Figure(left=leg if side == "left" else Leg(), right=leg if side == "right" else Leg())
    joints = _laid(figure.joints(), side)
    back = radians(roll_deg)
    for joint in ("shoulder", "hip"):
        line = _rows(f"left_{joint}", f"right_{joint}")
        middle = joints[line].mean(axis=0)
        _, up, forward = (joints[line] - middle).T
        joints[line, 1] = middle[1] + cos(back) * up + sin(back) * forward
        joints[line, 2] = middle[2] - sin(back) * up + cos(back) * forward
    return camera.frame(standing_at(joints, "left_hip", "right_hip", height_m=0.25), t)


def _laid(joints: Joints, side: Side) -> Joints:
    """Upright joints laid on the other side, `side` up."""
    left, up, forward = joints.T
    lying = [-up, left, forward] if side == "left" else [up, -left, forward]
    return np.stack(lying, axis=1)
