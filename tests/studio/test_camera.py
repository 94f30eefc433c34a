"""Where points of the scene fall in the picture."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_videos.studio.camera import FAR_M, NEAR_M, Camera, Point

SIZES = st.sampled_from([(640, 480), (480, 640), (1280, 720), (360, 640), (64, 64)])
ANGLE_DEG = st.floats(-180, 180)


def around(angle_deg: float, height_m: float, size: tuple[int, int], lens_mm: float = 30.0) -> Camera:
    """Three metres from the room's middle, which it looks at."""
    turn = np.deg2rad(angle_deg)
    return Camera((3 * np.cos(turn), 3 * np.sin(turn), height_m), (0, 0, 0.9), size, lens_mm)


CAMERAS = st.builds(around, ANGLE_DEG, st.floats(0.1, 2.5), SIZES, st.floats(18, 85))
POINTS = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 2))


@given(CAMERAS, POINTS)
def test_a_point_comes_back_from_the_picture(camera: Camera, point: Point) -> None:
    away = camera.in_camera(point)[2]
    assert camera.unproject(camera.project(point), away) == pytest.approx(point, abs=1e-9)


@given(CAMERAS, POINTS)
def test_a_point_comes_back_from_the_cameras_axes(camera: Camera, point: Point) -> None:
    assert camera.from_camera(camera.in_camera(point)) == pytest.approx(point, abs=1e-12)


@given(CAMERAS)
def test_the_target_is_in_the_middle(camera: Camera) -> None:
    assert camera.project(camera.target) == pytest.approx(np.array(camera.size) / 2)


@given(CAMERAS, st.floats(0, 30), st.floats(0, 30), st.floats(-30, 30))
def test_who_is_looked_past_is_beside_the_middle(
    camera: Camera, right: float, up: float, rolled: float
) -> None:
    past = replace(camera, past_deg=(right, up), rolled_deg=rolled)
    x, y = replace(past, rolled_deg=0).project(camera.target) - np.array(camera.size) / 2
    assert x == pytest.approx(-camera.focal_px * np.tan(np.radians(right)) / np.cos(np.radians(up)))
    assert y == pytest.approx(camera.focal_px * np.tan(np.radians(up)))
    turned = complex(*past.project(camera.target) - np.array(camera.size) / 2)
    assert turned == pytest.approx(complex(x, y) * np.exp(-1j * np.radians(rolled)))
    assert np.stack(past.floor_axes()) == pytest.approx(np.stack(camera.floor_axes()))


def test_a_rolled_camera_turns_its_picture_anticlockwise() -> None:
    camera = Camera((0, -3, 1), (0, 0, 1), rolled_deg=10)
    middle, head = camera.project([[0, 0, 1], [0, 0, 1.7]])
    assert head[0] < middle[0]


@given(CAMERAS, st.floats(0.01, 1))
def test_right_is_right_and_down_is_down(camera: Camera, by_m: float) -> None:
    right, toward = camera.floor_axes()
    x, y = camera.project(camera.target)
    assert camera.project(camera.target + by_m * right) == pytest.approx(
        [x + camera.focal_px * by_m / camera.in_camera(camera.target)[2], y]
    )
    assert camera.project(np.array(camera.target) - [0, 0, by_m])[1] > y
    assert camera.in_camera(camera.target + by_m * toward)[2] < camera.in_camera(camera.target)[2]


@given(CAMERAS, POINTS)
def test_opengl_sees_what_is_projected(camera: Camera, point: Point) -> None:
    clip = camera.matrix() @ [*point, 1]
    x, y, _ = clip[:3] / clip[3]
    width, height = camera.size
    assert camera.project(point) == pytest.approx([(x + 1) / 2 * width, (1 - y) / 2 * height])


@given(CAMERAS)
def test_the_axes_are_a_right_handed_level_frame(camera: Camera) -> None:
    axes = camera.axes()
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1)
    assert axes[0, 2] == pytest.approx(0, abs=1e-12)


def test_depth_runs_from_near_to_far() -> None:
    camera = Camera((0, -3, 1), (0, 0, 1))
    ends = camera.from_camera([[0, 0, NEAR_M], [0, 0, FAR_M]])
    clip = np.column_stack([ends, np.ones(2)]) @ camera.matrix().T
    assert clip[:, 2] / clip[:, 3] == pytest.approx([-1, 1])


def test_the_lens_is_of_the_longer_side() -> None:
    wide, tall = (Camera((0, -3, 1), (0, 0, 1), size, 36) for size in ((640, 480), (480, 640)))
    assert wide.focal_px == tall.focal_px == 640


def test_the_cameras_axes_by_hand() -> None:
    camera = Camera((3, 0, 1), (0, 0, 1))  # at the person's left: the person, who faces −y, looks to the left
    assert camera.in_camera([[0, -1, 1], [0, 0, 2]]) == pytest.approx(np.array([[-1, 0, 3], [0, -1, 3]]))


def test_what_is_behind_the_camera_is_nowhere() -> None:
    camera = Camera((0, -3, 1), (0, 0, 1))
    assert np.isnan(camera.project([[0, -4, 1], [0, -3, 1]])).all()


def test_shapes_are_kept() -> None:
    camera = Camera((0, -3, 1), (0, 0, 1))
    assert camera.project(np.zeros((2, 5, 3))).shape == (2, 5, 2)
    assert camera.unproject(np.zeros((2, 5, 2)), np.ones((2, 5))).shape == (2, 5, 3)


@pytest.mark.parametrize(
    ("eye", "size", "lens_mm"),
    [((0, 0, 3), (640, 480), 30), ((0, -3, 1), (0, 480), 30), ((0, -3, 1), (640, 480), 0)],
)
def test_a_camera_that_cannot_be(eye: Point, size: tuple[int, int], lens_mm: float) -> None:
    with pytest.raises(ValueError, match="camera"):
        Camera(eye, (0, 0, 1), size, lens_mm)
