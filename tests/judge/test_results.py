"""The result as plain data: JSON there and back, and its schema."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from coach.judge.results import (
    FORMAT_VERSION,
    HeldPose,
    NotJudged,
    RangeOfMotion,
    Rep,
    SetResult,
    ranges_of,
    result_schema,
    sided,
)
from coach.judge.verdicts import Judgement, Verdict
from tests.judge.films import bridges, hikes, pigeons, result_of, squats

seconds = st.floats(0, 3600).map(lambda s: round(s, 3))
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
verdicts = st.builds(
    Verdict,
    verdict=st.sampled_from(Judgement),
    value=st.none() | st.floats(-200, 200),
    band=st.none() | st.floats(0, 20),
    reason=words,
    joints=st.lists(st.sampled_from(["left_knee", "right_hip"]), max_size=2).map(tuple),
)
by_check = st.dictionaries(st.sampled_from(["depth", "trunk", "hold"]), verdicts, max_size=3)
sides = st.sampled_from(["left", "right", "both"])
rep_records = st.builds(
    Rep,
    start_s=seconds,
    peak_s=seconds,
    end_s=seconds,
    side=sides,
    counted=st.booleans(),
    why_not=st.none() | words,
    hold_s=seconds,
    out_s=seconds,
    back_s=seconds,
    range_deg=st.none() | st.floats(0, 180),
    verdicts=by_check,
)
hold_records = st.builds(
    HeldPose,
    start_s=seconds,
    end_s=seconds,
    side=sides,
    held_s=seconds,
    counted=st.booleans(),
    pauses=st.lists(st.tuples(seconds, seconds), max_size=2).map(tuple),
    verdicts=by_check,
)
unjudged = st.builds(NotJudged, check=words, reason=words, share=st.floats(0, 1))
ranges = st.builds(RangeOfMotion, side=sides, median_deg=seconds, best_deg=seconds)
results = st.builds(
    SetResult,
    exercise=st.just("squat"),
    name=words,
    duration_s=seconds,
    counted=st.integers(0, 99),
    attempts=st.integers(0, 99),
    reps=st.lists(rep_records, max_size=3).map(tuple),
    holds=st.lists(hold_records, max_size=2).map(tuple),
    not_judged=st.lists(unjudged, max_size=2).map(tuple),
    range_of_motion=st.lists(ranges, max_size=2).map(tuple),
    symmetry_percent=st.none() | st.floats(0, 100),
    seen_share=st.floats(0, 1),
)


def validate(result: BaseModel) -> None:
    Draft202012Validator(result_schema()).validate(result.model_dump(mode="json"))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(result_schema())
    assert result_schema()["title"] == "Form Coach set result"


@settings(max_examples=40, deadline=None)
@given(results)
def test_a_result_survives_json_and_fits_its_schema(result: SetResult) -> None:
    assert SetResult.model_validate_json(result.model_dump_json()) == result
    validate(result)


@pytest.mark.parametrize(
    ("film", "exercise"),
    [(squats, "squat"), (bridges, "bridge"), (hikes, "hip_hiker"), (partial(pigeons, 6), "pigeon")],
    ids=["squat", "bridge", "hip_hiker", "pigeon"],
)
def test_what_the_coach_gives_survives_json_and_fits_its_schema(film: Any, exercise: str) -> None:
    result = result_of(film(), exercise)
    assert result.attempts == (1 if exercise == "pigeon" else 2)
    assert SetResult.model_validate_json(result.model_dump_json()) == result
    validate(result)


def test_an_empty_set_fits_too() -> None:
    empty = result_of([], "squat")
    assert (empty.counted, empty.attempts, empty.duration_s, empty.view) == (0, 0, 0.0, None)
    validate(empty)


@pytest.mark.parametrize(
    ("key", "value"),
    [("counted", "three"), ("colour", "red"), ("reps", [{"side": "middle"}]), ("seen_share", None)],
)
def test_the_schema_refuses_what_is_no_result(key: str, value: Any) -> None:
    data = result_of([], "squat").model_dump(mode="json") | {key: value}
    assert list(Draft202012Validator(result_schema()).iter_errors(data))
    with pytest.raises(ValidationError):
        SetResult.model_validate(data)


def test_records_are_frozen() -> None:
    result = result_of([], "squat")
    with pytest.raises(ValidationError):
        result.counted = 5
    assert result.format_version == FORMAT_VERSION


def test_both_sides_are_told_as_both() -> None:
    assert [sided("left", True), sided("left", False), sided("right", False)] == ["both", "left", "right"]


def test_the_largest_range_is_that_of_a_repetition_without_fault_and_without_doubt() -> None:
    def rep(range_deg: float, verdict: Judgement) -> Rep:
        told = {"depth": Verdict(verdict=verdict)}
        return Rep(
            start_s=0,
            peak_s=1,
            end_s=2,
            side="both",
            counted=True,
            hold_s=0,
            out_s=1,
            back_s=1,
            range_deg=range_deg,
            verdicts=told,
        )

    unsure, fault = rep(42, Judgement.UNSURE), rep(60, Judgement.FAULT)
    (told,) = ranges_of([rep(30, Judgement.PASS), rep(35, Judgement.CANNOT_JUDGE), unsure, fault])
    assert (told.median_deg, told.best_deg) == (38.5, 35)
    (told,) = ranges_of([unsure, fault])
    assert (told.median_deg, told.best_deg) == (51, 51), "nothing is told beyond the median"
