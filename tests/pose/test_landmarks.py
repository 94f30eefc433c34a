"""The names of the landmarks, and which one mirrors which."""

import pytest

from coach.pose import INDEX, NAMES, Side, at, other
from coach.pose.landmarks import BONES, COUNT, LEG, MIRROR, mirrored_name


def test_there_are_33_landmarks_each_with_its_own_name() -> None:
    assert len(NAMES) == COUNT == 33
    assert len(set(NAMES)) == 33


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("nose", 0),
        ("left_shoulder", 11),
        ("right_hip", 24),
        ("left_knee", 25),
        ("right_ankle", 28),
        ("right_foot_index", 32),
    ],
)
def test_the_order_is_that_of_blazepose(name: str, index: int) -> None:
    assert INDEX[name] == index


@pytest.mark.parametrize(("side", "opposite"), [("left", "right"), ("right", "left")])
def test_other_is_the_opposite_side(side: Side, opposite: Side) -> None:
    assert other(side) == opposite


def test_at_finds_a_joint_of_one_side() -> None:
    assert at("left", "knee") == 25
    assert at("right", "foot_index") == 32


def test_at_refuses_an_unknown_joint() -> None:
    with pytest.raises(KeyError):
        at("left", "tail")


@pytest.mark.parametrize(
    ("name", "mirrored"),
    [("nose", "nose"), ("left_knee", "right_knee"), ("mouth_right", "mouth_left")],
)
def test_mirrored_name(name: str, mirrored: str) -> None:
    assert mirrored_name(name) == mirrored


def test_mirroring_twice_changes_nothing_and_only_the_nose_is_its_own_mirror() -> None:
    assert [MIRROR[MIRROR[i]] for i in range(COUNT)] == list(range(COUNT))
    assert [NAMES[i] for i in range(COUNT) if MIRROR[i] == i] == ["nose"]


def test_bones_join_known_landmarks_and_are_the_same_on_both_sides() -> None:
    bones = {frozenset(bone) for bone in BONES}
    assert all(name in INDEX for bone in bones for name in bone)
    assert {frozenset(mirrored_name(name) for name in bone) for bone in bones} == bones


def test_the_leg_swaps_below_the_hip() -> None:
    assert "hip" not in LEG
    assert all(f"{side}_{joint}" in INDEX for side in ("left", "right") for joint in LEG)
