"""The same track as another camera, another person or another model would have given it.

Nothing of what a person did is changed by any of these; so neither may what is counted and said of it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from coach.judge.stillness import trembling as trembling_of
from coach.pose import PoseTrack, at
from coach.pose.landmarks import COUNT

Change = Callable[[PoseTrack], PoseTrack]

AS_IT_IS: Final = "as it is"
SIDES: Final = ("left", "right")
LEGS: Final = ("hip", "knee", "ankle")
LEAST_FPS: Final = 9.9  # the live coach asks for ten frames a second


def thinned(step: int) -> Change:
    """One frame in `step`; where fewer than LEAST_FPS a second would be left, all of them."""

    def change(track: PoseTrack) -> PoseTrack:
        if len(track) < 2 or 1 / float(np.median(np.diff(track.t))) < step * LEAST_FPS:
            return track
        return PoseTrack.of(list(track)[::step])

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


def trembles(track: PoseTrack) -> float:
    """By how much the heights of the leg's joints tremble from frame to frame, as a share of the trunk; median."""
    heights = [track.xy[:, at(side, joint), 1] for side in SIDES for joint in LEGS]
    return float(np.median([trembling_of(height.tolist()) for height in heights]) / trunk_px(track))


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


def lossy(share: float, seed: int = 1) -> Change:
    """A camera that drops this share of its frames, here one and there several; all of them where it gave few."""

    def change(track: PoseTrack) -> PoseTrack:
        if len(track) < 2 or 1 / float(np.median(np.diff(track.t))) < LEAST_FPS / (1 - share):
            return track
        kept = np.random.default_rng(seed).random(len(track)) >= share
        return PoseTrack.of([frame for frame, stays in zip(track, kept, strict=True) if stays])

    return change


def drifting(share: float, seed: int, over_s: float = 0.7) -> Change:
    """Every mark off by what wanders with this standard deviation, as a share of the trunk, over so many seconds.

    As the model's own errors do: in films they wander by 1 to 2 percent of a trunk, and half of it is still there after
    half a second.
    """

    def change(track: PoseTrack) -> PoseTrack:
        rng, size = np.random.default_rng(seed), share * trunk_px(track)
        off = np.zeros(track.xy.shape)
        stays = np.exp(-np.diff(track.t, prepend=-np.inf) / over_s)
        for i, kept in enumerate(stays):
            fresh = rng.normal(0, size, off.shape[1:])
            off[i] = kept * (off[i - 1] if i else 0.0) + np.sqrt(1 - kept * kept) * fresh
        return replace(track, xy=(track.xy + off).astype(np.float32))

    return change


def hand_held(share: float, seed: int) -> Change:
    """The camera in a hand: the whole picture sways by up to this share of its width, within one to three seconds."""

    def change(track: PoseTrack) -> PoseTrack:
        rng = np.random.default_rng(seed)
        sway = np.zeros((len(track), 2))
        for hertz in (0.35, 0.6, 0.95):
            phase = rng.uniform(0, 2 * np.pi, 2)
            sway += np.sin(2 * np.pi * hertz * track.t[:, np.newaxis] + phase) / 3
        off = share * track.size[0] * sway
        return replace(track, xy=(track.xy + off[:, np.newaxis]).astype(np.float32))

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


TRACK_VARIANTS: Final[dict[str, Change]] = {
    AS_IT_IS: lambda track: track,
    "mirrored": PoseTrack.mirrored,
    "every second frame": thinned(2),
    "three frames in ten lost": lossy(0.3),
    "a quarter slower": stretched(1.25),
    "a fifth faster": stretched(0.8),
    "tilted by 4 deg": tilted(4),
    "tilted by -4 deg": tilted(-4),
    "two thirds as large": smaller(2 / 3),
    "trembling by 1 %": trembling(0.01),
    "drifting by 1 %, a": drifting(0.01, 1),
    "drifting by 1 %, b": drifting(0.01, 2),
    "in a hand, 2 % of the width": hand_held(0.02, 1),
    "in a hand, 4 % of the width": hand_held(0.04, 2),
    "marked elsewhere, 3 %, a": marked_elsewhere(0.03, 1),
    "marked elsewhere, 3 %, b": marked_elsewhere(0.03, 2),
    "marked elsewhere, 3 %, c": marked_elsewhere(0.03, 3),
    "less believed": less_believed(1.5),
}
