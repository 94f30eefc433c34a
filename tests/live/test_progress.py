"""How much of a dose is done: repetitions as they end, holds as their time is reached."""

import pytest

from coach.judge import HeldPose, Rep
from coach.live import Dose
from coach.live.progress import Beginnings, Progress, SecondsLeft
from tests.live.sets import asked, feedback


def rep(side: str = "both", counted: bool = True) -> Rep:
    return Rep(start_s=0, peak_s=1, end_s=2, side=side, counted=counted, hold_s=0, out_s=1, back_s=1)  # type: ignore[arg-type]


def held(side: str = "right", counted: bool = True) -> HeldPose:
    return HeldPose(start_s=0, end_s=31, side=side, held_s=30, counted=counted)  # type: ignore[arg-type]


def test_repetitions_that_count_are_counted() -> None:
    progress = Progress(asked(dose=Dose(2, None)))
    done = [progress.take(feedback(rep=rep(counted=c))) for c in (True, False, True, True)]
    assert done == [False, False, True, False]
    assert (progress.count("both"), progress.wanted, progress.all_done) == (3, 2, True)


def test_sides_are_told_apart_where_both_are_to_be_trained() -> None:
    progress = Progress(asked("hip_hiker", Dose(1, None)))
    assert progress.take(feedback("left", rep=rep("left")))
    assert (progress.complete("left"), progress.complete("right"), progress.all_done) == (True, False, False)
    assert (progress.side_left("left"), progress.side_left("right")) == ("right", None)
    assert progress.take(feedback("right", rep=rep("right")))
    assert progress.all_done and progress.side_left("left") is None


def test_a_hold_that_ends_while_the_other_side_is_shown_is_of_its_own_side() -> None:
    progress = Progress(asked("pigeon", Dose(None, 15.0)))
    assert progress.take(feedback("right", reached=True))
    assert not progress.take(feedback("left", held=held("right")))
    assert (progress.complete("left"), progress.complete("right")) == (False, True)


def test_of_one_side_alone_none_is_left() -> None:
    progress = Progress(asked("hip_hiker", Dose(1, None), side="left"))
    assert progress.take(feedback("left", rep=rep("left")))
    assert progress.all_done and progress.side_left("left") is None


def test_sides_in_turn_are_one_dose() -> None:
    progress = Progress(asked("bridge_march", Dose(2, None)))
    assert [progress.take(feedback(s, rep=rep(s))) for s in ("left", "right")] == [False, True]


def test_a_hold_counts_once_when_its_time_is_reached() -> None:
    progress = Progress(asked("hero_pose"))
    seconds = [(10.0, False), (29.9, False), (30.0, True), (30.1, True), (40.0, True)]
    assert [progress.take(feedback(hold_s=s, reached=r)) for s, r in seconds] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert not progress.take(feedback(held=held("both")))
    assert progress.count("both") == 1


def test_a_second_hold_counts_again() -> None:
    progress = Progress(asked("hero_pose"))
    for frame in (
        feedback(hold_s=30, reached=True),
        feedback(held=held("both")),
        feedback(hold_s=30, reached=True),
    ):
        progress.take(frame)
    assert progress.count("both") == 2


def test_a_hold_that_is_paused_and_taken_up_again_is_one() -> None:
    progress = Progress(asked("pigeon"))
    for side in ("left", "right", "left", "right"):
        progress.take(feedback(side, hold_s=30, reached=True))
    assert (progress.count("left"), progress.count("right")) == (1, 1)


def test_a_hold_that_was_reached_unseen_counts_when_it_ends() -> None:
    progress = Progress(asked("pigeon"))
    assert progress.take(feedback("left", held=held("left")))
    assert not progress.take(feedback("right", held=held("right", counted=False)))
    assert (progress.count("left"), progress.count("right")) == (1, 0)


@pytest.mark.parametrize(("counted", "count"), [(True, 1), (False, 0)])
def test_what_counted_earlier_counts_on(counted: bool, count: int) -> None:
    progress = Progress.of(asked("hip_hiker", Dose(2, None)), [rep("left", counted)])
    assert (progress.count("left"), progress.count("right")) == (count, 0)


def test_the_seconds_left_never_grow_while_a_hold_lasts() -> None:
    left = SecondsLeft(30.0)
    held = [(0.0, "left"), (24.9, "left"), (25.1, "left"), (24.2, "left"), (26.1, "left")]
    other_side, another = [(3.0, "right"), (0.0, "right")], [(1.0, "right")]
    told = [left.take(feedback(side, hold_s=s)) for s, side in held + other_side + another]
    assert told == [None, 6, 5, 5, 4, 27, None, 29]


def test_a_hold_begins_once_though_the_legs_are_mixed_up_for_a_moment() -> None:
    beginnings = Beginnings()
    held = [("left", 1.0), ("left", 5.0), ("right", 1.0), ("left", 8.0), ("left", 9.0)]
    told = [beginnings.take(feedback(phase="hold", side=side, hold_s=hold_s)) for side, hold_s in held]
    assert told == ["new", "", "new", "", ""]


def test_the_end_of_one_side_is_no_beginning_of_the_other_one() -> None:
    own = Beginnings()
    told = [
        own.take(feedback("left", phase="hold", hold_s=1.0)),
        own.take(feedback("right", phase="hold", hold_s=1.0)),
        own.take(feedback("left", phase="away", held=held("left"))),
        own.take(feedback("right", phase="hold", hold_s=1.5)),
    ]
    assert told == ["new", "new", "", ""]
