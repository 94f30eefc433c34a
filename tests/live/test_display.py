"""What is shown after each frame."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.judge import Cue, SetResult, load_exercise
from coach.language import words
from coach.live import Dose, Screen, Stage
from coach.live.coaching import __file__ as here
from coach.live.display import CUE_S, Display
from coach.live.progress import Progress
from coach.live.screen import Line
from coach.live.stages import Stages
from coach.live.tally import Tally
from coach.pose import INDEX
from tests.judge.films import squats
from tests.live.sets import MANY, THREE, asked, feedback, kept, still, then, upright, watch

WORDS = words("en", Path(here).parent)
STEP_BACK = Cue("advice.too_near", "Step back", "advice")
SQUAT = asked(dose=THREE)


def shown(
    display: Display, t: float, stage: Stage = Stage.GOING, exercise: str = "squat", **known: Any
) -> Screen:
    """The screen of a frame of the first set."""
    stages = Stages(WORDS, t - 2.0, stage)
    return display.going(t, stages, feedback(**known), Progress(asked(exercise)), 1)


# --- on one frame -------------------------------------------------------------------------------------------


def test_a_cue_is_read_for_a_while_and_then_the_advice_that_is_due() -> None:
    display = Display(SQUAT, WORDS)
    display.read(Line("Chest up", "fault"), 10.0)
    display.read(Line("3"), 10.0)
    read = [shown(display, t, advice=STEP_BACK).caption for t in (10.0, 10.0 + CUE_S - 0.1, 10.0 + CUE_S)]
    assert read == ["Chest up", "Chest up", "Step back"]
    assert shown(display, 20.0).caption == ""


def test_in_another_set_nothing_is_left_to_read() -> None:
    display = Display(SQUAT, WORDS)
    display.read(Line("Chest up", "fault"), 10.0)
    display.clear()
    assert shown(display, 10.1).caption == ""


def test_a_pause_and_the_countdown_are_read_before_anything_else() -> None:
    display = Display(SQUAT, WORDS)
    display.read(Line("Chest up", "fault"), 10.0)
    paused, counted = (shown(display, 10.0, stage) for stage in (Stage.PAUSED, Stage.COUNTDOWN))
    assert (paused.caption, paused.tone) == (WORDS("paused"), "advice")
    assert (counted.caption, counted.tone, counted.seconds) == (WORDS("begin"), "guide", 3)


def test_the_seconds_of_a_hold_and_its_share_are_shown() -> None:
    display = Display(asked("pigeon", Dose(None, 15.0)), WORDS)
    screen = shown(display, 1.0, exercise="pigeon", side="left", phase="hold", hold_s=6.0)
    assert (screen.seconds, screen.progress, screen.side, screen.phase) == (9, 0.4, "left", "")


def test_the_screen_of_a_rest_and_of_the_end() -> None:
    dose = replace(THREE, sets=2, rest_s=20.0)
    display, tally = Display(asked(dose=dose), WORDS), Tally(asked(dose=dose), WORDS)
    rest = display.still(Stage.RESTING, tally, Progress(asked(dose=dose)), 7)
    assert (rest.seconds, rest.of, rest.caption) == (7, 3, tally.set_done())
    tally.add(SetResult(exercise="squat", name="Squat", duration_s=9.0, counted=3, attempts=3), ())
    rest = display.still(Stage.RESTING, tally, Progress(asked(dose=dose)), 7)
    assert (rest.count, rest.set_number, rest.sets) == (3, 1, 2), "the set that is over, not the next one"
    end = display.still(Stage.DONE, tally, Progress(asked(dose=dose)), None)
    assert (end.seconds, end.caption) == (None, tally.summed_up())
    sides = asked("hip_hiker", THREE)
    assert Display(sides, WORDS).still(Stage.DONE, tally, Progress(sides), None).of == 6


# --- in a set -----------------------------------------------------------------------------------------------


def test_the_screen_tells_the_set() -> None:
    dose = replace(THREE, sets=2, rest_s=5.0)
    seen = watch(then(squats(3), still(upright, 6.0)), asked(dose=dose))
    assert {(screen.set_number, screen.sets) for _, screen in seen.shown} == {(1, 2), (2, 2)}


def test_the_way_and_the_phase_are_shown() -> None:
    seen = watch(squats(2), asked(dose=MANY))
    shown = [screen for _, screen in seen.shown if screen.stage is Stage.GOING]
    assert max(screen.progress for screen in shown) == 1.0
    assert all(0 <= screen.progress <= 1 for screen in shown)
    phases = load_exercise("squat").repetition.phases  # type: ignore[union-attr]
    assert {screen.phase for screen in shown} == {phases.rest, phases.out, phases.peak, phases.back}


def test_joints_at_fault_are_told_by_their_index() -> None:
    seen = watch(kept("plie_squat_faulty_2")[1], asked("plie_squat", MANY))
    marked = {i for _, screen in seen.shown for i in screen.highlight}
    assert marked and marked <= set(INDEX.values())


def test_a_cue_stays_on_the_screen_for_a_while() -> None:
    seen = watch(kept("plie_squat_faulty_2")[1], asked("plie_squat", MANY))
    t = next(t for t, screen in seen.shown if screen.tone == "fault")
    assert seen.at(t + 3.8).caption == seen.at(t).caption or seen.at(t + 3.8).tone
    assert {screen.tone for _, screen in seen.shown} <= {"", "advice", "fault", "why_not", "praise", "guide"}
