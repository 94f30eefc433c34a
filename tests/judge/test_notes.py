"""What is written down beside the judging."""

from dataclasses import replace

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.notes import TICK_S, Notes
from coach.judge.readiness import readiness
from coach.motion import Body, Observer
from coach.pose import PoseFrame, Side
from tests.judge.waves import RATES
from tests.skeletons import FRONT, RIGHT, believed, bridge, squat, supine

at_every_rate = pytest.mark.parametrize("fps", RATES)


def noted(exercise: str, fps: int, *scenes: tuple[float, PoseFrame], side: Side = "right") -> Notes:
    """Notes on scenes of so many seconds each, one frame each."""
    notes, observer, t = Notes(load_exercise(exercise)), Observer(), 0.0
    for seconds, frame in scenes:
        observer.reset()
        for _ in range(round(seconds * fps)):
            body = Body.of(frame)
            situation = observer.step(t, body)
            now = replace(frame, t=t)
            gate = readiness(load_exercise(exercise), now, body, situation, side)
            notes.take(now, body, situation, gate, side)
            t += 1 / fps
    return notes


def shares(notes: Notes) -> dict[str, float]:
    return {n.check: n.share for n in notes.not_judged()}


UNSEEN = {"knees_over_feet": 1.0, "weight_even": 1.0}  # of a squat from the side
NOBODY = PoseFrame.empty(0.0, (640, 480))


def test_what_is_seen_all_the_time_is_not_mentioned() -> None:
    assert shares(noted("squat", 30, (5.0, squat()))) == UNSEEN


@at_every_rate
def test_shares_are_of_the_time_whatever_the_frame_rate(fps: int) -> None:
    hidden = believed(squat(), 0.2, "right_foot_index")
    notes = noted("squat", fps, (6.0, squat()), (4.0, hidden))
    assert shares(notes)["heels_down"] == pytest.approx(0.4, abs=0.05)
    assert "depth" not in shares(notes)


@at_every_rate
def test_the_share_seen_counts_the_empty_picture(fps: int) -> None:
    notes = noted("squat", fps, (3.0, squat()), (1.0, NOBODY))
    assert notes.seen_share() == pytest.approx(0.75, abs=0.06)
    assert shares(notes) == UNSEEN, "nobody there is nothing unjudged"


def test_a_rare_moment_is_not_reported() -> None:
    hidden = believed(squat(), 0.2, "right_foot_index")
    assert "heels_down" not in shares(noted("squat", 30, (10.0, squat()), (0.3, hidden)))


def test_the_main_reason_is_given() -> None:
    hidden = believed(squat(), 0.2, "right_foot_index")
    notes = noted("squat", 30, (2.0, hidden), (5.0, squat(camera=FRONT)))
    (reason,) = (n.reason for n in notes.not_judged() if n.check == "heels_down")
    assert reason == "the camera stands in front; this is seen from the side"


def test_in_the_wrong_view_the_advice_is_the_reason() -> None:
    notes = noted("bridge", 30, (5.0, bridge(camera=FRONT)))
    assert set(shares(notes).values()) == {1.0}
    reasons = {n.check: n.reason for n in notes.not_judged()}
    assert reasons["no_arch"] == load_exercise("bridge").wrong_view.rstrip(".")
    assert reasons["feet_flat"] == load_exercise("bridge").checks["feet_flat"].unseen


def test_before_the_starting_position_nothing_is_missed() -> None:
    notes = noted("squat", 30, (5.0, supine()), (5.0, squat()))
    assert shares(notes) == UNSEEN


def test_the_reason_for_one_repetition_is_that_of_its_time() -> None:
    hidden = believed(squat(), 0.2, "right_foot_index")
    notes = noted("squat", 30, (5.0, squat(camera=FRONT)), (5.0, hidden))
    assert "in front" in notes.reason("heels_down", 1.0, 3.0)
    assert "right toes" in notes.reason("heels_down", 6.0, 8.0)
    assert notes.reason("heels_down", 50.0, 51.0) == "it was not seen for long enough"


