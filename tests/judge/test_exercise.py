"""The model of an exercise file: what it refuses, and what follows from what it says."""

import re
from math import isinf
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.judge.exercise import Exercise
from coach.judge.file_dose import Amount
from coach.judge.file_fields import Condition, Range
from coach.judge.library import exercise_ids, load_exercise
from coach.language import LANGUAGES, Language
from tests.judge.files import CURL, SIT, changed, parsed, with_checks

numbers = st.floats(-1e3, 1e3)
CAMERA = {"view": "from the side", "height_m": [0.5, 1], "distance_m": [2, 3], "how": "At hip height."}


def refusal(make: Any, *args: Any, **changes: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        make(*args, **changes)
    return str(refused.value)


# --- ranges -----------------------------------------------------------------------------------------------


def test_a_range_may_be_open_on_one_side() -> None:
    assert Range(min=165).outside(160.0) == 5.0
    assert Range(max=8).outside(10.0) == 2.0
    assert Range(min=-12, max=12).outside(0.0) == -12.0
    assert [Range(min=-12, max=12).is_above(x) for x in (-20, 12, 13)] == [False, False, True]


def test_a_range_reads_as_people_say_it() -> None:
    assert [str(r) for r in (Range(min=165), Range(max=8), Range(min=-12, max=12))] == [
        "at least 165",
        "at most 8",
        "-12 to 12",
    ]


def test_a_range_without_limits_or_the_wrong_way_round_is_refused() -> None:
    assert "a min, a max or both" in refusal(Range)
    assert "min 12 must be smaller than max 3" in refusal(Range, min=12, max=3)
    assert "must be smaller" in refusal(Range, min=3, max=3)


@given(numbers, numbers)
def test_outside_is_the_distance_from_the_nearest_limit(limit: float, value: float) -> None:
    assert Range(min=limit).outside(value) == -Range(max=limit).outside(value)
    assert not isinf(Range(min=limit).outside(value))


@pytest.mark.parametrize("limit", [True, "165", "1:45"])
def test_a_limit_that_is_no_number_of_its_own_is_refused(limit: object) -> None:
    assert "valid number" in refusal(Range, min=limit)
    assert "valid number" in refusal(Condition, measure="knee_flexion", min=limit)


def test_a_limit_that_is_no_number_is_refused() -> None:
    assert "finite" in refusal(Range, min=float("nan"))
    assert "finite" in refusal(Range, max=float("inf"))


# --- repetitions and holds --------------------------------------------------------------------------------


def test_the_edges_face_each_other_in_a_signal_that_rises() -> None:
    rep = parsed().repetition
    assert rep is not None and rep.rises
    assert (rep.rest_edge, rep.target_edge) == (20, 90)


def test_the_edges_face_each_other_in_a_signal_that_falls() -> None:
    falling = changed("repetition", signal="hip_height", rest={"min": 0.8}, target={"max": 0.5}).repetition
    assert falling is not None and not falling.rises
    assert (falling.rest_edge, falling.target_edge) == (0.8, 0.5)


@pytest.mark.parametrize(
    ("rest", "target", "said"),
    [
        ({"max": 95}, {"min": 90}, "rest (at most 95) and target (at least 90) overlap"),
        ({"max": 90}, {"min": 90}, "overlap"),
        ({"min": 20}, {"max": 30}, "overlap"),
        ({"min": 20}, {"min": 90}, "must face each other"),
        ({"max": 20}, {"max": 90}, "must face each other"),
        ({"max": 20}, {"min": 300}, "target.min: 300 is outside what 'knee_flexion' can reach (0 to 180)"),
        ({"max": -5}, {"min": 90}, "outside what 'knee_flexion' can reach"),
    ],
)
def test_rest_and_target_that_cannot_be_are_refused(rest: Any, target: Any, said: str) -> None:
    assert said in refusal(changed, "repetition", rest=rest, target=target)


@pytest.mark.parametrize("key", ["signal", "range_of_motion"])
def test_an_unknown_measure_is_answered_with_the_nearest_three(key: str) -> None:
    said = refusal(changed, "repetition", **{key: "kneeflex"})
    assert "unknown measure 'kneeflex'; the nearest are knee_flexion, knee_aside, knee_opened [" in said


@pytest.mark.parametrize("key", ["min_return", "min_hold_s", "min_s", "max_s"])
def test_a_share_or_time_below_nothing_is_refused(key: str) -> None:
    assert key in refusal(changed, "repetition", **{key: -1})


def test_a_joint_that_stays_must_be_one() -> None:
    still = [{"joint": "elbwo", "within": 0.2, "says": "Keep it still"}]
    assert "unknown joint 'elbwo'" in refusal(changed, "repetition", still=still)
    still[0]["joint"] = "other_elbow"
    rep = changed("repetition", still=still).repetition
    assert rep is not None and rep.still[0].along == "any"


def test_a_view_from_which_nothing_can_be_counted_is_refused() -> None:
    assert "'knee_flexion' means something only from side" in refusal(
        changed, "repetition", views=["side", "front"]
    )
    assert "none of the conditions can be told from 'front'" in refusal(
        changed, "hold", SIT, views=["side", "front"]
    )
    for part, text in (("repetition", CURL), ("hold", SIT)):
        assert f"{part}.views" in refusal(changed, part, text, views=[])
    assert "position" in refusal(parsed, position=[])


def test_the_longest_repetition_is_longer_than_the_shortest() -> None:
    assert "max_s (2) must be longer than min_s (2)" in refusal(changed, "repetition", min_s=2, max_s=2)


def test_the_longest_repetition_is_longer_than_what_is_held_of_it() -> None:
    assert "max_s (60) must be longer than min_hold_s (100)" in refusal(changed, "repetition", min_hold_s=100)
    assert "min_hold_s (60)" in refusal(changed, "repetition", min_hold_s=60)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"front": {"min": 1.0}}, "target_from.front: at least 1 must face rest as target does, with a max"),
        ({"back": {"max": 0.4}}, "target_from.back: from there nothing is counted; views are side, front"),
        ({"front": {"max": 0.8}}, "target_from.front: rest (at least 0.8) and this (at most 0.8) overlap"),
        ({"front": {"max": 2.0}}, "target_from.front: rest (at least 0.8) and this (at most 2) overlap"),
        ({"front": {"max": 9.0}}, "outside what 'hip_height' can reach"),
    ],
)
def test_a_target_from_elsewhere_is_told_as_the_target_is(wanted: Any, said: str) -> None:
    falling = {
        "signal": "hip_height",
        "rest": {"min": 0.8},
        "target": {"max": 0.5},
        "views": ["side", "front"],
    }
    assert said in refusal(changed, "repetition", **falling, target_from=wanted)
    rep = changed("repetition", **falling, target_from={"front": {"max": 0.7}}).repetition
    assert rep is not None and rep.edge_from("front") == 0.7


