"""The exercises on the floor as movements: contact with the mat, and planted faults in the true measures."""

import numpy as np
import pytest

from coach.pose import Side
from sample_videos.studio import anatomy
from sample_videos.studio.movements.base import MAT_M
from sample_videos.studio.skeleton import Body
from tests.studio.movements import CONTACT_M, lowest, made, shares

NAMES = ("fire_hydrant", "hero_pose", "runners_lunge", "side_lying_leg_raise")
FAULTS = {
    "fire_hydrant": {"hips_level": 25.0, "arms_straight": 70.0, "knee_bent": -40.0},
    "hero_pose": {"knees_together": 25.0, "trunk_upright": 20.0, "shoulders_level": 20.0},
    "runners_lunge": {"knee_over_ankle": 25.0, "back_knee_straight": 45.0, "hips_low": 40.0},
    "side_lying_leg_raise": {"knee_straight": 60.0, "hips_stacked": 28.0, "not_too_high": 60.0},
}


@pytest.mark.parametrize("name", NAMES)
def test_the_body_rests_on_the_mat_and_nothing_sinks_into_it(name: str, body: Body) -> None:
    movement = made(name, body)
    for faults in ({}, *({check: size} for check, size in FAULTS[name].items())):
        for values in shares(movement, **faults):
            assert lowest(movement, values) == pytest.approx(MAT_M, abs=0.04)


def test_the_fingertips_and_the_balls_of_the_feet_are_on_the_mat_in_the_lunge(body: Body) -> None:
    movement = made("runners_lunge", body)
    pose = movement.plan({}).end
    for bones in (("foot_l", "ball_l"), ("ball_r",), ("middle_03_l", "middle_02_l", "hand_l")):
        assert lowest(movement, pose, *bones) == pytest.approx(MAT_M, abs=CONTACT_M)
    assert lowest(movement, pose, "calf_r") > 0.1, "the back knee is off the floor"


def test_shins_and_feet_are_on_the_mat_in_the_hero_pose(body: Body) -> None:
    movement = made("hero_pose", body)
    for values in shares(movement):
        for bones in (("calf_l",), ("foot_r", "ball_r")):
            assert lowest(movement, values, *bones) == pytest.approx(MAT_M, abs=CONTACT_M)
    there = [body.joint(body.place(movement.posture(v, 0.0)), "calf_l") for v in shares(movement)]
    assert np.ptp(there, axis=0).max() < 0.005, "the knees stay"


def test_hands_and_the_other_knee_stay_in_the_fire_hydrant(body: Body) -> None:
    movement = made("fire_hydrant", body, "right")
    for faults in ({}, {"hips_level": 25.0}, {"arms_straight": 70.0}):
        placed = [body.place(movement.posture(v, 0.0)) for v in shares(movement, **faults)]
        for bone in ("hand_l", "hand_r", "calf_l"):
            assert np.ptp([body.joint(p, bone) for p in placed], axis=0).max() < 0.012


def test_the_lower_leg_and_the_forearm_stay_in_the_leg_raise(body: Body) -> None:
    movement = made("side_lying_leg_raise", body)
    placed = [body.place(movement.posture(v, 0.0)) for v in shares(movement)]
    for bone in ("foot_r", "hand_r", "pelvis"):
        assert np.ptp([body.joint(p, bone) for p in placed], axis=0).max() < 0.005
    assert lowest(movement, movement.rest, "calf_r") == pytest.approx(MAT_M, abs=0.025)


# --- what a planted fault reads ---------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
def test_knees_are_bent_by_what_was_planted(body: Body, side: Side) -> None:
    other = "right" if side == "left" else "left"
    for name, check, size, bent, knee in (
        ("runners_lunge", "back_knee_straight", 45.0, 45.0, other),
        ("fire_hydrant", "knee_bent", -40.0, 50.0, side),
        ("side_lying_leg_raise", "knee_straight", 50.0, 50.0, side),
    ):
        movement = made(name, body, side)
        marks = body.landmarks(body.place(movement.posture(movement.plan({check: size}).end, 0.0)))
        assert anatomy.ANGLES[f"{knee}_knee_flexion"](marks) == pytest.approx(bent, abs=5)


@pytest.mark.parametrize("name", ["fire_hydrant", "runners_lunge", "side_lying_leg_raise"])
def test_the_other_side_is_the_mirror_image(body: Body, name: str) -> None:
    left, right = made(name, body, "left"), made(name, body, "right")
    for values in (left.rest, left.plan({}).end):
        a, b = body.place(left.posture(values, 0.0)), body.place(right.posture(values, 0.0))
        for bone, twin in (("calf_l", "calf_r"), ("foot_r", "foot_l"), ("upperarm_l", "upperarm_r")):
            assert body.joint(a, bone) == pytest.approx(body.joint(b, twin) * [-1, 1, 1], abs=0.015)
