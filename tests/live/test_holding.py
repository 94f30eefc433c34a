"""What somebody hears who holds a pose: that the time waits, that it begins, whose turn it is; and what they do not."""

from functools import cache

import pytest

from coach.judge import load_exercise
from coach.judge.hold_lane import WAITS_S
from coach.live import Dose, Ended
from coach.live.stages import COUNTDOWN_S, READY_S
from coach.pose import PoseFrame
from tests.judge.films import hikes, joined, pigeons
from tests.live.sets import Watched, asked, nobody, still, then, watch
from tests.skeletons import pigeon
from tests.skeletons_lying import knees_up

WAITS = "The timer waits. Lower your hips"
AGAIN = "The same side again. Now the other side"
WRONG = "That is the other side: this time it is the left one"


def high() -> PoseFrame:
    return pigeon(hips_m=0.4)


def legs_away() -> PoseFrame:
    return knees_up(away=1.0)


def when(seen: Watched, sentence: str) -> list[float]:
    return [t for t, screen in seen.shown if sentence in screen.say]


# --- what the timer waits for -------------------------------------------------------------------------------


def test_who_is_nearly_in_the_pose_from_the_start_hears_what_is_missing() -> None:
    times = when(watch(still(lambda: pigeon(hips_m=0.25), 55.0), asked("pigeon")), WAITS)
    assert times[0] == pytest.approx(READY_S + COUNTDOWN_S + WAITS_S, abs=0.3), "once they were told to go"
    assert len(times) == 4, "and again, for as long as nothing counts"


def test_the_beginning_of_the_time_is_heard() -> None:
    seen = watch(pigeons(8.0), asked("pigeon"))
    assert when(seen, "Hold") == [pytest.approx(2.0, abs=0.1)]


def test_after_a_hold_that_was_broken_off_the_time_begins_anew_and_says_so() -> None:
    frames = then(pigeons(9.0), still(high, 9.0), still(pigeon, 4.0))
    seen = watch(frames, asked("pigeon", Dose(None, 15.0)))
    assert when(seen, "We begin again: 15 seconds") == [pytest.approx(20.0, abs=0.6)]


def test_who_was_only_hidden_goes_on_where_they_were() -> None:
    frames = then(pigeons(9.0), nobody(9.0), still(pigeon, 10.0))
    seen = watch(frames, asked("pigeon", Dose(None, 15.0), side="right"))
    (hold,) = seen.coached.results[0].holds
    assert hold.counted and seen.coached.ended is Ended.DOSE
    assert not when(seen, "begin again")


def test_that_the_pose_was_left_is_said_after_another_cue() -> None:
    """Who hears a fault may come out because of it."""
    frames = then(pigeons(9.0, knee_out_deg=45.0), still(high, 5.0))
    seen = watch(frames, asked("pigeon"))
    (fault,), (left,) = when(seen, "Bring the front knee"), when(seen, "The timer waits for you")
    assert 2.4 < left - fault < 4.0, "as soon as it may be said"


# --- whose turn it is ---------------------------------------------------------------------------------------


def test_the_same_side_again_is_told() -> None:
    frames = then(pigeons(8.0), still(high, 9.0), still(pigeon, 4.0))
    seen = watch(frames, asked("pigeon", Dose(None, 5.0)), stop=True)
    assert len(when(seen, AGAIN)) == 1
    reps = watch(hikes(4), asked("hip_hiker", Dose(2, None)), stop=True)
    assert [s for s in reps.said if AGAIN in s] == [f"3. {AGAIN}", f"4. {AGAIN}"]


def test_the_side_that_was_not_asked_for_is_told_and_not_kept() -> None:
    held = watch(pigeons(30.0), asked("pigeon", side="left"), stop=True)
    assert len(when(held, WRONG)) == 2 and held.coached.results[0].attempts == 0
    assert not any("The timer waits" in s for s in held.said), "it is told one thing, and not two"
    reps = watch(hikes(3), asked("hip_hiker", side="left"), stop=True)
    assert when(reps, WRONG) and reps.coached.results[0].attempts == 0


def test_once_the_right_side_was_seen_nobody_is_told_of_the_other() -> None:
    frames = joined(hikes(2, side="left"), hikes(2))
    seen = watch(frames, asked("hip_hiker", Dose(5, None), side="left"), stop=True)
    assert seen.coached.results[0].counted == 2 and not when(seen, WRONG)


def test_for_the_other_side_one_lies_the_other_way_round() -> None:
    exercise = load_exercise("thread_the_needle")
    assert exercise.camera.turning("Now").startswith("Now. Lie with your head at the other end")
    assert load_exercise("pigeon").camera.turning("Now") == "Now"


# --- after the time -----------------------------------------------------------------------------------------


def test_what_is_done_after_the_time_is_no_fault() -> None:
    seen = watch(pigeons(16.0, knee_out_deg=45.0), asked("pigeon", Dose(None, 4.0)), stop=True)
    (hold,) = seen.coached.results[0].holds
    assert hold.counted and hold.held_s > 10 and seen.coached.results[0].faults == {}
    assert not when(seen, "Bring the front knee")


def test_a_fault_that_lasts_is_said_more_and_more_seldom() -> None:
    times = when(
        watch(pigeons(70.0, knee_out_deg=45.0), asked("pigeon", Dose(None, 80.0))), "Bring the front knee"
    )
    assert [round(b - a) for a, b in zip(times, times[1:], strict=False)] == [8, 16, 32]


# --- led ----------------------------------------------------------------------------------------------------


@cache
def led(away_s: float) -> Watched:
    """Twenty seconds of pelvic tilts, which breaks off the third, so long elsewhere, and as many again."""
    frames = then(still(knees_up, 20.0), still(legs_away, away_s), still(knees_up, 75.0))
    return watch(frames, asked("pelvic_tilt"))


def test_each_that_is_led_takes_its_time() -> None:
    seen = led(4.0)
    presses, rests = when(seen, "Press your low back"), when(seen, "Let go")
    assert rests[0] - presses[0] == pytest.approx(5.0, abs=0.1), "the first as well"
    assert rests[2] - presses[3] == pytest.approx(5.0, abs=0.1), "and the one that was broken off, anew"


@pytest.mark.parametrize("away_s", [4.0, 10.0])
def test_a_break_takes_nothing_away_of_what_was_led(away_s: float) -> None:
    seen = led(away_s)
    counts = [screen.count for _, screen in seen.shown]
    assert counts == sorted(counts) and counts[-1] == 10
    assert seen.coached.ended is Ended.DOSE and seen.said[-1] == "Let go. Done: 10 repetitions"
    holds = seen.coached.results[0].holds
    assert sum(hold.led for hold in holds) == 10 and holds[-1].counted
