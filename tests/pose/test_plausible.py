"""Can this be a body?  Real ones pass, invented ones are named with the reason."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose import INDEX, PoseFrame, PoseTrack
from coach.pose.plausible import PROPORTIONS, TWISTED, UNSTEADY, UNSTEADY_LEGS, Plausible
from tests.skeletons import (
    FRONT,
    LEFT,
    Camera,
    Figure,
    Leg,
    bridge,
    cycles,
    film,
    hip_hiker,
    jittered,
    kneeling,
    pigeon,
    prone,
    quadruped,
    side_lying,
    sitting,
    squat,
    standing,
    standing_at,
    supine,
    without,
    zoomed,
)

quick = settings(deadline=None, max_examples=20, derandomize=True)
DOWN = film(squat, np.linspace(0, 1, 20))


def doubts(track: PoseTrack) -> list[str]:
    stage = Plausible()
    return [stage.step(frame).doubt for frame in track]


def upside_down(frame: PoseFrame) -> PoseFrame:
    """The head below, the feet at the hips' height: what the model draws into a picture of legs."""
    xy = frame.xy.copy()
    hips = xy[23:25].mean(axis=0)
    xy[:23] = 2 * hips - xy[:23]
    xy[25:, 1] = hips[1] + 0.1 * (xy[25:, 1] - hips[1])
    return frame.with_xy(xy)


@pytest.mark.parametrize(
    "make",
    [standing, squat, bridge, kneeling, sitting, quadruped, supine, prone, side_lying, hip_hiker, pigeon],
)
def test_a_real_body_in_any_position_is_not_doubted(make: Callable[[], PoseFrame]) -> None:
    assert set(doubts(film(lambda _: make(), range(30)))) == {""}


@pytest.mark.parametrize("fps", [10.0, 60.0])
@pytest.mark.parametrize("move_s", [0.6, 2.0])
@pytest.mark.parametrize("camera", [LEFT, FRONT])
def test_real_movement_is_not_doubted(fps: float, move_s: float, camera: Camera) -> None:
    depths = cycles(0, 1, fps=fps, move_s=move_s, rest_s=0.2)
    track = jittered(film(lambda depth: squat(depth, camera=camera), depths, fps), px=0.5)
    assert set(doubts(track)) == {""}


def test_a_frame_without_doubt_passes_untouched() -> None:
    frame = standing()
    assert Plausible().step(frame) is frame


def test_a_body_upside_down_is_doubted_at_once() -> None:
    assert Plausible().step(upside_down(standing())).doubt == TWISTED


def test_somebody_on_the_floor_is_not_upside_down_with_the_shoulders_lower_than_the_hips() -> None:
    assert Plausible().step(bridge(200, shank_deg=-20)).doubt == ""


def test_somebody_with_the_legs_up_the_wall_is_not_upside_down() -> None:
    legs_up = Leg(-180, -180)
    figure = Figure(-110, arms_deg=90, left=legs_up, right=legs_up)
    frame = LEFT.frame(standing_at(figure.joints(), "left_hip"))
    assert Plausible().step(frame).doubt == ""


def test_a_quick_fold_toward_the_camera_is_not_doubted_at_ten_frames_a_second() -> None:
    depths = cycles(0, 1, fps=10, move_s=0.6, rest_s=0.3)
    assert set(doubts(film(lambda d: squat(d, trunk_deg=70, camera=FRONT), depths, 10))) == {""}


def test_a_thigh_four_trunks_long_is_doubted() -> None:
    frame = standing()
    xy = frame.xy.copy()
    hips, shoulders = xy[23:25].mean(axis=0), xy[11:13]
    xy[:23] = hips + 0.2 * (xy[:23] - hips)
    assert np.hypot(*(shoulders.mean(axis=0) - hips)) > 0
    xy[25, 1] += 40
    xy[26:, 1] = xy[24, 1] + 10
    assert Plausible().step(frame.with_xy(xy)).doubt == PROPORTIONS


def test_a_body_drawn_anew_in_every_frame_is_doubted() -> None:
    track = jittered(film(lambda _: standing(), range(30)), px=8)
    told = doubts(track)
    assert told[:3] == ["", "", ""]  # two bends are too few to tell
    assert set(told[8:]) == {UNSTEADY}


def test_of_a_body_whose_trunk_is_steady_only_the_legs_are_doubted() -> None:
    calm = film(lambda _: standing(), range(30))
    rough = jittered(calm, px=8)
    legs = range(INDEX["left_knee"], INDEX["right_foot_index"] + 1)
    xy = calm.xy.copy()
    xy[:, legs] = rough.xy[:, legs]
    assert set(doubts(replace(calm, xy=xy))[8:]) == {UNSTEADY_LEGS}


def test_trembling_that_stops_is_forgotten() -> None:
    rough = jittered(film(lambda _: standing(), range(20)), px=8)
    calm = [standing(t=20 / 30 + i / 30) for i in range(30)]
    told = doubts(PoseTrack.of([*rough, *calm]))
    assert told[19] == UNSTEADY
    assert told[-1] == ""


def test_after_a_reset_the_trembling_is_forgotten_at_once() -> None:
    stage = Plausible()
    for frame in jittered(film(lambda _: standing(), range(20)), px=8):
        stage.step(frame)
    stage.reset()
    assert stage.step(standing(t=0.7)).doubt == ""


@pytest.mark.parametrize("name", ["left_knee", "right_ankle", "left_shoulder", "right_hip"])
def test_a_joint_without_a_place_is_no_reason_for_doubt(name: str) -> None:
    track = film(lambda depth: without(squat(depth), name), cycles(0, 1, fps=30))
    assert name in INDEX
    assert set(doubts(track)) == {""}


@quick
@given(st.floats(0.3, 4), st.floats(-2000, 2000), st.sampled_from([0.5, 8.0]))
def test_scaling_and_shifting_the_picture_changes_nothing(factor: float, shift: float, px: float) -> None:
    track = jittered(DOWN, px)
    assert doubts(zoomed(track, factor, shift_px=(shift, shift))) == doubts(track)


@quick
@given(st.floats(0.5, 8.0))
def test_a_mirror_changes_nothing(px: float) -> None:
    track = jittered(DOWN, px)
    mirrored = track.mirrored()
    assert doubts(mirrored) == doubts(track)


def test_frames_of_the_same_time_are_taken() -> None:
    stage = Plausible()
    assert not any(stage.step(standing(t=0.0)).doubt for _ in range(5))


def test_movement_in_uneven_frames_is_not_doubted() -> None:
    """A camera that drops frames: what moves evenly is off where frames are taken for evenly spaced."""
    stage = Plausible()
    kept = [i / 30 for i in range(45) if i % 7 < 2]
    frames = [zoomed(standing(t=t), 1 + 2 * t) for t in kept]
    assert not any(stage.step(frame).doubt for frame in frames)


def test_joints_without_a_place_do_not_hide_an_invented_body() -> None:
    stage, rng = Plausible(), np.random.default_rng(3)
    doubts = []
    for i in range(60):
        drawn = standing(t=i / 30)
        drawn = drawn.with_xy(drawn.xy + rng.normal(0, 12, drawn.xy.shape))
        doubts.append(stage.step(drawn.without([27, 28]) if i % 3 else drawn).doubt)
    assert doubts[-1] == "unsteady"
