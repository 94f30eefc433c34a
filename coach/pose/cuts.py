"""Cuts: edited videos jump from one view to another, and nothing may be counted across the jump."""

from collections import deque
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.pose.scale import body_scale
from coach.pose.types import PoseFrame

Points = NDArray[np.floating]

BODY = [11, 12, 23, 24, 25, 26, 27, 28]


class CutDetector:
    """Marks a frame in which the whole body stands elsewhere than a moment before.

    In an exercise some joint stays where it is (the feet in a squat, the shoulders in a bridge), and even
    in a jump the body moves at a few body scales a second.  So it is a cut when the median joint moved by
    more than JUMP and faster than SPEED, and even the joint that moved second least left its place
    (the second, because one joint may lie where another one was).  A joint has not left its place where it is
    as it went on moving: who pushes off from a lunge moves by half a trunk between two frames far apart.
    Measured on real tracks, frame to frame: time-lapsed squats reach a median of 0.18 with the feet at 0.05; cuts
    start at 0.58 with 0.30.
    """

    JUMP = 0.45  # of the body's scale (about a trunk length)
    LEFT_PLACE = 0.18
    # Body scales a second.  Who steps back from a lunge reaches 6.4 over 0.1 to 0.2 s: at 10 frames a second and
    # fewer, half of that was a cut in the middle of a repetition.
    SPEED = 7.0
    UNSEEN_SPEED = 1.75  # after frames without a pose
    ON_S = 0.3  # for so long a movement goes on as it was

    def __init__(self) -> None:
        self._last: PoseFrame | None = None
        # (8, 2) pixels a second, of the last two pairs of frames: a camera in dim light repeats pictures.
        self._velocities: deque[Points] = deque(maxlen=2)

    def step(self, frame: PoseFrame, unseen: bool = False) -> PoseFrame:
        """Mark the frame if it does not continue the last one; `unseen`: there were frames between without a pose.

        Edits often fade, and while they do nobody is found; so somebody who is elsewhere after that may be so
        at a lower speed.
        """
        last, self._last = self._last, frame
        if last is None:
            return frame
        dt = max(frame.t - last.t, 1e-3)
        way = frame.xy[BODY] - last.xy[BODY]
        far = max(self.JUMP, (self.UNSEEN_SPEED if unseen else self.SPEED) * dt)
        scale = body_scale(last.xy)
        moved = np.hypot(*way.T) / scale
        cut = self._left(moved, far)
        if cut and not unseen:  # seldom, so that what is hardly ever asked costs nothing in every frame
            for velocity in self._velocities:
                moved = np.minimum(moved, np.hypot(*(way - velocity * min(dt, self.ON_S)).T) / scale)
            cut = self._left(moved, far)
        self._velocities.append(way / dt)
        if cut:
            self._velocities.clear()
            return replace(frame, cut=True)
        return frame

    def _left(self, moved: Points, far: float) -> bool:
        """Whether the body left its place; `moved` (8,) in body scales."""
        ordered = np.sort(moved)
        return bool(ordered[1] > self.LEFT_PLACE and (ordered[3] + ordered[4]) / 2 > far)
