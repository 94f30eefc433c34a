"""What happened in a film, as it is written beside it: repetitions, holds, planted faults, and what can be seen."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

import poses
from coach.motion import MEASURES, Body, near_side, view_of
from coach.pose import INDEX, PoseTrack, Side
from sample_videos.studio import anatomy
from sample_videos.studio.camera import Camera
from sample_videos.studio.performance import Performance
from sample_videos.studio.rotations import Floats
from sample_videos.studio.scene import PlacedFault
from sample_videos.studio.score import PHASES, HoldRecord, RepRecord
from sample_videos.studio.sight import azimuth, checks_seen, track_of

VERSION: Final = 2
IN_POSE_M: Final = 0.03
FAR_M, FAR_LENS_MM = 80.0, 900.0  # a camera so far away sees without perspective
IDEAL_FROM: Final = {"side": (1.0, 0.0), "front": (0.0, -1.0), "back": (0.0, 1.0)}
# The angle in space that a measure of the image plane is meant to tell; {side} is the measured one.
IN_SPACE: Final = {
    "hip_extension": "{side}_hip_extension",
    "knee_flexion": "{side}_knee_flexion",
    "pelvic_drop": "pelvis_tilt",
    "shoulder_turn": "shoulder_turn",
}
# What the JSON of a workout tells of each of its sets, and what in it are moments.
OF_A_SET: Final = (
    "exercise", "view", "near_side", "counted", "attempts", "reps", "holds", "checks", "moments",
)  # fmt: skip
MOMENTS: Final = {"start_s", "peak_s", "end_s", "from_s", "to_s"}
Facts = dict[str, Any]


def exercise_file(name: str) -> Facts:
    """The exercise's file as plain data; empty where the coach does not know it."""
    path = Path(poses.__file__).parent / f"{name}.yaml"
    return dict(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}


def facts_of(
    performance: Performance, track: PoseTrack, xyz: Floats, side: Side | None, phase: NDArray[np.int8]
) -> Facts:
    """What is written as JSON; `side` is the one that is exercised, `phase` (T,) indices of PHASES."""
    scene, score = performance.scene, performance.score
    exercise, t = exercise_file(scene.exercise), np.asarray(track.t, float)
    in_set = _within(t, [(m.start_s, m.end_s) for m in score.moments if m.what == "set"])
    from_where = azimuth(track, in_set)
    near, view = near_side(from_where), view_of(from_where)
    reps = [_rep(performance, rep, exercise, track, xyz, side, near) for rep in score.reps]
    return {
        "version": VERSION,
        "scene": scene.model_dump(mode="json", by_alias=True),
        "exercise": scene.exercise,
        "view": view,
        "near_side": near if view in ("side", "three_quarter") else None,
        "body": scene.who,
        "fps": scene.picture.fps,
        "size": list(scene.camera.size),
        "duration_s": round(len(track) / scene.picture.fps, 3),
        "counted": sum(rep["counted"] for rep in reps),
        "attempts": len(reps),
        "reps": reps,
        "holds": [_hold(hold, side, exercise, t, xyz, performance.movement.settles) for hold in score.holds],
        "checks": checks_seen(exercise, track, in_set, phase, view, side or near),
        "phases": list(PHASES),
        "measures": list(MEASURES),
        "angles": list(anatomy.ANGLES),
        "moments": [
            {"what": m.what, "start_s": round(m.start_s, 3), "end_s": round(m.end_s, 3)}
            for m in score.moments
        ],
    }


