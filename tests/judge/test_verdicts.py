"""A value, a range and a band: pass, unsure, fault, cannot judge."""

from math import inf, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach.judge.file_fields import Range
from coach.judge.verdicts import Judgement, Verdict, cannot_judge, judge

PASS, FAULT, UNSURE, CANNOT = Judgement.PASS, Judgement.FAULT, Judgement.UNSURE, Judgement.CANNOT_JUDGE

numbers = st.floats(-200.0, 200.0)
bands = st.floats(0.0, 20.0)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = draw(st.none() | numbers), draw(st.none() | numbers)
    assume(low is not None or high is not None)
    assume(low is None or high is None or low < high)
    return Range(min=low, max=high)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (165.0, PASS),
        (180.0, PASS),
        (164.9, UNSURE),
        (160.0, UNSURE),
        (159.9, FAULT),
        (-inf, FAULT),
        (nan, CANNOT),
    ],
)
def test_the_band_lies_below_a_least_value(value: float, verdict: Judgement) -> None:
    assert judge(value, Range(min=165), band=5.0) is verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(-12, PASS), (12, PASS), (12.1, UNSURE), (-19, UNSURE), (19, UNSURE), (19.1, FAULT), (-19.1, FAULT)],
)
def test_the_band_lies_on_both_outer_sides(value: float, verdict: Judgement) -> None:
    assert judge(value, Range(min=-12, max=12), band=7.0) is verdict


def test_without_a_band_there_is_no_doubt() -> None:
    assert judge(1.0, Range(max=1), band=0.0) is PASS
    assert judge(1.001, Range(max=1), band=0.0) is FAULT


@given(ranges(), bands)
def test_what_was_not_seen_is_neither_passed_nor_faulted(wanted: Range, band: float) -> None:
    assert judge(nan, wanted, band) is CANNOT


@given(ranges(), bands, numbers)
def test_there_is_no_hole_between_pass_and_fault(wanted: Range, band: float, value: float) -> None:
    short = wanted.outside(value)
    expected = PASS if short <= 0 else FAULT if short > band else UNSURE
    assert judge(value, wanted, band) is expected


@given(ranges(), bands, numbers, st.floats(-1.0, 1.0))
def test_noise_within_the_band_never_faults_what_is_right(
    wanted: Range, band: float, value: float, noise: float
) -> None:
    assume(wanted.outside(value) <= 0)
    assert judge(value + 0.999 * band * noise, wanted, band) in (PASS, UNSURE)


@given(ranges(), bands, bands, numbers)
def test_a_wider_band_never_makes_a_fault(wanted: Range, one: float, two: float, value: float) -> None:
    narrow, wide = sorted((one, two))
    if judge(value, wanted, wide) is FAULT:
        assert judge(value, wanted, narrow) is FAULT
    assert (judge(value, wanted, narrow) is PASS) == (judge(value, wanted, wide) is PASS)


@given(ranges(), bands, numbers)
def test_turning_the_axis_round_turns_the_range(wanted: Range, band: float, value: float) -> None:
    turned = Range(
        min=None if wanted.max is None else -wanted.max, max=None if wanted.min is None else -wanted.min
    )
    assert judge(-value, turned, band) is judge(value, wanted, band)


def test_a_verdict_is_plain_and_frozen() -> None:
    verdict = cannot_judge("your left knee is hidden")
    assert (verdict.verdict, verdict.value, verdict.reason) == (CANNOT, None, "your left knee is hidden")
    with pytest.raises(ValidationError):
        verdict.verdict = PASS
    with pytest.raises(ValidationError):
        Verdict(verdict=PASS, colour="green")  # type: ignore[call-arg]  # that is the test


def test_a_verdict_reads_as_its_word() -> None:
    assert [str(j) for j in Judgement] == ["pass", "fault", "unsure", "cannot_judge"]
