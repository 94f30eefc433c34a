"""The movements: contact with the floor, planted faults in the true measures, getting in and out."""

import numpy as np
import pytest

from coach.pose import Side
from sample_videos.studio import anatomy
from sample_videos.studio.movements import MOVEMENTS
from sample_videos.studio.movements.base import MAT_M, standing, sway
from sample_videos.studio.movements.hip_hiker import STEP_M
from sample_videos.studio.movements.walking import Passage, Walk, blended, nearest_deg, walking
from sample_videos.studio.skeleton import Body
from tests.studio.movements import CONTACT_M, lowest, made, measured, shares

# --- contact ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["squat", "bridge", "pigeon", "lunge"])
def test_the_body_rests_on_the_mat_and_nothing_sinks_into_it(name: str, body: Body) -> None:
    movement = made(name, body)
    for values in shares(movement):
        assert lowest(movement, values) == pytest.approx(MAT_M, abs=CONTACT_M)


@pytest.mark.parametrize("name", ["squat", "bridge"])
def test_both_feet_stay_on_the_mat(name: str, body: Body) -> None:
    movement = made(name, body)
    for values in shares(movement):
        for letter in "lr":
            assert lowest(movement, values, f"foot_{letter}", f"ball_{letter}") == pytest.approx(
                MAT_M, abs=0.005
            )


def test_the_balls_of_the_feet_stay_when_the_heels_lift(body: Body) -> None:
    for name, check in (("squat", "heels_down"), ("bridge", "feet_flat")):
        movement = made(name, body)
        for values in shares(movement, **{check: 30.0}):
            assert lowest(movement, values, "foot_l", "ball_l") == pytest.approx(MAT_M, abs=0.01)


def test_back_head_hands_and_feet_lie_on_the_mat_in_the_bridge(body: Body) -> None:
    movement = made("bridge", body)
    for values in shares(movement):
        for bones in (("spine_03", "spine_02"), ("head",), ("hand_l", "middle_03_l", "thumb_03_l")):
            assert lowest(movement, values, *bones) == pytest.approx(MAT_M, abs=CONTACT_M)
    assert lowest(movement, movement.rest, "pelvis", "thigh_l") == pytest.approx(MAT_M, abs=CONTACT_M)


def test_legs_and_fingertips_are_on_the_mat_in_the_pigeon(body: Body) -> None:
    movement = made("pigeon", body)
    pose = movement.plan({}).end
    for bones in (("calf_l",), ("foot_l", "ball_l"), ("thigh_r",), ("calf_r",), ("middle_03_l",)):
        assert lowest(movement, pose, *bones) == pytest.approx(MAT_M, abs=CONTACT_M)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_hip_hiker_stands_on_the_step_and_the_free_foot_hangs(body: Body, side: Side) -> None:
    movement = made("hip_hiker", body, side)
    free, stood = movement.letters
    for faults in ({}, {"knees_straight": 40.0}, {"trunk_upright": 20.0}):
        for values in shares(movement, **faults):
            assert lowest(movement, values, f"foot_{stood}", f"ball_{stood}") == pytest.approx(
                STEP_M, abs=0.005
            )
            assert lowest(movement, values, f"foot_{free}", f"ball_{free}") > 0.0


def test_the_planted_foot_does_not_slide(body: Body) -> None:
    for name in ("hip_hiker", "squat", "bridge"):
        movement = made(name, body, tremor_deg=0.5)
        there = [
            body.joint(body.place(movement.posture(v, t)), "foot_r") for t, v in enumerate(shares(movement))
        ]
        assert np.ptp(there, axis=0).max() < 0.005


# --- what a clean repetition and a planted fault read -----------------------------------------------


def test_the_return_of_the_hip_hiker_stays_short_by_what_was_planted(body: Body) -> None:
    movement = made("hip_hiker", body)
    for size in (0.0, 5.0, 9.0):
        back = movement.plan({"full_return": size}).back
        marks = body.landmarks(body.place(movement.posture(back, 0.0)))
        assert anatomy.ANGLES["pelvis_tilt"](marks) == pytest.approx(size, abs=0.1)
        assert measured("pelvic_drop", movement, back, "front") == pytest.approx(size, abs=3)


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_back_knee_of_the_pigeon_is_bent_by_what_was_planted(body: Body, side: Side) -> None:
    movement = made("pigeon", body, side)
    marks = body.landmarks(body.place(movement.posture(movement.plan({"back_leg_straight": 50.0}).end, 0.0)))
    back = "right" if side == "left" else "left"
    assert anatomy.ANGLES[f"{back}_knee_flexion"](marks) == pytest.approx(50, abs=3)


@pytest.mark.parametrize("name", ["hip_hiker", "pigeon", "lunge"])
def test_the_other_side_is_the_mirror_image(body: Body, name: str) -> None:
    left, right = made(name, body, "left"), made(name, body, "right")
    for values in (left.rest, left.plan({}).end):
        a = body.place(left.posture(values, 0.0))
        b = body.place(right.posture(values, 0.0))
        for bone, other in (("calf_l", "calf_r"), ("foot_r", "foot_l"), ("upperarm_l", "upperarm_r")):
            assert body.joint(a, bone) == pytest.approx(body.joint(b, other) * [-1, 1, 1], abs=0.01)


