"""The stages of a set: getting into place, the countdown, pauses, and who does not come back."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.judge import Cue, Feedback, load_exercise
from coach.language import words
from coach.live import Ended, Stage
from coach.live.coaching import __file__ as here
from coach.live.stages import AWAY_S, BACK_S, COUNTDOWN_S, LEAVE_BEFORE_S, LEAVE_S, READY_S, Stages
from coach.pose import PoseFrame
from tests.judge.films import joined, squats, unseen
from tests.live.sets import MANY, THREE, asked, feedback, kept, nobody, still, then, upright, watch

WORDS = words("en", Path(here).parent)
PAUSED = "Paused. I can't see you. Come back into the picture to go on"
GONE = feedback(ready=False)
MOVES = feedback(phase="out", progress=0.4)


def hidden(code: str) -> Feedback:
    """Nobody is found, and this is why."""
    return feedback(ready=False, advice=Cue(f"advice.{code}", f"{code}!", "advice"))


def through(
    stages: Stages, seconds: float, there: bool, begin_s: float = 0.0, told: Feedback | None = None
) -> list[str]:
    """What is said while somebody is seen at rest, or nobody is; `told`: what is known better."""
    frame = upright() if there else PoseFrame.empty(0.0, (640, 480))
    said = []
    for i in range(round(seconds * 10)):
        now = replace(frame, t=begin_s + i / 10)
        stages.arrived(now.t)
        said += stages.step(now, told or (feedback() if there else GONE))
    return said


# --- by themselves ------------------------------------------------------------------------------------------


def test_who_is_seen_for_a_second_is_counted_down_for_five() -> None:
    stages = Stages(WORDS, 0.0)
    assert through(stages, READY_S, there=True) == [] and stages.stage is Stage.PLACING
    assert through(stages, 0.1, there=True, begin_s=READY_S) == [WORDS("begin")]
    assert (stages.stage, stages.countdown_left(READY_S)) == (Stage.COUNTDOWN, COUNTDOWN_S)
    assert through(stages, COUNTDOWN_S, there=True, begin_s=READY_S + 0.1) == ["3", "2", "1", WORDS("go")]
    assert stages.stage is Stage.GOING


def test_who_is_away_is_waited_for_twenty_seconds() -> None:
    stages = Stages(WORDS, 0.0, Stage.GOING)
    assert through(stages, AWAY_S + 0.1, there=False) == [WORDS("paused")]
    assert through(stages, LEAVE_S - AWAY_S - 0.2, there=False, begin_s=AWAY_S + 0.1) == []
    assert (stages.stage, stages.left) == (Stage.PAUSED, False)
    through(stages, 0.2, there=False, begin_s=LEAVE_S - 0.1)
    assert stages.left


def test_who_comes_back_goes_on() -> None:
    stages = Stages(WORDS, 0.0, Stage.PAUSED)
    assert through(stages, BACK_S, there=True) == [] and stages.stage is Stage.PAUSED
    assert through(stages, 0.1, there=True, begin_s=BACK_S) == [WORDS("resumed")]
    assert stages.stage is Stage.GOING


@pytest.mark.parametrize("code", ["frozen", "light"])
def test_a_camera_that_sees_nothing_is_told_and_ends_no_set(code: str) -> None:
    stages = Stages(WORDS, 0.0, Stage.GOING)
    assert through(stages, 60.0, there=False, told=hidden(code)) == [f"Paused. {code}!"]
    assert (stages.stage, stages.paused, stages.left) == (Stage.PAUSED, f"Paused. {code}!", False)
    assert through(stages, 15.0, there=False, begin_s=60.0) == [PAUSED], "it sees again, and nobody is there"
    assert not stages.left
    through(stages, LEAVE_S, there=False, begin_s=75.0)
    assert stages.left


def test_who_has_begun_is_not_waited_for() -> None:
    stages = Stages(WORDS, 0.0, Stage.PAUSED)
    assert through(stages, 0.1, there=True, told=MOVES) == [WORDS("resumed")]
    assert stages.stage is Stage.GOING


def test_who_only_came_in_is_placed_and_counted_down() -> None:
    stages = Stages(WORDS, 0.0)
    through(stages, 1.0, there=True, told=MOVES)
    assert stages.stage is Stage.GOING
    assert through(stages, READY_S + 0.2, there=True, begin_s=1.0) == [WORDS("begin")]
    assert stages.stage is Stage.COUNTDOWN


@pytest.mark.parametrize("done", [feedback(attempts=1), feedback(phase="hold", hold_s=0.1)])
def test_who_has_done_something_is_never_placed_again(done: Feedback) -> None:
    stages = Stages(WORDS, 0.0)
    through(stages, 0.5, there=True, told=MOVES)
    through(stages, 0.1, there=True, begin_s=0.5, told=done)
    assert through(stages, 5.0, there=True, begin_s=0.6) == [] and stages.stage is Stage.GOING


def test_who_does_not_come_for_a_further_set_has_done_enough() -> None:
    for further in (False, True):
        stages = Stages(WORDS, 0.0, further=further)
        through(stages, LEAVE_BEFORE_S + 0.2, there=False)
        assert stages.left is further


def test_nothing_lasts_through_a_time_without_pictures() -> None:
    stages = Stages(WORDS, 0.0, Stage.PAUSED)
    through(stages, 2.0, there=False)
    through(stages, 2.0, there=False, begin_s=60.0)
    assert not stages.left


# --- in a set -----------------------------------------------------------------------------------------------


def test_who_waits_is_counted_down() -> None:
    seen = watch(still(upright, 9.0), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]
    assert seen.since(Stage.COUNTDOWN) == pytest.approx(READY_S, abs=0.01)
    assert seen.since(Stage.GOING) - seen.since(Stage.COUNTDOWN) == pytest.approx(COUNTDOWN_S, abs=0.09)
    assert seen.said == ["Good, I can see you. Get ready", "3", "2", "1", "Go"]


def test_the_countdown_is_shown_second_by_second() -> None:
    seen = watch(still(upright, 9.0), asked())
    shown = [screen for _, screen in seen.shown if screen.stage is Stage.COUNTDOWN]
    assert list(dict.fromkeys(screen.seconds for screen in shown)) == [5, 4, 3, 2, 1]
    assert {screen.caption for screen in shown} == {"Good, I can see you. Get ready"}


def test_who_begins_early_needs_no_countdown_and_loses_nothing() -> None:
    seen = watch(squats(3), asked(dose=THREE))
    assert seen.since(Stage.GOING) < READY_S + 1.0
    assert seen.coached.results[0].counted == 3
    assert "Go" not in seen.said and "3" not in seen.said[:1]


def test_who_begins_at_once_loses_nothing_either() -> None:
    """The first repetition begins while the person is still placing themselves."""
    frames = list(squats(3))[12:]
    assert watch(frames, asked(dose=MANY), stop=True).coached.results[0].counted == 3


def test_who_goes_out_of_sight_in_the_countdown_is_placed_again() -> None:
    seen = watch(then(still(upright, 3.0), nobody(2.0), still(upright, 8.0)), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]


def test_a_moment_out_of_sight_does_not_stop_the_countdown() -> None:
    seen = watch(then(still(upright, 3.0), nobody(0.5), still(upright, 6.0)), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]


def test_advice_is_said_while_placing() -> None:
    exercise, frames = kept("hip_hinge_wrong_view")
    seen = watch(frames, asked(exercise))
    assert set(seen.stages) == {Stage.PLACING}
    assert seen.said[0] == load_exercise(exercise).wrong_view.rstrip(".")
    assert seen.last.caption == seen.said[0] and seen.last.tone == "advice"
    assert not seen.last.seen


def test_who_leaves_is_waited_for_and_goes_on() -> None:
    frames = joined(squats(2), squats(2))
    away = unseen(frames, 9.6, 13.0)
    seen = watch(away, asked(dose=MANY), stop=True)
    assert Stage.PAUSED in seen.stages
    paused = seen.since(Stage.PAUSED)
    assert paused == pytest.approx(11.6, abs=0.1)
    assert seen.at(paused).caption == PAUSED
    assert [s for s in seen.said if s in (PAUSED, "On we go")] == [
        PAUSED,
        "On we go",
    ]
    assert seen.coached.results[0].counted == 3


def test_who_does_not_come_back_has_ended_the_set() -> None:
    seen = watch(then(squats(2), nobody(22.0)), asked(dose=MANY))
    assert seen.stages[-2:] == [Stage.PAUSED, Stage.DONE]
    assert seen.since(Stage.DONE) - squats(2).t[-1] == pytest.approx(20.0, abs=0.2)
    assert seen.coached.ended is Ended.LEFT
    assert seen.coached.results[0].counted == 2
    assert seen.said[-1] == "I have not seen you for a while, so I ended the set. Done: 2 repetitions"


def later(frames: list[PoseFrame], from_s: float, by_s: float) -> list[PoseFrame]:
    """The film with a gap in the pictures: a connection that broke."""
    return [replace(f, t=f.t + by_s) if f.t >= from_s else f for f in frames]


def test_a_connection_that_breaks_while_nobody_is_there_does_not_end_the_set() -> None:
    frames = then(squats(2), nobody(1.5), squats(2))
    seen = watch(later(frames, float(squats(2).t[-1]) + 0.5, 60.0), asked(dose=MANY), stop=True)
    assert Stage.DONE not in seen.stages[:-1]
    assert seen.coached.ended is Ended.STOPPED
    assert seen.coached.results[0].counted == 4


def test_nobody_is_counted_down_over_a_connection_that_broke() -> None:
    frames = then(still(upright, 2.0), nobody(1.0), still(upright, 8.0))
    seen = watch(later(frames, 2.0, 60.0), asked())
    assert seen.stages == [Stage.PLACING, Stage.COUNTDOWN, Stage.PLACING, Stage.COUNTDOWN, Stage.GOING]
    assert seen.said[-4:] == ["3", "2", "1", "Go"]


def test_nobody_is_sent_away_before_the_set() -> None:
    assert set(watch(nobody(40.0), asked()).stages) == {Stage.PLACING}
