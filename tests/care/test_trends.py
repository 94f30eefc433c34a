"""Slopes by hand, and what must be true of any."""

from dataclasses import replace
from datetime import timedelta
from math import isnan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.days import day_of, monday_of
from coach.care.trends import (
    FEWEST,
    Point,
    halves_apart,
    holds,
    ranges,
    sides_alike,
    symmetry,
    theil_sen,
    trend,
)
from coach.care.types import SetSummary
from tests.care.making import NOW, a_set, ago

numbers = st.floats(-100, 100).map(lambda value: round(value, 3))


def points(*values: float, every: float = 3, band: float = 2.0) -> list[Point]:
    return [Point(ago(60) + timedelta(days=every * n), value, band) for n, value in enumerate(values)]


def test_by_hand() -> None:
    # slopes of the pairs: 1, 1.5, 1, 2, 1, 0
    slope = theil_sen([0, 1, 2, 3], [0, 1, 3, 3])
    assert slope.middle == 1.0
    assert (slope.low, slope.high) == (0.0, 2.0)


def test_one_odd_day_changes_nothing() -> None:
    assert theil_sen(range(9), [0, 1, 2, 3, -500, 5, 6, 7, 8]).middle == 1.0


def test_nothing_can_be_told_of_one_moment() -> None:
    assert isnan(theil_sen([1, 1], [2, 3]).middle)
    assert isnan(theil_sen([], []).middle)


@given(st.lists(numbers, min_size=2, max_size=12), numbers, st.floats(0.1, 10))
def test_shifting_does_nothing_and_scaling_scales(values: list[float], shift: float, scale: float) -> None:
    days = list(range(len(values)))
    told = theil_sen(days, values)
    assert theil_sen(days, [v + shift for v in values]).middle == pytest.approx(told.middle, abs=1e-6)
    assert theil_sen(days, [v * scale for v in values]).middle == pytest.approx(told.middle * scale, abs=1e-6)
    assert told.low <= told.middle <= told.high


@given(st.lists(numbers, min_size=2, max_size=12))
def test_backwards_in_time_the_slope_turns_round(values: list[float]) -> None:
    days = list(range(len(values)))
    assert theil_sen(days, values[::-1]).middle == pytest.approx(-theil_sen(days, values).middle, abs=1e-9)


def test_down_beyond_the_band() -> None:
    told = trend(points(60, 57, 54, 51, 48))
    assert told.moved == "down"
    assert told.change == pytest.approx(-12)
    assert told.per_week == pytest.approx(-7)
    assert told.band == pytest.approx(2 * 2**0.5)


def test_within_the_band_nothing_moved() -> None:
    assert trend(points(60, 59.5, 59, 58.5, 58, band=5)).moved == "steady"


def test_noise_is_no_trend() -> None:
    assert trend(points(50, 62, 48, 60, 45, 58)).moved == "steady"


def test_of_too_little_nothing_is_known() -> None:
    assert trend(points(60, 50, 40)).moved == "unknown"
    assert trend(points(60, 50, 40, 30, every=1)).moved == "unknown"
    assert trend([]).moved == "unknown"


@given(st.lists(st.tuples(st.floats(0, 90), numbers, st.floats(0, 20)), max_size=15))
def test_what_cannot_have_moved_did_not(made: list[tuple[float, float, float]]) -> None:
    some = sorted((Point(ago(90 - day), value, band) for day, value, band in made), key=lambda p: p.at)
    if len(some) < FEWEST:
        assert halves_apart(some) == 0
    told = trend(some)
    assert told.moved in ("up", "down", "steady", "unknown")
    assert told.points == tuple(some)


@given(st.lists(numbers, max_size=10), st.randoms())
def test_the_order_does_not_matter(values: list[float], chance) -> None:  # type: ignore[no-untyped-def]
    some = points(*values)
    mixed = some[:]
    chance.shuffle(mixed)
    assert trend(mixed).points == trend(some).points


def test_the_sets_of_a_session_are_one_point() -> None:
    sets = [
        a_set(3, range_deg={"left": 50.0, "right": 40.0}, spread_deg={"left": 4.0, "right": 5.0}),
        a_set(3, range_deg={"left": 54.0}, spread_deg={"left": 6.0}),
        a_set(1, range_deg={"left": 60.0}),
    ]
    told = ranges(sets)
    assert told["bridge", "left"] == (Point(ago(3), 52.0, 5.0), Point(ago(1), 60.0, known=False))
    assert told["bridge", "right"] == (Point(ago(3), 40.0, 5.0),)


