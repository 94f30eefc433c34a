"""A whole workout: the landmarks are estimated once, the sets in them found and named, and each one judged.

The landmarks wait on disk in between, so that memory stays flat.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO, Final

from coach import __version__
from coach.judge import (
    Exercise,
    FoundSet,
    Recogniser,
    WorkoutResult,
    exercise_ids,
    load_exercise,
)
from coach.judge.recognise import likeness_to_any, nothing_counted
from coach.judge.workout_results import rests_between
from coach.pose import MediaPipeEstimator, ModelName, PersonLock, PoseFrame, PoseTrack, Repair, Side
from coach.video.analysis import Analysis, Options, Preparation, Progress, Watcher, model_of
from coach.video.files import personal_write
from coach.video.overlap import one_ahead
from coach.video.reader import VideoReader
from coach.video.spool import TrackSpool

LEAD_IN_S: Final = 3.0  # before a set: the person's own level at rest is learnt in it
LEAD_OUT_S: Final = 2.0  # and after it, to see that the last repetition came to its end
AT_REST: Final = ("rest", "away")  # phases in which nothing is under way


@dataclass(frozen=True, slots=True, eq=False)
class Workout:
    """What came out of a recording: the result, and of each set what a report needs (None where it is not sure)."""

    result: WorkoutResult
    analyses: tuple[Analysis | None, ...]

    @property
    def damaged(self) -> bool:
        """Whether only a part of the video could be read."""
        return self.result.damaged


def analyse_workout(
    source: str | Path | BinaryIO,
    *,
    exercises: Sequence[Exercise] | None = None,
    side: Side | None = None,
    model: ModelName = "full",
    track: str | Path | None = None,
    on_progress: Progress | None = None,
) -> Workout:
    """Find the sets in a video, or in a track saved as .npz, say which exercise each is, and judge it.

    exercises    those that it may be; all of the library without it
    side         the working side in exercises done a side at a time; both are watched without it
    The other options are those of `analyse`, and it raises the same.
    """
    known = [load_exercise(name) for name in exercise_ids()] if exercises is None else exercises
    options = Options(
        side=side,
        model=model,
        track=None if track is None else Path(track),
        on_progress=on_progress or (lambda done_s, total_s: None),
    )
    if isinstance(source, str | Path) and Path(source).suffix.lower() == ".npz":
        return _of_track(Path(source), known, options)
    return _of_video(source, known, options)


def _of_track(path: Path, exercises: Sequence[Exercise], options: Options) -> Workout:
    track = PoseTrack.load(path)
    if options.track is not None:
        with personal_write(options.track) as temporary, temporary.open("wb") as file:
            track.save(file)
    start_s, end_s = (float(track.t[0]), float(track.t[-1])) if len(track) else (0.0, 0.0)
    recogniser, repair = Recogniser(exercises), Repair()
    for frame in track:
        recogniser.step(repair.step(frame))
        options.on_progress(frame.t - start_s, end_s - start_s)
    return _judged(track, recogniser.finish(), exercises, options.side, model_of(track))


def _of_video(source: str | Path | BinaryIO, exercises: Sequence[Exercise], options: Options) -> Workout:
    with ExitStack() as stack:
        reader = stack.enter_context(VideoReader(source))
        spool = stack.enter_context(TrackSpool(reader.size))
        target = None if options.track is None else stack.enter_context(personal_write(options.track))
        like = likeness_to_any(exercises)
        preparation = Preparation(like)
        stack.callback(preparation.close)
        lock = PersonLock(MediaPipeEstimator(options.model), likeness=like)
        stack.callback(lock.close)
        recogniser, repair = Recogniser(exercises), Repair()
        prepared = (preparation.step(frame) for frame in reader.frames())
        watched = one_ahead(prepared, lambda frame: frame.seen_by(lock))
        # The last to be opened is the first to end: the model's thread, before what it uses is closed.
        for frame, seen in stack.enter_context(closing(watched)):
            spool.write(seen)
            recogniser.step(repair.step(seen))
            options.on_progress(frame.t, reader.info.duration_s)
        track = spool.track()
        if target is not None:
            with target.open("wb") as file:
                track.save(file)
        model = f"{options.model}, mediapipe {version('mediapipe')}"
        return _judged(track, recogniser.finish(), exercises, options.side, model, reader.damaged)


# --- each set by its own exercise -------------------------------------------------------------------


def _judged(
    track: PoseTrack,
    found: Sequence[FoundSet],
    exercises: Sequence[Exercise],
    side: Side | None,
    model: str,
    damaged: bool = False,
) -> Workout:
    by_id = {exercise.id: exercise for exercise in exercises}
    stretches = [
        _Stretch(
            one, by_id[one.exercise] if one.exercise else None, side if side in one.sides else None, *window
        )
        for one, window in zip(found, windows(found), strict=True)
    ]
    repair = Repair()
    for frame in track:
        repaired = repair.step(frame)
        for stretch in stretches:
            stretch.take(repaired)
    analyses = [stretch.finish(model, damaged) for stretch in stretches]
    told = [
        one if analysis is None else _told(one, analysis, by_id[analysis.result.exercise])
        for one, analysis in zip(found, analyses, strict=True)
    ]
    result = WorkoutResult(
        duration_s=round(float(track.t[-1] - track.t[0]), 3) if len(track) else 0.0,
        sets=tuple(told),
        rests=rests_between(told),
        damaged=damaged,
        versions={"form_coach": __version__, "model": model},
    )
    sure = tuple(a if one.result is not None else None for one, a in zip(told, analyses, strict=True))
    return Workout(result, sure)


class _Stretch:
    """A part of the recording, and who judges it; nobody where it is not sure what it is.

    A movement that is under way at its end is watched until it is over, to `latest_s` at most.
    """

    def __init__(
        self,
        found: FoundSet,
        exercise: Exercise | None,
        side: Side | None,
        start_s: float,
        end_s: float,
        latest_s: float,
    ) -> None:
        self._found, self._exercise, self._side = found, exercise, side
        self._start_s, self._end_s, self._latest_s = start_s, end_s, latest_s
        self._goes_on = False  # what follows was left to the neighbour, or is none of this set
        self._begin()

    def _begin(self) -> None:
        self._watcher = None if self._exercise is None else Watcher(self._exercise, Options(self._side))
        self._under_way = False

    def take(self, frame: PoseFrame) -> None:
        if frame.t < self._start_s:
            return
        if frame.t > self._end_s and not (self._under_way and frame.t <= self._latest_s):
            self._goes_on = True
            return
        if frame.cut and frame.t <= self._found.start_s:
            self._begin()  # what was before the cut says nothing of how this person rests
        if self._watcher is not None:
            feedback = self._watcher.judge(frame)
            if feedback.rep is not None or feedback.held is not None or feedback.phase in AT_REST:
                self._under_way = False
            elif feedback.phase:  # while nothing is judged, what was under way may go on
                self._under_way = True

    def finish(self, model: str, damaged: bool) -> Analysis | None:
        if self._watcher is None:
            return None
        return self._watcher.finish(model, damaged, goes_on=self._goes_on)


def windows(found: Sequence[FoundSet]) -> Iterator[tuple[float, float, float]]:
    """For each set when to begin and to end watching, and to end it where a movement is under way then.

    A little around it, and not into its neighbours.
    """
    for i, one in enumerate(found):
        before_s = found[i - 1].end_s if i else -float("inf")
        after_s = max(one.end_s, found[i + 1].start_s) if i + 1 < len(found) else float("inf")
        start_s = min(one.start_s, max(one.start_s - LEAD_IN_S, before_s))
        yield start_s, min(one.end_s + LEAD_OUT_S, after_s), after_s


def _told(found: FoundSet, analysis: Analysis, exercise: Exercise) -> FoundSet:
    """The set with its result, its times and sides as they were judged; unsure after all where nothing counted.

    A hold that ended before its dose is still surely that hold.
    """
    result = analysis.result
    counted = [part for part in result.parts if part.counted] or list(result.holds)
    if not counted:
        return nothing_counted(found, exercise)
    return found.model_copy(
        update={
            "result": result,
            "start_s": min(part.start_s for part in result.parts),
            "end_s": max(part.end_s for part in result.parts),
            "sides": tuple(dict.fromkeys(part.side for part in counted)),
        }
    )
