"""Since when somebody holds still, told by a few measures: a state machine on (t, values)."""

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final

LOOK_BACK_S: Final = 0.3
LEARN_S: Final = 1.0  # how unsteadily a measure reads is learnt over that time
UNSTEADY: Final = 5.0  # changes up to so many standard deviations of its noise are none
NORMAL: Final = 0.6745  # median of what a normal distribution of standard deviation 1 is off by
SECOND: Final = 6**0.5  # standard deviation of x(i-1) - 2 x(i) + x(i+1), of which steady movement is no part


class Stillness:
    """Watches measures that change by no more than `within` (one for each) in somebody who holds still.

    A measure that reads unsteadily may change by as much as it trembles, or wavers to and fro, anyway.

    >>> still = Stillness([4.0])
    >>> rising = (min(50.0, 20 * i / 3) for i in range(18))
    >>> [round(still.step(i / 30, [x]), 2) for i, x in enumerate(rising)][::4]
    [-inf, 0.13, 0.23, 0.23, -inf]
    """

    def __init__(self, within: Sequence[float]) -> None:
        self._within = tuple(within)
        self._path: deque[tuple[float, Sequence[float]]] = deque()

    def step(self, t: float, values: Sequence[float]) -> float:
        """From when on nothing changed by more than in somebody who holds still; -inf: longer than is looked back.

        values  of the measures, in the order of `within`; NaN where not seen
        """
        path = self._path
        path.append((t, tuple(values)))
        while path[0][0] < t - LEARN_S:
            path.popleft()
        within = [
            max(least, UNSTEADY * self._noise(i), self._wavering(i)) for i, least in enumerate(self._within)
        ]
        since = -inf
        for (earlier_s, earlier), (later_s, _) in pairwise(path):
            if earlier_s >= t - LOOK_BACK_S and _apart(earlier, values, within):
                since = later_s
        return since

    def _noise(self, i: int) -> float:
        return trembling([values[i] for _, values in self._path])

    def _wavering(self, i: int) -> float:
        """By how much a measure went one way and came back again; 0 where it goes one way only: that is moving."""
        lowest, highest, up, down = inf, -inf, 0.0, 0.0
        for _, values in self._path:  # comparing is four times as quick as min and max; NaN is neither
            value = values[i]
            if value < lowest:
                lowest = value
            if value > highest:
                highest = value
            if value - lowest > up:
                up = value - lowest
            if highest - value > down:
                down = highest - value
        return min(up, down)


def trembling(x: Sequence[float]) -> float:
    """The standard deviation by which a signal trembles from sample to sample; 0 where too few were seen."""
    values = [*x]
    bends = [abs(a - 2 * b + c) for a, b, c in zip(values, values[1:], values[2:], strict=False)]
    seen = [bend for bend in bends if bend == bend]
    return median(seen) / NORMAL / SECOND if len(seen) >= 3 else 0.0


def _apart(a: Sequence[float], b: Sequence[float], within: Sequence[float]) -> bool:
    return any(abs(x - y) > most for x, y, most in zip(a, b, within, strict=True))
