"""From samples to verdicts: what lasted, against which level, with which band."""

from dataclasses import replace
from math import nan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.judge.checks import (
    RETURN_S,
    TIME_BAND_S,
    band_of,
    judge_measure,
    judge_time,
    phase_slice,
    speak_faults,
)
from coach.judge.exercise import Check
from coach.judge.samples import Recording, Sample
from coach.judge.timing import Parts
from coach.judge.verdicts import Judgement, Verdict, cannot_judge
from coach.motion import load_errors
from tests.judge.files import with_checks
from tests.judge.waves import RATES, Move, reps

PARTS = Parts(
    slice(0, 31), slice(30, 61), slice(60, 91),
    hold_s=1.0, out_s=1.0, back_s=1.0, peak_s=1.5, hold_least_s=1.0, hold_most_s=1.0,
)  # fmt: skip
at_every_rate = pytest.mark.parametrize("fps", RATES)


def check(**keys: Any) -> Check:
    """The trunk within 10 degrees of upright, told otherwise by `keys`."""
    return with_checks(upright=keys).checks["upright"]


def timed(part: str, least_s: float) -> Check:
    return check(measure=None, time=part, range={"min": least_s}, views=[], band=0.0)


def verdict(values: Any, fps: float = 30, baseline: float = nan, band: float = 4.0, **keys: Any) -> Verdict:
    array = np.asarray(values, dtype=float)
    told = check(**keys)
    times = np.arange(len(array)) / fps
    return judge_measure(told, times, array, baseline, band, misses=told.missed_from("side"))


# --- the band ---------------------------------------------------------------------------------------------


def test_no_band_is_tighter_than_the_measured_error() -> None:
    errors = load_errors()
    known = errors.errors["trunk_inclination"]["side"]
    assert band_of(check(band=0.0), "side", errors) == known
    assert band_of(check(band=known + 3), "side", errors) == known + 3


def test_a_better_error_table_tightens_the_judgement_by_itself() -> None:
    better = replace(load_errors(), errors={"trunk_inclination": {"side": 1.0}})
    assert band_of(check(band=0.0), "side", better) == 1.0
    unknown = replace(load_errors(), errors={})
    assert band_of(check(band=0.0), "side", unknown) == unknown.default["deg"]


def test_a_time_has_a_band_too() -> None:
    assert band_of(timed("hold", 3.0), "side", load_errors()) == TIME_BAND_S


# --- times ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("least_s", "expected"), [(0.9, Judgement.PASS), (1.2, Judgement.UNSURE), (1.5, Judgement.FAULT)]
)
@pytest.mark.parametrize("part", ["hold", "out", "back"])
def test_a_part_is_judged_by_how_long_it_took(part: str, least_s: float, expected: Judgement) -> None:
    told = judge_time(timed(part, least_s), PARTS, 0.3)
    assert (told.verdict, told.value, told.unit, told.band, told.at_s) == (expected, 1.0, "s", 0.3, 1.5)


def test_a_hold_that_may_have_been_long_enough_is_not_too_short() -> None:
    wavers = replace(PARTS, hold_s=0.0, hold_least_s=0.0, hold_most_s=1.8)
    assert judge_time(timed("hold", 1.0), wavers, 0.3).verdict is Judgement.UNSURE
    assert judge_time(timed("hold", 3.0), wavers, 0.3).verdict is Judgement.FAULT


def test_a_hold_that_may_have_been_too_short_is_not_praised() -> None:
    trembles = replace(PARTS, hold_s=1.3, hold_least_s=0.9, hold_most_s=1.4)
    assert judge_time(timed("hold", 1.2), trembles, 0.6).verdict is Judgement.UNSURE
    assert judge_time(timed("hold", 0.8), trembles, 0.6).verdict is Judgement.PASS


# --- measures ---------------------------------------------------------------------------------------------


def test_where_a_fault_may_be_missed_nobody_is_told_that_all_was_well() -> None:
    fine, leaning = (
        verdict(np.zeros(90), misses="shirts hide it"),
        verdict(np.full(90, 25.0), misses="shirts hide it"),
    )
    assert (fine.verdict, fine.reason) == (Judgement.UNSURE, "shirts hide it")
    assert leaning.verdict is Judgement.FAULT
    hidden = check(
        misses="the belly hides it",
        misses_from=["front"],
        views=["front", "side"],
        measure="trunk_off_vertical",
        range={"max": 10},
    )
    assert [hidden.missed_from(view) for view in ("front", "side")] == ["the belly hides it", None]


def test_a_fault_says_why_it_matters_and_where_it_is() -> None:
    values = np.where(np.arange(90) < 45, 0.0, 25.0)
    told = verdict(values)
    assert told.verdict is Judgement.FAULT
    assert told.reason == "Leaning helps the leg along."
    assert (told.value, told.unit, told.band) == (25.0, "deg", 4.0)
    assert told.at_s is not None and told.at_s >= 1.5


def test_a_pass_needs_no_reason_and_a_doubt_has_one() -> None:
    assert verdict([5.0] * 30).reason == ""
    doubtful = verdict([12.0] * 30)
    assert doubtful.verdict is Judgement.UNSURE and "too close to the limit" in doubtful.reason


@at_every_rate
def test_a_moment_beyond_the_limit_is_no_fault(fps: int) -> None:
    t = np.arange(3 * fps) / fps
    assert verdict(np.where(np.abs(t - 1.5) < 0.1, 40.0, 0.0), fps).verdict is Judgement.PASS
    assert verdict(np.where(np.abs(t - 1.5) < 0.3, 40.0, 0.0), fps).verdict is Judgement.FAULT


