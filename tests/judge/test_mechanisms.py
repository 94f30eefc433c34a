"""What some exercises need beside counting from rest and holding: each a general part of the file format."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import yaml

from coach.judge import Engine, SetResult, load_exercise
from coach.judge.exercise import Exercise
from coach.judge.file_movement import Guide
from coach.judge.led import Led
from coach.judge.results import Feedback
from coach.judge.rising import Level
from coach.judge.verdicts import Judgement
from coach.pose import INDEX, PoseFrame
from coach.pose.scale import body_scale
from tests.judge.files import CURL, SIT, changed
from tests.judge.films import curls, result_of, squats
from tests.judge.test_hold_lane import IN, OUT, Scene, done, lane, scenes
from tests.judge.waves import Move, minimum_jerk
from tests.skeletons import FRONT, RIGHT, bridge, film, hip_hiker

MOVE = Move(1.0, 0.8, 1.0, pause_s=1.0, height=100.0)


def with_hold(**keys: Any) -> Exercise:
    return changed("hold", SIT, **keys)


def coached(exercise: Exercise, frames: list[PoseFrame]) -> tuple[list[Feedback], SetResult]:
    engine = Engine(exercise)
    return [engine.step(frame) for frame in frames], engine.finish()


# --- told as a change from one's own rest --------------------------------------------------------------------


def test_a_relative_signal_is_counted_from_ones_own_rest() -> None:
    frames = curls(Move(1.0, 0.8, 1.0, pause_s=2.0, height=60.0), n=3)
    plain = changed("repetition", CURL, rest={"max": 20}, target={"min": 90})
    relative = changed("repetition", CURL, relative=True, rest={"max": 10}, target={"min": 50})
    assert coached(plain, frames)[1].counted == 0
    assert coached(relative, frames)[1].counted == 3


def test_a_level_is_the_median_of_the_time_at_rest() -> None:
    level = Level()
    for i in range(20):
        level.rest(i / 10, 0.3)
    level.rest(60.0, 9.0)
    assert level.value == pytest.approx(0.3), "a single value, however late, is no level"


def test_a_relative_target_may_be_further_than_the_measure_reaches_by_itself() -> None:
    with pytest.raises(ValueError, match="outside what"):
        changed("repetition", CURL, relative=True, rest={"max": 10}, target={"min": 190})


# --- a start that is not the lowest place ---------------------------------------------------------------------


def test_what_lies_beyond_the_start_counts_as_rest() -> None:
    """A leg raised from hip height: getting up to it is no repetition."""
    inner = changed("repetition", CURL, rest={"min": 30, "max": 45}, target={"min": 90})
    assert coached(inner, curls(Move(1.0, 0.8, 1.0, pause_s=1.0, height=40.0)))[1].attempts == 0
    assert coached(inner, curls(MOVE, n=2))[1].counted == 2


# --- joints that stay where they are ------------------------------------------------------------------------


@pytest.mark.parametrize(("away_s", "counted"), [(0.05, 1), (0.3, 1), (0.6, 0)])
def test_from_the_front_no_foot_goes_away_and_home_in_a_moment(away_s: float, counted: int) -> None:
    """As the model has it where knees that fall in change their names, or a foot is hardly seen."""
    seen = list(squats(1, camera=FRONT))
    middle_s = seen[len(seen) // 2].t
    for i in (i for i, frame in enumerate(seen) if middle_s <= frame.t <= middle_s + away_s):
        xy = seen[i].xy.copy()
        xy[[INDEX["left_ankle"], INDEX["right_ankle"]], 0] += 0.4 * body_scale(xy)
        seen[i] = replace(seen[i], xy=xy)
    assert coached(load_exercise("squat"), seen)[1].counted == counted


# --- half-way ----------------------------------------------------------------------------------------------


def test_who_stays_half_way_has_neither_held_too_short_nor_come_down_too_quickly() -> None:
    """There the file still has its rest: the attempt is over, and its end has not been seen."""
    up = [122.0 + 24 * minimum_jerk(i / 18) for i in range(19)]
    angles = [122.0] * 12 + up + [146.0] * 12 + [144.5] * 48 + up[::-1] + [122.0] * 12
    half_way = film(lambda angle: bridge(angle, camera=RIGHT), angles, 12)
    (rep,) = coached(load_exercise("bridge"), list(half_way))[1].reps
    told = {name: verdict.verdict for name, verdict in rep.verdicts.items()}
    assert not rep.counted and told["straight_line"] is Judgement.FAULT
    assert told["hold"] is told["slow_lowering"] is Judgement.CANNOT_JUDGE


# --- the sides in turn ------------------------------------------------------------------------------------


def test_an_order_needs_sides() -> None:
    data = yaml.safe_load(CURL)
    check = {"what": "In turn", "order": "alternating", "cue": "The other", "why": "So.", "severity": 1}
    with pytest.raises(ValueError, match="both sides move at once"):
        Exercise.model_validate(data | {"sides": "both", "checks": {"turn": check}})


# --- a measured test ----------------------------------------------------------------------------------------

BENT = {"what": "Bend of the knee", "measure": "knee_flexion",
        "says": [{"max": 60, "text": "The knee is not far bent."}, {"text": "The knee is well bent."}]}  # fmt: skip


def held(exercise: Exercise, *scene: Scene) -> Any:
    (pose,) = done(lane(exercise), scenes(*scene))
    return pose


def test_a_test_gives_its_value_with_its_error_in_plain_words() -> None:
    told = held(with_hold(results={"knee": BENT}), (1.0, OUT), (8.0, IN)).measured["knee"]
    assert told.value == pytest.approx(IN, abs=0.5)
    assert (told.says, told.unit) == ("The knee is well bent.", "deg")
    assert told.band is not None and told.band > 0


def test_near_a_limit_it_does_not_say_which() -> None:
    near = {**BENT, "says": [{"max": IN - 1, "text": "Less than it."}, {"text": "More than it."}]}
    told = held(with_hold(results={"knee": near}), (1.0, OUT), (8.0, IN)).measured["knee"]
    assert told.says == "Too close to the limit for the camera to tell."


LOW, LESS, MORE = {"max": 60, "text": "Low."}, {"max": 50, "text": "Less."}, {"text": "More."}


@pytest.mark.parametrize("says", [[LOW], [MORE, MORE], [LOW, LESS, MORE]])
def test_sentences_must_cover_every_value(says: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="max above the one before"):
        with_hold(results={"knee": {**BENT, "says": says}})


# --- led aloud ------------------------------------------------------------------------------------------------


def test_a_led_movement_is_called_in_its_rhythm() -> None:
    led, said = Led(Guide(reps=3, hold_s=2, rest_s=1, hold="Press", rest="Let go")), []
    for t in range(100):
        if text := led.step(t / 10):
            said.append((t / 10, text))
            led.said()
    assert said == [
        (0.0, "hold"),
        (2.0, "rest"),
        (3.0, "hold"),
        (5.0, "rest"),
        (6.0, "hold"),
        (8.0, "rest"),
    ]
    assert led.done == 3


def test_what_is_led_waits_until_it_can_be_said() -> None:
    led = Led(Guide(reps=3, hold_s=2, rest_s=1, hold="Press", rest="Let go"))
    assert [led.step(t) for t in (0.0, 0.4)] == ["hold", "hold"]
    led.said()
    assert [led.step(t) for t in (1.9, 2.0, 2.5)] == ["", "rest", "rest"]
    led.said()
    assert [led.step(t) for t in (2.6, 3.0)] == ["", "hold"]


def test_a_guide_must_fill_the_time() -> None:
    guide = {"reps": 3, "hold_s": 2, "rest_s": 1, "hold": "Press", "rest": "Let go"}
    with pytest.raises(ValueError, match="the guide takes 9 seconds"):
        with_hold(guide=guide)
    assert held(with_hold(guide=guide, target_s=9), (1.0, OUT), (9.5, IN)).led == 3


# --- the way in ------------------------------------------------------------------------------------------------

ENTRY = {
    "conditions": [{"measure": "knee_flexion", "min": 40, "max": 60}],
    "within_s": 5,
    "says": "Come in slowly",
}


@pytest.mark.parametrize(
    ("before", "entered"),
    [(((3.0, OUT), (1.0, 50.0)), True), (((4.0, OUT),), False), (((0.5, OUT),), None)],
)
def test_whether_it_was_entered_as_asked(before: tuple[Scene, ...], entered: bool | None) -> None:
    assert held(with_hold(entry=ENTRY), *before, (8.0, IN)).entered is entered


@pytest.mark.parametrize("missing", [True, False])
def test_an_entry_that_nobody_saw_may_have_been_as_asked(missing: bool) -> None:
    film = scenes((4.0, OUT), (4.0, 50.0), (8.0, IN))
    away = [f if not 3.5 < f.t < 8.2 else None if missing else PoseFrame.empty(f.t, f.size) for f in film]
    feedback, result = coached(with_hold(entry=ENTRY), [f for f in away if f is not None])
    assert [hold.entered for hold in result.holds] == [None]
    assert "entry" not in [f.cue.code for f in feedback if f.cue is not None]


def test_who_comes_in_otherwise_hears_it_and_is_not_faulted() -> None:
    feedback, result = coached(with_hold(entry=ENTRY), scenes((4.0, OUT), (8.0, IN)))
    assert [f.cue.text for f in feedback if f.cue is not None and f.cue.code == "entry"] == ["Come in slowly"]
    assert result.faults == {}


# --- contradictions --------------------------------------------------------------------------------------------


def test_a_check_from_nowhere_the_exercise_is_counted_from_is_refused() -> None:
    data = yaml.safe_load(CURL)
    data["checks"]["upright"] |= {"measure": "trunk_lean", "range": {"max": 10}, "views": ["front"]}
    with pytest.raises(ValueError, match="from none of these is the exercise counted"):
        Exercise.model_validate(data)


# --- what another measure has to show as well ---------------------------------------------------------------


def test_a_fault_that_another_measure_does_not_show_is_not_sure() -> None:
    """A pelvis that comes back to 11 degrees short of level, and one that is level while the feet drift."""
    drops = [0.0] * 24 + [16 * n / 12 for n in range(13)] + [16 - 5 * n / 10 for n in range(11)] + [11.0] * 36
    low = [replace(hip_hiker(drop), t=n / 12) for n, drop in enumerate(drops)]
    hips = np.isin(np.arange(33), (INDEX["left_hip"], INDEX["right_hip"]))[:, None]
    level = [f.with_xy(np.where(hips & (f.t > 3.3), hip_hiker(0).xy, f.xy)) for f in low]
    verdicts = [result_of(frames, "hip_hiker").reps[0].verdicts["full_return"] for frames in (low, level)]
    assert [verdict.verdict for verdict in verdicts] == [Judgement.FAULT, Judgement.UNSURE]
    assert all(verdict.value is not None and verdict.value > 8 for verdict in verdicts)
