"""Files of which each part is right by itself and the whole cannot be: refused, with the place and the reason."""

from typing import Any

import pytest
import yaml

from coach.errors import ExerciseError
from coach.judge.contradictions import contradictions
from coach.judge.exercise import Exercise
from coach.judge.library import BUILT_IN, exercise_ids, load_exercise, parse_exercise
from tests.judge.files import CURL, SIT, parsed

BENT = {"measure": "knee_flexion", "min": 60}
SITS = [{"measure": "knee_flexion", "min": 80, "leave": 10}]


def altered(text: str, *changes: tuple[str, Any]) -> str:
    """The text of a file with other values at dotted places; None takes away what stands there."""
    data = yaml.safe_load(text)
    for dotted, value in changes:
        *parents, last = dotted.split(".")
        part = data
        for key in parents:
            part = part[key]
        part[last] = value
        if value is None:
            del part[last]
    return yaml.safe_dump(data, sort_keys=False)


def found(text: str, *changes: tuple[str, Any]) -> list[tuple[str, str]]:
    exercise = Exercise.model_validate(yaml.safe_load(altered(text, *changes)))
    return [(".".join(map(str, place)), said) for place, said in contradictions(exercise)]


def check(**keys: Any) -> tuple[str, Any]:
    return "checks.upright", yaml.safe_load(CURL)["checks"]["upright"] | keys


def of_pose(**keys: Any) -> tuple[str, Any]:
    return "checks.upright", yaml.safe_load(SIT)["checks"]["upright"] | keys


def time(part: str, **wanted: float) -> tuple[str, Any]:
    unmeasured = {"measure": None, "views": [], "time": part, "range": wanted, "band": 0.5}
    return check(**unmeasured)


HOLD_3 = time("hold", min=3)
SIGNAL = {"measure": "knee_flexion", "views": ["side"]}
RELATIVE = (
    ("repetition.relative", True),
    ("repetition.rest", {"max": 10}),
    ("repetition.target", {"min": 50}),
)
SQUAT = (
    ("repetition.signal", "hip_height"),
    ("repetition.rest", {"min": 0.9}),
    ("repetition.target", {"max": 0.5}),
    ("repetition.views", ["side", "front"]),
    ("repetition.target_from", {"front": {"max": 0.8}}),
)


@pytest.mark.parametrize("name", exercise_ids())
def test_no_file_that_ships_contradicts_itself(name: str) -> None:
    assert list(contradictions(load_exercise(name))) == []


def test_the_smallest_files_do_not_either() -> None:
    assert found(CURL) == found(SIT) == found(CURL, *RELATIVE) == found(CURL, *SQUAT) == []


def test_a_refusal_names_the_file_the_line_and_the_place() -> None:
    text = (BUILT_IN / "bridge.yaml").read_text("utf-8")
    only = "only:\n    - {measure: hip_extension, max: 150}\n  reach_also:"
    text = text.replace("reach_also:", only)
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "max: 150" in row)
    with pytest.raises(ExerciseError) as refused:
        parse_exercise(text, "bridge.yaml")
    assert str(refused.value) == (
        f"bridge.yaml, line {line}: repetition.only.0: 'hip_extension' at most 150 cannot be met together with "
        "repetition.target (at least 165)."
    )


