"""Stick figures of the exercises on the back: steps in the bridge, hip roll, pelvic tilt, figure four, Thomas test."""

from math import cos, radians, sin

import numpy as np

from coach.pose import INDEX, PoseFrame, Side, other
from tests.skeletons import LEFT, SHANK, THIGH, Camera, Figure, Joints, Leg, standing_at

FLAT = Leg(-135.0, 0.0)  # knee up, foot on the floor
LONG = Leg(-90.0, -90.0, foot_deg=-90.0)
FOOT = ("ankle", "heel", "foot_index")
HIGH = Camera(-90.0, floor_px=(320.0, 300.0))  # on a table, from the left


def _rows(side: Side, *joints: str) -> list[int]:
    return [INDEX[f"{side}_{joint}"] for joint in joints]


def _lying(left: Leg, right: Leg, trunk_deg: float = -90.0, roll_deg: float = 0.0) -> Joints:
    """On the back, the shoulders on the floor; a roll lifts the left hip."""
    figure = Figure(trunk_deg, pelvis_side_deg=-roll_deg, arms_deg=90.0, left=left, right=right)
    return standing_at(figure.joints(), "left_shoulder", "right_shoulder", height_m=0.1)


def march(
    left_m: float = 0.0,
    right_m: float = 0.0,
    *,
    sag_deg: float = 0.0,
    trunk_deg: float = -115.0,
    camera: Camera = LEFT,
    t: float = 0.0,
) -> PoseFrame:
    """The top of the bridge, a foot lifted by so many metres with its shank upright; sag_deg flattens the trunk."""
    joints = _lying(Leg(-115.0), Leg(-115.0), trunk_deg + sag_deg)
    sides: tuple[tuple[Side, float], ...] = (("left", left_m), ("right", right_m))
    for side, lift in sides:
        hip, knee = (joints[INDEX[f"{side}_{joint}"]].copy() for joint in ("hip", "knee"))
        rise = knee[1] - hip[1] + lift
        ahead = np.sqrt(max(THIGH**2 - rise**2 - (knee[0] - hip[0]) ** 2, 0.0))
        moved = np.array([knee[0], hip[1] + rise, hip[2] + ahead]) - knee
        joints[_rows(side, "knee", *FOOT)] += moved
    return camera.frame(joints, t)


def hip_roll(
    roll_deg: float = 0.0,
    side: Side = "left",
    *,
    chest_m: float = 0.0,
    foot_m: float = 0.0,
    camera: Camera = LEFT,
    t: float = 0.0,
) -> PoseFrame:
    """One knee bent, the pelvis rolled so that the hip of `side` rises; chest_m lifts its shoulder, foot_m its foot."""
    toward = 1 if side == "left" else -1
    legs = (FLAT, LONG) if side == "left" else (LONG, FLAT)
    joints = _lying(*legs, roll_deg=toward * roll_deg)
    # The feet stay where they are without a roll; the knees follow their hips, as far as the shanks let them.
    flat = _lying(*legs)
    # It rolls onto the other hip, which stays on the floor.
    far = INDEX[f"{other(side)}_hip"]
    joints[_rows("left", "hip", "knee") + _rows("right", "hip", "knee"), 1] += flat[far, 1] - joints[far, 1]
    for s in ("left", "right"):
        rows = [INDEX[f"{s}_{joint}"] for joint in FOOT]
        joints[rows] = flat[rows]
    joints[_rows(side, *FOOT), 1] += foot_m
    for s in ("left", "right"):
        hip, knee, ankle = (INDEX[f"{s}_{joint}"] for joint in ("hip", "knee", "ankle"))
        joints[knee] = _knee_between(joints[hip], joints[knee], joints[ankle])
    joints[_rows(side, "shoulder"), 1] += chest_m
    return camera.frame(joints, t)


def _knee_between(hip: Joints, knee: Joints, ankle: Joints) -> Joints:
    """The place next to `knee` that is a thigh from the hip and a shank from the ankle, metres."""
    for _ in range(50):
        for end, length in ((hip, THIGH), (ankle, SHANK)):
            knee = end + (knee - end) * length / np.linalg.norm(knee - end)
    return knee


def knees_up(away: float = 0.0, camera: Camera = LEFT, t: float = 0.0) -> PoseFrame:
    """On the back with both feet flat; `away` 1 is with long legs."""
    leg = Leg(-135.0 + 45.0 * away, -90.0 * away, foot_deg=-90.0 * away)
    return camera.frame(_lying(leg, leg), t)


def figure_four(
    flexion_deg: float = 105.0,
    side: Side = "left",
    *,
    across: float = 1.0,
    curl_deg: float = 0.0,
    camera: Camera = LEFT,
    t: float = 0.0,
) -> PoseFrame:
    """The ankle of `side` on the other thigh (across 0: its foot stays on the floor), that thigh drawn in."""
    drawn = Leg(-90.0 - flexion_deg, -90.0 - flexion_deg + 95.0)
    legs = (FLAT, drawn) if side == "left" else (drawn, FLAT)
    joints = _lying(*legs)
    hip, knee = (joints[INDEX[f"{other(side)}_{joint}"]] for joint in ("hip", "knee"))
    own_hip, own_ankle = (joints[INDEX[f"{side}_{joint}"]].copy() for joint in ("hip", "ankle"))
    there = own_ankle + across * (hip + 0.85 * (knee - hip) - own_ankle)
    joints[_rows(side, *FOOT)] += there - own_ankle
    outward = np.array([0.3 if side == "left" else -0.3, 0.0, 0.0])
    bent = (own_hip + there) / 2 + outward
    joints[_rows(side, "knee")] += across * (bent - joints[INDEX[f"{side}_knee"]])
    curl = radians(curl_deg)
    middle = joints[[INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=0)
    upper = [i for name, i in INDEX.items() if not name.endswith(("hip", "knee", *FOOT))]
    apart = joints[upper] - middle
    up, forward = apart[:, 1].copy(), apart[:, 2].copy()
    apart[:, 1], apart[:, 2] = (
        up * cos(curl) - forward * sin(curl),
        up * sin(curl) + forward * cos(curl),
    )
    joints[upper] = middle + apart
    return camera.frame(joints, t)


def thomas(
    below_deg: float = 10.0,
    knee_deg: float = 85.0,
    side: Side = "left",
    *,
    hugged_deg: float = 125.0,
    camera: Camera = HIGH,
    t: float = 0.0,
) -> PoseFrame:
    """On the edge of a table: the thigh of `side` hangs below the level, the other one is hugged."""
    hanging = Leg(-90.0 + below_deg, -90.0 + below_deg + knee_deg)
    hugged = Leg(-90.0 - hugged_deg, -90.0 - hugged_deg + 130.0)
    legs = (hanging, hugged) if side == "left" else (hugged, hanging)
    return camera.frame(_lying(*legs), t)
