"""The movements done standing: contact with the floor and the step, and planted faults in the true measures."""

from collections.abc import Iterator, Mapping

import numpy as np
import pytest

from coach.motion import MEASURES
from coach.motion import Body as Plane
from coach.pose import Side
from sample_videos.studio import anatomy
from sample_videos.studio.camera import Camera
from sample_videos.studio.movements import MOVEMENTS, Movement
from sample_videos.studio.movements.base import MAT_M, mixed
from sample_videos.studio.movements.hip_hiker import STEP_M
from sample_videos.studio.skeleton import Body
from sample_videos.studio.truth import track_of

WHO = ("female", "male_tall_thin", "female_older_heavy")
EYES: Mapping[str, tuple[float, float, float]] = {"side": (80.0, 0.0, 0.6), "front": (0.0, -80.0, 0.6)}


@pytest.fixture(scope="module", params=WHO)
def body(request: pytest.FixtureRequest) -> Body:
    return Body.load(request.param)


def made(name: str, body: Body, side: Side = "left") -> Movement:
    movement = MOVEMENTS[name]
    return movement(body, side if movement.sided else None, 0.0)


def shares(movement: Movement, **faults: float) -> Iterator[Mapping[str, float]]:
    plan = movement.plan(faults)
    for share in (0.0, 0.15, 0.4, 0.7, 1.0):
        yield mixed(plan.start, plan.end, share)


def lowest(movement: Movement, values: Mapping[str, float], *bones: str) -> float:
    placed = movement.body.place(movement.posture(values, 0.0))
    return movement.body.lowest_m(placed, movement.body.belonging(*(bones or movement.body.names)))


def measured(name: str, movement: Movement, values: Mapping[str, float], view: str) -> float:
    """A true measure of the left side as a camera far away sees it."""
    marks = movement.body.landmarks(movement.body.place(movement.posture(values, 0.0)))[None]
    camera = Camera(EYES[view], (0.0, 0.0, 0.6), lens_mm=900)
    return float(MEASURES[name].value(Plane.of(track_of(marks, camera, np.zeros(1))), "left")[0])


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


# Check, sizes, measure, view, and what is expected of a size: (slope, offset), or None where only the direction is.
PLANTED = [
    ("hip_hinge", "hip_range", (30, 50, 74), "trunk_inclination", "side", (1.0, 0.0)),
    ("hip_hinge", "knees_soft", (10, 30, 62), "knee_flexion", "side", (1.0, 0.0)),
    ("hip_hinge", "shanks_upright", (0, 12, 27), "shank_inclination", "side", (1.0, 0.0)),
    ("standing_leg_lift", "height", (15, 30, 45), "leg_abduction", "front", (1.0, 0.0)),
    ("standing_leg_lift", "trunk_upright", (0, 9, 18), "trunk_lean", "front", (1.0, 0.0)),
    ("standing_leg_lift", "pelvis_level", (0, 8, 16), "pelvic_obliquity", "front", (-1.0, 0.0)),
    ("standing_leg_lift", "knee_straight", (0, 25, 50), "leg_length", "front", None),
    ("plie_squat", "depth", (8, 20, 40), "hip_over_foot", "front", None),
    ("plie_squat", "knees_over_toes", (0, 25, 52), "knee_gap", "front", None),
    ("plie_squat", "trunk_upright", (0, 9, 17), "trunk_lean", "front", (1.0, 0.0)),
    ("plie_squat", "trunk_tall", (5, 25, 48), "trunk_length", "front", None),
    ("plie_squat", "weight_even", (-0.2, 0.0, 0.2), "weight_shift", "front", (1.0, 0.0)),
    ("lunge", "depth", (6, 20, 40), "thigh_above_horizontal", "side", (1.0, 0.0)),
    ("lunge", "knee_over_ankle", (0, 15, 30), "shank_inclination", "side", (1.0, 0.0)),
    ("lunge", "trunk", (6, 20, 42), "trunk_inclination", "side", None),
    ("step_up", "knee_straight", (10, 20, 32), "knee_flexion", "side", (1.0, 0.0)),
    ("step_up", "hip_straight", (0, 15, 30), "hip_extension", "side", None),
]


@pytest.mark.parametrize(("name", "check", "sizes", "measure", "view", "line"), PLANTED)
@pytest.mark.parametrize("who", WHO)
def test_a_planted_fault_has_its_size_in_the_true_measure(
    name: str,
    check: str,
    sizes: tuple[float, ...],
    measure: str,
    view: str,
    line: tuple[float, float] | None,
    who: str,
) -> None:
    movement = made(name, Body.load(who))
    values = [measured(measure, movement, movement.plan({check: float(s)}).end, view) for s in sizes]
    steps = np.diff(values)
    assert (steps > 0).all() or (steps < 0).all()
    if line is not None:
        near = 0.03 if measure == "weight_shift" else 4.0
        assert values == pytest.approx([line[0] * size + line[1] for size in sizes], abs=near)


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