def _within(t: Floats, spans: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """Which times (T,) lie in one of the spans."""
    return np.asarray(np.any([(t >= a) & (t <= b) for a, b in spans], axis=0))


def _rep(
    performance: Performance,
    rep: RepRecord,
    exercise: Facts,
    track: PoseTrack,
    xyz: Floats,
    side: Side | None,
    near: Side,
) -> Facts:
    side = rep.side or side
    measured, t = side or near, np.asarray(track.t, float)
    during = (t >= rep.start_s) & (t <= rep.end_s)
    reached = _reached(exercise, rep, t, xyz, measured)
    faults = {name: float(size) for name, size in rep.faults.items()}
    partial = performance.movement.partial
    if rep.share < 1 and partial and partial not in faults:
        faults[partial] = round(_shortfall(partial, xyz, t, rep, measured), 1)
    return {
        "start_s": round(rep.start_s, 3),
        "peak_s": round(rep.peak_s, 3),
        "end_s": round(rep.end_s, 3),
        "side": side or "both",
        "counted": reached,
        "why": "" if reached else "range",
        "hold_s": round(rep.hold_s, 3),
        "range_deg": _range_deg(exercise, rep, t, xyz, measured),
        "share": rep.share,
        "faults": faults,
        "view": view_of(azimuth(track, during)),
    }


def _at(t: Floats, when_s: float) -> int:
    return int(np.argmin(abs(t - when_s)))


def _reached(exercise: Facts, rep: RepRecord, t: Floats, xyz: Floats, side: Side) -> bool:
    """Whether the true signal, seen from far away in the exercise's first view, reaches the file's target."""
    asked = exercise.get("repetition")
    if asked is None:
        return rep.share >= 1
    x, y = IDEAL_FROM[asked["views"][0]]
    at = [_at(t, rep.start_s), _at(t, rep.peak_s)]
    middle = np.nanmean(xyz[at[1]], axis=0)
    eye = (float(middle[0] + FAR_M * x), float(middle[1] + FAR_M * y), float(middle[2]))
    camera = Camera(eye, (float(middle[0]), float(middle[1]), float(middle[2])), lens_mm=FAR_LENS_MM)
    start, value = MEASURES[asked["signal"]].value(Body.of(track_of(xyz[at], camera, t[at])), side)
    if asked.get("relative"):
        value -= start
    target = asked["target"]
    return bool(target.get("min", -np.inf) <= value <= target.get("max", np.inf))


def _range_deg(exercise: Facts, rep: RepRecord, t: Floats, xyz: Floats, side: Side) -> float | None:
    angle = IN_SPACE.get(exercise.get("repetition", {}).get("range_of_motion", ""))
    if angle is None:
        return None
    both = xyz[[_at(t, rep.start_s), _at(t, rep.peak_s)]]
    change = np.diff(anatomy.ANGLES[angle.format(side=side)](both))[0]
    return round(float(abs(change)), 1)


def _shortfall(partial: str, xyz: Floats, t: Floats, rep: RepRecord, side: Side) -> float:
    """The size of the fault that too small a range is, as one would have planted it."""
    there = xyz[_at(t, rep.peak_s)]
    if partial == "straight_line":
        return float(180 - anatomy.hip_extension(side, there))
    return float(anatomy.thigh_elevation(side, there))


def _hold(hold: HoldRecord, side: Side | None, exercise: Facts, t: Floats, xyz: Floats, joint: str) -> Facts:
    """A hold; what was planted for a measurement, and not against a check, is told apart."""
    results = (exercise.get("hold") or {}).get("results", {})
    start_s, end_s = in_the_pose(hold.start_s, hold.end_s, t, xyz, joint)
    held_s = hold.held_s + hold.start_s - start_s + end_s - hold.end_s
    return {
        "start_s": round(start_s, 3),
        "end_s": round(end_s, 3),
        "side": side or "both",
        "held_s": round(held_s, 3),
        "left": [[round(a, 3), round(b, 3)] for a, b in hold.left],
        "faults": _planted({name: f for name, f in hold.faults.items() if name not in results}),
        "results": _planted({name: f for name, f in hold.faults.items() if name in results}),
    }


def _planted(faults: Mapping[str, PlacedFault]) -> Facts:
    return {
        name: {"size": f.size, "from_s": round(f.start, 3), "to_s": round(f.end, 3)}
        for name, f in faults.items()
    }


def in_the_pose(
    start_s: float, end_s: float, t: Floats, xyz: Floats, joint: str = "hip"
) -> tuple[float, float]:
    """From when to when the hips (or other joints) are where they are held, within IN_POSE_M.

    The last of getting there is in the pose.

    start_s, end_s  when the planned movement into the pose ends, and when the one out of it begins
    """
    hips = xyz[:, [INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]]].mean(axis=1)
    middle = np.nanmedian(hips[(t >= start_s) & (t <= end_s)], axis=0)
    away = t[~(np.linalg.norm(hips - middle, axis=1) <= IN_POSE_M)]
    before, after = away[away < start_s], away[away > end_s]
    step = float(t[1] - t[0])
    return (
        float(before[-1]) + step if len(before) else float(t[0]),
        float(after[0]) - step if len(after) else float(t[-1]),
    )


def later(facts: Any, by_s: float) -> Any:
    """The same facts, every moment in them later."""
    if isinstance(facts, list):
        return [later(fact, by_s) for fact in facts]
    if not isinstance(facts, dict):
        return facts
    out = {name: later(fact, by_s) for name, fact in facts.items()}
    for name in MOMENTS & out.keys():
        out[name] = round(out[name] + by_s, 3)
    if "left" in out:
        out["left"] = [[round(t + by_s, 3) for t in span] for span in out["left"]]
    return out
