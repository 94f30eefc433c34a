"""Which joints are believed: with hysteresis, since a joint in full view wavers about any limit.

Without it a timer stutters, and whoever marches with a knee that is just believed is lost at every step, together
with what was learnt of where the foot rests.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from coach.pose import PoseFrame
from coach.pose.landmarks import COUNT

LEAVE: Final = 0.85  # share of the limit down to which a joint that was believed stays so
ROUNDING: Final = 1e-6  # of single precision: what is lifted to the limit must not fall short of it


class Belief:
    """Lifts to the limit the visibility of joints that were believed a frame ago and fell short of it by little.

    seen  the visibility from which a joint is believed
    """

    def __init__(self, seen: float) -> None:
        self._seen = seen
        self._lifted = np.float32(seen + ROUNDING)
        self._believed = np.zeros(COUNT, bool)

    def reset(self) -> None:
        """Somebody else may be in the picture now."""
        self._believed[:] = False

    def step(self, frame: PoseFrame) -> PoseFrame:
        """Take one frame."""
        visibility = frame.visibility
        wavers = self._believed & (visibility < self._seen) & (visibility >= LEAVE * self._seen)
        self._believed = wavers | (visibility >= self._seen)
        if not wavers.any():
            return frame
        return replace(frame, visibility=np.where(wavers, self._lifted, visibility))