# --- what cannot be met together ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ([("only", [BENT])], "only.0", "with repetition.rest (at most 20)"),
        (
            [("only", [{"measure": "knee_flexion", "max": 80}])],
            "only.0",
            "with repetition.target (at least 90)",
        ),
        ([("only", [{"measure": "knee_flexion", "max": 80, "leave": 5}])], "only.0", "(at least 90)"),
        (
            [("only", [{"measure": "trunk_rise", "min": 20}, {"measure": "trunk_rise", "max": 8}])],
            "only.1",
            "'trunk_rise' at most 8 cannot be met together with repetition.only.0 (at least 20)",
        ),
        ([("begin_also", [BENT])], "begin_also.0", "with repetition.rest"),
        ([("rest_also", [BENT])], "rest_also.0", "with repetition.rest"),
        (
            [
                ("only", [{"measure": "trunk_rise", "max": 8}]),
                ("reach_also", [{"measure": "trunk_rise", "min": 20}]),
            ],
            "reach_also.0",
            "with repetition.only.0 (at most 8)",
        ),
        (
            [
                ("only", [{"measure": "trunk_rise", "max": 8}]),
                ("begin_also", [{"measure": "trunk_rise", "min": 20}]),
            ],
            "begin_also.0",
            "with repetition.only.0 (at most 8)",
        ),
    ],
)
def test_conditions_that_cannot_be_met_at_once_are_refused(
    changes: list[tuple[str, Any]], place: str, said: str
) -> None:
    (first, told), *_ = found(CURL, *((f"repetition.{key}", value) for key, value in changes))
    assert first == f"repetition.{place}" and said in told


@pytest.mark.parametrize(
    "changes",
    [
        [
            ("only", [{"measure": "knee_flexion", "max": 80, "leave": 20}])
        ],  # it may be left as far as the target
        [("only", [{"measure": "knee_flexion", "max": 80, "side": "other"}])],
        [
            ("reach_also", [{"measure": "trunk_rise", "min": 20}, {"measure": "trunk_rise", "max": 8}])
        ],  # one by one
        [
            ("begin_also", [{"measure": "trunk_rise", "min": 20}]),
            ("rest_also", [{"measure": "trunk_rise", "max": 8}]),
        ],
        [("rest_also", [BENT | {"leave": 50}])],
    ],
)
def test_what_can_be_met_at_its_moment_is_right(changes: list[tuple[str, Any]]) -> None:
    assert found(CURL, *((f"repetition.{key}", value) for key, value in changes)) == []


def test_the_level_of_a_relative_signal_is_anybodys() -> None:
    assert found(CURL, *RELATIVE, ("repetition.only", [BENT])) == []


def test_a_condition_must_leave_the_target_of_every_view() -> None:
    high = ("repetition.only", [{"measure": "hip_height", "min": 0.6}])
    (place, said), *_ = found(CURL, *SQUAT, high)
    assert (place, "repetition.target (at most 0.5)" in said) == ("repetition.only.0", True)
    front = check(measure="trunk_lean", range={"max": 8}, views=["front"])
    assert found(CURL, *SQUAT, high, front, ("repetition.views", ["front"])) == []


def test_the_conditions_of_a_pose_can_be_met_at_once() -> None:
    apart = [*SITS, {"measure": "knee_flexion", "max": 70}]
    (place, said), *_ = found(SIT, ("hold.conditions", apart))
    assert place == "hold.conditions.1"
    assert said == "'knee_flexion' at most 70 cannot be met together with hold.conditions.0 (at least 80)"
    entry = {"conditions": apart, "says": "Stand first"}
    assert [place for place, _ in found(SIT, ("hold.entry", entry))] == ["hold.entry.conditions.1"]
    assert found(SIT, ("hold.entry", {"conditions": apart[1:], "says": "Stand first"})) == []


