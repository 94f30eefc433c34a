"""The offline pipeline: a video file or a saved track in, the judged set out.

The model works in a thread of its own, one frame ahead of the rest; memory stays flat whatever the length.
"""

import itertools
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from coach import __version__
from coach.errors import CoachError
from coach.judge import Engine, Exercise, Feedback, HeldPose, Rep, SetResult, likeness, load_exercise
from coach.judge.results import SidedOrBoth
from coach.language import words
from coach.motion import MEASURES
from coach.pose import (
    Frozen,
    Lamp,
    Likeness,
    Lit,
    MediaPipeEstimator,
    ModelName,
    PersonLock,
    PoseFrame,
    PoseTrack,
    Repair,
    Scout,
    Sentry,
    Side,
    nobody_in,
)
from coach.video.evidence import Moment, MomentCollector
from coach.video.files import personal_write
from coach.video.filmed import Pace
from coach.video.overlap import one_ahead
from coach.video.overlay import Overlay
from coach.video.picture import Image
from coach.video.reader import VideoFrame, VideoReader
from coach.video.sideways import Sideways
from coach.video.spool import TrackSpool
from coach.video.writer import VideoWriter

Progress = Callable[[float, float], None]
WHOLE: Final = (0.0, math.inf)


@dataclass(frozen=True, slots=True, eq=False)
class MainCurve:
    """The main angle over time, or the signal that was counted on where the view hides the angle.

    t (T,) seconds; value (T,) in `unit` ("deg" or "ratio"), NaN where not seen; measure is its name.
    """

    t: NDArray[np.float64]
    value: NDArray[np.float64]
    measure: str
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What came out of a file: the result, and what a report needs beside it."""

    result: SetResult
    exercise: Exercise
    curve: MainCurve
    moments: tuple[Moment, ...] = ()

    @property
    def damaged(self) -> bool:
        """Whether only a part of the video could be read."""
        return self.result.damaged


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for beside the result."""

    side: Side | None = None
    model: ModelName = "full"
    annotated: Path | None = None
    track: Path | None = None
    between: tuple[float, float] = WHOLE
    on_progress: Progress = field(default=lambda done_s, total_s: None)


def analyse(
    source: str | Path | BinaryIO,
    exercise: str | Exercise,
    *,
    side: Side | None = None,
    model: ModelName | None = None,
    annotated: str | Path | None = None,
    track: str | Path | None = None,
    between: tuple[float, float] = WHOLE,
    on_progress: Progress | None = None,
) -> Analysis:
    """Analyse a video, or a track saved as .npz.

    side         the working side in an exercise done a side at a time; both are watched without it
    model        lite, full or heavy (a track needs none); without it the one that the exercise's file names
    annotated    where to write a copy of the video with everything drawn on it
    track        where to save the landmarks as the model gave them
    between      from which second to which one of the video it is watched; the times told are still the video's,
                 and the annotated copy begins with the first frame that was watched
    on_progress  called with the seconds done and the seconds in all (NaN where unknown)

    Raises VideoError, TrackError, ExerciseError or OutputError, each with one sentence for a person.
    """
    chosen = exercise if isinstance(exercise, Exercise) else load_exercise(exercise)
    options = Options(
        side,
        model or chosen.model,
        None if annotated is None else Path(annotated),
        None if track is None else Path(track),
        between,
        on_progress or (lambda done_s, total_s: None),
    )
    if isinstance(source, str | Path) and Path(source).suffix.lower() == ".npz":
        return _analyse_track(Path(source), chosen, options)
    return _analyse_video(source, chosen, options)


