"""The ways that look ahead do what they say; that they gain nothing is told in docs/decisions/0007."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.look_ahead import BRIDGED_S, WAYS, _mean_around, bridged, live, there_and_back, unsmoothed
from coach.pose import INDEX, PoseFrame, PoseTrack, repair_track
from tests.skeletons import film, jittered, standing, zoomed

FPS, KNEE = 30.0, INDEX["left_knee"]


def walking(speed_px: float = 2.0, frames: int = 60) -> PoseTrack:
    return film(lambda i: zoomed(standing(), 1, shift_px=(speed_px * i, 0)), range(frames), FPS)


def lost(track: PoseTrack, frames: range, joint: int | None = None) -> PoseTrack:
    """Without a joint, or without anybody, in some frames."""
    at = slice(frames.start, frames.stop)
    xy, world, visibility = track.xy.copy(), track.world.copy(), track.visibility.copy()
    if joint is not None:
        xy[at, joint] = np.nan
    else:
        xy[at], world[at], visibility[at] = np.nan, np.nan, np.nan
    return replace(track, xy=xy, world=world, visibility=visibility)


def off(frames: list[PoseFrame], track: PoseTrack) -> np.ndarray:
    """(T,) the largest distance from the track in x, pixels."""
    return np.asarray(np.abs(np.stack([f.xy for f in frames]) - track.xy)[..., 0].max(axis=1))


def test_live_is_the_repair_as_it_is() -> None:
    track = jittered(walking(), px=1)
    np.testing.assert_array_equal(PoseTrack.of(live(track)).xy, repair_track(track).xy)


def test_there_and_back_does_not_lag() -> None:
    track = walking()
    middle = slice(15, 45)
    assert off(live(track), track)[middle].min() > 0.9
    assert off(there_and_back(track), track)[middle].max() < 0.2


def test_there_and_back_calms_a_still_body() -> None:
    still = jittered(walking(speed_px=0), px=1)
    calm, raw = (
        np.stack([f.xy for f in way(still)])[15:45].std(axis=0) for way in (there_and_back, unsmoothed)
    )
    assert calm.mean() < 0.8 * raw.mean()


@pytest.mark.parametrize("joint", [KNEE, None])
def test_a_short_gap_is_bridged_by_a_straight_line(joint: int | None) -> None:
    track = walking()
    frames = WAYS["both"](lost(track, range(20, 25), joint))
    assert all(frame.found for frame in frames)
    assert off(frames, track)[20:25].max() < 0.5


@pytest.mark.parametrize("gap", [range(20, 20 + round(BRIDGED_S * FPS)), range(10), range(50, 60)])
def test_a_long_gap_or_an_end_is_not(gap: range) -> None:
    frames = bridged(lost(walking(), gap, KNEE))
    assert [i for i, f in enumerate(frames) if np.isnan(f.xy[KNEE, 0])] == list(gap)


def test_nothing_is_carried_across_a_cut() -> None:
    track = film(lambda i: zoomed(standing(), 1, shift_px=(0 if i < 30 else 200, 0)), range(60), FPS)
    frames = WAYS["both"](lost(track, range(28, 32)))
    assert [i for i, frame in enumerate(frames) if not frame.found] == [28, 29, 30, 31]
    assert off(frames[:28], film(lambda _: standing(), range(28), FPS)).max() < 1e-3


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_nothing_in_nothing_out(way: object) -> None:
    assert callable(way)
    assert way(PoseTrack.of([])) == []


def test_of_an_error_the_slow_part_is_left() -> None:
    quick, slow = np.tile([1.0, -1.0], 30), np.full(60, 3.0)
    np.testing.assert_allclose(_mean_around(slow, 1 / FPS), 3)
    assert np.abs(_mean_around(quick, 1 / FPS)).max() <= 0.25
