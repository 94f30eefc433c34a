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

    A repeated timestamp moves on by half of the median step (a quarter when repeated again, and so on, so
    that the next good one is still later); a missing one by the average step; after a jump backwards the
    clock goes on from where it was.
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
        known = stamp if stamp is not None and math.isfinite(stamp) else None
        last, t = self._t, 0.0
        if last is not None:
            t = last + self._average_step() if known is None else self._follow(last, known)
            t = max(t, last + SMALLEST_STEP_S)
        if known is not None:
            self._remember(known, t)
        self._t = t
        return t

    @property
    def now(self) -> float:
        """The time of the last frame in seconds; 0 before the first one."""
        return self._t or 0.0

    def _follow(self, last: float, stamp: float) -> float:
        if self._offset is None or stamp < self._stamp - JOIN_STEPS * self._step():
            self._offset = None
            return last + self._average_step()
        t = stamp + self._offset
        if t - last >= SMALLEST_STEP_S:
            self._repeats = 0
            return t
        self._repeats += 1
        return last + self._step() * 0.5**self._repeats

    def _remember(self, stamp: float, t: float) -> None:
        if self._offset is None:
            self._offset = t - stamp
        elif stamp > self._stamp:
            self._steps.append(stamp - self._stamp)
        self._stamp = stamp

    def _step(self) -> float:
        """The median step; at the beginning the average one."""
        return float(statistics.median(self._steps)) if self._steps else self._average_step()

    def _average_step(self) -> float:
        if not math.isnan(self._average):
            return self._average
        return float(statistics.median(self._steps)) if self._steps else USUAL_STEP_S
