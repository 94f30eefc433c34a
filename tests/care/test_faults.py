"""Shares of what was judged; gaps stay gaps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.faults import Tally, as_told, by_present_rules, rose, tallies, weeks, wilson
from coach.judge import load_exercise
from tests.care.making import a_set


def test_of_what_was_judged_alone() -> None:
    sets = [
        a_set(3, attempts=10, judged={"hold": 4}, faults={"hold": 1}),
        a_set(2, attempts=10, judged={"hold": 6, "no_arch": 0}, faults={"hold": 4}),
    ]
    told = tallies(sets)
    assert told["bridge", "hold"] == Tally(5, 10)
    assert told["bridge", "hold"].share == 0.5
    assert told["bridge", "no_arch"].share is None


def test_what_was_unsure_is_neither_right_nor_at_fault() -> None:
    judged = {"judged": {"hold": 4, "no_arch": 4}, "faults": {"hold": 1}}
    told = tallies([a_set(2, **judged, told_of={"hold": 2, "no_arch": 0})])
    assert told["bridge", "hold"] == Tally(1, 2) and told["bridge", "no_arch"].share is None
    kept_before = tallies([a_set(2, **judged, sure=3), a_set(1, **judged)])
    assert kept_before["bridge", "hold"] == Tally(2, 4 + 4), "of all that was judged"
    assert tallies([a_set(2, **judged | {"faults": {}}, sure=0)])["bridge", "hold"].share is None


def test_of_an_old_set_a_check_that_never_passes_is_not_told_as_free_of_faults() -> None:
    never = next(name for name, check in load_exercise("hip_hiker").checks.items() if check.misses)
    judged = {never: 4, "trunk": 4}
    old = a_set(3, "hip_hiker", judged=judged, faults={never: 1}, sure=3)
    new = a_set(2, "hip_hiker", judged=judged, told_of={never: 0, "trunk": 2})
    gone = a_set(1, "nobodys_own", judged=judged)
    known, same, unknown = as_told([old, new, gone])
    (never_faulty,) = as_told([a_set(3, "hip_hiker", judged=judged, sure=3)])
    assert known.told_of == {never: 4, "trunk": 3}
    assert never_faulty.told_of == {never: 0, "trunk": 3}
    assert (same, unknown) == (new, gone)


def test_weeks_without_a_judgement_are_gaps() -> None:
    sets = [
        a_set(18, judged={"hold": 10}, faults={"hold": 5}),  # Monday 2 November
        a_set(10, judged={"no_arch": 10}),
        a_set(1, judged={"hold": 10}),
    ]
    told = weeks(sets)["bridge", "hold"]
    assert [week.monday for week in told] == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert [week.tally.share for week in told] == [0.5, None, 0.0]
    assert weeks([]) == {}


def test_what_was_judged_by_another_limit_is_left_out_of_what_is_compared() -> None:
    tight, wide = {"hold": "tight", "no_arch": "as_ever"}, {"hold": "wide", "no_arch": "as_ever"}
    told = {"judged": {"hold": 10, "no_arch": 10}, "faults": {"hold": 8, "no_arch": 3}}
    before = [a_set(20, **told), a_set(12, **told, rules=tight), a_set(11, "squat", **told, rules=tight)]
    now = a_set(1, judged={"hold": 10, "no_arch": 10}, rules=wide)
    old, other, squat, last = by_present_rules([*before, now])
    assert (old, squat, last) == (before[0], before[2], now), "not known, or not moved in that exercise"
    assert (other.judged, other.faults) == ({"no_arch": 10}, {"no_arch": 3})
    assert by_present_rules([a_set(12, told_of=told["judged"], rules=tight), now])[0].told_of == {
        "no_arch": 10
    }


def test_a_rise_is_more_than_chance_and_more_than_little() -> None:
    assert rose(Tally(2, 40), Tally(20, 40))
    assert not rose(Tally(2, 40), Tally(8, 40)), "by less than a fifth"
    assert not rose(Tally(2, 8), Tally(5, 8)), "chance may do that"
    assert not rose(Tally(0, 7), Tally(40, 40)), "too few before"
    assert not rose(Tally(20, 40), Tally(2, 40)), "they fell"


def test_the_interval_of_a_share_as_published() -> None:
    # Newcombe, Statistics in Medicine 17 (1998) 857, table I, Wilson score without correction
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_share_lies_within_its_interval(a: int, b: int) -> None:
    low, high = wilson(a, a + b)
    assert 0 <= low <= high <= 1
    if a + b:
        assert low <= a / (a + b) <= high
    mirrored = wilson(b, a + b)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_never_both_ways(a: int, b: int, c: int, d: int) -> None:
    one, other = Tally(a, a + b), Tally(c, c + d)
    assert not (rose(one, other) and rose(other, one))
