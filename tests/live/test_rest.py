"""Rests between sets, and who begins the next one before they are over."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.language import words
from coach.live import Dose, Stage
from coach.live.coaching import __file__ as here
from coach.live.rest import Rest
from tests.judge.films import hikes, pigeons, squats
from tests.live.sets import THREE, asked, still, then, upright, watch

WORDS = words("en", Path(here).parent)


def rest_of(seconds: float, exercise: str = "squat") -> Rest:
    dose = Dose(None, 15.0, 2, seconds) if exercise == "pigeon" else Dose(3, None, 2, seconds)
    return Rest(asked(exercise, dose), WORDS, 0.0)


def test_its_seconds_are_called_at_ten_and_at_the_end() -> None:
    rest = rest_of(14.0)
    called = [(round(i / 10), said) for i in range(140) for said in rest.calls(i / 10)]
    assert called == [(4, "10 seconds left"), (11, "3"), (12, "2"), (13, "1")]
    assert (rest.left(0.0), rest.left(13.5), rest.left(14.0)) == (14, 1, 0)


def test_what_was_seen_of_the_next_set_is_at_hand_when_it_has_begun() -> None:
    rest, frames = rest_of(30.0), then(still(upright, 6.0), squats(3))
    begun = next(frame.t for frame in frames if rest.watch(frame) is not None)
    kept = [rest.next.keep(frame, seen) for frame, seen in rest.frames]
    assert rest.next.progress.count("both") == 2, "one alone is no beginning"
    assert 3.0 < kept[0].feedback.t < 7.5 and kept[-1].feedback.t == begun


def test_of_a_held_pose_nobody_begins_in_it() -> None:
    rest = rest_of(30.0, "pigeon")
    assert [rest.watch(frame) for frame in pigeons(8.0)] == [None] * len(pigeons(8.0))
    assert not [*rest.frames]


# --- in a session -------------------------------------------------------------------------------------------


def test_there_is_a_rest_between_sets() -> None:
    rest = replace(THREE, sets=2, rest_s=12.0)
    frames = then(list(squats(3))[:152], still(upright, 13.0), squats(3))
    seen = watch(frames, asked(dose=rest))
    assert [result.counted for result in seen.coached.results] == [3, 3]
    first, second = seen.stages[:4], seen.stages[4:]
    assert first == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING, Stage.RESTING]
    assert second == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING, Stage.DONE]
    began = seen.since(Stage.RESTING)
    assert [screen.seconds for t, screen in seen.shown if began <= t < began + 11.9][::12] == [
        *range(12, 0, -1)
    ]
    said = seen.said
    assert said[said.index("3. Set 1 of 2 is done. Rest for 12 seconds") + 1 :][:5] == [
        "10 seconds left", "3", "2", "1", "Set 2 of 2",
    ]  # fmt: skip
    assert said[-1] == "3. Done: 6 repetitions"


@pytest.mark.parametrize("rested_s", [4.0, 11.0])
def test_who_begins_the_next_set_before_the_rest_is_over_loses_nothing(rested_s: float) -> None:
    dose = replace(THREE, sets=2, rest_s=15.0)
    frames = then(list(squats(3))[:152], still(upright, rested_s), squats(3))
    seen = watch(frames, asked(dose=dose))
    assert [result.counted for result in seen.coached.results] == [3, 3]
    assert seen.stages == [
        Stage.PLACING,
        Stage.COUNTDOWN,
        Stage.GOING,
        Stage.RESTING,
        Stage.GOING,
        Stage.DONE,
    ]
    assert seen.said[-2:] == ["2", "3. Done: 6 repetitions"] and "Set 2 of 2" not in seen.said
    first = seen.coached.results[1].reps[0]
    assert len(seen.coached.replays[1]) == 3 and seen.since(Stage.RESTING) < first.start_s


def test_who_sits_down_once_in_the_rest_has_not_begun() -> None:
    dose = replace(THREE, sets=2, rest_s=15.0)
    sits = (squats(1), still(upright, 12.0))
    frames = then(list(squats(3))[:152], still(upright, 2.0), *sits, *sits, squats(3))
    seen = watch(frames, asked(dose=replace(dose, rest_s=32.0)))
    assert [result.attempts for result in seen.coached.results] == [3, 3]
    assert "Set 2 of 2" in seen.said


def test_what_began_a_moment_before_the_end_of_the_rest_counts() -> None:
    dose = replace(THREE, sets=2, rest_s=15.0)
    frames = then(list(squats(3))[:152], still(upright, 10.5), squats(3))
    seen = watch(frames, asked(dose=dose))
    assert [result.counted for result in seen.coached.results] == [3, 3]
    assert seen.said[-3:] == ["1", "2", "3. Done: 6 repetitions"]


def test_a_rest_of_ten_seconds_is_not_announced_twice() -> None:
    dose = Dose(1, None, 2, 10.0)
    seen = watch(then(list(squats(1)), still(upright, 3.0)), asked(dose=dose))
    assert seen.stages[-1] is Stage.RESTING
    assert not any("10 seconds left" in sentence for sentence in seen.said)


def test_stopping_in_a_rest_does_not_make_another_set() -> None:
    dose = Dose(1, None, 2, 30.0)
    seen = watch(then(squats(1), still(upright, 2.0)), asked(dose=dose), stop=True)
    assert [result.counted for result in seen.coached.results] == [1]
    assert seen.said[-1] == "Done: one repetition"


def test_without_a_rest_the_count_and_the_end_of_the_set_are_heard_before_the_next() -> None:
    seen = watch(then(squats(2), squats(2)), asked(dose=Dose(2, None, 2, 0.0)))
    assert "2. Set 1 of 2 is done. Set 2 of 2" in seen.said


def test_a_rest_of_one_second_is_told_as_one() -> None:
    seen = watch(squats(1), asked(dose=Dose(1, None, 2, 1.0)))
    assert "1. Set 1 of 2 is done. Rest for one second" in seen.said


def test_who_begins_early_is_told_to_change_sides_all_the_same() -> None:
    waiting = [*hikes(1)][:1] * 24
    films = (hikes(1), hikes(1, side="left"), waiting, hikes(1), waiting)
    seen = watch(then(waiting, *films), asked("hip_hiker", Dose(1, None, 2, 10.0)))
    assert seen.said[-1] == "1. Now the other side"
