"""Outliers: a joint that leaps away alone has no place until it is back, or stays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose import INDEX, NAMES, PoseFrame, PoseTrack
from coach.pose.outliers import RejectOutliers
from tests.skeletons import cycles, film, squat, standing, without, zoomed

quick = settings(deadline=None, max_examples=20, derandomize=True)
FPS = 30.0
KNEE = INDEX["left_knee"]


def still(frames: int = 30) -> PoseTrack:
    return film(lambda _: standing(), range(frames), FPS)


def with_leap(track: PoseTrack, frames: range, px: float = 200.0, joint: int = KNEE) -> PoseTrack:
    xy = track.xy.copy()
    xy[frames.start : frames.stop, joint, 0] += px
    return replace(track, xy=xy)


def rejected(track: PoseTrack) -> list[set[str]]:
    """The names of the joints that each frame loses."""
    stage = RejectOutliers()
    return [{NAMES[i] for i in np.flatnonzero(np.isnan(stage.step(frame).xy[:, 0]))} for frame in track]


def test_a_still_body_passes_untouched() -> None:
    stage = RejectOutliers()
    assert all(stage.step(frame) is frame for frame in still())


def test_a_quick_squat_passes_untouched() -> None:
    stage = RejectOutliers()
    track = film(squat, cycles(0, 1, count=2, fps=FPS, move_s=0.5))
    assert all(stage.step(frame) is frame for frame in track)


def test_a_joint_that_leaps_has_no_place_until_it_is_back() -> None:
    lost = rejected(with_leap(still(), range(10, 14)))
    assert lost == [{"left_knee"} if i in range(10, 14) else set() for i in range(30)]


def test_a_joint_that_stays_is_believed_after_a_quarter_second() -> None:
    lost = rejected(with_leap(still(), range(10, 30), joint=INDEX["left_wrist"]))
    lost_frames = [i for i, names in enumerate(lost) if names]
    assert lost_frames == list(range(10, 10 + len(lost_frames)))
    assert len(lost_frames) / FPS == pytest.approx(RejectOutliers.BELIEVE_S, abs=1 / FPS)


def test_the_further_a_joint_leaps_the_longer_it_is_doubted() -> None:
    """It may have moved at SPEED since it was last believed: 0.7 trunks take a tenth of a second."""
    lost = rejected(with_leap(still(), range(10, 30), px=75))
    assert [i for i, names in enumerate(lost) if names] == [10, 11, 12]


def test_a_body_that_moves_as_a_whole_loses_nothing() -> None:
    track = film(lambda i: zoomed(standing(), 1, shift_px=(60 * i, 0)), range(10), FPS)
    assert rejected(track) == [set()] * 10


def test_a_leap_is_found_on_a_body_that_moves() -> None:
    track = film(lambda i: zoomed(standing(), 1, shift_px=(40 * i, 0)), range(10), FPS)
    assert rejected(with_leap(track, range(5, 7)))[4:8] == [set(), {"left_knee"}, {"left_knee"}, set()]


def test_small_wandering_is_left_alone() -> None:
    px = 0.9 * RejectOutliers.LEAP * 100  # the trunk is 100 px long
    assert rejected(with_leap(still(), range(10, 12), px)) == [set()] * 30


def test_the_face_is_nobodys_business() -> None:
    assert rejected(with_leap(still(), range(10, 12), joint=INDEX["nose"])) == [set()] * 30


def test_a_joint_that_had_no_place_is_taken_where_it_appears() -> None:
    stage = RejectOutliers()
    stage.step(without(standing(t=0.0), "left_knee"))
    frame = standing(t=1 / FPS)
    assert stage.step(frame) is frame


def test_nothing_but_the_place_is_lost() -> None:
    track = with_leap(still(3), range(2, 3))
    stage = RejectOutliers()
    before = [stage.step(frame) for frame in track][-1]
    assert before.visibility[KNEE] == track[2].visibility[KNEE]
    assert np.isfinite(before.world).all()


def test_the_frame_given_is_not_changed() -> None:
    track = with_leap(still(3), range(2, 3))
    copy = track.xy.copy()
    rejected(track)
    np.testing.assert_array_equal(track.xy, copy)


def test_after_a_reset_any_place_is_believed() -> None:
    stage = RejectOutliers()
    stage.step(standing())
    stage.reset()
    leapt = with_leap(still(2), range(1, 2))[1]
    assert stage.step(leapt) is leapt


@quick
@given(st.floats(0.4, 4), st.floats(-2000, 2000), st.sampled_from([11.0, 55.0, 80.0]))
def test_scaling_and_shifting_the_picture_changes_nothing(factor: float, shift: float, px: float) -> None:
    track = with_leap(still(20), range(5, 8), px)
    assert rejected(zoomed(track, factor, shift_px=(shift, shift))) == rejected(track)


@quick
@given(st.integers(11, 32), st.floats(60, 300))
def test_any_joint_of_the_body_can_be_the_outlier(joint: int, px: float) -> None:
    lost = rejected(with_leap(still(12), range(6, 8), px, joint))
    assert lost[6] == lost[7] == {NAMES[joint]}
    assert lost[8] == set()


def test_a_pose_without_any_place_passes() -> None:
    empty: PoseFrame = standing().with_xy(np.full((33, 2), np.nan))
    stage = RejectOutliers()
    stage.step(standing())
    assert np.isnan(stage.step(replace(empty, t=0.1)).xy).all()
