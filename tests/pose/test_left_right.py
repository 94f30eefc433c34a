"""Left and right: legs that change their names for a moment get them back."""

from dataclasses import replace

import numpy as np
import pytest

from coach.pose import PoseFrame, PoseTrack
from coach.pose.landmarks import LEG, at
from coach.pose.left_right import LeftRight
from tests.skeletons import RIGHT, Camera, Figure, Leg, film, squat, standing_at, without

FPS = 30.0


def lunge(depth: float = 1.0, camera: Camera = RIGHT) -> PoseFrame:
    """The left leg in front, the right one behind."""
    figure = Figure(left=Leg(-60 * depth, 5 * depth), right=Leg(30 * depth, 60 * depth))
    return camera.frame(standing_at(figure.joints(), "left_ankle"))


def legs_swapped(frame: PoseFrame) -> PoseFrame:
    order = np.arange(33)
    left, right = [at("left", joint) for joint in LEG], [at("right", joint) for joint in LEG]
    order[left], order[right] = right, left
    return replace(frame, xy=frame.xy[order], visibility=frame.visibility[order], world=frame.world[order])


def swapped_in(track: PoseTrack, frames: range) -> list[PoseFrame]:
    return [legs_swapped(frame) if i in frames else frame for i, frame in enumerate(track)]


def assert_same(frame: PoseFrame, expected: PoseFrame) -> None:
    for field in ("xy", "visibility", "world"):
        np.testing.assert_array_equal(getattr(frame, field), getattr(expected, field))


@pytest.fixture
def track() -> PoseTrack:
    return film(lunge, np.linspace(0.8, 1, 90), FPS)


def test_legs_that_keep_their_names_pass_untouched(track: PoseTrack) -> None:
    stage = LeftRight()
    assert all(stage.step(frame) is frame for frame in track)


def test_a_swap_of_some_frames_is_taken_back(track: PoseTrack) -> None:
    stage = LeftRight()
    for given, expected in zip(swapped_in(track, range(20, 40)), track, strict=True):
        assert_same(stage.step(given), expected)


def test_everything_but_the_legs_stays(track: PoseTrack) -> None:
    stage = LeftRight()
    stage.step(track[0])
    repaired = stage.step(replace(legs_swapped(track[1]), light=0.5, others=1, cut=False, doubt="unsteady"))
    assert_same(repaired, track[1])
    assert (repaired.light, repaired.others, repaired.doubt) == (0.5, 1, "unsteady")


def test_a_model_that_insists_is_believed(track: PoseTrack) -> None:
    stage = LeftRight()
    frames = swapped_in(track, range(10, 90))
    repaired = [stage.step(frame) for frame in frames]
    agreed = 9  # frames; it must insist for INSIST times as long
    settled = 10 + round(LeftRight.INSIST * agreed)
    assert_same(repaired[settled - 2], track[settled - 2])
    assert_same(repaired[settled + 1], frames[settled + 1])
    assert_same(repaired[-1], frames[-1])


def test_a_slip_while_the_legs_part_is_soon_mended(track: PoseTrack) -> None:
    stage = LeftRight()
    frames = swapped_in(track, range(1))
    repaired = [stage.step(frame) for frame in frames]
    assert_same(repaired[-1], track[-1])
    wrong = sum(not np.array_equal(a.xy, b.xy) for a, b in zip(repaired, track, strict=True))
    assert wrong <= LeftRight.INSIST_S * FPS + 2


def test_legs_close_together_are_left_alone() -> None:
    stage = LeftRight()
    stage.step(squat(1))
    swapped = legs_swapped(squat(1, t=1 / FPS))
    assert stage.step(swapped) is swapped


def legs_apart(left_deg: float, right_deg: float, t: float = 0.0) -> PoseFrame:
    figure = Figure(left=Leg(left_deg, left_deg), right=Leg(right_deg, right_deg))
    return RIGHT.frame(standing_at(figure.joints(), "left_hip"), t)


def test_legs_that_tremble_past_each_other_are_left_alone() -> None:
    stage = LeftRight()
    frames = [legs_apart(2 * (-1) ** i, -2 * (-1) ** i, t=i / FPS) for i in range(10)]
    assert all(stage.step(frame) is frame for frame in frames)


def test_legs_that_were_together_may_part_either_way() -> None:
    """Both namings are as near: then the model's own one holds."""
    stage = LeftRight()
    stage.step(legs_apart(2, -2))
    parted = legs_apart(-20, 20, t=1 / FPS)
    assert stage.step(parted) is parted


def test_legs_that_really_change_places_keep_their_names() -> None:
    """A step: the rear leg comes to the front in half a second, passing the other."""
    frames = [legs_apart(a, -a, t=i / FPS) for i, a in enumerate(np.linspace(-25, 25, 15))]
    stage = LeftRight()
    assert all(stage.step(frame) is frame for frame in frames)


def test_after_a_reset_the_new_naming_holds(track: PoseTrack) -> None:
    stage = LeftRight()
    stage.step(track[0])
    stage.reset()
    swapped = legs_swapped(track[1])
    assert stage.step(swapped) is swapped


def test_a_leg_without_a_place_is_no_reason_to_swap(track: PoseTrack) -> None:
    stage = LeftRight()
    stage.step(track[0])
    swapped = without(legs_swapped(track[1]), "left_knee")
    assert stage.step(swapped) is swapped