# --- what a check can never be --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [check(**SIGNAL, when="peak", range={"max": 60})],
            "at most 60 lies outside the target (at least 90)",
        ),
        ([check(**SIGNAL, when="whole", range={"max": 60})], "lies outside the target"),
        ([check(**SIGNAL, when="whole", statistic="typical", range={"max": 60})], "lies outside the target"),
        ([check(**SIGNAL, when="whole", range={"min": 30})], "lies outside the rest (at most 20)"),
        ([check(**SIGNAL, when="peak", against="rest", range={"max": 60})], "the target (a change of 70)"),
        ([*RELATIVE, check(**SIGNAL, when="peak", against="rest", range={"max": 40})], "(a change of 50)"),
        (
            [*SQUAT, check(measure="hip_height", when="peak", range={"min": 0.6}, views=["side"])],
            "at least 0.6 lies outside the target (at most 0.5)",
        ),
        (
            [check(measure="knee_flexion", against="rest", range={"min": 500})],
            "a change, 500 is outside what",
        ),
        ([check(measure="hip_height", against="share_of_rest", range={"max": 8})], "0.1 for a tenth more"),
        (
            [time("hold", min=100)],
            "between 0 and 60 seconds (repetition.max_s) were expected, not at least 100",
        ),
        ([time("out", max=-5)], "between 0 and 60 seconds"),
        ([time("back", min=0)], "between 0 and 60 seconds"),
        ([time("back", min=8), ("repetition.max_s", 8)], "between 0 and 8 seconds"),
        ([time("hold", max=2), ("repetition.min_hold_s", 2)], "with repetition.min_hold_s (2)"),
        (
            [("repetition.only", [{"measure": "trunk_inclination", "max": 30}]), check(range={"min": 40})],
            "with repetition.only.0 (at most 30): it could never be right",
        ),
        (
            [
                ("repetition.only", [{"measure": "trunk_inclination", "max": 30, "leave": 5}]),
                check(range={"max": 35}),
            ],
            "with repetition.only.0 (at most 30): it could never be wrong",
        ),
    ],
)
def test_a_check_that_is_always_right_or_always_wrong_is_refused(changes: list[Any], said: str) -> None:
    ((place, told),) = found(CURL, *changes)
    assert place.removesuffix(".min") == "checks.upright.range" and said in told


@pytest.mark.parametrize(
    "changes",
    [
        [check(**SIGNAL, when="peak", range={"min": 95, "max": 120})],
        [check(**SIGNAL, when="peak", range={"max": 95})],
        [check(**SIGNAL, when="out", range={"max": 60})],
        [check(**SIGNAL, when="peak", side="other", range={"max": 60})],
        [check(**SIGNAL, when="peak", less="trunk_rise", range={"max": 60})],
        [*RELATIVE, check(**SIGNAL, when="peak", range={"max": 40})],
        [*SQUAT, check(measure="hip_height", when="peak", range={"min": 0.6}, views=["front"], band=0.1)],
        [
            ("repetition.only", [{"measure": "trunk_inclination", "max": 30, "leave": 5}]),
            check(range={"max": 34}),
        ],
        [time("hold", min=1, max=3), ("repetition.min_hold_s", 2)],
        [check(**SIGNAL, when="return", range={"min": 5})],
        [check(**SIGNAL, when="return", against="rest", range={"min": 5})],
        [*RELATIVE, check(**SIGNAL, when="return", range={"min": 60})],
        [check(**SIGNAL, when="return", range={"min": 5}, excuse_at_rest=True)],
        [check(**SIGNAL, when="peak", range={"max": 120}, excuse_at_rest=True)],
        [check(when="return", range={"min": 30}, excuse_at_rest=True)],
        [("repetition.reach_also", [BENT]), check(measure="knee_flexion", when="back", range={"max": 50})],
        [
            ("repetition.reach_also", [{"measure": "trunk_inclination", "min": 20}]),
            check(statistic="typical"),
        ],
        [check(against="rest", home=0)],
        [check(against="rest", home=170, range={"min": -20})],
    ],
)
def test_a_check_that_can_be_both_is_right(changes: list[Any]) -> None:
    assert found(CURL, *changes) == []


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (
            check(band=300),
            "band",
            "with a band of 300 around -10 to 10, all that can be (-180 to 180) is right or unsure",
        ),
        (check(band=170), "band", "it could never be wrong"),
        (check(range={"max": 180}, band=0), "range", "with at most 180, all that can be (-180 to 180)"),
        (check(against="rest", range={"max": 60}, band=300), "band", "all that can be (-360 to 360)"),
        (
            check(less="shank_inclination", range={"max": 60}, band=300),
            "band",
            "it could never be wrong",
        ),
        (
            check(measure="hip_height", views=["side"], against="share_of_rest", range={"max": 0.2}, band=-0),
            None,
            "",
        ),
        (time("hold", min=3), None, ""),
    ],
)
def test_a_band_that_lets_everything_pass_is_refused(
    change: tuple[str, Any], place: str | None, said: str
) -> None:
    wrong = found(CURL, change)
    assert [where for where, _ in wrong] == ([f"checks.upright.{place}"] if place else [])
    assert all(said in told for _, told in wrong)


