"""The movements done standing: contact with the floor and the step, and planted faults in the true measures."""

import pytest

from sample_videos.studio import anatomy
from sample_videos.studio.movements.base import MAT_M, mixed
from sample_videos.studio.movements.hip_hiker import STEP_M
from sample_videos.studio.skeleton import Body
from tests.studio.movements import lowest, made, measured, shares


@pytest.mark.parametrize("name", ["hip_hinge", "plie_squat", "standing_leg_lift"])
def test_the_feet_stay_on_the_mat(name: str, body: Body) -> None:
    movement = made(name, body)
    for values in shares(movement):
        assert lowest(movement, values) == pytest.approx(MAT_M, abs=0.02)


def test_one_foot_stays_on_the_step_and_the_other_comes_up_over_its_edge(body: Body) -> None:
    movement = made("step_up", body)
    for values in shares(movement):
        assert lowest(movement, values, "foot_l", "ball_l") == pytest.approx(STEP_M, abs=0.005)
        assert lowest(movement, values, "foot_r", "ball_r") > -0.01
    below, above = movement.rest, movement.plan({}).end
    assert lowest(movement, below, "foot_r", "ball_r") == pytest.approx(0, abs=0.01)
    assert lowest(movement, above, "foot_r", "ball_r") == pytest.approx(STEP_M, abs=0.02)


def test_a_knee_that_falls_in_does_so_half_way_up(body: Body) -> None:
    movement = made("step_up", body)
    inward = []
    for size in (0.0, 12.0, 25.0):
        plan = movement.plan({"knee_over_foot": size})
        half_way = mixed(plan.start, plan.end, 0.4)
        inward.append(measured("knee_inward", movement, half_way, "front"))
    assert abs(inward[0]) < 10
    assert inward[2] > inward[1] > inward[0] + 5


def test_the_trunk_stays_forward_by_what_was_planted_at_the_end_of_a_hinge(body: Body) -> None:
    back = made("hip_hinge", body).plan({"full_extension": 25.0}).back
    assert measured("trunk_inclination", made("hip_hinge", body), back, "side") == pytest.approx(25, abs=4)


@pytest.mark.parametrize("name", ["standing_leg_lift", "step_up"])
def test_the_other_side_is_the_mirror_image(name: str, body: Body) -> None:
    left, right = made(name, body, "left"), made(name, body, "right")
    for values in (left.rest, left.plan({}).end):
        a, b = (body.place(movement.posture(values, 0.0)) for movement in (left, right))
        for bone, other in (("calf_l", "calf_r"), ("foot_r", "foot_l"), ("upperarm_l", "upperarm_r")):
            assert body.joint(a, bone) == pytest.approx(body.joint(b, other) * [-1, 1, 1], abs=0.01)


def test_the_legs_of_a_step_up_are_straight_on_top(body: Body) -> None:
    movement = made("step_up", body)
    marks = body.landmarks(body.place(movement.posture(movement.plan({}).end, 0.0)))
    for side in ("left", "right"):
        assert anatomy.ANGLES[f"{side}_knee_flexion"](marks) < 12