@pytest.mark.parametrize("sign", [1, -1])
def test_the_worst_is_taken_on_the_side_that_is_further_out(sign: int) -> None:
    values = sign * np.concatenate([np.full(30, 12.0), np.full(30, -30.0)])
    assert verdict(values).value == sign * -30.0


def test_the_typical_value_is_the_median() -> None:
    values = [0.0] * 20 + [50.0] * 10
    assert verdict(values, statistic="typical").verdict is Judgement.PASS
    assert verdict(values, statistic="worst").verdict is Judgement.FAULT


@pytest.mark.parametrize(
    ("hidden", "expected"), [(0.0, Judgement.FAULT), (0.2, Judgement.FAULT), (0.4, Judgement.UNSURE)]
)
def test_what_is_typical_is_not_told_by_the_half_that_was_seen(hidden: float, expected: Judgement) -> None:
    seen, told = np.linspace(8, 28, 41), check(statistic="typical", range={"max": 10})
    found = judge_measure(told, np.arange(41) / 30, seen, nan, 4.0, hidden=hidden)
    assert (found.verdict, found.value) == (expected, 18)


@pytest.mark.parametrize("value", [-30.0, 0.0, 30.0])
def test_of_half_a_phase_that_nobody_saw_nothing_is_sure(value: float) -> None:
    told = check(statistic="typical", range={"min": -10, "max": 10})
    found = judge_measure(told, np.arange(41) / 30, np.full(41, value), nan, 4.0, hidden=0.5)
    assert found.verdict is Judgement.UNSURE


def test_a_value_is_told_against_the_persons_own_level() -> None:
    keys: dict[str, Any] = {"against": "rest"}
    assert verdict([25.0] * 30, baseline=20.0, **keys).value == 5.0
    assert verdict([25.0] * 30, baseline=20.0, **keys).verdict is Judgement.PASS
    assert verdict([25.0] * 30, baseline=20.0, against="share_of_rest", measure="hip_height").value == 0.25
    assert (
        verdict([25.0] * 30, baseline=0.0, against="share_of_rest", measure="hip_height").verdict
        is Judgement.CANNOT_JUDGE
    )
    blind = verdict([25.0] * 30, baseline=nan, **keys)
    assert blind.verdict is Judgement.CANNOT_JUDGE
    assert blind.reason == "I did not see your starting position"


@pytest.mark.parametrize(("seen", "judged"), [(0, False), (17, False), (18, True), (30, True)])
def test_enough_of_a_phase_must_have_been_seen(seen: int, judged: bool) -> None:
    told = verdict([5.0] * seen + [nan] * (30 - seen))
    assert (told.verdict is Judgement.PASS) is judged
    assert (told.verdict is Judgement.CANNOT_JUDGE) is not judged


def test_a_phase_without_samples_cannot_be_judged() -> None:
    assert verdict([]).verdict is Judgement.CANNOT_JUDGE


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-0.99, 0.99), min_size=3, max_size=120),
    st.floats(-10, 10),
    st.floats(0.5, 15),
    st.sampled_from(["worst", "typical"]),
    st.sampled_from(RATES),
)
def test_noise_within_the_band_never_faults_what_is_right(
    noise: list[float], clean: float, band: float, statistic: str, fps: int
) -> None:
    values = clean + band * np.array(noise)
    assert verdict(values, fps, band=band, statistic=statistic).verdict is not Judgement.FAULT


# --- phases -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "expected"),
    [("out", slice(0, 31)), ("peak", slice(30, 61)), ("back", slice(60, 91)), ("whole", slice(0, 91))],
)
def test_each_phase_has_its_samples(when: str, expected: slice) -> None:
    assert phase_slice(check(when=when), recording(), PARTS) == expected


@at_every_rate
def test_the_return_is_the_last_moment(fps: int) -> None:
    seen = recording(fps)
    t = seen.t[phase_slice(check(when="return"), seen, PARTS)]
    assert t[-1] == seen.t[-1]
    assert t[-1] - t[0] == pytest.approx(RETURN_S, abs=1 / fps)


@at_every_rate
def test_who_is_still_on_the_way_has_not_come_back(fps: int) -> None:
    """Up again within half a second: of its last moments only those count in which somebody stands."""
    wave = reps(1, Move(back_s=0.5, pause_s=0.0, height=70.0))
    seen = Recording([Sample(t, x, (x,), (), 1.0, "side") for t, x in wave.sampled(fps)])
    assert seen.x[phase_slice(check(when="return"), seen, PARTS)].max() <= 7


def test_of_a_single_sample_the_return_is_that_sample() -> None:
    seen = Recording([Sample(0.0, 0.0, (0.0,), (), 1.0, "side")])
    assert phase_slice(check(when="return"), seen, PARTS) == slice(0, 1)


def recording(fps: int = 30) -> Recording:
    return Recording([Sample(i / fps, 0.0, (0.0,), (), 1.0, "side") for i in range(3 * fps + 1)])


def test_what_was_said_is_what_is_recorded() -> None:
    fault, fine = Verdict(verdict=Judgement.FAULT, value=30.0), Verdict(verdict=Judgement.PASS, value=2.0)
    kept = speak_faults({"trunk": fine, "depth": fine, "heels": cannot_judge("")}, {"trunk": fault})
    assert kept == {"trunk": fault, "depth": fine, "heels": cannot_judge("")}


def test_a_fault_that_all_of_it_shows_has_the_value_of_all_of_it() -> None:
    early, whole = (Verdict(verdict=Judgement.FAULT, value=value) for value in (48.0, 60.0))
    assert speak_faults({"step": whole}, {"step": early}) == {"step": whole}
