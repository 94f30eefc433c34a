"""What a planted fault reads in the true measures, over the sizes that it can have."""

import numpy as np
import pytest

from sample_videos.studio.skeleton import Body
from tests.studio.movements import made, measured

# Check, sizes, measure, view, and what is expected of a size: slope, offset, and how near; or None where only the
# direction is.
PLANTED = [
    ("squat", "depth", (10, 25, 40), "thigh_above_horizontal", "side", (1.0, 0.0, 3.0)),
    ("squat", "trunk", (6, 20, 38), "trunk_past_shank", "side", (1.0, 0.0, 3.0)),
    ("squat", "heels_down", (0, 15, 35), "heel_rise", "side", None),
    ("squat", "knees_over_feet", (-10, 0, 8, 17), "knee_gap", "front", None),
    ("bridge", "knees_over_ankles", (-25, 0, 12, 25), "shank_inclination", "side", (1.0, 0.0, 3.0)),
    ("bridge", "straight_line", (2, 15, 40), "hip_extension", "side", (-1.0, 180.0, 3.0)),
    ("bridge", "no_arch", (5, 12, 25), "hip_extension", "side", (1.0, 180.0, 3.0)),
    ("hip_hiker", "trunk_upright", (0, 9, 20), "trunk_lean", "front", (1.0, 0.0, 3.0)),
    ("hip_hiker", "knees_straight", (0, 20, 40), "legs_length", "front", None),
    ("pigeon", "hips_square", (-25, 0, 10, 30), "shoulder_turn", "front", (-1.0, 0.0, 3.0)),
    ("pigeon", "knee_in_line", (-15, 0, 15, 35), "knee_out", "front", None),
    ("pigeon", "weight_centred", (-18, 0, 8, 18), "hip_sway", "front", None),
    ("runners_lunge", "knee_over_ankle", (-15, 0, 12, 25), "shank_inclination", "side", (1.0, 0.0, 4.0)),
    ("runners_lunge", "hips_low", (10, 25, 42), "thigh_above_horizontal", "side", (1.0, 0.0, 4.0)),
    ("hero_pose", "trunk_upright", (0, 10, 25), "trunk_off_vertical", "side", (1.0, 0.0, 4.0)),
    ("hero_pose", "trunk_upright", (0, 10, 25), "trunk_off_vertical", "front", (1.0, 0.0, 4.0)),
    ("hero_pose", "knees_together", (0, 12, 25), "knees_apart", "front", None),
    ("hero_pose", "shoulders_level", (-20, 0, 20), "shoulder_tilt", "front", None),
    ("fire_hydrant", "hips_level", (0, 12, 25), "trunk_roll", "front", None),
    ("fire_hydrant", "arms_straight", (6, 40, 75), "arms_length", "front", None),
    ("side_lying_leg_raise", "not_too_high", (20, 40, 60), "leg_raised", "front", (1.0, 0.0, 4.0)),
    ("side_lying_leg_raise", "hips_stacked", (0, 12, 28), "chest_roll", "front", (1.0, 0.0, 4.0)),
    ("side_lying_leg_raise", "knee_straight", (0, 25, 50), "leg_length", "front", None),
    ("hip_hinge", "hip_range", (30, 50, 74), "trunk_inclination", "side", (1.0, 0.0, 4.0)),
    ("hip_hinge", "knees_soft", (10, 30, 62), "knee_flexion", "side", (1.0, 0.0, 4.0)),
    ("hip_hinge", "shanks_upright", (0, 12, 27), "shank_inclination", "side", (1.0, 0.0, 4.0)),
    ("standing_leg_lift", "height", (15, 30, 45), "leg_abduction", "front", (1.0, 0.0, 4.0)),
    ("standing_leg_lift", "trunk_upright", (0, 9, 18), "trunk_lean", "front", (1.0, 0.0, 4.0)),
    ("standing_leg_lift", "pelvis_level", (0, 8, 16), "pelvic_obliquity", "front", (-1.0, 0.0, 4.0)),
    ("standing_leg_lift", "knee_straight", (0, 25, 50), "leg_length", "front", None),
    ("plie_squat", "depth", (8, 20, 40), "hip_over_foot", "front", None),
    ("plie_squat", "knees_over_toes", (0, 25, 52), "knee_gap", "front", None),
    ("plie_squat", "trunk_upright", (0, 9, 17), "trunk_lean", "front", (1.0, 0.0, 4.0)),
    ("plie_squat", "trunk_tall", (5, 25, 48), "trunk_length", "front", None),
    ("plie_squat", "weight_even", (-0.2, 0.0, 0.2), "weight_shift", "front", (1.0, 0.0, 0.03)),
    ("lunge", "depth", (6, 20, 40), "thigh_above_horizontal", "side", (1.0, 0.0, 4.0)),
    ("lunge", "knee_over_ankle", (0, 15, 30), "shank_inclination", "side", (1.0, 0.0, 4.0)),
    ("lunge", "trunk", (6, 20, 42), "trunk_inclination", "side", None),
    ("step_up", "knee_straight", (10, 20, 32), "knee_flexion", "side", (1.0, 0.0, 4.0)),
    ("step_up", "hip_straight", (0, 15, 30), "hip_extension", "side", None),
]


@pytest.mark.parametrize(("name", "check", "sizes", "measure", "view", "line"), PLANTED)
def test_a_planted_fault_has_its_size_in_the_true_measure(
    body: Body,
    name: str,
    check: str,
    sizes: tuple[float, ...],
    measure: str,
    view: str,
    line: tuple[float, float, float] | None,
) -> None:
    movement = made(name, body)
    values = [measured(measure, movement, movement.plan({check: float(s)}).end, view) for s in sizes]
    steps = np.diff(values)
    assert (steps > 0).all() or (steps < 0).all()
    if line is not None:
        slope, offset, near = line
        assert values == pytest.approx([slope * size + offset for size in sizes], abs=near)
