"""The same track as another camera, another person or another model would have given it.

Nothing of what a person did is changed by any of these; so neither may what is counted and said of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from coach.pose import PoseTrack, at
from coach.pose.landmarks import COUNT, MIRROR

Change = Callable[[PoseTrack], PoseTrack]

LEAST_FPS = 9.9  # the live coach asks for ten frames a second


@dataclass(frozen=True, slots=True)
class TrackVariant:
    """A name, what is done to the track, and whether left and right are swapped by it."""

    name: str
    change: Change
    mirrors: bool = False


def mirrored(track: PoseTrack) -> PoseTrack:
    """As a mirror shows it."""
    order = list(MIRROR)
    xy = track.xy[:, order].copy()
    xy[..., 0] = track.size[0] - xy[..., 0]
    turned = track.world[:, order] * np.array([-1, 1, 1], np.float32)
    return replace(track, xy=xy, visibility=track.visibility[:, order], world=turned)


def thinned(step: int) -> Change:
    """One frame in `step`; where fewer than LEAST_FPS a second would be left, all of them."""

    def change(track: PoseTrack) -> PoseTrack:
        if len(track) < 2 or 1 / float(np.median(np.diff(track.t))) < step * LEAST_FPS:
            return track
        return replace(
            track,
            t=track.t[::step],
            xy=track.xy[::step],
            visibility=track.visibility[::step],
            world=track.world[::step],
            light=track.light[::step],
        )

    return change


def stretched(factor: float) -> Change:
    """As slowly as this: 1.25 takes a quarter longer."""
    return lambda track: replace(track, t=track.t[0] + (track.t - track.t[0]) * factor)


def tilted(degrees: float) -> Change:
    """The camera turned about its own axis: what hangs straight down leans by so much to the right."""
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    turn = np.array([[c, -s], [s, c]])

    def change(track: PoseTrack) -> PoseTrack:
        centre = np.array(track.size) / 2
        world = track.world.copy()
        world[..., :2] = track.world[..., :2] @ turn.T
        return replace(track, xy=((track.xy - centre) @ turn.T + centre).astype(np.float32), world=world)

    return change


def smaller(share: float) -> Change:
    """Farther away, in the middle of the same picture."""

    def change(track: PoseTrack) -> PoseTrack:
        centre = np.array(track.size) / 2
        return replace(track, xy=((track.xy - centre) * share + centre).astype(np.float32))

    return change


def trembling(share: float, seed: int = 0) -> Change:
    """Every mark off by noise with this standard deviation, as a share of the trunk, new in every frame."""

    def change(track: PoseTrack) -> PoseTrack:
        noise = np.random.default_rng(seed).normal(0, share * trunk_px(track), track.xy.shape)
        return replace(track, xy=(track.xy + noise).astype(np.float32))

    return change


def marked_elsewhere(share: float, seed: int) -> Change:
    """Every mark off by its own constant, as a share of the trunk: another body, or other clothes."""

    def change(track: PoseTrack) -> PoseTrack:
        off = np.random.default_rng(seed).normal(0, share * trunk_px(track), (COUNT, 2))
        return replace(track, xy=(track.xy + off).astype(np.float32))

    return change


def less_believed(power: float) -> Change:
    """A model, a light or clothes of which less is believed: visibility to this power."""
    return lambda track: replace(track, visibility=track.visibility**power)


def trunk_px(track: PoseTrack) -> float:
    """The longest that the trunk usually is in the picture, in pixels; 0 where nobody is seen."""
    shoulders, hips = (
        track.xy[:, [at("left", joint), at("right", joint)]].mean(axis=1) for joint in ("shoulder", "hip")
    )
    lengths = np.linalg.norm(shoulders - hips, axis=1)
    seen = lengths[np.isfinite(lengths)]
    return float(np.percentile(seen, 90)) if len(seen) else 0.0


TRACK_VARIANTS = (
    TrackVariant("as it is", lambda track: track),
    TrackVariant("mirrored", mirrored, mirrors=True),
    TrackVariant("every second frame", thinned(2)),
    TrackVariant("a quarter slower", stretched(1.25)),
    TrackVariant("a fifth faster", stretched(0.8)),
    TrackVariant("tilted by 4 deg", tilted(4)),
    TrackVariant("tilted by -4 deg", tilted(-4)),
    TrackVariant("two thirds as large", smaller(2 / 3)),
    TrackVariant("trembling by 1 %", trembling(0.01)),
    TrackVariant("marked elsewhere, 3 %, a", marked_elsewhere(0.03, 1)),
    TrackVariant("marked elsewhere, 3 %, b", marked_elsewhere(0.03, 2)),
    TrackVariant("marked elsewhere, 3 %, c", marked_elsewhere(0.03, 3)),
    TrackVariant("less believed", less_believed(1.5)),
)
