"""The parts of one repetition: the way out, the end range, the way back; and how long each took.

A movement begins and ends slower than can be told from noise, so each way is timed between 4 and 96 % of it,
and what lies hidden at its ends is added.  How much that is depends on the profile: along the minimum-jerk
profile of free movements (Flash & Hogan, J Neurosci 1985) 17.4 % of the time at each end, in an even movement
4 %.  Where a longer time would please (a slow way down) the mean of both is added.  Where a longer time at the
top would please, all of the larger is taken off: the time at the top is the time above some share of the way,
less what a free movement spends there.  What sways shows that of the top itself wrongly, what creeps on or
settles that of lower shares, so it is told at five of them, and the middle one counts.

The middle half of a way is the fastest and the surest, and the half before the top tells nothing of a halt at the
beginning.  A way that seems to take longer than either of them says has crept into its end, as a pose model does,
or was begun twice; its length then is what that part says.

Where a signal creeps on for longer yet, the time from 75 % on says how long the hold may have been; that from 92 %
on, less what all of the way hides there, how short: a slow movement that trembles is none.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

NEAR_END: Final = 0.04  # share of a way that cannot be told from its end
# Shares between which a way is fast: its middle half, and before the top.
FAST: Final = ((0.25, 0.75), (0.5, 0.9))
CREPT: Final = 1.15  # times as long as such a part says, from which a way has crept or halted
SWAYS: Final = 0.08  # share of the way by which what is held sinks and rises
HELD: Final = (NEAR_END, SWAYS, 0.15, 0.25, 0.5)  # shares below the top, from which the time there is told
SLOW_S: Final = 3.0  # a way that takes so long may be gone evenly
WAVERS: Final = 0.25  # share of the way by which a signal may sink, or creep on, in somebody who holds still
TOP: Final = 0.9  # share of the way to the level that was held, from which the end range is judged
HOLE_S: Final = 0.3  # not seen for longer: what happened there nobody knows
ON_ITS_WAY: Final = 0.1  # share of the way in HOLE_S: who goes so fast has not arrived
FALL: Final = 9.0  # ways a second: what falls over 25 cm, as hips do in a bridge, comes to that at the end
UPPER: Final = 0.8  # share of the whole way above which that level is looked for


# The shares of a free movement's way that are gone after shares of its time.
TIME: Final = np.linspace(0, 1, 1001)
WAY: Final = TIME**3 * (10 - 15 * TIME + 6 * TIME**2)


def hidden(share: float) -> float:
    """Share of a free movement's time that it is within a share of the way from one of its ends.

    >>> round(hidden(0.04), 3), round(hidden(0.25), 3), round(hidden(0.5), 3)
    (0.174, 0.359, 0.5)
    """
    return float(np.interp(share, WAY, TIME))


HIDDEN: Final = (hidden(NEAR_END) + NEAR_END) / 2  # of a way's time at one end: the mean of both profiles


@dataclass(frozen=True, slots=True)
class Parts:
    """Index ranges into the samples of one repetition, and times in seconds.

    hold_s       time at the end range; hold_least_s and hold_most_s the shortest and the longest that it can have
                 been, where the signal wavers there
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
    hold_least_s: float
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
    there, back = range(on, -1, -1), range(off, len(x))
    out_s, back_s = _way_s(t, x, base, level, there), _way_s(t, x, low, level, back)

    def above_s(share: float) -> float:
        return _above_s(t, x, level - share * (level - base))

    free_s = _free_s(t, x, base, level, there) + _free_s(t, x, low, level, back)
    hold_s = max(0.0, float(np.median([above_s(share) - hidden(share) * free_s for share in HELD])))
    return Parts(
        slice(0, first + 1),
        slice(first, last + 1),
        slice(last, len(x)),
        hold_s,
        out_s,
        back_s,
        float(t[on] + t[off]) / 2,
        min(hold_s, max(0.0, above_s(SWAYS) - hidden(SWAYS) * (out_s + back_s))),
        max(
            hold_s,
            above_s(WAVERS) - hidden(WAVERS) * (out_s + back_s),
            above_s(NEAR_END) - _at_ends_s(out_s) - _at_ends_s(back_s),
        ),
    )


