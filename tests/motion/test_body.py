"""A body as complex numbers: y up, one class for a frame and a track."""

import numpy as np
import pytest

from coach.motion import SEEN, Body
from coach.pose import INDEX, PoseFrame
from tests.skeletons import (
    FRONT,
    LEFT,
    RIGHT,
    SHANK,
    Camera,
    believed,
    film,
    prone,
    quadruped,
    squat,
    standing,
    supine,
    without,
)


def test_up_in_the_picture_is_up_in_the_body() -> None:
    frame = standing()
    body = Body.of(frame)
    x, y = frame.xy[INDEX["left_hip"]]
    assert body.joint("left", "hip") == pytest.approx(complex(x, -y))
    assert body.joint("left", "hip").imag > body.joint("left", "ankle").imag


def test_a_frame_has_numbers_and_a_track_has_rows_of_them() -> None:
    track = film(squat, np.linspace(0, 1, 7))
    assert np.shape(Body.of(track[0]).joint("left", "knee")) == ()
    assert np.shape(Body.of(track).joint("left", "knee")) == (7,)
    np.testing.assert_array_equal(
        Body.of(track).joint("left", "knee"), [Body.of(frame).joint("left", "knee") for frame in track]
    )


def test_the_middle_lies_between_left_and_right() -> None:
    body = Body.of(standing(camera=FRONT))
    assert body.middle("hip") == pytest.approx((body.joint("left", "hip") + body.joint("right", "hip")) / 2)
    assert body.middle("hip").real == pytest.approx(320)


def test_an_axis_points_from_the_lower_to_the_upper_joint() -> None:
    axis = Body.of(standing()).axis("left", "knee", "ankle")
    assert axis == pytest.approx(1j * SHANK * RIGHT.px_per_m, abs=1e-3)


@pytest.mark.parametrize(
    ("frame", "lean"),
    [(standing(), 0), (standing(30), 30), (supine(), 90), (quadruped(), 90), (prone(), 90)],
)
def test_the_trunk_leans_alike_to_either_side(frame: PoseFrame, lean: float) -> None:
    assert Body.of(frame).lean_deg() == pytest.approx(lean, abs=0.01)
    assert Body.of(frame.mirrored()).lean_deg() == pytest.approx(lean, abs=0.01)


# --- seen -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("camera", "near", "hidden"), [(RIGHT, "right", "left"), (LEFT, "left", "right")])
def test_the_near_leg_is_seen_and_the_far_one_is_not(camera: Camera, near: str, hidden: str) -> None:
    body = Body.of(squat(camera=camera))
    assert body.seen((f"{near}_hip", f"{near}_knee", f"{near}_ankle"))
    assert not body.seen((f"{near}_knee", f"{hidden}_knee"))


def test_a_joint_is_believed_from_a_visibility_on() -> None:
    assert Body.of(believed(standing(), SEEN, "left_knee")).seen(("left_knee",))
    assert not Body.of(believed(standing(), SEEN - 0.01, "left_knee")).seen(("left_knee",))


def test_a_rejected_joint_is_not_seen_however_visible() -> None:
    assert not Body.of(without(standing(), "right_knee")).seen(("right_knee",))


@pytest.mark.parametrize("name", ["left_hip", "right_shoulder"])
def test_hips_and_shoulders_only_need_a_place(name: str) -> None:
    assert Body.of(believed(standing(), 0.1, name)).seen((name,))
    assert not Body.of(without(standing(), name)).seen((name,))


def test_without_a_pose_nothing_is_seen() -> None:
    empty = Body.of(PoseFrame.empty(0, (640, 480)))
    assert not empty.seen(("left_hip",))
    assert not empty.seen(("left_knee",))


def test_a_track_tells_frame_by_frame() -> None:
    track = film(lambda i: without(standing(), "left_knee") if i == 1 else standing(camera=FRONT), range(3))
    assert list(Body.of(track).seen(("left_knee",))) == [True, False, True]
