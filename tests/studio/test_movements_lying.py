"""The movements on the back: contact, planted faults in the true measures, sides in turn, getting in."""

from collections.abc import Mapping

import numpy as np
import pytest

from coach.pose import Side
from coach.pose.landmarks import MIRROR
from sample_videos.studio.movements import Movement
from sample_videos.studio.movements.base import MAT_M, mixed
from sample_videos.studio.scene import Entry
from sample_videos.studio.score import Ways, compose
from sample_videos.studio.skeleton import Body
from sample_videos.studio.things import TABLE_HIGH_M
from tests.studio.movements import made, measured

NAMES = ("bridge_march", "supine_hip_roll", "pelvic_tilt", "thread_the_needle", "thomas_test")
CONTACT_M = 0.03


def change(name: str, movement: Movement, faults: Mapping[str, float], side: Side) -> float:
    plan = movement.plan(faults)
    end, start = (measured(name, movement, values, "side", side) for values in (plan.end, plan.start))
    return end - start


# --- contact ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_body_lies_on_its_mat_or_table(name: str, body: Body) -> None:
    movement = made(name, body)
    plan = movement.plan({})
    ground = TABLE_HIGH_M if name == "thomas_test" else MAT_M
    for share in (0.0, 0.4, 1.0):
        values = mixed(plan.start, plan.end, share)
        placed = body.place(movement.posture(values, 0.0))
        back = body.lowest_m(placed, body.belonging("spine_03", "spine_02"))
        assert back == pytest.approx(ground, abs=CONTACT_M)
        if name != "thomas_test":
            assert body.lowest_m(placed) > MAT_M - CONTACT_M


def test_a_leg_of_the_thomas_test_hangs_free_of_the_table(body: Body) -> None:
    movement = made("thomas_test", body)
    (table,) = movement.props
    placed = body.place(movement.posture(movement.plan({}).end, 0.0))
    knee = body.joint(placed, "calf_l")
    assert knee[1] < table.at[1] - table.size_m[1] / 2 - 0.05
    assert body.lowest_m(placed, body.belonging("foot_l", "ball_l")) > 0.05


# --- what a clean repetition and a planted fault read -----------------------------------------------


@pytest.mark.parametrize(
    ("name", "faults", "measure", "side", "low", "high"),
    [
        ("bridge_march", {}, "foot_lift", "left", 0.15, 0.25),
        ("bridge_march", {"hips_stay_up": 24.0}, "trunk_rise", "left", -15.0, -9.0),
        ("bridge_march", {}, "rise_to_knee", "left", 8.0, 16.0),
        ("bridge_march", {"hips_stay_up": 24.0}, "rise_to_knee", "left", 8.0, 22.0),
        ("bridge_march", {"small_step": 0.26}, "rise_to_knee", "left", 25.0, 55.0),
        ("bridge_march", {}, "trunk_rise", "left", -0.5, 0.5),
        ("supine_hip_roll", {}, "hip_roll", "left", 0.2, 0.4),
        ("supine_hip_roll", {"shoulders_down": 30.0}, "shoulder_lift", "left", 0.2, 0.5),
        ("supine_hip_roll", {"foot_down": 0.16}, "foot_rise", "left", 0.25, 0.5),
        ("thread_the_needle", {}, "ankle_across", "left", -1.0, -0.15),
        ("thread_the_needle", {"shoulders_down": 28.0}, "trunk_rise", "left", -25.0, -12.0),
        ("pelvic_tilt", {}, "knee_flexion", "left", 60.0, 130.0),
    ],
)
def test_a_planted_fault_shows_in_the_true_measure(
    body: Body, name: str, faults: Mapping[str, float], measure: str, side: Side, low: float, high: float
) -> None:
    assert low < change(measure, made(name, body), faults, side) < high


@pytest.mark.parametrize("short", [5.0, 18.0])
def test_a_thigh_that_is_not_drawn_in(body: Body, short: float) -> None:
    movement = made("thread_the_needle", body)
    opened = measured("hip_opening", movement, movement.plan({"thigh_drawn_in": short}).end, "side", "right")
    assert opened == pytest.approx(90 + short, abs=6)


@pytest.mark.parametrize(("thigh", "knee"), [(12.0, 82.0), (-20.0, 50.0)])
def test_the_hanging_leg_has_its_angles(body: Body, thigh: float, knee: float) -> None:
    movement = made("thomas_test", body)
    end = movement.plan({"thigh": thigh, "knee": knee}).end
    assert measured("thigh_above_horizontal", movement, end, "side") == pytest.approx(thigh, abs=0.5)
    assert measured("knee_flexion", movement, end, "side") == pytest.approx(knee, abs=0.5)


def test_the_hips_travel_a_little_with_the_tilt(female: Body) -> None:
    movement = made("pelvic_tilt", female)
    values = movement.plan({}).end
    pressed, loose = (
        female.place(movement.posture(values, t)).segments[female.index["pelvis"]] for t in (3.0, 7.5)
    )
    turned = np.degrees(np.arccos((np.trace(pressed @ loose.T) - 1) / 2))
    assert turned == pytest.approx(9.0, abs=0.5)


# --- sides ------------------------------------------------------------------------------------------


def test_steps_go_from_side_to_side_unless_the_scene_says_otherwise(female: Body) -> None:
    movement = made("bridge_march", female)
    entries = [Entry(), Entry(), Entry(side="right"), Entry()]
    score = compose(movement, entries, movement.tempo, Ways())
    assert [rep.side for rep in score.reps] == ["left", "right", "right", "left"]
    for rep in score.reps:
        values = score.values(rep.peak_s)
        assert values[f"{rep.side}_m"] > 0.05


@pytest.mark.parametrize("name", ["supine_hip_roll", "thread_the_needle", "thomas_test"])
def test_the_other_side_is_the_mirror_image(name: str, female: Body) -> None:
    left, right = (
        female.landmarks(female.place(m.posture(m.plan({}).end, 0.0)))
        for m in (made(name, female, "left"), made(name, female, "right"))
    )
    mirrored = right * [-1, 1, 1]
    assert left == pytest.approx(mirrored[list(MIRROR)], abs=0.012)


# --- getting into position --------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_way_into_position_ends_in_its_rest(name: str, female: Body) -> None:
    movement = made(name, female)
    last = movement.arrival()[-1].posture
    at_rest = movement.posture(movement.rest, 0.0)
    there, here = (female.place(posture).joints for posture in (last, at_rest))
    assert there == pytest.approx(here)
