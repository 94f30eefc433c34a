"""A bone does not stretch: whether the foot that is seen is still the person's own."""

from collections import deque
from statistics import median
from typing import Final

from coach.motion import Body, ViewName
from coach.pose import INDEX, Side

# In repetitions filmed from the side, rendered and real, the shank reads 0.78 to 1.12 of its length at rest; with the
# foot on a bystander's leg 1.16 and more, with the knee behind a chair 0.57.
LONGEST: Final = 1.15
SHORTEST: Final = 0.7
REST_S: Final = 3.0


class Shank:
    """Tells when the model puts the foot somewhere else, on somebody's who stands by or on a chair.

    The model calls it visible all the same.  From the side a shank keeps its length in the picture, but for turning a
    little out of its plane; so one that is longer than at rest, or much shorter, has lost its foot.
    """

    def __init__(self, side: Side) -> None:
        self._side: Side = side
        self.landmarks = frozenset(INDEX[f"{side}_{joint}"] for joint in ("ankle", "heel", "foot_index"))
        self._at_rest: deque[tuple[float, float]] = deque()
        self._length = float("nan")

    def rest(self, t: float, body: Body) -> None:
        """A frame at rest: its length is learnt, over the last REST_S."""
        length = self._length_of(body)
        if length == length:
            self._at_rest.append((t, length))
        while self._at_rest and self._at_rest[0][0] < t - REST_S:
            self._at_rest.popleft()
        self._length = float("nan")

    def lost(self, body: Body, view: ViewName) -> frozenset[int]:
        """The landmarks of the foot, where they cannot be the own one's; empty elsewhere."""
        if view != "side" or not self._at_rest:
            return frozenset()
        if self._length != self._length:
            self._length = median(length for _, length in self._at_rest)
        stretch = self._length_of(body) / self._length
        return self.landmarks if not SHORTEST <= stretch <= LONGEST else frozenset()

    def _length_of(self, body: Body) -> float:
        return float(abs(body.axis(self._side, "knee", "ankle")))