def test_a_hold_pauses_before_it_ends() -> None:
    said = refusal(changed, "hold", SIT, pause_after_s=2, end_after_s=1)
    assert "end_after_s (1) must be no shorter than pause_after_s (2)" in said


def test_a_condition_must_be_reachable_and_have_a_limit() -> None:
    assert "can reach (0 to 180)" in refusal(Condition, measure="knee_flexion", min=200)
    assert "a min, a max or both" in refusal(Condition, measure="knee_flexion")
    assert "leave" in refusal(Condition, measure="knee_flexion", min=80, leave=-1)


def test_a_condition_can_be_left() -> None:
    said = refusal(Condition, measure="knee_flexion", max=100, leave=80)
    assert (
        "80 widens at most 100 past all that 'knee_flexion' can reach (0 to 180): it could never be left"
        in said
    )
    assert "leave" in refusal(Condition, measure="knee_flexion", min=10, max=170, leave=10)
    Condition(measure="knee_flexion", max=100, leave=79)
    Condition(measure="knee_flexion", min=10, max=100, leave=20)  # on one side it can


def test_a_hold_needs_a_condition() -> None:
    assert "conditions" in refusal(changed, "hold", SIT, conditions=[])
    assert "target_s" in refusal(changed, "hold", SIT, target_s=0)
    assert "unknown measure" in refusal(changed, "hold", SIT, range_of_motion="twist")


def test_an_exercise_is_repeated_or_held_and_not_both() -> None:
    hold = parsed(SIT).model_dump()["hold"]
    assert "give either repetition or hold" in refusal(parsed, hold=hold)
    assert "give either repetition or hold" in refusal(parsed, repetition=None)


def test_the_views_are_those_of_the_repetition_or_hold() -> None:
    assert parsed(CURL).views == parsed(SIT).views == ("side",)


