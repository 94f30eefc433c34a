"""The truth about a film: where every landmark was, every true measure, and what was planted when.

Beside NAME.mp4 lie NAME.truth.npz, a track that `coach.pose.PoseTrack.load` reads, with further arrays, and NAME.json
with what happened.  A mirrored film shows a mirror person: all of its truth is of that person, left and right swapped.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray

import poses
from coach.motion import MEASURES, Body, near_side, view_of
from coach.motion.situation import azimuth_deg
from coach.pose import INDEX, PoseTrack, Side, other
from coach.pose.landmarks import COUNT, MIRROR
from sample_videos.studio import anatomy
from sample_videos.studio.camera import Camera
from sample_videos.studio.performance import Performance, Workout
from sample_videos.studio.rotations import Floats
from sample_videos.studio.scene import PlacedFault
from sample_videos.studio.score import PHASES, HoldRecord, RepRecord, Score
from sample_videos.studio.skeleton import Placed

VERSION: Final = 2
HIDDEN_M: Final = 0.25  # a surface so much before a joint is not the limb's own: the joint is hidden
IN_POSE_M: Final = 0.03
SEEN_SHARE: Final = 0.6  # of the phase that a check is about, for which its joints must be seen
MOVING: Final = ("out", "peak", "back", "hold")
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
Hidden = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Truth:
    """All that is known of a film of T frames.

    track          the true landmarks as a perfect pose estimator would give them
    xyz            (T, 33, 3) metres in the room
    phase, rep     (T,) index into `facts["phases"]` and `facts["reps"]`, -1 between
    measure        (T, M) by side, true value of every measure in the image plane; angle (T, A) in space, degrees
    facts          what is written as JSON
    """

    track: PoseTrack
    xyz: Floats
    phase: NDArray[np.int8]
    rep: NDArray[np.int16]
    measure: Mapping[Side, NDArray[np.float32]]
    angle: NDArray[np.float32]
    facts: Facts

    def measured(self, name: str, side: Side) -> Floats:
        """One measure over time, (T,)."""
        return np.asarray(self.measure[side][:, self.facts["measures"].index(name)], float)

    def anatomical(self, name: str) -> Floats:
        """One angle in space over time, (T,) degrees."""
        return np.asarray(self.angle[:, self.facts["angles"].index(name)], float)


# --- working it out ---------------------------------------------------------------------------------


def placements(performance: Performance | Workout) -> tuple[Floats, list[Placed | None]]:
    """The frames' times (T,) and where the person is at each; None while away."""
    fps = performance.scene.picture.fps
    times = np.arange(max(1, round(performance.duration_s * fps))) / fps
    found = [performance.posture(float(t)) for t in times]
    return times, [None if posture is None else performance.body.place(posture) for posture in found]


def truth_of(
    performance: Performance | Workout,
    times: Floats,
    placed: Sequence[Placed | None],
    hidden: Hidden | None = None,
) -> Truth:
    """The truth of a film; `hidden` (T, 33) tells which landmarks something stood before, if that was looked at."""
    if isinstance(performance, Workout):
        return _truth_of_workout(performance, times, placed, hidden)
    nobody = np.full((COUNT, 3), np.nan)
    xyz = np.stack([nobody if p is None else performance.body.landmarks(p) for p in placed])
    hidden = np.zeros(xyz.shape[:2], bool) if hidden is None else hidden
    side = performance.scene.side
    if performance.scene.picture.mirrored:
        xyz, hidden = mirrored(xyz, performance.camera), hidden[:, list(MIRROR)]
        side = None if side is None else other(side)
    track = track_of(xyz, performance.camera, times, hidden)
    facts = _facts(performance, track, xyz, side)
    body = Body.of(track)
    score = performance.score
    return Truth(
        track,
        xyz,
        _phases(score, times),
        np.array([_rep_at(score.reps, float(t)) for t in times], np.int16),
        {s: _measures(body, s) for s in ("left", "right")},
        anatomy.angles(xyz).astype(np.float32),
        facts,
    )


def _truth_of_workout(
    workout: Workout, times: Floats, placed: Sequence[Placed | None], hidden: Hidden | None
) -> Truth:
    """The truths of the sets one after the other, their facts as `sets`."""
    truths, sets = [], []
    at = np.array([workout.part_at(float(t)) for t in times])
    for i, (part, start_s) in enumerate(zip(workout.parts, workout.starts_s, strict=True)):
        during = np.flatnonzero(at == i)
        frames = slice(int(during[0]), int(during[-1]) + 1)
        truth = truth_of(
            part, times[frames] - start_s, placed[frames], None if hidden is None else hidden[frames]
        )
        truths.append(truth)
        sets.append(_later({name: truth.facts[name] for name in OF_A_SET}, start_s))
    xyz = np.concatenate([truth.xyz for truth in truths])
    tracks = [truth.track for truth in truths]
    visibility = np.concatenate([track.visibility for track in tracks])
    xy, world = (np.concatenate([getattr(track, name) for track in tracks]) for name in ("xy", "world"))
    counted = np.cumsum([0, *(len(truth.facts["reps"]) for truth in truths)])
    facts = {
        "version": VERSION,
        "scene": workout.scene.model_dump(mode="json", by_alias=True),
        "body": workout.scene.who,
        "fps": workout.scene.picture.fps,
        "size": list(workout.camera.size),
        "duration_s": round(len(times) / workout.scene.picture.fps, 3),
        "sets": sets,
        **{name: truths[0].facts[name] for name in ("phases", "measures", "angles")},
    }
    return Truth(
        PoseTrack(np.asarray(times, np.float64), xy, visibility, world, workout.camera.size, centred=True),
        xyz,
        np.concatenate([truth.phase for truth in truths]),
        np.concatenate(
            [
                np.where(truth.rep < 0, -1, truth.rep + before).astype(np.int16)
                for truth, before in zip(truths, counted, strict=False)
            ]
        ),
        {s: np.concatenate([truth.measure[s] for truth in truths]) for s in ("left", "right")},
        np.concatenate([truth.angle for truth in truths]),
        facts,
    )


