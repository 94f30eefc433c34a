"""A picture that stands still: a camera that hangs shows the same one for ever, and it looks like a perfect hold."""

from dataclasses import replace
from typing import Final

import numpy as np

from coach.pose.light import Image, light_of
from coach.pose.types import PoseFrame

FROZEN: Final = "frozen"
EVERY: Final = 4  # pixels, along both sides: of the others no more is learnt
GLANCE: Final = 5  # of those, along both sides, are looked at first: mostly they tell that something changed
SAME: Final = 2  # levels of 255, by which a coded picture differs where nothing moved; fewer where it is dim
DIM: Final = 0.35  # 99th percentile of brightness below which noise is as much smaller
LASTS_S: Final = 1.5  # in films of people who hold still some pixel changes after 0.6 s at the latest


class Frozen:
    """Tells a picture in which nothing at all has changed for LASTS_S."""

    def __init__(self) -> None:
        self._last: Image | None = None
        self._since_s = 0.0

    def step(self, image: Image, t: float) -> bool:
        """Whether the picture (h, w, 3) at `t` seconds stands still."""
        now = image[::EVERY, ::EVERY].copy()
        last, self._last = self._last, now
        if last is None or last.shape != now.shape or _differ(last, now, image):
            self._since_s = t
        return t - self._since_s >= LASTS_S


def nobody_in(image: Image, t: float) -> PoseFrame:
    """What a picture that stands still shows: nobody, and why."""
    height, width = image.shape[:2]
    return replace(PoseFrame.empty(t, (width, height)), doubt=FROZEN)


def _differ(a: Image, b: Image, image: Image) -> bool:
    """Whether anything changed between these pixels; `image` is the picture, for its light."""
    if _most(a[::GLANCE, ::GLANCE], b[::GLANCE, ::GLANCE]) > SAME:
        return True
    most = _most(a, b)
    # Where there is little light somebody who holds still moves the picture by as much less.
    return most > SAME or most > int(SAME * min(1.0, light_of(image) / DIM))


def _most(a: Image, b: Image) -> int:
    """By how many levels a pixel differs at most."""
    return int((np.maximum(a, b) - np.minimum(a, b)).max())
