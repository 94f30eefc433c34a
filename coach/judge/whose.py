"""Whose repetition it was, where sides take turns: a state machine on (t, signal of each side).

The model lets one leg follow the other, or draws the wrong one: what moves one side's signal by hardly more than the
other's may have been the other's.
"""

from collections import deque
from collections.abc import Mapping

import numpy as np

from coach.pose import Side, other


class Whose:
    """Follows the signals of both sides for `keep_s` seconds."""

    def __init__(self, keep_s: float) -> None:
        self._keep_s = keep_s
        self._path: deque[tuple[float, Mapping[Side, float]]] = deque()

    def take(self, t: float, signals: Mapping[Side, float]) -> None:
        """Take the next frame; NaN where a side is not seen."""
        self._path.append((t, signals))
        while self._path[0][0] < t - self._keep_s:
            self._path.popleft()

    def ahead(self, side: Side, start_s: float, end_s: float) -> float:
        """By how much further this side went between two times than the other one did meanwhile, in the signal's unit.

        NaN where one of them was not seen then.
        """
        seen = [s for t, s in self._path if start_s <= t <= end_s]
        own, fellow = (np.array([s.get(of, np.nan) for s in seen]) for of in (side, other(side)))
        both = np.isfinite(own) & np.isfinite(fellow)
        if not both.any():
            return float("nan")
        went, followed = own[both] - own[both][0], fellow[both] - fellow[both][0]
        furthest = int(np.argmax(np.abs(went)))
        return float((went[furthest] - followed[furthest]) * np.sign(went[furthest]))
