"""Whole movements that do not count for one thing alone: it is said, and nothing else is."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from coach.judge import Feedback, SetResult, load_exercise
from coach.judge.exercise import Exercise
from coach.judge.overlooked import LATELY_S, NEXT_S, Kind, Overlooked, PassedOver, Rows
from coach.judge.phases import REST_WINDOW_S
from coach.judge.rep_lane import RepLane
from coach.judge.results import Rep
from coach.judge.samples import Probes, Sample
from coach.motion import load_errors
from coach.pose import PoseFrame
from tests.judge.files import changed
from tests.judge.films import SQUAT, coached, curls, seen, shot, squats
from tests.judge.waves import Move, reps
from tests.skeletons import FRONT, hip_hiker
from tests.skeletons_floor import hydrant

CURLED = Move(1.2, 1.0, 1.2, pause_s=1.2, height=100.0)
UPRIGHT = {"measure": "trunk_inclination", "max": 20, "says": "Stay upright"}
STILL = {"joint": "hip", "within": 0.25, "says": "Keep your hips still"}


def passed_over(frames: Iterable[PoseFrame], **keys: Any) -> list[tuple[str, Kind]]:
    exercise: Exercise = changed("repetition", **keys)
    own = RepLane(exercise, "right", load_errors())
    updates = [own.step(seen(frame)) for frame in frames]
    assert all(update.rep is None for update in updates), "nothing of it is an attempt"
    return [(u.passed_over.says, u.passed_over.kind) for u in updates if u.passed_over is not None]


def rocked(frames: Iterable[PoseFrame], px: float) -> list[PoseFrame]:
    """Somebody who rocks to and fro with the hips alone."""
    hips = np.isin(np.arange(33), (23, 24))[:, None]
    return [f.with_xy(f.xy + hips * np.array([px * np.sin(2 * np.pi * f.t / 2.0), 0.0])) for f in frames]


def test_the_one_condition_that_was_not_met_is_told() -> None:
    leaning = curls(CURLED, n=2, trunk_deg=45.0)
    assert passed_over(leaning, only=[UPRIGHT]) == [("Stay upright", "form")] * 2
    assert set(passed_over(rocked(curls(CURLED), 90), still=[STILL])) == {("Keep your hips still", "joint")}


def test_where_two_are_not_met_it_is_another_movement() -> None:
    both = rocked(curls(CURLED, trunk_deg=45.0), 90)
    assert passed_over(both, only=[UPRIGHT], still=[STILL]) == []


def test_of_a_long_rest_no_more_is_kept_than_is_asked_for() -> None:
    exercise = load_exercise("squat")
    probes = Probes(exercise, "left")
    assert exercise.repetition is not None
    own = Overlooked(probes, exercise.repetition, load_errors())
    standing = tuple(1.0 for _ in probes.keys)
    for i in range(60 * 30):
        own.step(Sample(i / 30, 0.0, standing, (), 100.0, "side"))
    assert len(own._rested) == pytest.approx(30 * (LATELY_S + REST_WINDOW_S), abs=2)


def test_what_has_no_words_is_not_told() -> None:
    wordless = {key: value for key, value in UPRIGHT.items() if key != "says"}
    assert passed_over(curls(CURLED, trunk_deg=45.0), only=[wordless]) == []


@pytest.mark.parametrize("move", [Move(1.2, 1.0, 1.2, height=60.0), Move(0.15, 0.0, 0.15, height=100.0)])
def test_what_would_not_have_counted_anyway_is_not_told(move: Move) -> None:
    assert passed_over(curls(move, trunk_deg=45.0), only=[UPRIGHT]) == []


def test_what_must_be_reached_as_well_is_told_where_it_has_words() -> None:
    bows = {"measure": "trunk_inclination", "min": 40}
    assert passed_over(curls(CURLED), reach_also=[bows]) == []
    assert passed_over(curls(CURLED), reach_also=[bows | {"says": "Bow"}]) == [("Bow", "form")]


def test_what_does_not_begin_as_this_exercise_is_not_told() -> None:
    sitting = {"measure": "trunk_inclination", "min": 60}
    leaning = curls(CURLED, trunk_deg=45.0)
    assert passed_over(leaning, only=[UPRIGHT], begin_also=[sitting]) == []


# --- in a row -----------------------------------------------------------------------------------------------


def movement(start_s: float, says: str = "Stay upright", kind: Kind = "form") -> PassedOver:
    return PassedOver(start_s, start_s + 2, says, kind)


def attempt(start_s: float) -> Rep:
    times = {"start_s": start_s, "peak_s": start_s + 1, "end_s": start_s + 2}
    return Rep(**times, side="both", counted=True, hold_s=0.5, out_s=0.7, back_s=0.7)


def test_one_alone_is_not_told_two_in_a_row_are() -> None:
    rows = Rows()
    rows.take(movement(0), [])
    assert (rows.due(), rows.told()) == (None, [])
    rows.take(movement(3), [])
    assert rows.due() is not None
    rows.said()
    assert rows.due() is None, "once for each"
    rows.take(movement(6), [])
    assert rows.due() is not None
    assert rows.told() == [("Stay upright", "form", 3)]


@pytest.mark.parametrize("second", [movement(3, "Feet apart"), movement(2 + NEXT_S + 1)])
def test_another_reason_or_much_later_is_no_row(second: PassedOver) -> None:
    rows = Rows()
    rows.take(movement(0), [])
    rows.take(second, [])
    assert (rows.due(), rows.told()) == (None, [])


def test_an_attempt_between_them_ends_a_row() -> None:
    rows = Rows()
    rows.take(movement(0), [])
    rows.attempt(attempt(3))
    rows.take(movement(6), [attempt(3)])
    assert (rows.due(), rows.told()) == (None, [])


def test_what_was_told_stays_told_when_the_next_one_counts() -> None:
    rows = Rows()
    for start_s in (0, 3):
        rows.take(movement(start_s, kind="joint"), [])
    rows.attempt(attempt(6))
    assert rows.told() == [("Stay upright", "joint", 2)]


def test_the_same_movement_seen_from_the_other_side_is_one_and_an_attempt_explains_it() -> None:
    rows = Rows()
    rows.take(movement(0), [])
    rows.take(movement(0.5), [])
    assert rows.due() is None, "two sides of one"
    rows.take(movement(9), [attempt(10)])
    rows.take(movement(12), [attempt(10)])
    rows.attempt(attempt(11))
    assert rows.told() == []


# --- a whole set --------------------------------------------------------------------------------------------


def test_feet_too_near_for_a_plie_are_told_aloud_and_in_the_end() -> None:
    said, result = coached(squats(3, camera=FRONT), "plie_squat")
    assert result.counted == result.attempts == 0
    assert result.advice[0] == "Set your feet further apart: 3 movements did not count"
    cues = [feedback.cue for feedback in said if feedback.cue is not None]
    assert "That did not count. Set your feet further apart" in [cue.text for cue in cues]


@pytest.mark.parametrize(("height", "told"), [(0.15, False), (0.3, True), (0.36, True)])
def test_squats_in_which_the_hips_hardly_sink_are_told_when_there_are_three(
    height: float, told: bool
) -> None:
    """Knees bent by 17, 35 and 41 degrees, as many are told to begin with: the height of the hips hardly changes."""
    said, result = coached(squats(3, move=replace(SQUAT, height=height)), "squat")
    assert not result.attempts
    too_high = load_exercise("squat").repetition.why_not.range  # type: ignore[union-attr]
    assert [each.cue.text for each in said if each.cue is not None] == [too_high] * told
    assert any(too_high in advice for advice in result.advice) is told
    assert not coached(squats(2, move=replace(SQUAT, height=height)), "squat")[1].advice


def test_squats_that_count_are_not_told_as_too_small_besides() -> None:
    said, result = coached(squats(4), "squat")
    assert result.counted == 4 and not result.advice
    assert "passed_over" not in {each.cue.code for each in said if each.cue is not None}


def test_movements_too_small_to_be_an_attempt_are_told_when_there_are_three() -> None:
    def raises(n: int) -> tuple[list[Feedback], SetResult]:
        move = Move(1.5, 1.0, 1.5, pause_s=1.2, height=18.0)
        return coached(shot(lambda deg: hydrant(deg, "right"), reps(n, move)), "fire_hydrant")

    said, result = raises(3)
    assert result.counted == result.attempts == 0
    low = load_exercise("fire_hydrant").repetition.why_not.range
    assert [feedback.cue.text for feedback in said if feedback.cue is not None] == [low]
    assert result.advice[0] == f"{low} (3 movements)"
    assert not any(feedback.cue for feedback in raises(2)[0]), "two may be nothing"


def wavering(frame: PoseFrame, seconds: float, px: float, fps: int = 15) -> list[PoseFrame]:
    """Somebody who keeps still, as a model sees it that is unsure: its marks stray, and come back in half a second."""
    random = np.random.default_rng(0)
    stays, astray, frames = np.exp(-1 / (0.3 * fps)), np.zeros(frame.xy.shape), []
    for i in range(round(seconds * fps)):
        astray = stays * astray + np.sqrt(1 - stays**2) * random.normal(size=frame.xy.shape)
        frames.append(replace(frame.with_xy(frame.xy + px * astray), t=i / fps))
    return frames


def test_who_keeps_still_is_not_told_that_they_do_too_little() -> None:
    said, result = coached(wavering(hip_hiker(), 70.0, 0.7), "hip_hiker")
    assert (result.attempts, result.advice) == (0, ())
    assert not [feedback.cue for feedback in said if feedback.cue is not None]


def test_who_films_from_a_hand_that_strays_is_told_of_the_camera() -> None:
    set_of_three = squats(3, camera=FRONT)
    period_s = 2.7 * (SQUAT.out_s + SQUAT.back_s)
    strays = [f.with_xy(f.xy + 45 * np.array([np.sin(2 * np.pi * f.t / period_s), 0])) for f in set_of_three]
    result = coached(strays, "squat")[1]
    assert result.counted == 0
    assert "Keep your feet where they are, and the camera on something that stands still" in result.advice[0]


def test_a_set_that_counts_is_told_nothing_of_it() -> None:
    result = coached(squats(3), "squat")[1]
    assert result.counted == 3
    assert not any("did not count" in advice for advice in result.advice)