def test_advice_that_was_due_for_a_while_is_kept_most_frequent_first() -> None:
    notes = noted(
        "squat", 30, (3.0, NOBODY), (5.0, supine()), (0.2, squat(camera=replace(RIGHT, px_per_m=40)))
    )
    first, second = notes.advice()
    assert "starting position" in first and "step into the picture" in second


def test_that_nobody_was_there_comes_after_what_somebody_can_mend() -> None:
    notes = noted("bridge", 30, (8.0, NOBODY), (3.0, bridge(camera=FRONT)))
    first, second = notes.advice()
    assert first == load_exercise("bridge").wrong_view.rstrip(".") and "step into the picture" in second


def test_what_was_wrong_before_and_after_the_set_is_no_advice() -> None:
    notes = noted("squat", 30, (3.0, NOBODY), (5.0, supine()), (4.0, squat()), (3.0, NOBODY))
    assert notes.advice((8.0, 12.0)) == ()
    assert [text for text in notes.advice((4.0, 14.0)) if "position" in text] == [], (
        "between repetitions one rests"
    )
    assert any("step into the picture" in text for text in notes.advice((8.0, 15.0)))


def test_the_view_is_that_of_most_of_the_time() -> None:
    assert noted("squat", 30, (4.0, squat()), (2.0, squat(camera=FRONT))).view() == "side"
    assert noted("squat", 30, (4.0, NOBODY)).view() is None


def test_nothing_noted_is_nothing_told() -> None:
    empty = Notes(load_exercise("squat"))
    assert (empty.view(), empty.seen_share(), empty.advice(), empty.not_judged()) == (None, 0.0, (), ())


def test_of_a_long_set_the_first_repetition_has_its_reason_too() -> None:
    notes = noted("squat", 5, (2.0, squat()), (180.0, squat(camera=FRONT)))
    assert "in front" in notes.reason("depth", 3.0, 10.0)
    assert TICK_S == 0.2


def test_who_comes_and_goes_misses_nothing_meanwhile() -> None:
    notes = noted("squat", 30, (4.0, squat(camera=FRONT)), (4.0, squat()), (4.0, squat(camera=FRONT)))
    assert shares(notes)["depth"] > 0.6
    told = {n.check for n in notes.not_judged((4.2, 7.8))}
    assert told == set(UNSEEN), "what no camera sees there"


def test_that_most_of_the_time_could_not_be_judged_is_told_beside_the_set() -> None:
    near = cut_off(squat(camera=RIGHT))
    mostly = noted("squat", 10, (6.0, squat(camera=RIGHT)), (14.0, near))
    (told,) = mostly.advice((0.0, 6.0))
    assert "outside the picture" in told and told.endswith("(14 of 20 seconds could not be judged)")


@pytest.mark.parametrize(("there_s", "coming_s"), [(20.0, 5.0), (4.0, 4.0)])
def test_coming_and_going_is_not(there_s: float, coming_s: float) -> None:
    near = cut_off(squat(camera=RIGHT))
    notes = noted("squat", 10, (coming_s, near), (there_s, squat(camera=RIGHT)))
    assert notes.advice((coming_s + 0.1, coming_s + there_s)) == ()


def test_nobody_is_told_last_of_what_stood_in_the_way() -> None:
    near = cut_off(squat(camera=RIGHT))
    notes = noted("squat", 10, (5.0, squat(camera=RIGHT)), (6.0, near), (9.0, NOBODY))
    (told,) = notes.advice((0.0, 5.0))
    assert "outside the picture" in told and "(15 of 20 " in told


def cut_off(frame: PoseFrame) -> PoseFrame:
    """The same body, so low in the picture that its feet are below it."""
    return replace(frame, xy=frame.xy + np.array((0.0, 0.3 * frame.size[1])))
