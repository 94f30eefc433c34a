"""Cuts: edited videos jump from one view to another, and nothing may be counted across the jump."""

from dataclasses import replace

import numpy as np

from coach.pose.scale import body_scale
from coach.pose.types import PoseFrame

BODY = [11, 12, 23, 24, 25, 26, 27, 28]


class CutDetector:
    """Marks a frame in which the whole body stands elsewhere than a moment before.

    In an exercise some joint stays where it is (the feet in a squat, the shoulders in a bridge), and even
    in a jump the body moves at a few body scales a second.  So it is a cut when the median joint moved by
    more than JUMP and faster than SPEED, and even the joint that moved second least left its place
    (the second, because one joint may lie where another one was).  Measured on real tracks, frame to
    frame: time-lapsed squats reach a median of 0.18 with the feet at 0.05; cuts start at 0.58 with 0.30.
    """

    JUMP = 0.45  # of the body's scale (about a trunk length)
    LEFT_PLACE = 0.18
    SPEED = 3.5  # body scales a second: somebody running is taken for a cut, and nobody counts while running

    def __init__(self) -> None:
        self._last: PoseFrame | None = None

    def step(self, frame: PoseFrame, unseen: bool = False) -> PoseFrame:
        """Mark the frame if it does not continue the last one; `unseen`: there were frames between without a pose.

        Edits often fade, and while they do nobody is found; so somebody who is elsewhere after that may be so
        at a lower speed.
        """
        last, self._last = self._last, frame
        if last is None:
            return frame
        moved = np.sort(np.hypot(*(frame.xy[BODY] - last.xy[BODY]).T)) / body_scale(last.xy)
        second, median = float(moved[1]), float(moved[3] + moved[4]) / 2
        dt = max(frame.t - last.t, 1e-3)
        speed = self.SPEED / 2 if unseen else self.SPEED
        if second > self.LEFT_PLACE and median > max(self.JUMP, speed * dt):
            return replace(frame, cut=True)
        return frame
