"""The 33 landmarks of BlazePose by name, and the left-right pairs among them.

Source of the order: MediaPipe Pose Landmarker, "Pose landmark model".
"""

from typing import Final, Literal

Side = Literal["left", "right"]

NAMES: Final = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
INDEX: Final = {name: i for i, name in enumerate(NAMES)}
COUNT: Final = len(NAMES)

LEG: Final = ("knee", "ankle", "heel", "foot_index")
BONES: Final = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *((f"{s}_{a}", f"{s}_{b}") for s in ("left", "right") for a, b in (
        ("shoulder", "hip"), ("shoulder", "elbow"), ("elbow", "wrist"),
        ("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "foot_index"), ("ankle", "foot_index"),
    )),
)  # fmt: skip


def other(side: Side) -> Side:
    """The opposite side of the body."""
    return "right" if side == "left" else "left"


def at(side: Side, joint: str) -> int:
    """Index of a joint of one side: ``at("left", "knee") == 25``."""
    return INDEX[f"{side}_{joint}"]


def mirrored_name(name: str) -> str:
    """The landmark on the other side of the body; middle ones are their own mirror."""
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


MIRROR: Final = tuple(INDEX[mirrored_name(name)] for name in NAMES)
