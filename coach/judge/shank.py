"""A bone does not stretch: whether the foot that is seen is still the person's own."""

from collections import deque
from statistics import median
from typing import Final

from coach.motion import Body, ViewName
from coach.pose import INDEX, Side, other

# In repetitions filmed from the side, rendered and real, the shank reads 0.78 to 1.12 of its length at rest; with the
# foot on a bystander's leg 1.16 and more, with the knee behind a chair 0.57.
LONGEST: Final = 1.15
SHORTEST: Final = 0.7
REST_S: Final = 3.0


class Shank:
    """Tells when the model puts the foot somewhere else, on somebody's who stands by or on a chair.

    The model calls it visible all the same.  From the side a shank keeps its length in the picture, but for turning a
    little out of its plane; so one that is longer than at rest, or much shorter, has lost its foot.  Both shanks are
    equally long: the hidden one, which the model draws too short while the legs stand together, may be as long as the
    other.  And who steps toward the camera has a whole leg that grows.
    """

    def __init__(self, side: Side) -> None:
        self._side: Side = side
        self.landmarks = frozenset(INDEX[f"{side}_{joint}"] for joint in ("ankle", "heel", "foot_index"))
        self._at_rest: deque[tuple[float, float, float, float]] = deque()  # time, shank, longer shank, thigh
        self._rest: tuple[float, ...] = ()

    def rest(self, t: float, body: Body) -> None:
        """A frame at rest: the lengths are learnt, over the last REST_S."""
        own = _shank(body, self._side)
        if own == own:
            fellow = _shank(body, other(self._side))
            self._at_rest.append((t, own, max(own, fellow) if fellow == fellow else own, self._thigh(body)))
        while self._at_rest and self._at_rest[0][0] < t - REST_S:
            self._at_rest.popleft()
        self._rest = ()

    def lost(self, body: Body, view: ViewName) -> frozenset[int]:
        """The landmarks of the foot, where they cannot be the own one's; empty elsewhere."""
        if view != "side" or not self._at_rest:
            return frozenset()
        if not self._rest:
            self._rest = tuple(median(row[i] for row in self._at_rest) for i in (1, 2, 3))
        own, longer, thigh = self._rest
        nearer = max(1.0, self._thigh(body) / thigh) if thigh > 0 else 1.0
        in_place = SHORTEST * own <= _shank(body, self._side) <= LONGEST * nearer * longer
        return frozenset() if in_place else self.landmarks

    def _thigh(self, body: Body) -> float:
        return float(abs(body.axis(self._side, "hip", "knee")))


def _shank(body: Body, side: Side) -> float:
    return float(abs(body.axis(side, "knee", "ankle")))
