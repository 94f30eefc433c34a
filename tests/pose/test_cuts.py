"""Cuts: only a whole body that stands elsewhere at once is one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose import PoseFrame
from coach.pose.cuts import CutDetector
from coach.pose.scale import body_scale
from tests.skeletons import FRONT, LEFT, RIGHT, Camera, cycles, film, squat, standing, zoomed

quick = settings(deadline=None, max_examples=40, derandomize=True)
FRAME_S = 1 / 30


def cut_between(before: PoseFrame, after: PoseFrame, seconds: float = FRAME_S) -> bool:
    detector = CutDetector()
    detector.step(replace(before, t=0.0))
    return detector.step(replace(after, t=seconds)).cut


def test_the_first_frame_is_no_cut() -> None:
    assert not CutDetector().step(standing()).cut


def test_a_body_that_stands_elsewhere_at_once_is_a_cut() -> None:
    assert cut_between(standing(), zoomed(standing(), 1, shift_px=(200, 0)))


def test_a_jump_to_a_closer_view_is_a_cut() -> None:
    assert cut_between(standing(), zoomed(standing(), 2.5))


def test_the_same_way_in_a_second_is_a_walk() -> None:
    assert not cut_between(standing(), zoomed(standing(), 1, shift_px=(200, 0)), seconds=1.0)


def test_feet_that_stay_make_it_a_movement_however_fast() -> None:
    assert not cut_between(standing(), squat(1))


def test_a_quick_squat_has_no_cut() -> None:
    detector = CutDetector()
    track = film(squat, cycles(0, 1, count=2, fps=30, move_s=0.3, hold_s=0.1, rest_s=0.2))
    assert not any(detector.step(frame).cut for frame in track)


@pytest.mark.parametrize(("unseen", "cut"), [(False, False), (True, True)])
def test_after_frames_without_a_pose_a_lower_speed_is_a_cut(unseen: bool, cut: bool) -> None:
    """One trunk in 0.4 s: a quick step to the side, or an edit that fades."""
    detector = CutDetector()
    detector.step(standing(t=0.0))
    assert detector.step(zoomed(standing(t=0.4), 1, shift_px=(100, 0)), unseen).cut is cut


def test_a_cut_is_marked_on_its_own_frame_only() -> None:
    elsewhere = zoomed(standing(), 1, shift_px=(200, 0))
    track = film(lambda i: standing() if i < 3 else elsewhere, range(6))
    detector = CutDetector()
    assert [detector.step(frame).cut for frame in track] == [False, False, False, True, False, False]


def test_two_joints_without_a_place_hide_no_cut() -> None:
    after = zoomed(standing(), 1, shift_px=(200, 0))
    xy = after.xy.copy()
    xy[[25, 27]] = np.nan
    assert cut_between(standing(), after.with_xy(xy))


@quick
@given(
    st.floats(0.3, 4),
    st.floats(-3000, 3000),
    st.sampled_from([LEFT, RIGHT, FRONT]),
    st.floats(0, 1),
    st.floats(0, 1.5),
)
def test_scaling_and_shifting_the_picture_changes_nothing(
    factor: float, shift: float, camera: Camera, depth: float, jump: float
) -> None:
    before = standing(camera=camera)
    after = zoomed(squat(depth, camera=camera), 1, shift_px=(round(jump, 1) * 100, 0))
    near_before, near_after = (zoomed(frame, factor, shift_px=(shift, shift)) for frame in (before, after))
    assert cut_between(near_before, near_after) == cut_between(before, after)


def pushed_off(steps: list[float], times: list[float]) -> list[bool]:
    """Whether a body that moves to the right by these pixels, one foot planted, is cut at each of the times."""
    detector, cuts = CutDetector(), []
    for px, t in zip(steps, times, strict=True):
        moved = standing(t=t).xy + np.array([px, 0.0])
        moved[27] = standing().xy[27]
        cuts.append(detector.step(standing(t=t).with_xy(moved)).cut)
    return cuts


def test_who_goes_on_moving_is_not_cut_where_frames_are_missing() -> None:
    """Pushing off from a lunge: a trunk in a quarter of a second, two frames of it lost."""
    even = [0, 0, 20, 40, 100]
    assert not any(pushed_off(even, [0, 1 / 15, 2 / 15, 3 / 15, 6 / 15]))
    assert pushed_off([0, 0, 0, 0, 100], [0, 1 / 15, 2 / 15, 3 / 15, 4 / 15])[-1]


def test_who_steps_back_from_a_lunge_is_not_cut_at_few_frames_a_second() -> None:
    """Six trunks' lengths a second, from one frame to the next."""
    assert body_scale(standing().xy) == pytest.approx(100, abs=5)
    assert not any(pushed_off([0, 0, 60], [0, 0.1, 0.2]))
    assert pushed_off([0, 0, 100], [0, 0.1, 0.2])[-1]


def test_a_repeated_picture_does_not_make_going_on_a_cut() -> None:
    """In dim light a camera gives the same picture twice."""
    repeated = [0, 25, 50, 50, 100]
    assert not any(pushed_off(repeated, [0, 0.1, 0.2, 0.3, 0.4]))
