"""A video's own clock: from the timestamps that a file has to a time that always rises.

Real files repeat timestamps, leave some out, step back where two recordings were joined, and start anywhere.

>>> clock = Clock(fps=10)
>>> [round(clock.tick(stamp), 3) for stamp in (5.0, 5.1, 5.1, 5.2, None, 5.4)]
[0.0, 0.1, 0.15, 0.2, 0.3, 0.4]
"""

import math
import statistics
from collections import deque
from typing import Final

USUAL_STEP_S: Final = 1 / 30  # where a file says nothing about its rate
REMEMBERED: Final = 31  # steps from which the median is taken: about a second
JOIN_STEPS: Final = 2.0  # stepping back by more than this many steps is a joint, less is jitter
SMALLEST_STEP_S: Final = 1e-5  # a tick of the usual 1/90000 s: what a written file can still tell apart


class Clock:
    """Seconds since the first frame, strictly rising, whatever the timestamps do.

    A repeated timestamp moves on by half of the median step (a quarter when repeated again, and so on, so that
    the next good one is still later); a missing one by the average step; after a jump backwards the clock goes
    on from where it was.
    """

    def __init__(self, fps: float = math.nan) -> None:
        self._average = 1 / fps if fps > 0 and math.isfinite(fps) else math.nan
        self._steps: deque[float] = deque(maxlen=REMEMBERED)
        self._offset: float | None = None  # what is added to a timestamp
        self._stamp = math.nan  # the last timestamp that was there
        self._t: float | None = None
        self._repeats = 0

    def tick(self, stamp: float | None) -> float:
        """The time of the next frame in seconds, from its timestamp in seconds (None or NaN: it has none)."""
        missing = stamp is None or not math.isfinite(stamp)
        if self._t is None:
            t = 0.0
        elif missing:
            t = self._t + self._average_step()
        else:
            t = self._follow(self._t, stamp)
        if not missing:
            self._remember(stamp, t)
        self._t = t
        return t

    def _follow(self, last: float, stamp: float) -> float:
        if self._offset is None or stamp < self._stamp - JOIN_STEPS * self._step():
            self._offset = None
            return last + self._average_step()
        t = stamp + self._offset
        if t - last >= SMALLEST_STEP_S:
            self._repeats = 0
            return t
        self._repeats += 1
        return last + max(self._step() / 2**self._repeats, SMALLEST_STEP_S)

    def _remember(self, stamp: float, t: float) -> None:
        if self._offset is None:
            self._offset = t - stamp
        elif stamp > self._stamp:
            self._steps.append(stamp - self._stamp)
        self._stamp = stamp

    def _step(self) -> float:
        """The median step; at the beginning the average one."""
        return statistics.median(self._steps) if self._steps else self._average_step()

    def _average_step(self) -> float:
        if not math.isnan(self._average):
            return self._average
        return statistics.median(self._steps) if self._steps else USUAL_STEP_S
