"""The body: forward kinematics, skinning and landmarks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose import INDEX, NAMES, at
from sample_videos.studio import anatomy
from sample_videos.studio.rotations import NONE, about_x, about_z
from sample_videos.studio.skeleton import MIXED, SKIN, Body, Posture

BODIES = ("female", "male", "female_older_heavy", "male_tall_thin", *MIXED)


@pytest.fixture(scope="module", params=BODIES)
def body(request: pytest.FixtureRequest) -> Body:
    return Body.load(request.param)


def upright(body: Body, **rotations: np.ndarray) -> np.ndarray:
    posture = Posture({"pelvis": NONE, **rotations}, ("foot_l", "foot_r"), np.array([0, 0, body.ankle_m]))
    return body.landmarks(body.place(posture))


def test_a_mixed_body_is_none_of_those_it_is_mixed_of(body: Body) -> None:
    if body.name in MIXED:
        assert sum(MIXED[body.name].values()) == pytest.approx(1)
        thigh = body.length("thigh_l", "calf_l") / body.length("calf_l", "foot_l")
        for name in MIXED[body.name]:
            other = Body.load(name)
            assert thigh != pytest.approx(
                other.length("thigh_l", "calf_l") / other.length("calf_l", "foot_l"), 0.01
            )


def test_upright_the_feet_are_on_the_floor_and_the_left_is_at_plus_x(body: Body) -> None:
    marks = upright(body)
    placed = body.place(Posture({"pelvis": NONE}, ("foot_l", "foot_r"), np.array([0, 0, body.ankle_m])))
    assert body.lowest_m(placed) == pytest.approx(0, abs=0.002)
    for name in ("eye", "ear", "shoulder", "hip", "knee", "ankle", "heel", "foot_index"):
        assert marks[at("left", name), 0] > 0 > marks[at("right", name), 0]
    assert marks[INDEX["nose"], 1] < marks[INDEX["left_ear"], 1]  # faces -y
    assert marks[INDEX["mouth_left"], 2] < marks[INDEX["nose"], 2] < marks[INDEX["left_eye"], 2]
    assert marks[INDEX["left_heel"], 1] > marks[INDEX["left_ankle"], 1] > marks[INDEX["left_foot_index"], 1]


@pytest.mark.parametrize("flexion", [0.0, 5.0, 45.0, 90.0, 140.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_knee_is_bent_by_exactly_what_was_commanded(body: Body, side: str, flexion: float) -> None:
    letter = side[0]
    bent = {f"thigh_{letter}": about_x(-40), f"calf_{letter}": about_x(flexion - 40)}
    marks = upright(body, **bent)
    assert anatomy.ANGLES[f"{side}_knee_flexion"](marks) == pytest.approx(flexion, abs=0.1)
    other = "right" if side == "left" else "left"
    assert anatomy.ANGLES[f"{other}_knee_flexion"](marks) == pytest.approx(0, abs=0.1)


def test_turning_the_whole_body_changes_no_joint_angle(body: Body) -> None:
    rotations = {"pelvis": about_x(20), "thigh_l": about_x(-70), "calf_l": about_x(30)}
    plain = body.landmarks(body.place(Posture(rotations)))
    turned = {bone: about_z(70) @ turn for bone, turn in rotations.items()}
    marks = body.landmarks(body.place(Posture(turned)))
    for name in ("left_knee_flexion", "left_hip_extension", "left_thigh_elevation", "left_elbow_flexion"):
        assert anatomy.ANGLES[name](marks) == pytest.approx(anatomy.ANGLES[name](plain), abs=1e-6)
    assert anatomy.ANGLES["pelvis_turn"](marks) == pytest.approx(70)


def test_landmarks_are_the_same_with_and_without_the_whole_skin(body: Body) -> None:
    placed = body.place(Posture({"pelvis": about_x(30), "thigh_l": about_x(-60)}))
    skin = body.skin(placed)
    assert skin.shape == (len(body.vertices0), 3)
    assert body.landmarks(placed, skin) == pytest.approx(body.landmarks(placed))
    assert body.landmarks(placed).shape == (len(NAMES), 3)


def test_the_rest_mesh_is_skinned_onto_itself(female: Body) -> None:
    placed = female.place(Posture({}, ("pelvis",), female.heads0[female.index["pelvis"]]))
    still = type(placed)(female.heads0, np.tile(NONE, (len(female.names), 1, 1)), placed.segments)
    assert female.skin(still) == pytest.approx(female.vertices0, abs=1e-5)


def test_the_anchor_is_where_it_was_put(female: Body) -> None:
    posture = Posture({"pelvis": about_x(50)}, ("hand_l", "hand_r"), np.array([1.0, 2.0, 3.0]))
    placed = female.place(posture)
    middle = (female.joint(placed, "hand_l") + female.joint(placed, "hand_r")) / 2
    assert middle == pytest.approx([1, 2, 3])
    moved = female.place(posture.moved([0, 0, 1]))
    assert moved.joints == pytest.approx(placed.moved([0, 0, 1]).joints)
    assert moved.joints - placed.joints == pytest.approx(np.tile([0, 0, 1], (len(female.names), 1)))


@settings(max_examples=20)
@given(st.floats(-60, 60), st.floats(-60, 60))
def test_bones_keep_their_lengths(lean: float, twist: float) -> None:
    body = Body.load("male")
    placed = body.place(
        Posture({"pelvis": about_x(lean), "spine_03": about_z(twist), "thigh_l": about_x(-lean)})
    )
    for i, parent in enumerate(body.parents):
        if parent >= 0:
            length = np.linalg.norm(placed.joints[i] - placed.joints[parent])
            assert length == pytest.approx(np.linalg.norm(body.heads0[i] - body.heads0[parent]))


def test_every_skin_vertex_belongs_to_a_bone(female: Body) -> None:
    assert len(female.belonging(*female.names)) == SKIN
    assert female.weights.sum(1) == pytest.approx(np.ones(len(female.vertices0)), abs=1e-3)
