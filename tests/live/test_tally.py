"""The sets that are over, and what is told of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.judge import SetResult, load_exercise
from coach.language import words
from coach.live import Dose
from coach.live.coaching import __file__ as here
from coach.live.tally import Tally
from tests.judge.films import BRIDGE, bridges
from tests.judge.parts import a_hold
from tests.live.sets import MANY, asked, kept, still, watch
from tests.skeletons_lying import knees_up

WORDS = words("en", Path(here).parent)


def a_result(exercise: str = "squat", counted: int = 0, led: int = 0, **faults: int) -> SetResult:
    holds = (a_hold(led=led),) if led else ()
    return SetResult(
        exercise=exercise,
        name="",
        duration_s=1,
        counted=counted,
        attempts=counted,
        holds=holds,
        faults=faults,
    )


def tally(*results: SetResult, exercise: str = "squat", sets: int = 2) -> Tally:
    dose = Dose.of(load_exercise(exercise))
    return Tally(asked(exercise, Dose(dose.reps, dose.hold_s, sets, 20.0)), WORDS, results)


def test_the_number_is_of_the_set_under_way_and_no_greater_than_they_are() -> None:
    assert [tally(*[a_result()] * n).number for n in range(4)] == [1, 2, 2, 2]


def test_a_set_that_ends_is_added_with_what_to_look_at_again() -> None:
    own = tally(a_result(counted=3))
    own.add(a_result(counted=2), ())
    assert own.replays == [(), ()] and own.last_count == 2
    assert own.set_done() == "Set 2 of 2 is done. Rest for 20 seconds"


@pytest.mark.parametrize(
    ("exercise", "results", "said"),
    [
        ("squat", [], "The set has ended. Nothing was counted"),
        ("squat", [a_result(counted=3), a_result(counted=2)], "Done: 5 repetitions"),
        ("pigeon", [a_result("pigeon", counted=1)], "Done: held once"),
        (
            "pelvic_tilt",
            [a_result("pelvic_tilt", led=4), a_result("pelvic_tilt", led=2)],
            "Done: 6 repetitions",
        ),
    ],
)
def test_what_was_done_is_summed_up(exercise: str, results: list[SetResult], said: str) -> None:
    own = tally(*results, exercise=exercise)
    assert own.summed_up() == said and own.parting() == [said]


def test_who_was_led_has_done_what_was_led() -> None:
    assert tally(a_result("pelvic_tilt", counted=1, led=4), exercise="pelvic_tilt").last_count == 4
    assert tally().last_count == 0


def test_the_fault_of_most_repetitions_is_to_be_worked_on_and_of_equals_the_more_severe() -> None:
    checks = load_exercise("squat").checks
    severe, mild = sorted(("trunk", "depth"), key=lambda name: -checks[name].severity)
    assert checks[severe].severity > checks[mild].severity
    assert tally(a_result(**{severe: 1}), a_result(**{mild: 2})).most_frequent_fault == mild
    own = tally(a_result(**{severe: 2}), a_result(**{mild: 2}))
    assert own.most_frequent_fault == severe
    assert own.parting()[1] == WORDS("next_time", cue=checks[severe].cue)


def test_a_check_that_the_exercise_has_no_longer_is_not_worked_on() -> None:
    assert tally(a_result(gone=5)).most_frequent_fault is None


# --- in a set -----------------------------------------------------------------------------------------------


def test_a_guided_exercise_that_is_stopped_tells_what_was_led() -> None:
    seen = watch(still(knees_up, 24.0), asked("pelvic_tilt"), stop=True)
    assert seen.said[-1] == "Done: 3 repetitions"


def test_the_one_thing_to_work_on_is_told_at_the_end() -> None:
    exercise, frames = kept("plie_squat_faulty_2")
    seen = watch(frames, asked(exercise, MANY), stop=True)
    worst = seen.coaching.most_frequent_fault
    assert worst is not None
    assert seen.said[-1].endswith(load_exercise(exercise).checks[worst].cue.rstrip("."))
    result = seen.coached.results[0]
    assert result.faults[worst] == max(result.faults.values())


def test_what_is_left_for_next_time_is_said_once() -> None:
    seen = watch(bridges(1, move=replace(BRIDGE, back_s=0.6)), asked("bridge", Dose(1, None)))
    assert seen.said[-1] == "1. Done: one repetition. For next time: Lower slowly"
