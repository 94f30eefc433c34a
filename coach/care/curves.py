"""The main angle of all repetitions of a set laid over each other, each stretched to the same length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.judge import Exercise, HeldPose, Rep
from coach.motion import MEASURES, Body, Measure, near_side
from coach.motion.situation import azimuth_deg
from coach.pose import PoseTrack, Side

POINTS: Final = 51  # every second percent
GAP_S: Final = 0.4  # nothing is drawn over a longer one
FEWEST: Final = 2  # repetitions that a mean is made of

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """The value of `measure` in `unit` ("deg" or "ratio") over the repetitions or holds of one set.

    each  (n, POINTS), a row for each part in its order, from its start to its end; NaN where it was not seen
    mean  (POINTS,) of those that counted, of all where none did; NaN where fewer than FEWEST were seen
    """

    measure: str
    unit: str
    each: Floats
    mean: Floats

    @property
    def seen(self) -> bool:
        """Whether there is anything to draw."""
        return bool(np.isfinite(self.each).any())


def curves(track: PoseTrack, parts: Sequence[Rep | HeldPose], exercise: Exercise) -> Curves:
    """The curves of these parts, as the kept landmarks tell them; all NaN where they tell nothing."""
    body = Body.of(track)
    view = next((part.view for part in parts if isinstance(part, Rep) and part.view), exercise.views[0])
    measure = _measure(exercise, view)
    sides = _sides(track.t, azimuth_deg(body), parts)
    values = {side: measure.believed(body, side, exercise.seen) for side in set(sides)}
    stretched = [_stretched(track.t, values[side], part) for side, part in zip(sides, parts, strict=True)]
    each = np.array(stretched).reshape(-1, POINTS)
    counted = np.array([part.counted for part in parts], bool)
    return Curves(measure.name, measure.unit, each, _mean(each[counted] if counted.any() else each))


def _measure(exercise: Exercise, view: str) -> Measure:
    """The main angle, or what was counted on where the view hides the angle."""
    if exercise.repetition is not None:
        main = MEASURES[exercise.repetition.range_of_motion]
        return main if view in main.views else MEASURES[exercise.repetition.signal]
    assert exercise.hold is not None  # the file's validator saw to it
    return MEASURES[exercise.hold.range_of_motion or exercise.hold.conditions[0].measure]


def _sides(t: Floats, turned: Floats, parts: Sequence[Rep | HeldPose]) -> list[Side]:
    """The side of each part; of an exercise of both sides the one that was near then, for people turn within a set."""
    return [
        part.side if part.side != "both" else _near(turned[(t >= part.start_s) & (t <= part.end_s)])
        for part in parts
    ]


def _near(turned: Floats) -> Side:
    known = turned[np.isfinite(turned)]
    return near_side(float(np.median(known))) if known.size else "right"


def _stretched(t: Floats, values: Floats, part: Rep | HeldPose) -> Floats:
    """(POINTS,) from the start of a part to its end."""
    here = np.isfinite(values) & (t >= part.start_s - GAP_S) & (t <= part.end_s + GAP_S)
    if here.sum() < 2:
        return np.full(POINTS, np.nan)
    at = np.linspace(part.start_s, part.end_s, POINTS)
    known = t[here]
    right = np.clip(np.searchsorted(known, at), 1, len(known) - 1)
    near = known[right] - known[right - 1] <= GAP_S
    between = (known[0] <= at) & (at <= known[-1])  # beyond them nothing is known
    return np.where(near & between, np.interp(at, known, values[here]), np.nan)


def _mean(each: Floats) -> Floats:
    enough = np.isfinite(each).sum(axis=0) >= FEWEST
    mean = np.full(POINTS, np.nan)
    if enough.any():
        mean[enough] = np.nanmean(each[:, enough], axis=0)
    return mean
