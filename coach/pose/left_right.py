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
    """Gives each leg the name that lets it move least, for as long as the legs are clearly apart.

    In a lunge in profile the model names the legs right when they part, and then swaps them, for seconds.  So its
    naming is believed again only when it differs from ours for INSIST times as long as it agreed before (at least
    INSIST_S, at most MOST_S): a slip in the first frames is soon mended, a late one is not believed.
    """

    APART = 0.25  # of the body's scale, knees and ankles together
    INSIST = 4.0
    INSIST_S, MOST_S = 0.3, 5.0
    STEP_S = 0.1  # a frame after a gap speaks for no more than this

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._legs: Floats | None = None
        self._t = 0.0
        self._part()

    def _part(self) -> None:
        """The legs come apart anew: nothing speaks for a naming yet."""
        self._agreed_s = self._differed_s = 0.0

    def step(self, frame: PoseFrame) -> PoseFrame:
        now = frame.xy[BOTH]
        last, self._legs = self._legs, now
        dt, self._t = min(frame.t - self._t, self.STEP_S), frame.t
        if last is None or np.isnan(now[:, KNEE_ANKLE]).any():
            return frame
        apart = _travel(now[:1], now[1:])
        if not apart > self.APART * body_scale(frame.xy):
            self._part()
            return frame
        if not _travel(now, last) - _travel(now[::-1], last) > 0.5 * apart:
            self._agreed_s += dt
            return frame
        self._differed_s += dt
        if self._differed_s > min(self.MOST_S, max(self.INSIST_S, self.INSIST * self._agreed_s)):
            self._agreed_s, self._differed_s = self._differed_s, 0.0
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