def test_sides_are_alike_within_the_error_of_a_difference() -> None:
    """That is the square root of two times the error of a side, as in the report of a set."""
    sides = {"left": 14.0, "right": 17.5}
    known = a_set(3, range_deg=sides, spread_deg={"left": 2.5, "right": 2.5}, symmetry_percent=80.0)
    unknown = a_set(2, range_deg=sides, symmetry_percent=80.0)
    far = a_set(1, range_deg={**sides, "right": 20.0}, spread_deg=known.spread_deg, symmetry_percent=70.0)
    assert [sides_alike(one) for one in (known, unknown, far)] == [True, None, False]
    near, without, apart = symmetry([known, unknown, far])["bridge"]
    assert near.value == pytest.approx(80.0) and near.band == pytest.approx(100 * 2.5 * sqrt(2) / 17.5)
    assert without == Point(ago(2), near.value, known=False)
    assert apart.value + apart.band < 100 <= near.value + near.band
    assert symmetry([a_set(1, range_deg={"left": 60.0})]) == {}


def test_more_sets_are_no_longer_hold() -> None:
    sets = [a_set(3, hold_s={"left": 20.0}), a_set(3, hold_s={"left": 25.0})]
    assert holds(sets) == {("bridge", "left"): (Point(ago(3), 25.0, 0.3),)}
    told = [*sets, a_set(3, hold_s={"left": 40.0}, longest_s={"left": 28.0})]
    assert holds(told) == {("bridge", "left"): (Point(ago(3), 28.0, 0.3),)}
    days = [30.0 - 4 * n for n in range(8)]
    more_sets = [a_set(day, hold_s={"left": 30.0}) for n, day in enumerate(days) for _ in range(1 + n // 2)]
    assert trend(holds(more_sets)["bridge", "left"]).moved == "steady"


def held(*seconds: float, target: float | None = None, until: float = 0.0) -> list[SetSummary]:
    """A session every three days, the last of them so many days ago."""
    days = [until + 3.0 * n for n in range(len(seconds))][::-1]
    return [
        a_set(day, hold_s={"left": held}, longest_s={"left": held}, target=target)
        for day, held in zip(days, seconds, strict=True)
    ]


def test_a_hold_that_is_longer_by_less_than_its_error_is_no_longer() -> None:
    told = trend(holds(held(*(30 + 0.06 * n for n in range(8))))["bridge", "left"])
    assert told.change == pytest.approx(0.42) and told.moved == "steady"
    assert trend(holds(held(*(20 + n for n in range(8))))["bridge", "left"]).moved == "up"


def test_another_dose_is_no_change_of_a_hold() -> None:
    first, then = held(*[20.2] * 6, target=20, until=18), held(*[15.1] * 6, target=15)
    told = trend(holds([*first, *then])["bridge", "left"])
    assert (told.moved, told.first, told.last) == ("steady", 15.1, 15.1)
    assert [len(told.beside), len(told.points)] == [6, 6]
    assert trend(holds([*first, *then[:3]])["bridge", "left"]).moved == "unknown", "too few at this dose"
    video = replace(then[2], target=None, hold_s={"left": 14.0}, longest_s={"left": 14.0})
    told = trend(holds([*first, *then[:2], video, *then[3:]])["bridge", "left"])
    assert len(told.points) == 6, "of a video nobody knows what was asked for"
    unknown = [replace(one, target=None) for one in [*first, *then]]
    assert trend(holds(unknown)["bridge", "left"]).moved == "down"


def test_what_another_pose_model_saw_is_held_against_nothing() -> None:
    by_full = [replace(one, model="full") for one in points(60, 60, 60, 60, 60, 60)]
    by_lite = [replace(one, model="lite") for one in points(50, 50, 50, 50, 50, 50, every=3.5)]
    told = trend([*by_full, *by_lite])
    assert (told.moved, told.first, told.last) == ("steady", 50, 50), (
        "of the days by turns, on a slow machine"
    )
    assert list(told.points) == by_lite and list(told.beside) == by_full
    unknown = [replace(one, model=None) for one in by_full]
    assert len(trend([*unknown, *by_lite]).points) == 12, "kept before it was told"
    assert trend([replace(by_full[0], model="heavy")]).moved == "unknown"


def test_one_session_on_a_slow_machine_wipes_out_no_trend() -> None:
    fall = [replace(one, model="full") for one in points(*(100 - 2 * n for n in range(14)))]
    later = [
        replace(one, at=fall[-1].at + timedelta(days=n + 1), model="lite") for n, one in enumerate(fall[:4])
    ]
    for few in (1, 3):
        told = trend([*fall, *later[:few]])
        assert told.moved == "down" and list(told.beside) == later[:few]
    assert trend([*fall, *later]).points == tuple(later), "enough of them to be told by themselves"
    told = trend([replace(fall[0], model="lite"), *fall[1:3]])
    assert told.points == tuple(fall[1:3]), "where none are enough, what saw the last one"


def test_what_was_counted_by_other_limits_is_held_against_nothing() -> None:
    """A nearer target lets smaller repetitions count, and the range falls."""
    far = [replace(one, counting="far") for one in points(60, 60, 60, 60, 60, 60)]
    near = [replace(one, counting="near") for one in points(50, 50, 50, 50, 50, 50, every=3.5)]
    near = [replace(one, at=one.at + timedelta(days=30)) for one in near]
    found = trend([*far, *near])
    assert (found.points, found.beside, found.moved) == (tuple(near), tuple(far), "steady")
    unknown = [replace(one, counting=None) for one in far]
    assert trend([*unknown, *near]).moved == "down", "of what was kept before nobody knows"


def test_a_session_knows_by_which_limits_it_counted() -> None:
    told = {"range_deg": {"left": 60.0}, "spread_deg": {"left": 3.0}, "hold_s": {"left": 20.0}}
    one = a_set(1, **told, rules={"counting": "near", "hold": "wide"})
    for of in (ranges, holds):
        for sets in ([one], [one, replace(one, id="other")]):
            ((point,),) = of(sets).values()
            assert point.counting == "near"


def test_of_a_session_in_which_the_model_changed_the_later_one_counts() -> None:
    full, lite = (
        replace(a_set(1, range_deg={"left": deg}, spread_deg={"left": 3.0}), model=model)
        for deg, model in ((60.0, "full"), (50.0, "lite"))
    )
    lite = replace(lite, id="next", session=full.session)
    (point,) = ranges([full, lite])[full.exercise, "left"]
    assert (point.value, point.model) == (50.0, "lite")


def test_without_a_known_error_no_change_is_told() -> None:
    found = trend(Point(one.at, one.value, known=False) for one in points(60, 57, 54, 51, 48))
    assert (found.moved, found.band_known) == ("unknown", False)
    some = points(60, 57, 54, 51, 48)
    some[0] = Point(some[0].at, 60, known=False)
    assert trend(some).band == pytest.approx(2 * 2**0.5), "where it is known it is taken from there"


@given(st.lists(st.tuples(st.floats(0, 90), numbers, st.floats(0, 20)), min_size=1, max_size=15))
def test_first_last_and_change_add_up_also_as_they_are_read(made: list[tuple[float, float, float]]) -> None:
    told = trend(Point(ago(90 - day), value, band) for day, value, band in made)
    if told.moved != "unknown":
        assert told.last - told.first == pytest.approx(told.change, abs=1e-6)
        assert all(a.value in (told.first, told.last) for piece in told.pieces for a in piece)
    else:
        assert (told.first, told.last, told.pieces) == (told.points[0].value, told.points[-1].value, ())
    for digits in (0, 1):
        first, last, change = told.rounded(digits)
        assert last - first == pytest.approx(change, abs=1e-6)
        assert abs(first - told.first) <= 10**-digits + 1e-6


def test_what_came_to_much_and_lasts_nowhere_is_uneven() -> None:
    assert trend(points(50, 62, 48, 60, 45, 58)).uneven
    assert not trend(points(60, 59.5, 59, 58.5, 58, band=5)).uneven


def test_a_late_turn_is_drawn_as_a_piece_at_each_end() -> None:
    told = trend(points(*[60.0] * 20, 58.0, 55.0, 54.0, 53.0, 50.0, band=2.9))
    assert (told.late, told.first, told.last) == (True, 60.0, 53.5)
    assert [(a.value, b.value) for a, b in told.pieces] == [(60.0, 60.0), (53.5, 53.5)]
    assert told.pieces[0][1].at < told.pieces[1][0].at


def test_a_week_begins_on_monday() -> None:
    assert monday_of(day_of(NOW)).weekday() == 0


def test_a_late_turn_after_steady_months_is_told() -> None:
    values = [60.0] * 20 + [58.0, 55.0, 54.0, 53.0, 50.0]
    found = trend(points(*values, band=2.9))
    assert (found.moved, found.change) == ("down", -6.5)
    assert trend(points(*[60.0] * 24, 40.0, band=2.9)).moved == "steady", "one odd day is none"
