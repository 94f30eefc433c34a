"""The parts of one repetition: the way out, the end range, the way back; and how long each took.

A movement begins and ends slower than can be told from noise, so each way is timed between 4 and 96 % of it,
and what lies hidden at its ends is added.  How much that is depends on the profile: along the minimum-jerk
profile of free movements (Flash & Hogan, J Neurosci 1985) 17.6 % of the time at each end, in an even movement
4 %.  Where a longer time would please (a slow way down) the mean of both is added; where a longer time at the
top would please, all of the larger is taken off.

The time at the top is told from 92 % on, where that profile hides 22.6 %: what is held sinks and rises by a little,
and a small signal, as of the hip that rolls, by a tenth of its way.  Where a pose model sees it creep on for longer,
the time from 75 % on (35.9 %) says how long the hold may have been.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

NEAR_END: Final = 0.04  # share of a way that cannot be told from its end
MINIMUM_JERK: Final = 0.176  # share of a way's time within NEAR_END of one end
HIDDEN: Final = (MINIMUM_JERK + 0.04) / 2
HELD: Final = 0.08  # share of the way below its end at which it still is held
MINIMUM_JERK_HELD: Final = 0.226  # share of a way's time within HELD of one end
WAVERS: Final = 0.25  # share of the way by which a signal may sink, or creep on, in somebody who holds still
MINIMUM_JERK_WAVERS: Final = 0.359  # share of a way's time within WAVERS of one end
TOP: Final = 0.9  # share of the way to the level that was held, from which the end range is judged
UPPER: Final = 0.8  # share of the whole way above which that level is looked for


@dataclass(frozen=True, slots=True)
class Parts:
    """Index ranges into the samples of one repetition, and times in seconds.

    hold_s       time at the end range; hold_most_s the longest that it can have been, where the signal wavers there
    out_s        the way there, back_s the way back
    peak_s       the middle of the end range
    """

    out: slice
    peak: slice
    back: slice
    hold_s: float
    out_s: float
    back_s: float
    peak_s: float
    hold_most_s: float


def parts_of(t: Floats, x: Floats, base: float, low: float) -> Parts:
    """Divide a repetition; t and x (n,) without NaN, rising toward the end range, n >= 1.

    base and low are the values it began from and ended at.
    """
    level = _level(x, base)
    at_top = np.flatnonzero(x >= base + TOP * (level - base))
    first, last = int(at_top[0]), int(at_top[-1])
    near = np.flatnonzero(x >= level - NEAR_END * (level - base))
    on, off = int(near[0]), int(near[-1])
    out_s = _way_s(t, x, base, level, range(on, -1, -1))
    back_s = _way_s(t, x, low, level, range(off, len(x)))

    def held_s(share: float, hidden: float) -> float:
        """Seconds from the first to the last moment within a share of the way from the top."""
        held = t[x >= level - share * (level - base)]
        return max(0.0, float(held[-1] - held[0]) - hidden * (out_s + back_s))

    hold_s = held_s(HELD, MINIMUM_JERK_HELD)
    return Parts(
        slice(0, first + 1),
        slice(first, last + 1),
        slice(last, len(x)),
        hold_s,
        out_s,
        back_s,
        float(t[on] + t[off]) / 2,
        max(hold_s, held_s(WAVERS, MINIMUM_JERK_WAVERS)),
    )


def _level(x: Floats, base: float) -> float:
    """The level of the end range: where most of the time is spent, and of several such levels the lowest.

    Not the highest value: who goes a little too far at first and settles holds where they settled.
    """
    way = float(x.max()) - base
    upper = np.sort(x[x >= base + UPPER * way])
    ends = np.searchsorted(upper, upper + NEAR_END * way, side="right")
    near = ends - np.arange(len(upper))  # samples from each value to a little above it
    first = int(np.argmax(near >= TOP * near.max()))
    return float(np.median(upper[first : ends[first]]))


def _way_s(t: Floats, x: Floats, end: float, level: float, path: range) -> float:
    """Seconds from the top, along `path` of indices, to within NEAR_END of `end`; lengthened."""
    near = end + NEAR_END * (level - end)
    stop = next((i for i in path if x[i] <= near), path[-1] if len(path) else 0)
    return abs(float(t[stop] - t[path[0]])) / (1 - 2 * HIDDEN) if len(path) else 0.0


def lasting(t: Floats, value: Floats, seconds: float, *, highest: bool) -> tuple[float, float]:
    """The most extreme value that lasted: reached or exceeded for `seconds` in all, and when.

    NaN samples count nothing.  In a phase shorter than three times `seconds`, a third of it is enough.
    Returns (NaN, NaN) where there is no sample.
    """
    seen = np.isfinite(value)
    if not seen.any():
        return float("nan"), float("nan")
    t, value = t[seen], value[seen]
    order = np.argsort(-value if highest else value, kind="stable")
    step = float(np.median(np.diff(t))) if len(t) > 1 else 0.0
    enough = round(seconds / step) if step > 0 else 0
    i = order[min(enough, len(order) // 3)]
    return float(value[i]), float(t[i])


def typical(t: Floats, value: Floats) -> tuple[float, float]:
    """The median value and when it was nearest to it; (NaN, NaN) where there is no sample."""
    seen = np.isfinite(value)
    if not seen.any():
        return float("nan"), float("nan")
    median = float(np.median(value[seen]))
    i = int(np.argmin(np.where(seen, np.abs(value - median), np.inf)))
    return median, float(t[i])