class Watcher:
    """One set being watched: repair, judge, and keep what the report will need."""

    def __init__(self, exercise: Exercise, options: Options) -> None:
        self.exercise = exercise
        self._repair = Repair()
        self._engine = Engine(exercise, options.side)
        self._sideways = Sideways(exercise, options.side)
        self._moments = MomentCollector()
        self._t = array("d")
        # Of each side that was watched, and of the one that was shown: the signal and the main angle, frame by frame.
        self._lanes: dict[SidedOrBoth, tuple[array[float], array[float]]] = {}

    def repair(self, frame: PoseFrame) -> PoseFrame:
        """The landmarks as they are judged."""
        return self._repair.step(frame)

    def judge(self, frame: PoseFrame) -> Feedback:
        """Feedback on a repaired frame."""
        feedback = self._engine.step(frame)
        self._sideways.take(frame, feedback.ready)
        self._put("both", (feedback.signal, feedback.angle))
        for side, values in feedback.lanes.items():
            self._put(side, values)
        self._t.append(frame.t)
        self._moments.take(frame, feedback)
        return feedback

    def finish(self, model: str, damaged: bool = False, *, goes_on: bool = False) -> Analysis:
        """Close the set; see `Engine.finish` for `goes_on`."""
        result = self._sideways.told(self._engine.finish(goes_on=goes_on))
        versions = {**result.versions, "form_coach": __version__, "model": model}
        result = result.model_copy(update={"versions": versions, "damaged": damaged})
        return Analysis(result, self.exercise, self._curve(result.parts), self._moments.finish(result))

    def _put(self, side: SidedOrBoth, values: tuple[float, float]) -> None:
        """Keep the values of a frame; of a side that was not watched before all is NaN."""
        for kept, value in zip(self._lanes.setdefault(side, (array("d"), array("d"))), values, strict=True):
            kept.extend([math.nan] * (len(self._t) - len(kept)))
            kept.append(value)

    def _curve(self, parts: Sequence[Rep | HeldPose]) -> MainCurve:
        part = self.exercise.repetition or self.exercise.hold
        assert part is not None  # the file's validator saw to it
        signal, angle = self._followed(parts)
        name, t = part.range_of_motion, np.array(self._t)
        tried = [(one.start_s <= t) & (t <= one.end_s) for one in parts]
        tried_in = np.any(tried, axis=0) if tried else np.ones(len(t), bool)
        if name is None or np.isfinite(angle[tried_in]).sum() < 0.5 * np.isfinite(signal[tried_in]).sum():
            repetition, hold = self.exercise.repetition, self.exercise.hold
            name = repetition.signal if repetition else hold.conditions[0].measure  # type: ignore[union-attr]
            return MainCurve(t, signal, name, MEASURES[name].unit)
        return MainCurve(t, angle, name, "deg")

    def _followed(self, parts: Sequence[Rep | HeldPose]) -> Iterator[NDArray[np.float64]]:
        """The signal and the main angle (T,) of the side of the nearest repetition or hold, NaN where that changes.

        Where there is none, or both sides do the same, of the side that was shown.
        """
        t, lanes = (
            np.array(self._t),
            {side: _as_long(kept, len(self._t)) for side, kept in self._lanes.items()},
        )
        order = sorted((part for part in parts if part.side in lanes), key=lambda part: part.start_s)
        middles = [(one.end_s + then.start_s) / 2 for one, then in itertools.pairwise(order)]
        known = np.array([part.side for part in order] or ["both"])
        sides = known[np.searchsorted(middles, t)]
        changed = np.append(False, sides[1:] != sides[:-1])[: len(t)]
        for which in (0, 1):
            value = np.full(len(t), math.nan)
            for side, kept in lanes.items():
                value = np.where(sides == side, kept[which], value)
            yield np.where(changed, math.nan, value)


def _as_long(kept: Iterable["array[float]"], frames: int) -> list[NDArray[np.float64]]:
    """Filled up with NaN to so many frames."""
    return [np.append(one, np.full(frames - len(one), math.nan)) for one in kept]


def _analyse_track(path: Path, exercise: Exercise, options: Options) -> Analysis:
    if options.annotated is not None:
        raise CoachError("A track has no pictures to draw on; give the video itself for an annotated copy.")
    track = PoseTrack.load(path).between(*options.between)
    if options.track is not None:
        with personal_write(options.track) as temporary, temporary.open("wb") as file:
            track.save(file)
    watcher = Watcher(exercise, options)
    total_s = float(track.t[-1] - track.t[0]) if len(track) else 0.0
    for frame in track:
        watcher.judge(watcher.repair(frame))
        options.on_progress(frame.t - float(track.t[0]), total_s)
    return watcher.finish(model_of(track))


def model_of(track: PoseTrack) -> str:
    """The pose model that saw a track, as a result names it; "track" where the track does not tell."""
    return track.model or "track"


