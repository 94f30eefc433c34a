"""Measures on the floor: what was commanded is read, from the views in which it can be."""

from math import isnan

import pytest

from coach.motion import MEASURES, Body, position_of
from coach.pose import PoseFrame, Side, other
from tests.skeletons import (
    BACK,
    FRONT,
    LEFT,
    RIGHT,
    Camera,
    believed,
    kneeling,
    pigeon,
    sitting,
    standing,
    without,
    zoomed,
)
from tests.skeletons_floor import (
    HALF_BEHIND,
    HALF_LEFT,
    HALF_RIGHT,
    hero,
    hydrant,
    long_lunge,
    side_raise,
)

NAMES = (
    "seat_height", "shin_slope", "shin_ahead", "knees_apart", "trunk_off_vertical", "thigh_out",
    "shins_across", "shins_apart", "trunk_roll", "knee_opened", "hand_over_knee", "arms_length", "leg_raised",
    "chest_roll", "foot_behind",
)  # fmt: skip


def read(name: str, frame: PoseFrame, side: Side = "right") -> float:
    return float(MEASURES[name].value(Body.of(frame), side))


# --- hands and knees --------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("camera", [FRONT, BACK])
def test_the_raised_thigh_is_read_outward_from_the_front_and_from_behind(side: Side, camera: Camera) -> None:
    for raised in (0, 20, 50, 90):
        assert read("thigh_out", hydrant(raised, side, camera=camera), side) == pytest.approx(raised, abs=0.2)


@pytest.mark.parametrize("camera", [HALF_RIGHT, HALF_LEFT, HALF_BEHIND])
def test_half_way_to_the_side_the_thigh_reads_somewhat_less(camera: Camera) -> None:
    assert 35 < read("thigh_out", hydrant(50, camera=camera)) < 50


@pytest.mark.parametrize("camera", [HALF_RIGHT, HALF_BEHIND])
@pytest.mark.parametrize("raised", [20.0, 50.0])
def test_a_right_angle_keeps_the_shank_pointing_back_however_high_the_knee_is(
    raised: float, camera: Camera
) -> None:
    rest = read("knee_opened", hydrant(0, camera=camera))
    assert read("knee_opened", hydrant(raised, camera=camera)) - rest == pytest.approx(0, abs=0.5)
    assert read("knee_opened", hydrant(raised, knee_deg=45, camera=camera)) - rest > 25
    assert read("knee_opened", hydrant(raised, knee_deg=130, camera=camera)) - rest < -20


def test_a_roll_lifts_the_lines_of_shoulders_and_hips() -> None:
    for side in ("left", "right"):
        level, rolled = (
            read("trunk_roll", hydrant(40, side, roll_deg=r, camera=FRONT), side) for r in (0, 20)
        )
        assert level == pytest.approx(0, abs=0.2)
        assert rolled == pytest.approx(19, abs=2)
    assert isnan(read("trunk_roll", hydrant(40, camera=BACK))), "the hips hide the shoulders"


def test_bent_elbows_shorten_the_arms() -> None:
    straight, bent = (read("arms_length", hydrant(elbow_deg=e)) for e in (0, 75))
    assert bent / straight - 1 == pytest.approx(-0.21, abs=0.01)


def test_who_stands_is_not_on_hands_and_knees() -> None:
    assert read("shin_slope", hydrant(), other("right")) < 0.2
    assert abs(read("hand_over_knee", hydrant(), "left")) < 0.4
    assert read("shin_slope", standing()) > 0.7
    assert read("hand_over_knee", kneeling()) > 0.5


# --- the hero pose ----------------------------------------------------------------------------------


@pytest.mark.parametrize("camera", [FRONT, LEFT, RIGHT])
def test_sitting_down_between_the_feet(camera: Camera) -> None:
    assert read("seat_height", hero(0.0, camera=camera)) > 0.75
    assert read("seat_height", hero(1.0, camera=camera)) < 0.4
    assert read("shin_slope", hero(1.0, camera=camera)) < 0.1


