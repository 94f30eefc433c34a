"""Rotations in space and two-bone inverse kinematics."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_videos.studio.rotations import (
    NONE,
    Floats,
    Rotation,
    about,
    about_x,
    about_y,
    about_z,
    axis_and_angle,
    between,
    cross,
    frame,
    limb,
    middle_joint,
    slerp,
    unit,
)

DOWN = np.array([0.0, 0.0, -1.0])
LEFT = np.array([1.0, 0.0, 0.0])
ANGLES = st.floats(-180, 180)


@st.composite
def directions(draw: st.DrawFn) -> Floats:
    v = np.array([draw(st.floats(-1, 1)) for _ in range(3)])
    return unit(v) if np.linalg.norm(v) > 0.1 else np.array([0.0, 1.0, 0.0])


@st.composite
def rotations(draw: st.DrawFn) -> Rotation:
    return np.asarray(about_z(draw(ANGLES)) @ about_y(draw(ANGLES)) @ about_x(draw(ANGLES)))


@given(directions(), directions())
def test_the_cross_product_is_numpys(a: Floats, b: Floats) -> None:
    assert cross(a, b) == pytest.approx(np.cross(a, b), abs=1e-12)


def is_rotation(turn: Rotation) -> bool:
    return np.allclose(turn @ turn.T, NONE, atol=1e-9) and np.linalg.det(turn) == pytest.approx(1)


def test_the_three_axes_turn_as_the_project_says() -> None:
    assert about_x(90) @ [0, 0, 1] == pytest.approx([0, -1, 0])  # the trunk leans forward, toward -y
    assert about_x(-90) @ DOWN == pytest.approx([0, -1, 0])  # the thigh swings forward
    assert about_y(90) @ [0, 0, 1] == pytest.approx(LEFT)  # the trunk tips to the left
    assert about_z(90) @ [0, -1, 0] == pytest.approx(LEFT)  # who faces -y turns to the left


@given(rotations(), rotations(), st.floats(0, 1))
def test_slerp_stays_a_rotation_and_goes_the_short_way(a: Rotation, b: Rotation, share: float) -> None:
    part = slerp(a, b, share)
    assert is_rotation(part)
    whole = axis_and_angle(a.T @ b)[1]
    assert axis_and_angle(a.T @ part)[1] == pytest.approx(share * whole, abs=1e-4)


@given(rotations(), rotations())
def test_slerp_begins_and_ends_where_it_should(a: Rotation, b: Rotation) -> None:
    assert slerp(a, b, 0) == pytest.approx(a, abs=1e-6)
    assert slerp(a, b, 1) == pytest.approx(b, abs=1e-4)


@given(directions(), st.floats(0.001, np.pi))
def test_axis_and_angle_undo_about(axis: Floats, angle: float) -> None:
    found, turned = axis_and_angle(about(axis, angle))
    assert turned == pytest.approx(angle, abs=1e-6)
    assert about(found, turned) == pytest.approx(about(axis, angle), abs=1e-4)


@given(directions(), directions())
def test_between_takes_one_direction_to_the_other(a: Floats, b: Floats) -> None:
    if a @ b > -0.999:
        turn = between(a, b)
        assert is_rotation(turn)
        assert turn @ a == pytest.approx(b, abs=1e-6)


@given(directions(), directions())
def test_frame_takes_down_to_the_direction(direction: Floats, hinge: Floats) -> None:
    if abs(direction @ hinge) < 0.99:
        turn = frame(direction, hinge)
        assert is_rotation(turn)
        assert turn @ DOWN == pytest.approx(direction, abs=1e-9)
        assert turn @ LEFT @ hinge > 0


@given(st.floats(5, 150), st.floats(-60, 100))
def test_a_limb_is_bent_by_what_was_asked_for(bend: float, slope: float) -> None:
    thigh, shank = about_x(-slope) @ DOWN, about_x(bend - slope) @ DOWN
    upper, lower = limb(thigh, shank)
    assert upper == pytest.approx(about_x(-slope), abs=1e-9)
    assert lower == pytest.approx(about_x(bend - slope), abs=1e-9)


def test_an_elbow_bends_the_other_way() -> None:
    upper, lower = limb(DOWN, about_x(-60) @ DOWN, arm=True)
    assert upper == pytest.approx(NONE, abs=1e-9)
    assert lower == pytest.approx(about_x(-60), abs=1e-9)


@given(st.floats(0.1, 0.78), directions(), directions())
def test_the_middle_joint_keeps_both_lengths(distance: float, way: Floats, pole: Floats) -> None:
    if abs(way @ pole) > 0.99:
        return
    start, end = np.zeros(3), distance * way
    joint = middle_joint(start, end, 0.43, 0.4, pole)
    assert np.linalg.norm(joint) == pytest.approx(0.43, abs=1e-9)
    assert np.linalg.norm(end - joint) == pytest.approx(0.4, abs=1e-9)
    assert (joint - end / 2) @ (pole - way * (way @ pole)) >= -1e-9


def test_what_is_out_of_reach_is_pointed_at() -> None:
    joint = middle_joint([0, 0, 0], [0, 0, -5], 0.43, 0.4, [0, -1, 0])
    assert unit(joint) == pytest.approx(DOWN, abs=0.03)