def _analyse_video(source: str | Path | BinaryIO, exercise: Exercise, options: Options) -> Analysis:
    with ExitStack() as stack:
        reader = stack.enter_context(VideoReader(source))
        outputs = Outputs(options, reader.size, exercise, stack)
        like = likeness(exercise)
        preparation = Preparation(like)
        stack.callback(preparation.close)
        lock = PersonLock(MediaPipeEstimator(options.model), likeness=like)
        stack.callback(lock.close)
        watcher = Watcher(exercise, options)
        prepared = (preparation.step(frame) for frame in _within(reader.frames(), *options.between))
        watched = one_ahead(prepared, lambda frame: frame.seen_by(lock))
        start_s, end_s = options.between[0], min(reader.info.duration_s, options.between[1])
        # The last to be opened is the first to end: the model's thread, before what it uses is closed.
        for frame, seen in stack.enter_context(closing(watched)):
            outputs.landmarks(seen)
            repaired = watcher.repair(seen)
            outputs.picture(frame.image, repaired, watcher.judge(repaired), frame.t)
            options.on_progress(frame.t - start_s, end_s - start_s)
        outputs.finish()
        analysis = watcher.finish(f"{options.model}, mediapipe {version('mediapipe')}", reader.damaged)
        return _with_pace(analysis, reader.info.pace)


def _with_pace(analysis: Analysis, pace: Pace | None) -> Analysis:
    """With a word, before all others, on a film that does not run as quick as life."""
    if pace is None:
        return analysis
    told = words(analysis.exercise.language, Path(__file__).parent)(pace)
    result = analysis.result.model_copy(update={"advice": (told, *analysis.result.advice)})
    return replace(analysis, result=result)


def _within(frames: Iterator[VideoFrame], start_s: float, end_s: float) -> Iterator[VideoFrame]:
    ended = itertools.takewhile(lambda frame: frame.t <= end_s, frames)
    return (frame for frame in ended if frame.t >= start_s)


@dataclass(frozen=True, slots=True)
class PreparedFrame(VideoFrame):
    """A frame with what is known of it before the model: brightened, how bright, who is in it, whether it is frozen."""

    lit: Lit
    people: list[PoseFrame] | None
    frozen: bool

    def seen_by(self, lock: PersonLock) -> PoseFrame:
        """The landmarks of the one who exercises."""
        if self.frozen:
            return nobody_in(self.image, self.t)
        return replace(lock.estimate(self.lit.image, self.t, self.people), light=self.lit.light)


class Preparation:
    """What is done to each frame before the model: light, who is there, and whether it stands still."""

    def __init__(self, like: Likeness) -> None:
        self._scout = Scout()  # loaded here, not while the first frames wait
        self._lamp, self._sentry, self._frozen = Lamp(), Sentry(lambda: self._scout, like), Frozen()

    def step(self, frame: VideoFrame) -> PreparedFrame:
        """Prepare one frame."""
        lit = self._lamp.step(frame.image, frame.t)
        people = self._sentry.look_if_due(lit.image, frame.t)
        return PreparedFrame(frame.t, frame.image, lit, people, self._frozen.step(frame.image, frame.t))

    def close(self) -> None:
        """Close the scout, whether or not it ever looked."""
        self._scout.close()


class Outputs:
    """The files written while the video is watched; on an exception none of them is left behind."""

    def __init__(self, options: Options, size: tuple[int, int], exercise: Exercise, stack: ExitStack) -> None:
        self._exercise = exercise
        self._writer = self._overlay = self._spool = None
        if options.annotated is not None:
            self._writer = stack.enter_context(VideoWriter(options.annotated))
            self._overlay = Overlay(size)
        if options.track is not None:
            self._track_path = stack.enter_context(personal_write(options.track))
            self._spool = stack.enter_context(TrackSpool(size))

    def landmarks(self, frame: PoseFrame) -> None:
        """Keep the landmarks as the model gave them."""
        if self._spool is not None:
            self._spool.write(frame)

    def picture(self, image: Image, frame: PoseFrame, feedback: Feedback, t: float) -> None:
        """Write the picture with everything drawn on it."""
        if self._writer is not None and self._overlay is not None:
            self._writer.write(self._overlay.draw(image, frame, feedback, self._exercise), t)

    def finish(self) -> None:
        """Complete what is only written at the end."""
        if self._spool is not None:
            with self._track_path.open("wb") as file:
                self._spool.track().save(file)
