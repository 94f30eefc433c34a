"""The body's scale: about a trunk's length, whatever the view."""

import numpy as np
import pytest

from coach.pose import PoseFrame
from coach.pose.scale import body_scale
from tests.skeletons import BACK, FRONT, LEFT, RIGHT, TRUNK, Camera, squat, supine, without, zoomed


@pytest.mark.parametrize("camera", [LEFT, RIGHT, FRONT, BACK, Camera(45)])
def test_the_scale_of_somebody_standing_is_the_trunk_from_every_side(camera: Camera) -> None:
    assert body_scale(squat(0, camera=camera).xy) == pytest.approx(TRUNK * camera.px_per_m, rel=1e-4)


def test_lying_down_changes_nothing() -> None:
    assert body_scale(supine().xy) == pytest.approx(body_scale(squat(0).xy), rel=1e-4)


def test_a_trunk_that_points_at_the_camera_leaves_the_legs() -> None:
    folded = squat(1, trunk_deg=90, thigh_deg=0, shank_deg=0, camera=FRONT)
    assert body_scale(folded.xy) == pytest.approx(0.42 * FRONT.px_per_m, rel=1e-4)


def test_the_scale_grows_with_the_picture_and_not_with_the_place() -> None:
    frame = squat()
    near = zoomed(frame, 2.5, shift_px=(300, -120))
    assert body_scale(near.xy) == pytest.approx(2.5 * body_scale(frame.xy), rel=1e-4)


def test_a_joint_without_a_place_leaves_the_other_segments() -> None:
    frame = squat()
    assert body_scale(without(frame, "left_knee", "right_ankle").xy) == pytest.approx(body_scale(frame.xy))
    assert np.isfinite(body_scale(without(frame, "left_shoulder").xy))


def test_no_pose_has_no_scale() -> None:
    assert np.isnan(body_scale(PoseFrame.empty(0, (640, 480)).xy))
