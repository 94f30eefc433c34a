"""The first sentences of a report."""

import dataclasses
from typing import Any

from coach.judge import HeldPose, Judgement, Verdict
from coach.judge.results import RangeOfMotion
from coach.report import ReportInput, summary
from tests.report.conftest import found


def with_result(report: ReportInput, **changed: Any) -> ReportInput:
    return dataclasses.replace(report, result=report.result.model_copy(update=changed))


def test_of_repetitions(bridge: ReportInput) -> None:
    assert summary(bridge) == (
        "6 of 7 repetitions counted. Most often missed: knees over ankles (3), then slow lowering (2). "
        "Range typically 54°."
    )


def test_of_holds(pigeon: ReportInput) -> None:
    assert summary(pigeon).replace("\xa0", " ") == (
        "1 of 2 holds reached 30 s. Longest: 34 s left, 22 s right. The timer paused twice. "
        "Most often missed: hips square (1)."
    )


def test_the_longest_hold_of_a_side_is_told(pigeon: ReportInput) -> None:
    holds = tuple(
        HeldPose(start_s=0, end_s=9, side="both", held_s=held, counted=False) for held in (4.0, 9.0, 2.0)
    )
    told = summary(with_result(pigeon, holds=holds, faults={})).replace("\xa0", " ")
    assert told == "0 of 3 holds reached 30 s. Longest: 9.0 s. No check could be judged."


def test_of_nothing(empty: ReportInput) -> None:
    assert summary(empty) == (
        "No repetition was seen. Nobody could be seen well enough to judge. "
        "Next time: “Step back: your feet are outside the picture.”"
    )


def test_a_damaged_video_is_told_first(bridge: ReportInput, empty: ReportInput) -> None:
    told = "The video is damaged: this tells of the part that could be read. "
    assert summary(with_result(bridge, damaged=True)) == told + summary(bridge)
    assert summary(with_result(empty, damaged=True)) == told + summary(empty)


def test_no_fault_is_not_more_than_was_judged(bridge: ReportInput) -> None:
    assert "No fault was seen in what could be judged." in summary(with_result(bridge, faults={}))
    unseen = Verdict(verdict=Judgement.CANNOT_JUDGE, reason="hidden")
    reps = tuple(r.model_copy(update={"verdicts": {"hold": unseen}}) for r in bridge.result.reps)
    assert "No check could be judged." in summary(with_result(bridge, faults={}, reps=reps))


def test_what_a_test_measured_is_told_first(thomas: ReportInput) -> None:
    assert thomas.exercise.hold is not None
    short = [wanted.says[0].text for wanted in thomas.exercise.hold.results.values()]
    assert summary(thomas).replace("\xa0", " ") == (
        "Left: Hanging thigh below the horizontal (a minus is above it): "
        "Too close to the limit for the camera to tell. "
        "Bend of the hanging knee: It was not seen for long enough to measure it. "
        f"Right: {short[0]} {short[1]} "
        "2 of 2 holds reached 5.0 s. Longest: 6.5 s right, 6.5 s left."
    )


def test_of_several_holds_of_a_side_the_last_is_told(thomas: ReportInput) -> None:
    right, left = thomas.result.holds
    again = right.model_copy(update={"side": "left"})
    told = summary(with_result(thomas, holds=(left, again)))
    assert told.startswith("Left: The thigh stays above the horizontal.") and "Too close" not in told


def test_a_fault_is_told_beside_what_a_test_measured(thomas: ReportInput) -> None:
    told = summary(with_result(thomas, faults={"knee_hugged": 1}))
    assert "The thigh stays above the horizontal." in told and "Most often missed: knee hugged (1)." in told


def test_what_is_unsure_throughout_is_no_praise(bridge: ReportInput) -> None:
    unsure = found(161, "deg", 5, Judgement.UNSURE)
    hidden = Verdict(verdict=Judgement.CANNOT_JUDGE, reason="hidden")
    verdicts = {"straight_line": unsure, "hold": hidden}
    reps = tuple(rep.model_copy(update={"verdicts": verdicts}) for rep in bridge.result.reps)
    told = summary(with_result(bridge, faults={}, reps=reps))
    assert "Of what was judged, nothing could be told for sure." in told and "No fault" not in told


def test_a_guided_exercise_says_so(bridge: ReportInput) -> None:
    exercise = bridge.exercise.model_copy(
        update={"checks": {"feet_flat": bridge.exercise.checks["feet_flat"]}}
    )
    reps = tuple(r.model_copy(update={"verdicts": {}}) for r in bridge.result.reps)
    report = dataclasses.replace(with_result(bridge, faults={}, reps=reps), exercise=exercise)
    assert "It was guided and timed, not judged." in summary(report)


def test_both_sides_are_told(bridge: ReportInput) -> None:
    sides = (
        RangeOfMotion(side="left", median_deg=38.2, best_deg=41),
        RangeOfMotion(side="right", median_deg=42, best_deg=44),
    )
    assert summary(with_result(bridge, range_of_motion=sides)).endswith(
        "Range typically 38° left, 42° right."
    )


def test_a_single_repetition_is_not_typical(bridge: ReportInput) -> None:
    assert summary(with_result(bridge, reps=bridge.result.reps[:1])).endswith("Range: 54°.")