# --- checks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ({"measure": "trunk_bend"}, "unknown measure 'trunk_bend'"),
        ({"range": None}, "a range is missing"),
        ({"against": "share_of_rest"}, "against: an angle may be 0 at rest"),
        ({"measure": None, "unseen": "hidden"}, "range: only what is measured or timed has a range"),
        (
            {"range": {"max": 200}},
            "range.max: 200 is outside what 'trunk_inclination' can reach (-180 to 180)",
        ),
        (
            {"views": ["front"]},
            "views: some of those from which 'trunk_inclination' means something were exp",
        ),
        ({"views": ["side", "back"]}, "views: some of those from which 'trunk_inclination' means"),
        ({"views": []}, "views: some of those from which 'trunk_inclination' means"),
        ({"views": ["above"]}, "views"),
        ({"time": "hold"}, "exactly one of measure, time, order and unseen"),
        ({"measure": None}, "exactly one of measure, time, order and unseen"),
        ({"when": "hold"}, "checks.upright.when: out, peak, back, whole or return was expected, n"),
        ({"when": "top"}, "when"),
        ({"highlight": ["sholder"]}, "unknown joint 'sholder'"),
        ({"severity": 4}, "severity"),
        ({"band": -1}, "band"),
        ({"cue": ""}, "cue"),
        ({"cue": "    "}, "words were expected, not blanks alone"),
        ({"misses": "  "}, "misses"),
        ({"severity": True}, "valid integer"),
        ({"band": "4"}, "valid number"),
        (
            {"measure": None, "time": "hold", "views": [], "misses": "it is quick"},
            "misses: only what is measured can be missed",
        ),
        ({"statistic": "mean"}, "statistic"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_check_that_makes_no_sense_is_refused(check: dict[str, Any], said: str) -> None:
    assert said in refusal(with_checks, upright=check)


NO_NAMES = ["", "Knee", "knee straight", "knee-straight", "knee.value", "=1+1", "3rd", "knie_über"]


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_check_and_a_result_are_named_as_programs_do(name: str) -> None:
    check = yaml.safe_load(CURL)["checks"]["upright"]
    said = f"{name}: a name of small letters, digits and _ was expected, as in my_check"
    assert said in refusal(with_checks, **{name: check})
    result = {"what": "How far", "measure": "knee_flexion", "says": [{"text": "so far"}]}
    assert said in refusal(changed, "hold", SIT, results={name: result})


def test_a_check_is_not_named_as_what_reports_tell_beside_it() -> None:
    check = yaml.safe_load(CURL)["checks"]["upright"]
    said = refusal(with_checks, hold_s=check)
    assert "hold_s: reports call something else 'hold_s'; choose another name" in said


def test_only_a_measure_of_a_hold_is_shown_or_hidden() -> None:
    shown = {"measure": "knees_distance", "min": 0.3, "says": "the other knee is hidden"}
    expected = "shown: only a measure of a hold is shown or hidden, and says what hides it"
    assert expected in refusal(with_checks, upright={"shown": shown})
    assert "min: 9 is outside what 'knees_distance' can rea" in refusal(
        with_checks, upright={"shown": shown | {"min": 9}}
    )


def test_a_check_of_a_hold_is_about_the_hold() -> None:
    said = refusal(with_checks, SIT, upright={"when": "peak"})
    assert "checks.upright.when: hold was expected, not 'peak'" in said
    time = {"measure": None, "time": "back", "when": "hold", "range": {"min": 1}}
    assert "a hold has no such part" in refusal(with_checks, SIT, slow=time)


def test_what_no_camera_sees_needs_no_range() -> None:
    unseen: dict[str, Any] = {
        "measure": None,
        "range": None,
        "views": [],
        "unseen": "the spine has no landmark",
    }
    assert with_checks(spine=unseen).checks["spine"].unseen == "the spine has no landmark"
    assert with_checks(SIT, spine=unseen | {"when": "whole"}).checks["spine"].range is None
    for reason in ("", "   "):
        assert "unseen" in refusal(with_checks, spine=unseen | {"unseen": reason})


def test_a_range_told_against_rest_is_a_change_and_not_bound_to_what_can_be_reached() -> None:
    drop = {"measure": "knee_flexion", "against": "rest", "range": {"min": -20}}
    assert with_checks(drop=drop).checks["drop"].against == "rest"
    assert "can reach" in refusal(with_checks, drop=drop | {"against": "zero"})


def test_only_a_measure_told_as_it_is_has_another_one_taken_off() -> None:
    less = {"measure": "knee_flexion", "range": {"max": 20}, "less": "trunk_rise"}
    assert with_checks(knee=less).checks["knee"].told_as == "rest"
    assert "taken off" in refusal(with_checks, knee=less | {"against": "rest"})
    assert "unknown measure" in refusal(with_checks, knee=less | {"less": "elsewhere"})


# --- the whole --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"colour": "red"}, "colour"),
        ({"needs": ["hip", "nee"]}, "unknown joint 'nee'"),
        ({"needs": []}, "needs"),
        ({"checks": {}}, "checks"),
        ({"steps": ["Only one"]}, "steps"),
        ({"sides": "all"}, "sides"),
        ({"position": ["floating"]}, "position"),
        ({"id": "Knee curl"}, "id"),
        ({"dose": {"progression": "More."}}, "a dose needs reps or hold_s"),
        ({"dose": {"reps": 0, "progression": "More."}}, "reps"),
        ({"dose": {"reps": True, "progression": "More."}}, "valid integer"),
        ({"name": "   "}, "words were expected, not blanks alone"),
        ({"camera": CAMERA | {"height_m": [1.0, 0.2]}}, "the smaller one comes first: 0.2, then 1"),
        ({"camera": CAMERA | {"distance_m": [-3, -2]}}, "greater than or equal to 0"),
        ({"camera": CAMERA | {"distance_m": [2, "3"]}}, "valid number"),
    ],
)
def test_an_exercise_that_makes_no_sense_is_refused(changes: dict[str, Any], said: str) -> None:
    assert said in refusal(parsed, **changes)


