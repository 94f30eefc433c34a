"""Rendered clips with their truth, the landmarks that a model finds in them, and what the engine makes of these.

The landmarks are kept beside the video (NAME.full.npz) and found again when the video is newer; so the second run
of a benchmark takes seconds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.true_facts import TrueFacts
from coach.judge import Engine, Exercise, Feedback, SetResult, exercise_ids, load_exercise
from coach.judge.samples import Probes
from coach.motion import MEASURES, Body
from coach.pose import ModelName, PoseFrame, PoseTrack, Repair, Side
from coach.video import analyse

Floats = np.ndarray


@dataclass(frozen=True)
class Clip:
    """A video, the truth of it, and its true landmarks."""

    video: Path
    truth: TrueFacts
    true_track: PoseTrack
    phase: Floats  # (T,) index into the truth's phases
    part: Floats  # (T,) index of the repetition or hold, -1 between

    @classmethod
    def load(cls, video: Path) -> "Clip":
        """The clip of a video with NAME.json and NAME.truth.npz beside it."""
        path = video.with_suffix(".truth.npz")
        with np.load(path) as arrays:
            phase, part = arrays["phase"], arrays["rep"]
        return cls(video, TrueFacts.load(video.with_suffix(".json")), PoseTrack.load(path), phase, part)

    @property
    def name(self) -> str:
        """The clip's name, without the ending."""
        return self.video.stem

    @cached_property
    def exercise(self) -> Exercise | None:
        """The exercise of the library; None where nobody does one of it."""
        known = self.truth.exercise in exercise_ids()
        return load_exercise(self.truth.exercise) if known else None

    def in_set(self) -> Floats:
        """(T,) whether the set is under way: not getting into position, not leaving."""
        t, spans = self.true_track.t, [m for m in self.truth.moments if m.what == "set"]
        return (
            np.any([(t >= m.start_s) & (t <= m.end_s) for m in spans], axis=0)
            if spans
            else np.zeros(len(t), bool)
        )

    def true_values(self, measure: str, side: Side) -> Floats:
        """(T,) a measure of the true landmarks."""
        return values(self.true_track, measure, side, 0.0)

    def kept(self, model: ModelName = "full") -> Path:
        """Where the landmarks are that a model sees in it; they are made if need be."""
        path = self.video.with_suffix(f".{model}.npz")
        if not path.exists() or path.stat().st_mtime < self.video.stat().st_mtime:
            analyse(self.video, self.exercise or "squat", model=model, track=path)
        return path

    def track(self, model: ModelName = "full") -> PoseTrack:
        """What a model sees in it."""
        return replace(PoseTrack.load(self.kept(model)), model=model)


def clips_in(folders: Sequence[Path]) -> Iterator[Clip]:
    """All clips of some folders, by name."""
    for folder in folders:
        for truth in sorted(folder.rglob("*.truth.npz")):
            yield Clip.load(truth.with_name(truth.name.removesuffix(".truth.npz") + ".mp4"))


@dataclass(frozen=True)
class Judged:
    """What the engine made of a track: the result, the feedback of each frame, and the repaired landmarks."""

    result: SetResult
    feedback: tuple[Feedback, ...]
    track: PoseTrack

    @cached_property
    def ready(self) -> Floats:
        """(T,) whether the frame was judged."""
        return np.array([feedback.ready for feedback in self.feedback])


def judged(track: PoseTrack, exercise: Exercise, without: Sequence[str] = ()) -> Judged:
    """Repair and judge a track."""
    repair = Repair(without)
    return judged_frames([repair.step(frame) for frame in track], exercise)


def judged_frames(repaired: list[PoseFrame], exercise: Exercise) -> Judged:
    """Judge frames that are repaired already."""
    engine = Engine(exercise)
    feedback = [engine.step(frame) for frame in repaired]
    return Judged(engine.finish(), tuple(feedback), PoseTrack.of(repaired))


def measures_of(exercise: Exercise, view: str) -> list[str]:
    """The measures that an exercise uses and that mean something from a view."""
    names = dict.fromkeys(name for name, _ in Probes(exercise, "left").keys)
    return [name for name in names if view in MEASURES[name].views]


def values(track: PoseTrack, measure: str, side: Side, seen: float) -> Floats:
    """(T,) a measure over a track; NaN where a joint it needs is not believed."""
    return np.asarray(MEASURES[measure].believed(Body.of(track), side, seen))
