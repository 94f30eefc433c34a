"""The measures of exercises done standing: what was commanded comes back."""

import numpy as np
import pytest

from coach.motion import MEASURES, Body
from coach.pose import PoseFrame, Side, other
from tests.skeletons import BACK, FRONT, LEFT, RIGHT, Camera, squat, standing, zoomed
from tests.skeletons_upright import hinge, leg_lift, lunge, plie, step_up

SIDES: tuple[Side, Side] = ("left", "right")
NAMES = (
    "knee_inward",
    "leg_abduction",
    "leg_height",
    "leg_length",
    "lunge_depth",
    "stance",
    "step_rise",
    "trunk_length",
    "weight_shift",
)


def reads(name: str, frame: PoseFrame, side: Side) -> float:
    return float(MEASURES[name].value(Body.of(frame), side))


@pytest.mark.parametrize("name", NAMES)
def test_size_and_place_in_the_picture_change_nothing(name: str) -> None:
    frame = plie(0.6, lean_deg=8, shift_m=0.05)
    values = [reads(name, f, "left") for f in (frame, zoomed(frame, 1.7, (90.0, 40.0)))]
    assert values[0] == pytest.approx(values[1], abs=0.02, nan_ok=True)


@pytest.mark.parametrize("side", SIDES)
def test_both_thigh_and_shank_are_level_at_the_bottom_of_a_lunge(side: Side) -> None:
    for camera in (LEFT, RIGHT):
        depths = [reads("lunge_depth", lunge(way, side, camera=camera), side) for way in (0, 0.4, 0.7, 1)]
        assert depths[0] == pytest.approx(1, abs=0.01)
        assert (np.diff(depths) < 0).all()
        assert depths[-1] == pytest.approx(0.105, abs=0.02)


def test_a_squat_does_not_come_near_a_lunge() -> None:
    assert reads("lunge_depth", squat(1.0, camera=RIGHT), "right") > 0.8
    assert np.isnan(reads("lunge_depth", lunge(1.0, "right"), "left"))  # of the back leg


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("camera", [FRONT, BACK], ids=["front", "back"])
def test_the_lift_is_told_of_the_leg_that_is_lifted(side: Side, camera: Camera) -> None:
    frame = leg_lift(1.0, side, lift_deg=30, camera=camera)
    assert reads("leg_abduction", frame, side) == pytest.approx(30, abs=0.1)
    assert reads("leg_abduction", frame, other(side)) == pytest.approx(0, abs=0.1)
    assert reads("leg_length", frame, side) == pytest.approx(1, abs=0.01)


def test_a_bent_knee_makes_the_leg_look_shorter() -> None:
    lengths = [reads("leg_length", leg_lift(1.0, knee_deg=k), "left") for k in (0, 20, 40, 60)]
    assert lengths[0] == pytest.approx(1, abs=0.01)
    assert (np.diff(lengths) < -0.02).all()


def test_the_stance_is_told_in_shoulder_widths() -> None:
    assert reads("stance", plie(0.0), "left") == pytest.approx(0.84 / 0.36, abs=0.02)
    assert reads("stance", plie(1.0), "left") == pytest.approx(0.84 / 0.36, abs=0.02)
    assert reads("stance", squat(0.0, camera=FRONT), "left") < 1


@pytest.mark.parametrize("camera", [FRONT, BACK], ids=["front", "back"])
def test_weight_is_told_toward_the_side_that_is_measured(camera: Camera) -> None:
    frame = plie(1.0, shift_m=0.084, camera=camera)
    assert reads("weight_shift", frame, "left") == pytest.approx(0.1, abs=0.01)
    assert reads("weight_shift", frame, "right") == pytest.approx(-0.1, abs=0.01)


def test_a_trunk_that_folds_forward_looks_shorter() -> None:
    upright, folded = (reads("trunk_length", plie(1.0, forward_deg=d), "left") for d in (0, 40))
    assert folded / upright == pytest.approx(np.cos(np.radians(40)), abs=0.02)


@pytest.mark.parametrize("side", SIDES)
def test_the_foot_on_the_step_is_higher_while_its_knee_is_bent(side: Side) -> None:
    below, above = step_up(0.0, side), step_up(1.0, side)
    assert reads("step_rise", below, side) > 0.25
    assert reads("step_rise", above, side) == 1
    assert reads("leg_height", below, side) < 1.7
    assert reads("leg_height", above, side) == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("camera", [FRONT, BACK], ids=["front", "back"])
def test_a_knee_that_falls_in_is_positive(side: Side, camera: Camera) -> None:
    values = [
        reads("knee_inward", step_up(0.3, side, inward_deg=d, camera=camera), side) for d in (-20, 0, 20)
    ]
    assert values[1] == pytest.approx(0, abs=0.1)
    assert values[0] < -15 and values[2] > 15


def test_a_hinge_bends_the_hip_and_not_the_knee() -> None:
    assert reads("trunk_past_shank", hinge(1.0, trunk_deg=70, shank_deg=4), "right") == pytest.approx(
        66, abs=0.1
    )
    assert reads("trunk_past_shank", standing(), "right") == pytest.approx(0, abs=0.1)