def test_two_checks_that_nobody_can_pass_both_are_refused() -> None:
    bridge = (BUILT_IN / "bridge.yaml").read_text("utf-8")
    ((place, told),) = found(bridge, ("checks.straight_line.range", {"min": 190}))
    assert place == "checks.no_arch.range"
    assert (
        told
        == "'hip_extension' at most 186 cannot be met together with checks.straight_line.range (at least 190)"
    )


MORE = "checks.more"


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        (time("hold", min=3), time("hold", max=2), "'hold' at most 2"),
        (time("back", max=1), time("back", min=1.5), "'back' at least 1.5"),
        (time("out", max=1), time("out", min=1.5), "'out' at least 1.5"),
        (check(when="peak", range={"max": 12}), check(range={"min": 15}), "'trunk_inclination' at least 15"),
        (check(range={"max": 12}), check(when="out", range={"min": 15}), "'trunk_inclination' at least 15"),
    ],
)
def test_two_checks_of_one_moment_go_together(one: Any, two: Any, told: str) -> None:
    ((place, said),) = found(CURL, one, (MORE, two[1]))
    assert place == "checks.more.range"
    assert said.startswith(f"{told} cannot be met together with checks.upright.range (")


def test_checks_of_different_moments_may_differ() -> None:
    assert found(CURL, time("out", max=1), (MORE, time("back", min=2)[1])) == []
    at_the_top, on_the_way = check(when="peak", range={"max": 12}), check(when="out", range={"min": 15})[1]
    assert found(CURL, at_the_top, (MORE, on_the_way)) == []
    mostly = check(statistic="typical", range={"min": 15})[1]
    assert found(CURL, at_the_top, (MORE, mostly)) == [], "the top is no large part of it"


@pytest.mark.parametrize("key", ["begin_also", "rest_also", "reach_also"])
def test_a_check_of_the_whole_time_goes_with_what_is_met_once_in_it(key: str) -> None:
    condition = {"measure": "trunk_inclination", "min": 20}
    ((place, told),) = found(CURL, (f"repetition.{key}", [condition]))
    assert place == "checks.upright.range"
    assert (
        told
        == f"-10 to 10 cannot be met together with repetition.{key}.0 (at least 20): it could never be right"
    )


def test_a_check_of_the_signal_at_its_return_lets_rest_pass() -> None:
    ((place, told),) = found(CURL, check(**SIGNAL, when="return", range={"min": 30}))
    assert place == "checks.upright.range"
    assert told == "at least 30 lies outside the rest (at most 20), to which whoever ends it well comes"
    relative = check(**SIGNAL, when="return", against="rest", range={"min": 15})
    assert [place for place, _ in found(CURL, *RELATIVE, relative)] == ["checks.upright.range"]


@pytest.mark.parametrize("when", ["peak", "return", "whole", "out", "back"])
def test_rest_is_no_excuse_for_a_check_that_it_always_misses(when: str) -> None:
    wrong = found(CURL, check(**SIGNAL, when=when, range={"min": 80}, excuse_at_rest=True))
    assert wrong[-1] == (
        "checks.upright.excuse_at_rest",
        "at rest (at most 20) everybody is outside at least 80, so it could never be a fault",
    )