@pytest.mark.parametrize(
    "key",
    ["id", "name", "description", "start", "camera", "needs", "dose", "stop", "swap", "wrong_view", "checks"],
)
def test_every_part_that_people_need_must_be_there(key: str) -> None:
    data = parsed().model_dump()
    del data[key]
    with pytest.raises(ValidationError, match=key):
        Exercise.model_validate(data)


def test_an_exercise_survives_being_written_and_read() -> None:
    for text in (CURL, SIT):
        exercise = parsed(text)
        assert Exercise.model_validate_json(exercise.model_dump_json()) == exercise


# --- how a dose grows -----------------------------------------------------------------------------------


def grows(*steps: dict[str, float], reps: int = 10, sets: int = 1) -> dict[str, Any]:
    return {
        "dose": {"reps": reps, "sets": sets, "progression": "More.", "grows": {"steps": list(steps)}},
    }


def test_the_dose_comes_before_the_steps_or_is_one_of_them() -> None:
    before = parsed(CURL, **grows({"sets": 2}, {"sets": 3}))
    assert before.amounts == (Amount(1, 10, None), Amount(2, 10, None), Amount(3, 10, None))
    among = parsed(CURL, **grows({"reps": 5}, {"reps": 10}, {"reps": 15, "sets": 2}))
    assert among.amounts == (Amount(1, 5, None), Amount(1, 10, None), Amount(2, 15, None))
    assert parsed(CURL).amounts == (Amount(1, 10, None),)
    assert before.dose.grows is not None and before.dose.grows.when.clean_sessions == 3


@pytest.mark.parametrize(
    ("file", "steps", "told"),
    [
        (CURL, [{"sets": 2}, {"sets": 2}], "steps.1: each step must ask for more"),
        (CURL, [{"sets": 3}, {"sets": 2}], "steps.1: each step"),
        (CURL, [{"sets": 2, "reps": 8}], "steps.0: each step"),
        (CURL, [{"reps": 5}, {"reps": 8}], "steps.0: each step"),
        (CURL, [{"hold_s": 5}], "steps.0: hold_s is for a pose"),
        (SIT, [{"reps": 5}], "steps.0: a pose that is held has no reps"),
        (CURL, [{}], "a step needs sets, reps or hold_s"),
        (CURL, [], "at least 1 item"),
        (CURL, [{"weight": 2}], "not permitted"),
        (CURL, [{"sets": 0}], "greater than 0"),
    ],
)
def test_steps_that_do_not_grow_are_refused(file: str, steps: list[dict[str, float]], told: str) -> None:
    assert told in refusal(parsed, file, **grows(*steps))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", exercise_ids())
def test_what_people_read_of_the_steps_is_what_the_machine_reads(name: str, language: Language) -> None:
    exercise = load_exercise(name, language=language)
    told = {int(n) for n in re.findall(r"\d+", exercise.dose.progression)}
    for step in exercise.dose.grows.steps if exercise.dose.grows else ():
        assert {n for n in (step.sets, step.reps, step.hold_s) if n is not None} <= told
