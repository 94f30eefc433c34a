"""What is done with an uploaded video: judge it, and write what the person may take home."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from coach.judge import Exercise
from coach.pose import PoseTrack, Side
from coach.report import build_report, format_of, told_as
from coach.video import Analysis, VideoReader, Workout, analyse, analyse_workout
from coach.video.analysis import WHOLE

Share = Callable[[float], None]
ANNOTATED: Final = "coached.mp4"
REPORT: Final = "report.html"
PAPER: Final = "report.pdf"
RESULT: Final = "result.json"
TRACK: Final = "track.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is asked for: a video, the exercise in it (None: find out which of `known`), the side that works.

    between  the seconds of the video that are watched, for one set of a longer recording
    """

    video: Path
    exercise: Exercise | None = None
    side: Side | None = None
    known: tuple[Exercise, ...] = ()
    between: tuple[float, float] = WHOLE


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came out: `analysis` of one exercise, or a `workout` of which several or none were recognised.

    files  those that may be fetched, by name
    track  the landmarks of the one set, should it be kept
    nobody  whether no set was found because nobody was seen
    """

    analysis: Analysis | None = None
    workout: Workout | None = None
    files: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    track: Path | None = None
    nobody: bool = False

    @property
    def damaged(self) -> bool:
        """Whether only a part of the video could be read."""
        told = self.analysis or self.workout
        return told is not None and told.damaged


def check(video: Path) -> float:
    """Seconds that the video lasts, NaN where it does not say.  Raises VideoError for what cannot be read."""
    with VideoReader(video) as reader:
        return reader.info.duration_s


def work(task: Task, folder: Path, on_share: Share) -> Outcome:
    """Do a task, writing into `folder`; `on_share` gets the share done, NaN where the video hides its length.

    Raises CoachError, and whatever `on_share` raises: then nothing half written is left.
    """
    if task.exercise is not None:
        return _one(task, task.exercise, folder, on_share)
    workout = analyse_workout(
        task.video,
        exercises=task.known,
        side=task.side,
        track=folder / TRACK,
        on_progress=_shares(on_share, 0.0, 0.5),
    )
    only = _only_exercise(workout)
    if only is not None:
        return _one(task, only, folder, _half(on_share))
    return _several(task, workout, folder)


def _only_exercise(workout: Workout) -> Exercise | None:
    """The exercise where the video shows one set of it and nothing else, and surely; two sets are two."""
    only = workout.analyses[0] if len(workout.analyses) == 1 else None
    return only.exercise if only else None


def _one(task: Task, exercise: Exercise, folder: Path, on_share: Share) -> Outcome:
    analysis = analyse(
        task.video,
        exercise,
        side=task.side,
        annotated=folder / ANNOTATED,
        track=folder / TRACK,
        between=task.between,
        on_progress=_shares(on_share, 0.0, 1.0),
    )
    files = {name: folder / name for name in (ANNOTATED, PAPER, REPORT, RESULT)}
    _report(analysis, task.video, files[PAPER], files[REPORT])
    files[RESULT].write_text(analysis.result.model_dump_json(indent=2) + "\n", "utf-8")
    return Outcome(analysis=analysis, files=MappingProxyType(files), track=folder / TRACK)


def _several(task: Task, workout: Workout, folder: Path) -> Outcome:
    files = {RESULT: folder / RESULT}
    files[RESULT].write_text(workout.result.model_dump_json(indent=2) + "\n", "utf-8")
    for number, analysis in enumerate(workout.analyses, start=1):
        if analysis is not None:
            names = report_name(number, PAPER), report_name(number)
            files |= {name: folder / name for name in names}
            _report(analysis, task.video, *(files[name] for name in names))
    nobody = not workout.result.sets and not np.isfinite(PoseTrack.load(folder / TRACK).visibility).any()
    (folder / TRACK).unlink()
    return Outcome(workout=workout, files=MappingProxyType(files), nobody=nobody)


def report_name(number: int, name: str = REPORT) -> str:
    """The name of the report of one set of several, from 1; `name` is what it is called where there is one alone."""
    return f"report-{number}{Path(name).suffix}"


def _report(analysis: Analysis, video: Path, *targets: Path) -> None:
    report = build_report(analysis, video, video.name, datetime.now().astimezone())
    for target in targets:
        target.write_bytes(told_as(format_of(target.name), report))


def _shares(on_share: Share, start: float, end: float) -> Callable[[float, float], None]:
    def advance(done_s: float, total_s: float) -> None:
        share = min(done_s / total_s, 1.0) if total_s > 0 else math.nan
        on_share(start + share * (end - start))

    return advance


def _half(on_share: Share) -> Share:
    """The second half: the video is watched once more to draw on it."""
    return lambda share: on_share(0.5 + share / 2)
