"""Plane geometry: signs, ranges, and what turning, mirroring and missing data do to it."""

import cmath
from math import nan, radians

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coach.motion.geometry import above_horizontal_deg, incline_deg, larger, share, sign, smaller, turn_deg

quick = settings(deadline=None, max_examples=30, derandomize=True)
angles = st.floats(-179, 179)
lengths = st.floats(0.01, 1000)


def pointing(deg: float, length: float = 1.0) -> complex:
    return cmath.rect(length, radians(deg))


def mirrored(v: complex) -> complex:
    return complex(-v.real, v.imag)


# --- by example -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "turn"), [(1, 1j, 90), (1j, 1, -90), (1, 1, 0), (2j, 5j, 0), (1 + 1j, -1 + 1j, 90)]
)
def test_turning_to_the_left_is_positive(a: complex, b: complex, turn: float) -> None:
    assert turn_deg(a, b) == pytest.approx(turn)


@pytest.mark.parametrize(("v", "lean"), [(1j, 0), (1, 90), (-1, -90), (1 + 1j, 45), (-1 + 1j, -45)])
def test_leaning_to_the_right_is_positive(v: complex, lean: float) -> None:
    assert incline_deg(v) == pytest.approx(lean)


def test_head_down_is_half_a_turn_from_upright() -> None:
    assert abs(incline_deg(-1j)) == pytest.approx(180)


@pytest.mark.parametrize(
    ("v", "elevation"), [(1, 0), (-1, 0), (1j, 90), (-1j, -90), (1 + 1j, 45), (-1 - 1j, -45)]
)
def test_elevation_does_not_ask_which_way_one_points(v: complex, elevation: float) -> None:
    assert above_horizontal_deg(v) == pytest.approx(elevation)


@pytest.mark.parametrize(("x", "s"), [(-3.0, -1), (0.0, 0), (0.2, 1)])
def test_sign(x: float, s: int) -> None:
    assert sign(x) == s


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [(1.0, 2.0, 1, 2), (2.0, 1.0, 1, 2), (nan, 1.0, nan, nan), (1.0, nan, nan, nan)],
)
def test_of_two_of_which_one_is_not_seen_neither_is_the_larger_or_the_smaller(
    a: float, b: float, least: float, most: float
) -> None:
    np.testing.assert_equal((smaller(a, b), larger(a, b)), (least, most))
    pair = np.array([a]), np.array([b])
    np.testing.assert_equal((smaller(*pair), larger(*pair)), (np.array([least]), np.array([most])))


def test_a_share_of_nothing_is_no_number() -> None:
    assert share(3.0, 2.0) == 1.5
    assert np.isnan(share(3.0, 0.0))
    np.testing.assert_array_equal(share(np.array([1.0, 1.0]), np.array([0.0, 2.0])), [np.nan, 0.5])


# --- properties -------------------------------------------------------------------------------------


@quick
@given(angles, angles, lengths, lengths)
def test_the_turn_that_was_commanded_comes_back(start: float, turn: float, a: float, b: float) -> None:
    assert turn_deg(pointing(start, a), pointing(start + turn, b)) == pytest.approx(turn, abs=1e-6)


@quick
@given(angles, angles, angles)
def test_turning_the_picture_changes_no_turn(a: float, turn: float, roll: float) -> None:
    before = turn_deg(pointing(a), pointing(a + turn))
    after = turn_deg(pointing(a + roll), pointing(a + turn + roll))
    assert after == pytest.approx(before, abs=1e-6)


@quick
@given(angles, angles)
def test_turns_add_up_and_going_back_is_negative(a: float, turn: float) -> None:
    there = turn_deg(pointing(a), pointing(a + turn))
    back = turn_deg(pointing(a + turn), pointing(a))
    assert there == pytest.approx(-back, abs=1e-6)


@quick
@given(angles, lengths)
def test_a_lean_is_the_turn_to_the_right_from_upright(lean: float, length: float) -> None:
    v = pointing(90 - lean, length)
    assert incline_deg(v) == pytest.approx(lean, abs=1e-6)
    assert incline_deg(v) == pytest.approx(-turn_deg(1j, v), abs=1e-6)


@quick
@given(angles, angles, lengths)
def test_a_mirror_turns_the_signs_round_and_leaves_elevations(a: float, b: float, length: float) -> None:
    v, w = pointing(a, length), pointing(b)
    assume(abs(abs(turn_deg(v, w)) - 180) > 1e-3)
    assert turn_deg(mirrored(v), mirrored(w)) == pytest.approx(-turn_deg(v, w), abs=1e-6)
    assume(abs(abs(incline_deg(v)) - 180) > 1e-3)
    assert incline_deg(mirrored(v)) == pytest.approx(-incline_deg(v), abs=1e-6)
    assert above_horizontal_deg(mirrored(v)) == pytest.approx(above_horizontal_deg(v), abs=1e-6)


@quick
@given(angles, angles, lengths)
def test_length_changes_nothing(a: float, b: float, length: float) -> None:
    assert turn_deg(pointing(a, length), pointing(b)) == pytest.approx(turn_deg(pointing(a), pointing(b)))
    assert above_horizontal_deg(pointing(a, length)) == pytest.approx(above_horizontal_deg(pointing(a)))


@pytest.mark.parametrize("function", [incline_deg, above_horizontal_deg, lambda v: turn_deg(v, 1j)])
def test_what_is_missing_stays_missing(function: object) -> None:
    nan = complex(np.nan, np.nan)
    values = function(np.array([1j, nan, 1 + 1j]))  # type: ignore[operator]
    assert list(np.isnan(values)) == [False, True, False]


@quick
@given(st.lists(angles, min_size=1, max_size=5))
def test_many_at_once_are_the_same_as_one_by_one(given: list[float]) -> None:
    many = np.array([pointing(a) for a in given])
    np.testing.assert_allclose(incline_deg(many), [incline_deg(v) for v in many])
    np.testing.assert_allclose(turn_deg(1j, many), [turn_deg(1j, v) for v in many])
    np.testing.assert_allclose(above_horizontal_deg(many), [above_horizontal_deg(v) for v in many])
