"""What is due to be said in a set that is going."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.judge import Cue, load_exercise
from coach.language import words
from coach.live import Dose, Ended, Stage
from coach.live.coaching import __file__ as here
from coach.live.one_set import Moment
from coach.live.progress import Begins, Progress
from coach.live.screen import Line
from coach.live.speech import Speech, tone_of
from tests.judge.films import hikes, joined, pigeons
from tests.judge.parts import a_rep
from tests.live.sets import THREE, Watched, asked, feedback, still, then, watch

WORDS = words("en", Path(here).parent)


def due(
    exercise: str, done: dict[str, int], begins: Begins = "", completed: bool = False, **known: Any
) -> list[Line]:
    """What is due on a frame, when so much of the dose is done on each side."""
    settings = asked(exercise, Dose(None, 15.0) if exercise == "pigeon" else THREE)
    progress = Progress(settings)
    progress.done.update(done)
    return Speech(settings, WORDS, progress).due(Moment(feedback(**known), completed, begins))


# --- on one frame -------------------------------------------------------------------------------------------


def test_the_count_is_said_and_the_cue_after_it_is_read_too() -> None:
    cue = Cue("trunk", "Chest up", "fault")
    said = due("squat", {"both": 2}, rep=a_rep(side="both"), cue=cue)
    assert said == [Line("2"), Line("Chest up", "fault")]
    assert due("squat", {"both": 2}, rep=a_rep(side="both", counted=False), cue=cue) == said[1:]


def test_the_change_of_side_is_told_once_and_from_here() -> None:
    cue = Cue("other_side", "The engine says so too", "guide")
    own: dict[str, Any] = {"side": "left", "rep": a_rep()}
    assert due("hip_hiker", {"left": 3}, completed=True, cue=cue, **own) == [
        Line("3"),
        Line("Now the other side", "guide"),
    ]
    assert due("hip_hiker", {"left": 4}, **own)[-1].text == WORDS("same_side")
    assert due("hip_hiker", {"left": 3, "right": 3}, **own) == [Line("3")]


def test_that_the_pose_was_left_is_told_only_before_its_time() -> None:
    cue = Cue("left_pose", "The timer waits", "hold")
    assert due("pigeon", {}, side="left", cue=cue) == [Line("The timer waits", "guide")]
    assert due("pigeon", {"left": 1}, side="left", cue=cue) == []


@pytest.mark.parametrize(("begins", "said"), [("new", "hold"), ("again", "begin_again")])
def test_that_a_time_begins_is_told(begins: Begins, said: str) -> None:
    (line,) = due("pigeon", {}, begins=begins, side="left", phase="hold")
    assert line == Line(WORDS(said, seconds=15), "guide")


def test_where_there_is_nothing_else_the_seconds_are_said() -> None:
    assert due("pigeon", {}, side="left", phase="hold", hold_s=10.5) == [Line("5")]
    cue = Cue("hips_square", "Level the hips", "fault")
    assert due("pigeon", {}, side="left", phase="hold", hold_s=10.5, cue=cue) == [Line(cue.text, "fault")]


def test_a_cue_has_a_tone_to_be_read_in() -> None:
    assert [tone_of(Cue("", "", kind)) for kind in ("fault", "why_not", "praise", "advice", "hold", "guide")] == [
        "fault", "why_not", "praise", "advice", "guide", "guide",
    ]  # fmt: skip


# --- in a set -----------------------------------------------------------------------------------------------


def test_both_sides_have_a_dose_each_and_the_change_is_said_once() -> None:
    frames = joined(hikes(2), hikes(2, side="left"))
    seen = watch(frames, asked("hip_hiker", Dose(2, None)))
    (result,) = seen.coached.results
    assert [rep.side for rep in result.reps] == ["right", "right", "left", "left"]
    assert [s for s in seen.said if "other side" in s] == ["2. Now the other side"]
    assert seen.coached.ended is Ended.DOSE
    assert [s for s in seen.said if s[0].isdigit()] == [
        "1",
        "2. Now the other side",
        "1",
        "2. Done: 4 repetitions",
    ]
    assert (seen.last.count, seen.last.of) == (4, 4)


def test_one_side_alone_is_done_with_its_own_dose() -> None:
    seen = watch(hikes(3), asked("hip_hiker", Dose(2, None), side="right"))
    assert seen.coached.results[0].counted == 2
    assert not any("other side" in sentence for sentence in seen.said)


@cache
def held_both_sides() -> Watched:
    frames = joined(pigeons(18.0), pigeons(20.0, side="left"))
    return watch(frames, asked("pigeon", Dose(None, 15.0)))


def test_a_hold_is_counted_down_and_ends_when_its_time_is_up() -> None:
    seen = watch(pigeons(20.0), asked("pigeon", Dose(None, 15.0), side="right"))
    assert [s for s in seen.said if s.isdigit()] == ["10", "5", "4", "3", "2", "1"]
    assert seen.said[-1] == "Done: held once"
    began = next(t for t, screen in seen.shown if screen.seconds == 14)
    assert seen.since(Stage.DONE) - began == pytest.approx(14.0, abs=0.2)
    assert seen.coached.results[0].holds[0].held_s == pytest.approx(15.0, abs=0.1)


def test_both_sides_are_held_and_the_change_is_said_once() -> None:
    seen = held_both_sides()
    assert [(hold.side, hold.counted) for hold in seen.coached.results[0].holds] == [
        ("right", True),
        ("left", True),
    ]
    assert [s for s in seen.said if "side" in s] == ["Time. Come out slowly. Now the other side"]
    assert seen.said[-1] == "Done: held 2 times"


def test_who_is_done_may_leave_the_pose_without_a_word() -> None:
    left = load_exercise("pigeon").hold.left  # type: ignore[union-attr]
    assert not any(left in sentence for sentence in held_both_sides().said)


def test_who_leaves_the_pose_before_the_time_hears_it() -> None:
    gone = then(pigeons(8.0), still(lambda: pigeons(0.0)[0], 3.0))
    left = load_exercise("pigeon").hold.left  # type: ignore[union-attr]
    assert any(left in s for s in watch(gone, asked("pigeon", Dose(None, 30.0), side="right")).said)
