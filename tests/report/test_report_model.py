"""What a report is made from."""

import numpy as np
import pytest

from coach.report import Curve, ReportInput
from coach.report.model import judged


def test_a_curve_is_two_series_of_one_length() -> None:
    with pytest.raises(ValueError, match="one length"):
        Curve(np.zeros(3), np.zeros(2), "hip extension")
    with pytest.raises(ValueError, match="one length"):
        Curve(np.zeros((3, 1)), np.zeros((3, 1)), "hip extension")


def test_gaps_are_not_among_the_seen_values() -> None:
    assert Curve(np.arange(3.0), np.array([1, np.nan, 3]), "x").seen.tolist() == [1, 3]


def test_attempts_are_repetitions_or_holds(bridge: ReportInput, pigeon: ReportInput) -> None:
    assert (bridge.held, len(bridge.attempts), bridge.counted) == (False, 7, 6)
    assert (pigeon.held, len(pigeon.attempts), pigeon.counted) == (True, 2, 1)


def test_unseen_checks_have_no_column(bridge: ReportInput) -> None:
    assert bridge.checks == ("knees_over_ankles", "straight_line", "no_arch", "hold", "slow_lowering")


def test_a_check_that_only_an_old_result_knows_keeps_its_column(bridge: ReportInput) -> None:
    first = bridge.result.reps[0]
    old = first.model_copy(update={"verdicts": {"old_check": first.verdicts["hold"]}})
    result = bridge.result.model_copy(update={"reps": (old,)})
    report = ReportInput(result, bridge.exercise, "x", bridge.curve, (), bridge.made_at)
    assert report.checks[-1] == "old_check"


def test_what_was_not_seen_is_not_judged(bridge: ReportInput) -> None:
    assert judged(bridge.verdicts("hold")) == 7
    assert judged(bridge.verdicts("feet_flat")) == 0
