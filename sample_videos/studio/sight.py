"""What a camera sees of the person: the picture of every landmark, what hides it, and which checks can be judged."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.motion import MEASURES, Body
from coach.motion.situation import azimuth_deg
from coach.pose import INDEX, PoseTrack, Side, other
from coach.pose.landmarks import MIRROR
from sample_videos.studio.camera import Camera
from sample_videos.studio.rotations import Floats
from sample_videos.studio.score import PHASES

HIDDEN_M: Final = 0.25  # a surface so much before a joint is not the limb's own: the joint is hidden
SEEN_SHARE: Final = 0.6  # of the phase that a check is about, for which its joints must be seen
MOVING: Final = ("out", "peak", "back", "hold")
Hidden = NDArray[np.bool_]


def mirrored(xyz: Floats, camera: Camera) -> Floats:
    """Landmarks (T, 33, 3) as a mirror shows them: reflected at the camera's upright middle plane, sides swapped."""
    right = camera.axes()[0]
    aside = (xyz - np.asarray(camera.eye)) @ right
    return np.asarray((xyz - 2 * aside[..., None] * right)[:, list(MIRROR)])


def track_of(xyz: Floats, camera: Camera, times: Floats, hidden: Hidden | None = None) -> PoseTrack:
    """The landmarks (T, 33, 3) as a perfect pose estimator sees them."""
    xy = camera.project(xyz)
    inside = ((xy >= 0) & (xy <= np.array(camera.size))).all(-1)
    seen = inside if hidden is None else inside & ~hidden
    visibility = np.where(np.isfinite(xyz[..., 0]), seen, np.nan)
    hips = (xyz[:, [INDEX["left_hip"]]] + xyz[:, [INDEX["right_hip"]]]) / 2
    world = (xyz - hips) @ camera.axes().T
    return PoseTrack(
        np.asarray(times, np.float64),
        xy.astype(np.float32),
        visibility.astype(np.float16),
        world.astype(np.float32),
        camera.size,
        centred=True,
    )


def hidden_by_depth(depth: NDArray[np.float32], camera: Camera, landmarks: Floats) -> Hidden:
    """Which landmarks (33, 3) have a surface before them in a picture's depth (h, w), metres."""
    pixels = np.nan_to_num(np.floor(camera.project(landmarks)), nan=-1).astype(int)
    height, width = depth.shape
    x, y = np.clip(pixels[:, 0], 0, width - 1), np.clip(pixels[:, 1], 0, height - 1)
    inside = (pixels[:, 0] == x) & (pixels[:, 1] == y)
    return np.asarray(inside & (depth[y, x] < camera.in_camera(landmarks)[:, 2] - HIDDEN_M))


def azimuth(track: PoseTrack, when: NDArray[np.bool_]) -> float:
    """The true azimuth over some frames: the mean direction, degrees; NaN where nobody was there."""
    azimuths = np.radians(azimuth_deg(Body.of(track)))[when]
    azimuths = azimuths[np.isfinite(azimuths)]
    if not len(azimuths):
        return float("nan")
    return float(np.degrees(np.angle(np.exp(1j * azimuths).mean())))


def seen_by_a_coach(track: PoseTrack) -> Floats:
    """(T, 33) which landmarks a coach could place: seen, or a hip or shoulder that only lies within the picture.

    A coach finds the hip behind the own thigh or hand, as the model does; a knee behind a chair nobody finds.
    """
    seen = np.nan_to_num(np.asarray(track.visibility, float))
    trunk = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("hip", "shoulder")]
    inside = ((track.xy[:, trunk] >= 0) & (track.xy[:, trunk] <= np.array(track.size))).all(-1)
    seen[:, trunk] = inside
    return np.asarray(seen)


def judged_in(when: str, phase: NDArray[np.int8]) -> NDArray[np.bool_]:
    """(T,) the frames of the phases that a check is about; `phase` are indices of PHASES."""
    names = {"whole": MOVING, "return": ("back",)}.get(when, (when,))
    return np.isin(phase, [PHASES.index(name) for name in PHASES if name in names])


def checks_seen(
    exercise: Mapping[str, Any],
    track: PoseTrack,
    in_set: NDArray[np.bool_],
    phase: NDArray[np.int8],
    view: str | None,
    side: Side,
) -> dict[str, dict[str, Any]]:
    """Whether a camera here sees what each check is about, while the check is about it.

    Between the repetitions of a lunge one leg hides the other, which is no matter to a check of its bottom.
    """
    part = exercise.get("repetition") or exercise.get("hold") or {}
    visibility, out = seen_by_a_coach(track), {}
    for name, check in exercise.get("checks", {}).items():
        when = in_set & judged_in(str(check.get("when", "whole")), phase)
        why = _unseen(check, part.get("views", []), visibility[when if when.any() else in_set], view, side)
        out[name] = {"seen": not why, "why": why}
    return out


def _unseen(
    check: Mapping[str, Any], counted_from: Sequence[str], visibility: Floats, view: str | None, side: Side
) -> str:
    """Why a check cannot be judged here; "" if it can."""
    if "unseen" in check:
        return str(check["unseen"])
    views = check.get("views", counted_from)
    if view not in views:
        return f"this is seen from the {' or '.join(views)} only"
    if "measure" not in check:
        return ""
    measured = other(side) if check.get("side") == "other" else side
    for name in MEASURES[check["measure"]].landmarks(measured):
        if visibility[:, INDEX[name]].mean() < SEEN_SHARE:
            return f"the {name.replace('_', ' ')} is hidden or outside the picture"
    return ""
