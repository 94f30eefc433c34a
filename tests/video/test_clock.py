"""The clock rises whatever the timestamps do, and leaves good ones alone."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.video.clock import USUAL_STEP_S, Clock

stamps = st.lists(st.one_of(st.none(), st.just(math.nan), st.floats(-1e4, 1e4)), min_size=1, max_size=60)


def times(*values: float | None, fps: float = 10.0) -> list[float]:
    clock = Clock(fps)
    return [round(clock.tick(value), 6) for value in values]


def test_good_timestamps_are_told_from_the_first_one_on() -> None:
    assert times(-3.0, -2.9, -2.7, -2.6) == [0.0, 0.1, 0.3, 0.4]


def test_a_repeated_timestamp_moves_on_by_half_a_step_and_the_next_one_is_true_again() -> None:
    assert times(0.0, 0.1, 0.1, 0.2) == [0.0, 0.1, 0.15, 0.2]


def test_a_timestamp_repeated_often_never_reaches_the_next_one() -> None:
    assert times(0.0, 0.1, *[0.1] * 8, 0.2)[-2] < 0.2
    assert times(0.0, 0.1, *[0.1] * 8, 0.2)[-1] == 0.2


def test_a_missing_timestamp_goes_on_at_the_average_rate() -> None:
    assert times(0.0, 0.1, None, 0.3) == [0.0, 0.1, 0.2, 0.3]


def test_without_any_timestamp_the_rate_alone_makes_the_clock() -> None:
    assert times(None, None, None, fps=4.0) == [0.0, 0.25, 0.5]
    assert times(None, None, fps=math.nan) == [0.0, round(USUAL_STEP_S, 6)]


def test_a_first_timestamp_after_missing_ones_goes_on_from_there() -> None:
    assert times(None, None, 7.0, 7.1) == [0.0, 0.1, 0.2, 0.3]


def test_after_a_jump_backwards_the_clock_goes_on() -> None:
    assert times(5.0, 5.1, 5.2, 0.0, 0.1) == [0.0, 0.1, 0.2, 0.3, 0.4]


def test_a_little_step_back_is_jitter() -> None:
    assert times(0.0, 0.1, 0.09, 0.2) == [0.0, 0.1, 0.15, 0.2]


@given(stamps, st.sampled_from([math.nan, 0.0, 10.0, 60.0, math.inf]))
def test_it_always_rises_and_starts_at_nothing(values: list[float | None], fps: float) -> None:
    clock = Clock(fps)
    got = [clock.tick(value) for value in values]
    assert got[0] == 0.0
    assert all(a < b for a, b in itertools.pairwise(got))
    assert clock.now == got[-1]


@given(st.lists(st.integers(1, 200), min_size=2, max_size=40), st.integers(-5000, 5000))
def test_rising_timestamps_are_kept_wherever_they_start(steps_ms: list[int], start_ms: int) -> None:
    clock, stamp = Clock(25.0), start_ms
    for step in steps_ms:
        assert clock.tick(stamp / 1000) == pytest.approx((stamp - start_ms) / 1000)
        stamp += step