def _at_ends_s(way_s: float) -> float:
    """The least of a way's time that is spent at the end range: who goes slowly goes more evenly."""
    return (NEAR_END if way_s >= SLOW_S else hidden(NEAR_END)) * way_s


def top_is_hidden(t: Floats, x: Floats, way: float) -> bool:
    """Whether nobody saw how far it went: before a hole in the samples it still rose, and after it it fell.

    t and x (n,) without NaN, n >= 1; way: from rest to the highest value seen.
    """
    steps = np.diff(t)
    holes = np.flatnonzero(steps > max(HOLE_S, 2 * float(np.median(steps)) if len(steps) else 0.0))
    for i in holes:
        rose = x[i] - np.interp(t[i] - HOLE_S, t, x)
        fell = x[i + 1] - np.interp(t[i + 1] + HOLE_S, t, x)
        at_top = max(x[i], x[i + 1]) >= x.max() - ON_ITS_WAY * way
        if at_top and min(rose, fell) > ON_ITS_WAY * way:
            return True
    return False


def leaps(t: Floats, x: Floats, way: float) -> bool:
    """Whether somewhere it goes faster than a body falls: there the video was cut, or the model lost a leg.

    How long anything took is not known then.  t and x (n,) without NaN, n >= 1; way: from rest to the highest value.
    """
    fell = np.minimum(FALL * np.diff(t), 2)
    return bool((np.abs(np.diff(x)) > way * (fell - fell * fell / 4)).any())


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
    # In whole samples, as the limits of the files were set; a hold is told between them.
    near = end + NEAR_END * (level - end)
    stop = next((i for i in path if x[i] <= near), path[-1])
    return abs(float(t[stop] - t[path[0]])) / (1 - 2 * HIDDEN)


def _free_s(t: Floats, x: Floats, end: float, level: float, path: range) -> float:
    """Seconds that a free movement takes for the way from the top down to `end`, along `path` of indices."""

    def between_s(low: float, high: float) -> float:
        one, two = (_reached_s(t, x, end + share * (level - end), path) for share in (low, high))
        return abs(one - two) / (hidden(high) - hidden(low))

    parts = (CREPT * between_s(*part) for part in FAST)
    return min(between_s(NEAR_END, 1 - NEAR_END), *parts)


def _above_s(t: Floats, x: Floats, value: float) -> float:
    """Seconds from when a value is first reached to when it is last left, between two samples each."""
    above = np.flatnonzero(x >= value)
    first, last = int(above[0]), int(above[-1])
    return _reached_s(t, x, value, range(last, len(x))) - _reached_s(t, x, value, range(first, -1, -1))


def _reached_s(t: Floats, x: Floats, value: float, path: range) -> float:
    """When the way down along `path` comes to a value, between two samples; its end where it never does."""
    for before, i in zip((path[0], *path), path, strict=False):
        if x[i] <= value:
            gone = (x[before] - value) / (x[before] - x[i]) if x[before] > x[i] else 1.0
            return float(t[before] + gone * (t[i] - t[before]))
    return float(t[path[-1]])


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


def typical_within(value: Floats, hidden: float) -> tuple[float, float]:
    """The least and the greatest that the median may be, where a share of the time was not seen; n >= 1 seen.

    Of half the time and more anything; infinite then.

    >>> typical_within(np.array([1.0, 2.0, 3.0, 4.0, 5.0]), 0.2)
    (2.5, 3.5)
    """
    seen = value[np.isfinite(value)]
    if hidden >= 0.5:
        return -float("inf"), float("inf")
    low, high = np.quantile(seen, [(0.5 - hidden) / (1 - hidden), 0.5 / (1 - hidden)])
    return float(low), float(high)
