"""The One-Euro filter: still when the body is still, quick when it moves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.pose import INDEX, PoseFrame, PoseTrack
from coach.pose.smoothing import OneEuro
from tests.skeletons import FRONT, LEFT, cycles, film, jittered, squat, standing, without, zoomed

quick = settings(deadline=None, max_examples=15, derandomize=True)
FOLD = film(lambda depth: squat(depth, trunk_deg=75, camera=FRONT), np.linspace(0, 1, 25), 20)


def smoothed(track: PoseTrack) -> Any:
    """Places after the filter, (T, 33, 2)."""
    stage = OneEuro()
    return np.stack([stage.step(frame).xy for frame in track])


def still(seconds: float = 3.0, fps: float = 30.0) -> PoseTrack:
    return film(lambda _: standing(), range(round(seconds * fps)), fps)


def squats(fps: float = 30.0, move_s: float = 1.0) -> PoseTrack:
    return film(lambda depth: squat(depth, camera=LEFT), cycles(0, 1, count=2, fps=fps, move_s=move_s), fps)


def test_the_first_frame_passes_untouched() -> None:
    frame = standing()
    assert OneEuro().step(frame) is frame


def test_a_still_body_stays_where_it_is() -> None:
    track = still()
    np.testing.assert_allclose(smoothed(track), track.xy, atol=1e-3)


@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_trembling_becomes_less(fps: float) -> None:
    after = smoothed(jittered(still(fps=fps), px=1.0))[round(fps) :]
    assert after.std(axis=0).mean() < 0.8


def test_a_squat_of_a_second_lags_by_no_more_than_a_fiftieth_of_the_trunk() -> None:
    track = squats()
    assert np.abs(smoothed(track) - track.xy).max() < 0.02 * 100


def test_smoothing_brings_a_trembling_squat_nearer_to_the_true_one() -> None:
    true = squats()
    rough = jittered(true, px=1.5)
    assert np.abs(smoothed(rough) - true.xy).mean() < 0.85 * np.abs(rough.xy - true.xy).mean()


def test_world_landmarks_are_smoothed_too() -> None:
    track = still()
    noise = np.random.default_rng(1).normal(0, 0.01, track.world.shape).astype(np.float32)
    stage = OneEuro()
    world = np.stack([
        stage.step(PoseFrame(f.t, f.xy, f.visibility, f.world + n, f.size)).world
        for f, n in zip(track, noise, strict=True)
    ])  # fmt: skip
    assert world[30:].std(axis=0).mean() < 0.8 * noise[30:].std(axis=0).mean()


def test_a_joint_without_a_place_stays_without_one_and_the_others_are_untouched() -> None:
    track = still()
    knee = INDEX["left_knee"]
    gap = PoseTrack.of([without(f, "left_knee") if 10 <= i < 14 else f for i, f in enumerate(track)])
    after = smoothed(gap)
    assert np.isnan(after[10:14, knee]).all()
    np.testing.assert_allclose(after[14:, knee], track.xy[14:, knee], atol=1e-3)
    others = np.arange(33) != knee
    np.testing.assert_allclose(after[:, others], track.xy[:, others], atol=1e-3)


def test_after_a_long_gap_a_joint_starts_anew_where_it_reappears() -> None:
    knee = INDEX["left_knee"]
    frames = [without(f, "left_knee") if i >= 5 else f for i, f in enumerate(still(1.0))]
    stage = OneEuro()
    for frame in frames:
        stage.step(frame)
    elsewhere = zoomed(standing(t=1.0), 1, shift_px=(50, 0))
    np.testing.assert_allclose(stage.step(elsewhere).xy[knee], elsewhere.xy[knee], atol=1e-3)


@pytest.mark.parametrize("t", [1.0, 0.5])
def test_a_time_that_does_not_rise_is_no_step(t: float) -> None:
    stage = OneEuro()
    stage.step(standing(t=1.0))
    frame = zoomed(standing(t=t), 1, shift_px=(5, 0))
    assert stage.step(frame) is frame


def test_after_a_reset_nothing_is_left_of_the_old_place() -> None:
    stage = OneEuro()
    stage.step(standing(t=0.0))
    stage.reset()
    frame = zoomed(standing(t=0.03), 1, shift_px=(100, 0))
    assert stage.step(frame) is frame


def test_a_step_is_followed_within_a_fifth_of_a_second() -> None:
    track = film(lambda i: zoomed(standing(), 1, shift_px=(0 if i < 30 else 20, 0)), range(60))
    behind = np.abs(smoothed(track) - track.xy)[:, :, 0].max(axis=1)
    assert behind[36] < 0.15 * 20


@quick
@given(st.floats(0.3, 4), st.floats(-3000, 3000), st.integers(0, 5))
def test_scaling_and_shifting_the_picture_changes_nothing(factor: float, shift: float, seed: int) -> None:
    """Also while the scale itself changes: a trunk that folds toward the camera gets shorter."""
    track = jittered(FOLD, px=1.0, seed=seed)
    here, there = smoothed(track), smoothed(zoomed(track, factor, shift_px=(shift, shift)))
    np.testing.assert_allclose((there - shift) / factor, here, atol=0.05)