def _later(facts: Any, by_s: float) -> Any:
    """The same facts, every moment in them later."""
    if isinstance(facts, list):
        return [_later(fact, by_s) for fact in facts]
    if not isinstance(facts, dict):
        return facts
    out = {name: _later(fact, by_s) for name, fact in facts.items()}
    for name in MOMENTS & out.keys():
        out[name] = round(out[name] + by_s, 3)
    if "left" in out:
        out["left"] = [[round(t + by_s, 3) for t in span] for span in out["left"]]
    return out


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


def _measures(body: Body, side: Side) -> NDArray[np.float32]:
    values = [np.asarray(measure.value(body, side), np.float32) for measure in MEASURES.values()]
    return np.stack(values, axis=-1)


def _rep_at(reps: Sequence[RepRecord], t: float) -> int:
    return next((i for i, rep in enumerate(reps) if rep.start_s <= t < rep.end_s), -1)


# --- the facts --------------------------------------------------------------------------------------


def exercise_file(name: str) -> Facts:
    """The exercise's file as plain data; empty where the coach does not know it."""
    path = Path(poses.__file__).parent / f"{name}.yaml"
    return dict(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}


def _facts(performance: Performance, track: PoseTrack, xyz: Floats, side: Side | None) -> Facts:
    scene, score = performance.scene, performance.score
    exercise = exercise_file(scene.exercise)
    in_set = _within(
        np.asarray(track.t, float), [(m.start_s, m.end_s) for m in score.moments if m.what == "set"]
    )
    azimuth = _azimuth(track, in_set)
    near = near_side(azimuth)
    view = view_of(azimuth)
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
        "holds": [
            _hold(hold, side, exercise, np.asarray(track.t, float), xyz, performance.movement.settles)
            for hold in score.holds
        ],
        "checks": _checks(
            exercise, track, in_set, _phases(score, np.asarray(track.t, float)), view, side or near
        ),
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


def _azimuth(track: PoseTrack, when: NDArray[np.bool_]) -> float:
    """The true azimuth over some frames: the mean direction, degrees; NaN where nobody was there."""
    azimuths = np.radians(azimuth_deg(Body.of(track)))[when]
    azimuths = azimuths[np.isfinite(azimuths)]
    if not len(azimuths):
        return float("nan")
    return float(np.degrees(np.angle(np.exp(1j * azimuths).mean())))


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
        "view": view_of(_azimuth(track, during)),
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


# --- what a camera here can see ---------------------------------------------------------------------


def _checks(
    exercise: Facts,
    track: PoseTrack,
    in_set: NDArray[np.bool_],
    phase: NDArray[np.int8],
    view: str | None,
    side: Side,
) -> dict[str, Facts]:
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


def judged_in(when: str, phase: NDArray[np.int8]) -> NDArray[np.bool_]:
    """(T,) the frames of the phases that a check is about; `phase` are indices of PHASES."""
    names = {"whole": MOVING, "return": ("back",)}.get(when, (when,))
    return np.isin(phase, [PHASES.index(name) for name in PHASES if name in names])


def _phases(score: Score, t: Floats) -> NDArray[np.int8]:
    return np.array([PHASES.index(score.phase(float(at))) for at in t], np.int8)


def seen_by_a_coach(track: PoseTrack) -> Floats:
    """(T, 33) which landmarks a coach could place: seen, or a hip or shoulder that only lies within the picture.

    A coach finds the hip behind the own thigh or hand, as the model does; a knee behind a chair nobody finds.
    """
    seen = np.nan_to_num(np.asarray(track.visibility, float))
    trunk = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("hip", "shoulder")]
    inside = ((track.xy[:, trunk] >= 0) & (track.xy[:, trunk] <= np.array(track.size))).all(-1)
    seen[:, trunk] = inside
    return np.asarray(seen)


def _unseen(
    check: Facts, counted_from: Sequence[str], visibility: Floats, view: str | None, side: Side
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


# --- files ------------------------------------------------------------------------------------------


def files_of(stem: Path) -> tuple[Path, Path]:
    """The JSON and the arrays of a film's truth."""
    return stem.with_name(f"{stem.name}.json"), stem.with_name(f"{stem.name}.truth.npz")


def write_truth(truth: Truth, stem: Path) -> None:
    """Write NAME.json and NAME.truth.npz."""
    facts, arrays = files_of(stem)
    facts.write_text(json.dumps(truth.facts, indent=1) + "\n", "utf-8")
    track = truth.track
    np.savez_compressed(
        arrays,
        t=track.t,
        xy=track.xy,
        visibility=track.visibility,
        world=track.world,
        size=np.array(track.size, np.int32),
        centred=np.array(track.centred),
        xyz=truth.xyz.astype(np.float32),
        phase=truth.phase,
        rep=truth.rep,
        measure_left=truth.measure["left"],
        measure_right=truth.measure["right"],
        angle=truth.angle,
    )


def read_truth(stem: Path) -> Truth:
    """Read what `write_truth` wrote."""
    facts, arrays = files_of(stem)
    with np.load(arrays, allow_pickle=False) as data:
        return Truth(
            PoseTrack.load(arrays),
            data["xyz"],
            data["phase"],
            data["rep"],
            {"left": data["measure_left"], "right": data["measure_right"]},
            data["angle"],
            json.loads(facts.read_text("utf-8")),
        )