def test_who_is_at_home_may_stay_there() -> None:
    change = {"against": "rest", "range": {"min": -5, "max": 5}}
    ((place, told),) = found(CURL, check(**change, home=200))
    assert place == "checks.upright.home"
    assert told == "200 is outside what 'trunk_inclination' can reach (-180 to 180)"
    ((place, told),) = found(CURL, check(against="rest", range={"min": 10}, home=3))
    assert place == "checks.upright.home"
    assert told == "who rests at 3 and stays there changes by 0, which lies outside at least 10"


def test_a_joint_that_travels_does_not_stay_where_it_is() -> None:
    still, travels = {"joint": "hip", "within": 0.2, "says": "Stay there"}, {"joint": "hip", "by": 0.3}
    moved = ("repetition.travels", travels)
    ((place, told),) = found(CURL, moved, ("repetition.still", [still]))
    assert place == "repetition.still.0.within"
    assert told == "'hip' cannot stay within 0.2 and travel by 0.3 (repetition.travels)"
    for change in ({"joint": "ankle"}, {"along": "floor"}, {"within": 0.3}):
        assert found(CURL, moved, ("repetition.still", [still | change])) == []


@pytest.mark.parametrize("part", ["out", "back"])
def test_a_way_is_not_timed_from_or_to_a_rest_that_begins_under_way(part: str) -> None:
    far = ("repetition.rest", {"min": 5, "max": 20})
    when = {"out": "begins", "back": "ends"}[part]
    ((place, told),) = found(CURL, far, time(part, min=2))
    assert place == "repetition.rest.min"
    assert (
        told
        == f"beyond 5 all is rest, so for whoever rests there the time of checks.upright {when} under way; "
        "leave min out"
    )
    falls = (*SQUAT, ("repetition.rest", {"min": 0.9, "max": 1.1}), time(part, min=2))
    assert [place for place, _ in found(CURL, *falls)] == ["repetition.rest.max"]
    assert found(CURL, far, time("hold", min=2)) == found(CURL, time(part, min=2)) == []
    assert found(CURL, *RELATIVE, ("repetition.rest", {"min": -5, "max": 10}), time(part, min=2)) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (SIT, "hold.conditions"),
        (CURL, "repetition.only"),
        (CURL, "repetition.rest_also"),
        (CURL, "repetition.begin_also"),
        (CURL, "repetition.reach_also"),
    ],
)
def test_a_condition_that_everybody_meets_is_none(text: str, key: str) -> None:
    everything = {"measure": "trunk_inclination", "min": -180, "max": 180}
    ((place, told),) = found(text, (key, [everything]))
    assert place == f"{key}.0"
    assert told == "-180 to 180 is all that 'trunk_inclination' can reach (-180 to 180): it is always met"
    assert found(text, (key, [everything | {"max": 179}])) == []


def test_one_end_of_a_range_that_can_be_missed_is_enough() -> None:
    assert found(CURL, check(range={"min": -175, "max": 10}, band=20)) == []
    assert found(CURL, check(band=169)) == []
    slow = time("back", min=3)[1]
    assert found(CURL, ("checks.upright", slow | {"band": 2.5})) == []
    assert [where for where, _ in found(CURL, ("checks.upright", slow | {"band": 3}))] == [
        "checks.upright.band"
    ]
    quick = time("back", max=59.5)[1]
    assert [where for where, _ in found(CURL, ("checks.upright", quick))] == ["checks.upright.band"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"max": 70}, "at most 70 cannot be met together with hold.conditions.0 (at least 80)"),
        ({"min": 70}, "at least 70 is always met together with hold.conditions.0 (at least 80)"),
    ],
)
def test_a_check_of_a_pose_goes_with_its_conditions(wanted: dict[str, float], said: str) -> None:
    ((place, told),) = found(SIT, of_pose(measure="knee_flexion", range=wanted))
    assert place == "checks.upright.range" and said in told
    assert found(SIT, of_pose(measure="knee_flexion", range={"min": 71})) == [], "it is wrong at the edge"
    assert found(SIT, of_pose(measure="knee_flexion", range=wanted, side="other")) == []


# --- what no view shows ---------------------------------------------------------------------------------------

