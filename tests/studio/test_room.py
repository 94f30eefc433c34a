"""The room round the person, and what stands in it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sample_videos.studio.camera import Camera
from sample_videos.studio.room import BEHIND_M, HIGH_M, Room, extent, lamp, room
from sample_videos.studio.things import MAT_THICK_M, SEAT_HIGH_M, chair, dog, mat, place, step


def around(angle_deg: float, distance_m: float) -> Camera:
    turn = np.deg2rad(angle_deg)
    return Camera((distance_m * np.cos(turn) + 0.1, distance_m * np.sin(turn) + 0.2, 0.8), (0.1, 0.2, 0.6))


CAMERAS = st.builds(around, st.floats(0, 360), st.floats(1.5, 6))


@given(CAMERAS)
def test_camera_and_person_are_inside(camera: Camera) -> None:
    low, high = extent(camera)
    for inside, margin_m in ((camera.eye, 0.5), (camera.target, 1.5)):
        assert (low + margin_m <= inside[:2]).all()
        assert (high - margin_m >= inside[:2]).all()
    assert (high - low >= 5).all()


@given(CAMERAS)
def test_the_wall_is_as_far_behind_the_person_whatever_the_view(camera: Camera) -> None:
    low, high = extent(camera)
    away = -camera.floor_axes()[1][:2]
    with np.errstate(divide="ignore"):
        ways = np.where(away > 0, high - camera.target[:2], camera.target[:2] - low) / np.abs(away)
    assert ways.min() == pytest.approx(BEHIND_M, abs=1e-6) or ways.min() > BEHIND_M


@given(st.floats(0, 360))
def test_walls_are_all_that_is_seen_beyond_the_floor(angle_deg: float) -> None:
    """In an upright picture too, which shows most of a wall's height, the wall's upper end is out of it."""
    camera = Camera(around(angle_deg, 3.2).eye, (0.1, 0.2, 0.9), (480, 640))
    low, high = extent(camera)
    corners = np.array([[x, y, HIGH_M] for x in (low[0], high[0]) for y in (low[1], high[1])])
    seen = camera.project(corners)
    assert not (seen[:, 1] > 0).any()


@given(CAMERAS)
def test_the_lamp_is_before_the_person_and_in_the_room(camera: Camera) -> None:
    low, high = extent(camera)
    at = np.array(lamp(camera))
    assert (low < at[:2]).all() and (at[:2] < high).all()
    assert camera.in_camera(at)[2] < camera.in_camera(camera.target)[2]


@pytest.mark.parametrize("angle_deg", [0, 180])
def test_seen_from_the_side_the_light_falls_on_the_front(angle_deg: float) -> None:
    camera = around(angle_deg, 3)
    assert lamp(camera)[1] < camera.target[1] - 1


def test_walls_and_floor_throw_no_shadow() -> None:
    assert not any(mesh.casts for mesh in room(Room(), around(30, 3)))


@pytest.mark.parametrize("wrong", [{"floor": "brown"}, {"wall": "#12345"}, {"ceiling": "#ffffff"}])
def test_colours_that_are_none(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Room.model_validate(wrong)


def test_things_stand_on_the_floor() -> None:
    for mesh in (chair(), dog(), step(), mat("#5b4b8a"), place("box", (0, 0))):
        assert mesh.vertices[:, 2].min() == pytest.approx(0, abs=0.011)
        assert mesh.casts
    assert mat("#5b4b8a").vertices[:, 2].max() == MAT_THICK_M


def test_a_chair_that_is_turned_has_its_back_elsewhere() -> None:
    turned = place("chair", (1.0, 2.0), 90).vertices
    back = turned[turned[:, 2] > SEAT_HIGH_M + 0.05]
    assert back[:, 0].max() < 1.0  # anticlockwise from above: behind (+y) has become −x
    assert back[:, 1].mean() == pytest.approx(2.0)
