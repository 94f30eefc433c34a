"""Tracks blended of two photos, and films of what is no exercise."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import others, photos
from benchmarks.photos import REPETITIONS, SHOWN, blended, said, weights
from coach.judge import FoundSet, WorkoutResult, exercise_ids
from tests.judge.films import result_of, squats


def test_the_photos_take_turns() -> None:
    w = weights()
    assert w[0] == w[-1] == 0 and w.max() == 1 and (np.abs(np.diff(w)) < 0.1).all()
    arrivals = (w[1:] == 1) & (w[:-1] < 1)
    assert arrivals.sum() == REPETITIONS


def test_between_two_postures_the_landmarks_go_straight() -> None:
    frames = list(squats(1, 30))
    first, last = frames[0], frames[len(frames) // 2]
    track = blended(first, last)
    middle = int(np.argmin(abs(weights()[:120] - 0.5)))
    w = weights()[middle]
    assert track.xy[middle] == pytest.approx((1 - w) * first.xy + w * last.xy, abs=5)
    assert result_of(track, "squat").counted == REPETITIONS


def test_every_pair_of_photos_is_analysed_as_an_exercise_of_the_library() -> None:
    assert {shown.exercise for shown in SHOWN.values()} <= set(exercise_ids())


def test_what_most_repetitions_were_told_is_said() -> None:
    assert said(result_of(squats(3, 30), "squat")).startswith("pass: ")
    assert said(result_of(list(squats(1, 30))[:20], "squat")) == "-"


def test_a_film_of_no_exercise_is_right_when_nothing_is_named() -> None:
    sure = FoundSet(
        exercise="squat", name="Squat", sides=("both",), start_s=1, end_s=9, confidence="sure", candidates=()
    )
    unsure = sure.model_copy(update={"exercise": None, "confidence": "not_sure", "candidates": ("squat",)})
    track = Path("rows_left_95.full.npz")

    def of(*sets: FoundSet) -> WorkoutResult:
        return WorkoutResult(duration_s=9, sets=sets)

    assert others.row(track, of(), {}) == ("rows_left_95", "-", "nothing", "-")
    assert others.row(track, of(unsure), {})[2] == "not sure"
    assert others.row(track, of(unsure, sure), {"squat": 2})[2:] == ("WRONG", "squat 2")


def test_photos_that_are_missing_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert photos.main([str(tmp_path)]) == 0
    assert "show" in capsys.readouterr().out
