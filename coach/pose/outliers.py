"""Outliers: a joint that leaps away from a body that does not, for a moment, was not seen."""

import numpy as np

from coach.pose.scale import body_scale
from coach.pose.types import Floats, PoseFrame

FIRST = 11  # the face is not used by any measure


class RejectOutliers:
    """Sets a joint to NaN while it is further from its last place than it can have moved.

    The body's own motion (the median joint's) is taken off first.  A joint that stays at the new place
    for BELIEVE_S is believed again: then the old place was the wrong one.
    """

    LEAP = 0.12  # of the body's scale: what landmarks wander by themselves
    SPEED = 6.0  # body scales a second relative to the body: about 3 m/s
    BELIEVE_S = 0.25

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._place: Floats | None = None  # last believed place, (22, 2)
        self._since: Floats | None = None  # when each joint was last believed, (22,)

    def step(self, frame: PoseFrame) -> PoseFrame:
        now = frame.xy[FIRST:]
        if self._place is None or self._since is None:
            self._place, self._since = now.copy(), np.where(np.isfinite(now[:, 0]), frame.t, -np.inf)
            return frame
        shift = now - self._place
        if self._nothing_leaps(shift, body_scale(frame.xy)):
            self._place, self._since = now.copy(), np.full(len(now), frame.t)
            return frame
        known = np.isfinite(now[:, 0])
        both = np.isfinite(shift[:, 0])
        moved = shift[both]
        body = _middle(moved) if len(moved) else np.zeros(2, now.dtype)
        relative = shift - body
        away = np.hypot(relative[:, 0], relative[:, 1])
        elapsed = frame.t - self._since
        limit = body_scale(frame.xy) * (self.LEAP + self.SPEED * np.minimum(elapsed, self.BELIEVE_S))
        believed = known & ((away <= limit) | (elapsed >= self.BELIEVE_S) | ~both)
        self._place[believed] = now[believed]
        self._since[believed] = frame.t
        # What was not believed travels with the body, so that a lasting shift is no second leap.
        self._place[~believed] += np.asarray(body, self._place.dtype)
        if (believed | ~known).all():
            return frame
        xy = frame.xy.copy()
        xy[FIRST:][~believed] = np.nan
        return frame.with_xy(xy)

    def _nothing_leaps(self, shift: Floats, scale: float) -> bool:
        """Whether all joints are seen and go with the body, as mostly: then nothing else is to be asked."""
        away = shift - _middle(shift)
        return bool(np.hypot(away[:, 0], away[:, 1]).max() <= self.LEAP * scale)


def _middle(shift: Floats) -> Floats:
    """(2,) the middle of the sorted shifts (n, 2); np.median does the same, ten times slower on so few."""
    return np.asarray(np.sort(shift, axis=0)[len(shift) // 2])