NARROW = {"measure": "knee_gap", "max": 2}


@pytest.mark.parametrize("key", ["only", "rest_also", "begin_also", "reach_also"])
def test_a_condition_that_no_view_shows_is_refused(key: str) -> None:
    ((place, said),) = found(CURL, (f"repetition.{key}", [NARROW]))
    assert place == f"repetition.{key}.0.measure"
    assert said == "'knee_gap' means something only from front, back, and it is asked from side"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("hold.conditions", [*SITS, NARROW]), "hold.conditions.1.measure"),
        (("hold.entry", {"conditions": [NARROW], "says": "Stand first"}), "hold.entry.conditions.0.measure"),
        (
            ("hold.results", {"gap": {"what": "Gap", "measure": "knee_gap", "says": [{"text": "Wide."}]}}),
            "hold.results.gap.measure",
        ),
        (of_pose(shown={**NARROW, "says": "the knee is hidden"}), "checks.upright.shown.measure"),
        (of_pose(less="knee_aside"), "checks.upright.less"),
    ],
)
def test_what_no_view_of_a_pose_shows_is_refused(change: tuple[str, Any], place: str) -> None:
    assert [where for where, _ in found(SIT, change)] == [place]


# --- what people read -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changes", "place", "said"),
    [
        (CURL, [("dose.each_side", True)], "dose.each_side", "both sides move at once"),
        (
            CURL,
            [("sides", "alternating"), ("dose.each_side", True)],
            "dose.each_side",
            "both sides take turns",
        ),
        (CURL, [("judged", False)], "judged", "led and timed is a pose that is held"),
        (CURL, [("repetition.moves", "ankle")], "repetition.moves", "both sides move at once"),
        (CURL, [("swap.exercise", "curl")], "swap.exercise", "'curl' cannot be done instead of itself"),
        (
            SIT,
            [("dose.reps", 10)],
            "dose.reps",
            "a pose that is held has no repetitions; sets says how often",
        ),
        (CURL, [("dose.hold_s", 60)], "dose.hold_s", "takes at most 60 seconds (repetition.max_s)"),
        (
            CURL,
            [("dose.hold_s", 2), ("repetition.min_hold_s", 3)],
            "dose.hold_s",
            "it is 2 here, and at least 3 in repetition.min_hold_s, without which it does not count",
        ),
        (
            CURL,
            [HOLD_3, ("dose.hold_s", 2)],
            "dose.hold_s",
            "it is 2 here, and at least 3 in checks.upright.ra",
        ),
        (
            CURL,
            [HOLD_3, ("dose.hold_s", 10)],
            "dose.hold_s",
            "it is 10 here, and checks.upright.range.min lets 3 seconds pass, less than half of it: change both",
        ),
        (
            CURL,
            [time("hold", max=5), ("dose.hold_s", 6)],
            "dose.hold_s",
            "it is 6 here, and at most 5 in checks.upright.range: change both",
        ),
        (CURL, [("dose", {"hold_s": 10, "progression": "More."})], "dose", "needs reps"),
        (SIT, [("dose", {"reps": 10, "progression": "More."})], "dose", "needs hold_s"),
        (
            SIT,
            [("dose.hold_s", 60)],
            "dose.hold_s",
            "it is 60 here, and 30 in hold.target_s: change both, or leave the latter out",
        ),
        (SIT, [("hold.settle_s", 40)], "hold.settle_s", "40 seconds takes longer than the pose is held"),
    ],
)
def test_a_dose_that_is_not_what_is_counted_is_refused(
    text: str, changes: list[tuple[str, Any]], place: str, said: str
) -> None:
    ((where, told),) = found(text, *changes)
    assert where == place and said in told


@pytest.mark.parametrize(("key", "value"), [("reps", 12), ("hold_s", 6)])
def test_the_dose_of_a_guide_is_its_own(key: str, value: float) -> None:
    text = (BUILT_IN / "pelvic_tilt.yaml").read_text("utf-8")
    ((place, said),) = found(text, (f"dose.{key}", value))
    assert place == f"dose.{key}" and f"hold.guide.{key}: change both" in said


