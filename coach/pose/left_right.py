"""Left and right over time: in profile the model swaps the legs for some frames, as if they jumped."""

from typing import Final

import numpy as np

from coach.pose.landmarks import LEG, at
from coach.pose.scale import body_scale
from coach.pose.types import Floats, PoseFrame

LEFT: Final = [at("left", joint) for joint in LEG]
RIGHT: Final = [at("right", joint) for joint in LEG]
BOTH: Final = np.array([LEFT, RIGHT])
KNEE_ANKLE: Final = slice(0, 2)


class LeftRight:
    """Gives each leg the name that lets it move least; the model's own naming wins in the long run.

    A swap is taken only where the legs are clearly apart and the other naming is clearly shorter to
    reach.  If the model insists on its naming for SETTLE_S, it is believed: we may have been wrong.
    """

    APART = 0.25  # of the body's scale, knees and ankles together
    SETTLE_S = 1.5

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._legs: Floats | None = None
        self._swapped_since: float | None = None

    def step(self, frame: PoseFrame) -> PoseFrame:
        now = frame.xy[BOTH]
        last, self._legs = self._legs, now
        if last is None or np.isnan(now[:, KNEE_ANKLE]).any():
            return frame
        as_named = _travel(now, last)
        as_swapped = _travel(now[::-1], last)
        apart = _travel(now[:1], now[1:])
        swap = apart > self.APART * body_scale(frame.xy) and as_named - as_swapped > 0.5 * apart
        if not swap:
            self._swapped_since = None
            return frame
        if self._swapped_since is None:
            self._swapped_since = frame.t
        if frame.t - self._swapped_since > self.SETTLE_S:
            self._swapped_since = None
            return frame
        self._legs = now[::-1]
        return _swap_legs(frame)


def _travel(now: Floats, last: Floats) -> float:
    """Pixels that knees and ankles of both legs moved; NaN where one was not seen, and NaN swaps nothing."""
    step = (now - last)[:, KNEE_ANKLE]
    return float(np.sqrt((step**2).sum(axis=-1)).sum())


def _swap_legs(frame: PoseFrame) -> PoseFrame:
    order = np.arange(len(frame.xy))
    order[LEFT], order[RIGHT] = RIGHT, LEFT
    return PoseFrame(
        frame.t,
        frame.xy[order],
        frame.visibility[order],
        frame.world[order],
        frame.size,
        frame.light,
        frame.others,
        frame.cut,
        frame.doubt,
    )
