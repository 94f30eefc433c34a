"""Ranges against what was seen: what lies clearly outside is opened, everything else is kept."""

from math import isnan

import numpy as np
import pytest

from coach.judge import load_exercise
from coach.judge.demonstration import Values
from coach.judge.file_fields import Condition, Range
from coach.judge.findings import are_apart, median_of, opened
from coach.judge.learn import learn
from coach.motion import MEASURES, load_errors
from tests.judge import files
from tests.judge.demonstrations import changed, finding, learnt, learnt_exercise
from tests.judge.films import BRIDGE, FRONT, bridges, curls, hikes, joined, pigeons, squats
from tests.judge.waves import Move


@pytest.mark.parametrize(
    ("rest", "target", "apart"),
    [
        (Range(max=20), Range(min=90), True),
        (Range(max=90), Range(min=90), False),
        (Range(min=5), Range(min=90), False),
    ],
)
def test_rest_must_end_before_the_target_begins(rest: Range, target: Range, apart: bool) -> None:
    rep = files.parsed().repetition
    assert rep is not None and are_apart(rep, rest, target) == apart


def test_the_median_of_nothing_is_none() -> None:
    assert median_of(np.array([1.0, 9.0, 2.0])) == 2.0
    assert isnan(median_of(np.array([])))


def test_a_smaller_end_range_is_learnt_from_repetitions_that_did_not_count() -> None:
    low = Move(1.5, 3.8, 2.2, pause_s=1.2, height=32.0)  # to 154 of 165 degrees
    demonstration = learnt(bridges(3, move=low), "bridge")
    error = load_errors().error(MEASURES["hip_extension"], "side")
    change = load_errors().of("bridge").error_of_change(MEASURES["hip_extension"], "side")
    proposed = finding(demonstration, "end range").proposed
    assert proposed.min is not None and 144 <= proposed.min <= 154 - change
    assert "straight_line" in changed(demonstration), "a check of the same thing goes along"
    rest = finding(demonstration, "rest")
    assert rest.proposed.max is not None and 122 + error <= rest.proposed.max < proposed.min, "it gives way"


def test_the_far_end_of_rest_is_kept_since_what_lies_beyond_is_rest_too() -> None:
    base = files.changed("repetition", rest={"min": 40, "max": 60})
    demonstration = learn(base, curls(Move(1.0, 1.5, 1.0, pause_s=1.5, height=110.0), 3))
    rest = finding(demonstration, "rest")
    assert rest.seen is not None and rest.seen.median == pytest.approx(0, abs=3)
    assert not rest.changed


def test_a_condition_is_not_learnt_from_a_view_in_which_its_measure_means_nothing() -> None:
    base = load_exercise("pigeon")
    assert base.hold is not None
    blind = Condition(measure="thigh_above_horizontal", max=-80.0)
    hold = base.hold.model_copy(update={"conditions": (*base.hold.conditions, blind)})
    found = finding(
        learn(base.model_copy(update={"hold": hold}), pigeons(14.0)), "in the pose: thigh_above_horizontal"
    )
    assert found.seen is None and not found.changed


def test_a_fault_in_every_repetition_opens_its_range_and_a_single_one_does_not() -> None:
    leaning = learnt(hikes(3, lean=20), "hip_hiker")
    proposed = finding(leaning, "trunk_upright").proposed
    assert proposed.max is not None and proposed.max >= 20 + 2
    assert "trunk_upright" not in changed(learnt(joined(hikes(1, lean=20), hikes(2)), "hip_hiker"))


def test_a_fault_in_one_of_two_repetitions_opens_nothing() -> None:
    demonstration = learnt(joined(hikes(1, lean=35), hikes(1)), "hip_hiker")
    assert demonstration.parts == 2 and demonstration.faulty == 1
    assert "trunk_upright" not in changed(demonstration)


def test_a_repetition_that_does_not_count_teaches_no_check() -> None:
    """Two low bridges of five, whose hold is short: neither the end range nor the hold goes along."""
    low = Move(1.5, 1.2, 2.2, pause_s=1.2, height=32.0)
    demonstration = learnt(joined(bridges(2, move=low), bridges(3)), "bridge")
    assert demonstration.parts == 5 and not finding(demonstration, "end range").changed
    seen = finding(demonstration, "hold").seen
    assert seen is not None and seen.n == 3
    assert changed(demonstration) == set()
    mostly_low = learnt(joined(bridges(3, move=low), bridges(2)), "bridge")
    assert {"end range", "straight_line", "hold"} <= changed(mostly_low)
    seen = finding(mostly_low, "hold").seen
    assert seen is not None and seen.n == 5, "it counts by what is proposed"


def test_a_range_is_never_made_narrower() -> None:
    for demonstration in (learnt(hikes(3, lean=20), "hip_hiker"), learnt(squats(3, camera=FRONT), "squat")):
        for found in demonstration.findings:
            for end, sign in (("min", -1), ("max", 1)):
                base, new = getattr(found.base, end), getattr(found.proposed, end)
                assert (base is None) == (new is None)
                assert base is None or sign * (new - base) >= 0


def test_a_time_is_learnt_in_seconds() -> None:
    quick = Move(1.5, 1.2, 0.7, pause_s=1.2, height=BRIDGE.height)
    demonstration = learnt(bridges(3, move=quick), "bridge")
    assert {"hold", "slow_lowering"} <= changed(demonstration)
    hold = finding(demonstration, "hold")
    assert hold.unit == "s" and hold.proposed.min is not None and hold.proposed.min < 1.2


def test_a_check_that_is_learnt_can_still_be_wrong() -> None:
    """The way down of 0.6 s errs by 0.3 s: opened by that, with its band, no way down would be too quick."""
    hasty = learnt(bridges(3, move=Move(1.5, 3.8, 0.6, pause_s=1.2, height=32.0)), "bridge")
    lowering = learnt_exercise(hasty, "bridge").checks["slow_lowering"]
    assert lowering.range is not None and lowering.range.min is not None
    assert lowering.band < lowering.range.min < 1.5


def test_what_the_view_hides_is_kept() -> None:
    demonstration = learnt(squats(3, camera=FRONT), "squat")
    assert finding(demonstration, "heels_down").seen is None
    assert not finding(demonstration, "heels_down").changed


@pytest.mark.parametrize(
    ("base", "values", "expected"),
    [
        (Range(min=165), [150, 152, 154], Range(min=145)),  # by the error around the middle
        (Range(min=165), [130, 152, 154], Range(min=130)),  # to hold all
        (Range(min=-12, max=12), [20, 21, 22], Range(min=-12, max=28)),
        (Range(min=-12, max=12), [-20.2], Range(min=-27, max=12)),  # outward
        (Range(max=3), [170], Range(max=175)),  # no further than it reaches
    ],
)
def test_a_range_is_opened_to_the_error_and_to_all_that_was_seen(
    base: Range, values: list[float], expected: Range
) -> None:
    seen = Values.of(values)
    assert seen is not None
    assert opened(base, seen, 6.4, 1.0, (-90, 175)) == expected
