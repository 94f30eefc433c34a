"""The truth about a film: where every landmark was, every true measure, and what was planted when.

Beside NAME.mp4 lie NAME.truth.npz, a track that `coach.pose.PoseTrack.load` reads, with further arrays, and NAME.json
with what happened.  A mirrored film shows a mirror person: all of its truth is of that person, left and right swapped.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.motion import MEASURES, Body
from coach.pose import PoseTrack, Side, other
from coach.pose.landmarks import COUNT, MIRROR
from sample_videos.studio import anatomy
from sample_videos.studio.facts import OF_A_SET, VERSION, Facts, facts_of, later
from sample_videos.studio.performance import Performance, Workout
from sample_videos.studio.rotations import Floats
from sample_videos.studio.score import PHASES, RepRecord, Score
from sample_videos.studio.sight import Hidden, mirrored, track_of
from sample_videos.studio.skeleton import Placed


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
    body, score = Body.of(track), performance.score
    phase = _phases(score, times)
    return Truth(
        track,
        xyz,
        phase,
        np.array([_rep_at(score.reps, float(t)) for t in times], np.int16),
        {s: _measures(body, s) for s in ("left", "right")},
        anatomy.angles(xyz).astype(np.float32),
        facts_of(performance, track, xyz, side, phase),
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
        sets.append(later({name: truth.facts[name] for name in OF_A_SET}, start_s))
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


def _measures(body: Body, side: Side) -> NDArray[np.float32]:
    values = [np.asarray(measure.value(body, side), np.float32) for measure in MEASURES.values()]
    return np.stack(values, axis=-1)


def _rep_at(reps: Sequence[RepRecord], t: float) -> int:
    return next((i for i, rep in enumerate(reps) if rep.start_s <= t < rep.end_s), -1)


def _phases(score: Score, t: Floats) -> NDArray[np.int8]:
    return np.array([PHASES.index(score.phase(float(at))) for at in t], np.int8)


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
