"""The recognition benchmark: what it calls right, and workouts put together from clips."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.recognition import (
    Shown,
    joined,
    shifted,
    standing_still,
    told,
    verdict,
    workouts,
)
from coach.judge import FoundSet, WorkoutResult
from tests.judge.films import squats


def of(*exercises: str | None) -> WorkoutResult:
    sets = [
        FoundSet(
            exercise=name,
            name=name or "Not sure",
            sides=("both",),
            start_s=0,
            end_s=9,
            confidence="sure" if name else "not_sure",
            candidates=() if name else ("squat", "lunge"),
        )
        for name in exercises
    ]
    return WorkoutResult(duration_s=9, sets=tuple(sets))


@pytest.mark.parametrize(
    ("exercise", "found", "called"),
    [
        ("squat", of("squat"), "right"),
        ("squat", of("squat", None), "right"),
        ("squat", of("squat", "lunge"), "WRONG"),
        ("squat", of(None), "not sure"),
        ("squat", of(), "nothing"),
        (None, of("squat"), "WRONG"),
    ],
)
def test_a_clip_is_right_when_all_that_is_sure_is_right(
    exercise: str | None, found: WorkoutResult, called: str
) -> None:
    assert verdict(Shown(Path("x.npz"), exercise), found) == called


def test_a_set_is_told_in_a_cell() -> None:
    assert told(of("squat").sets[0]) == "squat 0-9 s"
    assert told(of(None).sets[0]) == "? squat or lunge 0-9 s"


def test_tracks_follow_each_other() -> None:
    first = squats(1)
    still = standing_still(first, 2.0)
    track = joined([first, still, shifted(first, float(still.t[-1]) + 0.1)])
    assert len(track) == 2 * len(first) + 40
    assert (np.diff(track.t) > 0).all()


def test_every_clip_that_can_be_judged_stands_beside_another_exercise() -> None:
    clips = [Shown(Path(f"{name}.npz"), name) for name in ("squat", "bridge")]
    clips += [Shown(Path("x.npz"), None), Shown(Path("y.npz"), "squat", seen=False)]
    assert [[clip.exercise for clip in row] for row in workouts(clips)] == [["squat", "bridge"]]