def test_a_pose_is_held_for_as_long_as_its_dose_says() -> None:
    text = altered(SIT, ("hold.target_s", None), ("dose.hold_s", 45))
    exercise = parse_exercise(text, "sit.yaml")
    assert exercise.hold is not None and exercise.hold.target_s == 45
    assert exercise.amount.hold_s == 45
    with pytest.raises(ExerciseError, match=r"'hold\.target_s' is missing"):
        parse_exercise(altered(text, ("dose", {"reps": 3, "progression": "More."})), "sit.yaml")


@pytest.mark.parametrize("held_s", [3, 5, 6])
def test_people_may_be_told_to_hold_for_longer_than_passes(held_s: float) -> None:
    assert found(CURL, HOLD_3, ("dose.hold_s", held_s)) == []
    assert found(CURL, time("hold", min=1, max=8), ("dose.hold_s", held_s)) == []
    assert found(CURL, time("out", min=1), ("dose.hold_s", held_s)) == [], "that is another time"


def test_a_swap_is_an_exercise_that_there_is() -> None:
    mine = Exercise.model_validate(yaml.safe_load(altered(CURL, ("swap.exercise", "my_bridge"))))
    assert list(contradictions(mine)) == [], "nobody said which there are"
    assert list(contradictions(mine, ["curl", "my_bridge"])) == []
    place = ("swap", "exercise")
    said = "there is no exercise 'my_bridge'; "
    assert list(contradictions(mine, ["curl", "bridge"])) == [(place, f"{said}did you mean 'bridge'?")]
    ((where, told),) = contradictions(mine, ["curl", "squat"])
    assert (where, told) == (place, f"{said}what is none is told in words, such as 'a short walk'")
    for words, wrong in (
        ("a short walk", False),
        ("Swimming", False),
        ("Pelvic tild", True),
        ("the squat", False),
    ):
        told_so = Exercise.model_validate(yaml.safe_load(altered(CURL, ("swap.exercise", words))))
        assert bool(list(contradictions(told_so, ["pelvic_tilt", "squat"]))) is wrong, words


def test_a_plan_may_ask_for_less_than_the_file_settles_for() -> None:
    """What is made of a right file is not held against the file."""
    assert parsed(SIT, hold=yaml.safe_load(SIT)["hold"] | {"target_s": 0.5}).amount.hold_s == 0.5


# --- parts that take longer than the whole --------------------------------------------------------------------


def timed(**least_s: float) -> list[tuple[str, Any]]:
    """A check of each of these parts, which asks for so many seconds."""
    return [(f"checks.{part}", time(part, min=seconds)[1]) for part, seconds in least_s.items()]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (timed(hold=3, back=1.5), "3 (checks.hold.range) and 1.5 (checks.back.range)"),
        (
            [("repetition.min_hold_s", 3), *timed(back=1)],
            "3 (repetition.min_hold_s) and 1 (checks.back.range)",
        ),
        (
            timed(hold=2, out=1, back=1),
            "2 (checks.hold.range) and 1 (checks.out.range) and 1 (checks.back.range)",
        ),
    ],
)
def test_the_parts_of_a_repetition_fit_into_the_longest(changes: list[tuple[str, Any]], said: str) -> None:
    told = f"4 seconds are too few for the parts that are asked for: {said}"
    assert found(CURL, ("repetition.max_s", 4), *changes) == [("repetition.max_s", told)]
    assert found(CURL, ("repetition.max_s", 6), *changes) == []


def test_parts_that_just_fit_are_no_contradiction() -> None:
    assert found(CURL, ("repetition.max_s", 4), ("repetition.min_hold_s", 2), *timed(hold=2, back=1.5)) == []
    assert found(CURL, ("repetition.max_s", 4), *timed(hold=3.5)) == []