def test_shins_folded_back_or_stretched_forward_are_told_apart_from_the_side() -> None:
    for camera in (LEFT, RIGHT):
        assert read("shin_ahead", hero(camera=camera)) < -0.7
        assert read("shin_ahead", sitting(camera)) > 0.7
    assert abs(read("shin_ahead", hero())) < 0.3


def test_a_shin_whose_ankle_is_hidden_behind_the_knee_is_taken_to_lie() -> None:
    on_a_chair = standing(camera=FRONT)
    assert read("shin_slope", on_a_chair) > 0.7
    assert read("shin_slope", believed(on_a_chair, 0.1, "right_ankle")) == 0


def test_a_shin_laid_across_or_stretched_back_is_not_folded_under() -> None:
    assert read("shins_across", hero()) < 0.4
    for side in ("left", "right"):
        assert read("shins_across", pigeon(side), "left") == read("shins_across", pigeon(side), "right") > 0.8
    folded = hero(camera=LEFT)
    assert read("shins_apart", folded, "left") < 0.4
    hidden = believed(standing(), 0.1, "left_ankle", "right_ankle")
    assert read("shins_across", hidden) == read("shins_apart", hidden) == 0


@pytest.mark.parametrize("lost", ["left_ankle", "right_ankle"])
def test_where_an_ankle_that_shows_has_no_place_nobody_knows_which_shin_lies_across(lost: str) -> None:
    assert isnan(read("shins_across", without(standing(camera=FRONT), lost)))


def test_the_back_leg_of_a_long_lunge_is_far_from_the_front_one() -> None:
    assert read("shins_apart", long_lunge()) > 1


def test_knees_that_come_apart() -> None:
    together, apart = (read("knees_apart", hero(knees_out_deg=out)) for out in (0, 26))
    assert together < 0.7
    assert apart > 1.5


def test_the_trunk_leans_to_a_side() -> None:
    assert read("trunk_off_vertical", hero(lean_deg=15)) == pytest.approx(15, abs=0.1)
    assert read("trunk_off_vertical", sitting()) == pytest.approx(0, abs=0.1)


# --- lying on the side ------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_top_leg_over_the_level(side: Side) -> None:
    for raised in (-12, 0, 24, 60):
        frame = side_raise(raised, side)
        assert position_of(Body.of(frame)) == "side_lying"
        assert read("leg_raised", frame, side) == pytest.approx(raised, abs=0.2)
    assert read("leg_raised", standing(), side) < -80


@pytest.mark.parametrize("side", ["left", "right"])
def test_shoulders_and_hips_roll_back(side: Side) -> None:
    for roll in (-10, 0, 25):
        assert read("chest_roll", side_raise(20, side, roll_deg=roll), side) == pytest.approx(roll, abs=0.2)


def test_a_bent_knee_shortens_the_leg() -> None:
    straight, bent = (read("leg_length", side_raise(20, "left", knee_deg=k), "left") for k in (0, 60))
    assert bent / straight - 1 == pytest.approx(-0.23, abs=0.03)


# --- the long lunge ---------------------------------------------------------------------------------


@pytest.mark.parametrize("camera", [LEFT, RIGHT])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_back_foot_is_far_behind_in_a_long_lunge_only(side: Side, camera: Camera) -> None:
    lunge = long_lunge(1.0, side, camera=camera)
    assert read("foot_behind", lunge, side) > 1.5
    assert read("foot_behind", lunge, other(side)) < 0, "the front foot is not behind"
    assert read("foot_behind", standing(camera=camera), side) == pytest.approx(0, abs=0.1)


# --- all of them ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_body_twice_as_large_reads_the_same_and_what_is_hidden_is_nan(name: str) -> None:
    for frame in (hydrant(30, roll_deg=5), hero(), long_lunge(camera=RIGHT), side_raise(20, "right")):
        assert read(name, zoomed(frame, 2.0)) == pytest.approx(read(name, frame), abs=2e-3, nan_ok=True)
    assert MEASURES[name].meaning
    assert isnan(read(name, PoseFrame.empty(0.0, (640, 480))))
