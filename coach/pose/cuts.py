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
    CLEARLY = 0.7  # of that along both axes, less than by the root of 2: then it is less along any
    # Body scales a second.  Who steps back from a lunge reaches 6.4 over 0.1 to 0.2 s: at 10 frames a second and
    # fewer, half of that was a cut in the middle of a repetition.
    SPEED = 7.0
    UNSEEN_SPEED = 1.75  # after frames without a pose
    ON_S = 0.3  # for so long a movement goes on as it was

    def __init__(self) -> None:
        self._t = 0.0
        self._points: Points | None = None  # (8, 2) pixels, of the last frame
        self._scale = float("nan")
        # (8, 2) pixels, and in how many seconds: of the last two pairs, since a camera in dim light repeats pictures.
        self._ways: deque[tuple[Points, float]] = deque(maxlen=2)

    def step(self, frame: PoseFrame, unseen: bool = False) -> PoseFrame:
        """Mark the frame if it does not continue the last one; `unseen`: there were frames between without a pose.

        Edits often fade, and while they do nobody is found; so somebody who is elsewhere after that may be so
        at a lower speed.
        """
        last, self._points = self._points, frame.xy[BODY]
        dt, self._t = max(frame.t - self._t, 1e-3), frame.t
        scale, self._scale = self._scale, body_scale(frame.xy)
        if last is None:
            return frame
        way = self._points - last
        # Mostly no joint left its place, and nothing else is to be asked; NaN is no answer.
        stayed = np.abs(way).max() <= self.CLEARLY * self.LEFT_PLACE * scale
        if not stayed and self._is_cut(way, dt, scale, unseen):
            self._ways.clear()
            return replace(frame, cut=True)
        self._ways.append((way, dt))
        return frame

    def _is_cut(self, way: Points, dt: float, scale: float, unseen: bool) -> bool:
        """Whether the body jumped by a way (8, 2) in `dt` seconds."""
        far = max(self.JUMP, (self.UNSEEN_SPEED if unseen else self.SPEED) * dt)
        moved = np.hypot(*way.T) / scale
        cut = self._left(moved, far)
        if cut and not unseen:
            for before, before_s in self._ways:
                on = way - before * (min(dt, self.ON_S) / before_s)
                moved = np.minimum(moved, np.hypot(*on.T) / scale)
            cut = self._left(moved, far)
        return cut

    def _left(self, moved: Points, far: float) -> bool:
        """Whether the body left its place; `moved` (8,) in body scales."""
        ordered = np.sort(moved)
        return bool(ordered[1] > self.LEFT_PLACE and (ordered[3] + ordered[4]) / 2 > far)