def test_a_partial_repetition_goes_a_share_of_the_way(body: Body) -> None:
    for name, angle in (("squat", "left_knee_flexion"), ("bridge", "left_hip_extension")):
        movement = made(name, body)
        ends = [movement.plan({}, share).end for share in (0.3, 0.6, 1.0)]
        marks = [body.landmarks(body.place(movement.posture(v, 0.0))) for v in (movement.rest, *ends)]
        values = [float(anatomy.ANGLES[angle](m)) for m in marks]
        assert (np.diff(values) > 10).all()


def test_both_knees_of_the_lunge_come_near_a_right_angle(female: Body) -> None:
    movement = made("lunge", female)
    marks = female.landmarks(female.place(movement.posture(movement.plan({}).end, 0.0)))
    for side in ("left", "right"):
        assert anatomy.ANGLES[f"{side}_knee_flexion"](marks) == pytest.approx(90, abs=12)


def test_a_lunge_in_place_leaves_the_feet_where_they_are(female: Body) -> None:
    movement = MOVEMENTS["lunge"](female, "left", 0.0, in_place=True)
    places = [female.place(movement.posture({"way": w}, 0.0)) for w in (0.0, 0.5, 1.0)]
    for bone in ("foot_l", "ball_r"):
        assert np.ptp([female.joint(p, bone) for p in places], axis=0).max() < 0.005
    assert female.joint(places[0], "pelvis")[2] - female.joint(places[2], "pelvis")[2] > 0.15


# --- getting in and out -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(MOVEMENTS))
def test_getting_into_position_is_without_a_cut_and_never_under_the_floor(name: str) -> None:
    body = Body.load("female")
    movement = made(name, body)
    upright = walking(body, movement.spot, 0.0, 0.0, 0.0)
    passage = Passage(body, upright, movement.arrival())
    times = np.arange(0, passage.takes_s + 0.05, 0.05)
    placed = [body.place(passage.posture(float(t))) for t in times]
    joints = np.stack([p.joints for p in placed])
    assert np.linalg.norm(np.diff(joints, axis=0), axis=-1).max() < 0.18  # metres in a twentieth of a second
    assert min(body.lowest_m(p) for p in placed[::4]) > -0.03
    last = body.place(movement.posture(movement.rest, 0.0))
    assert joints[-1] == pytest.approx(last.joints, abs=0.005)


def test_walking_stays_on_the_floor_and_arrives(female: Body) -> None:
    walk = Walk(female, np.array([2.0, 0.3]), np.zeros(2), -90.0, 0.0)
    placed = [female.place(walk.posture(float(t))) for t in np.linspace(0, walk.takes_s, 40)]
    assert [female.lowest_m(p) for p in placed] == pytest.approx([0.0] * 40, abs=0.002)
    assert female.joint(placed[-1], "pelvis")[:2] == pytest.approx([0, 0], abs=0.05)
    nose = female.landmarks(placed[-1])[0]
    assert nose[1] < -0.1 and abs(nose[0]) < 0.02  # faces -y


def test_walking_does_not_jump(female: Body) -> None:
    walk = Walk(female, np.array([1.5, 0.0]), np.zeros(2), 0.0, 0.0)
    joints = np.stack([female.place(walk.posture(float(t))).joints for t in np.arange(0, walk.takes_s, 0.04)])
    assert np.linalg.norm(np.diff(joints, axis=0), axis=-1).max() < 0.18


def test_a_blend_begins_and_ends_at_its_postures(female: Body) -> None:
    a, b = (
        standing(female),
        made("squat", female).posture({**made("squat", female).rest, "thigh_deg": 70.0}, 0.0),
    )
    for share, posture in ((0.0, a), (1.0, b)):
        mixture = female.place(blended(female, a, b, share))
        assert mixture.joints == pytest.approx(female.place(posture).joints, abs=0.01)


def test_a_leg_that_crosses_does_not_jump_into_place(female: Body) -> None:
    movement = made("thread_the_needle", female)
    there = movement.plan({}).end
    placed = [
        female.place(movement.posture({**there, "into": share}, 0.0)) for share in np.linspace(0, 1, 60)
    ]
    joints = np.stack([female.landmarks(p) for p in placed])
    assert np.linalg.norm(np.diff(joints, axis=0), axis=-1).max() < 0.06


def test_headings_are_told_the_near_way() -> None:
    assert nearest_deg(350, 10) == -10
    assert nearest_deg(-170, 170) == 190


def test_the_tremor_is_small_slow_and_always_the_same() -> None:
    wave = np.array([sway(t / 50, 3) for t in range(2000)])
    assert abs(wave).max() <= 1
    assert abs(np.diff(wave)).max() < 0.05
    assert sway(1.23, 2) == sway(1.23, 2)
