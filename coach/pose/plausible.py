"""Can this be a body?  The model answers with a whole skeleton even where it saw two legs or none.

Its own visibility does not tell (hips are "visible" in every picture); the body's proportions do.
"""

from collections import deque
from dataclasses import replace
from math import inf
from typing import Final

from coach.pose.types import PoseFrame

TWISTED: Final = "upside_down"
PROPORTIONS: Final = "proportions"
UNSTEADY: Final = "unsteady"
UNSTEADY_LEGS: Final = "unsteady_legs"

Lengths = tuple[float, ...]


class Plausible:
    """Marks frames whose body cannot be real: `doubt` says why.

    - upside_down: shoulders below the hips by most of a trunk while the feet are not higher still
      than the hips.  A person on the floor is not meant: there the trunk is about level.
    - proportions: one leg segment more than MAX_RATIO times the trunk, most of the others less than half of it.
      Projection shortens some segments, but hardly all but one.  The ratio is chosen, not measured.
    - unsteady: the segments' lengths tremble from frame to frame.  A body moves, but its acceleration
      is bounded; an invented one is drawn anew each time.  Measured over WINDOW_S by how far a frame's
      lengths lie off the straight line between those before and after it: real people 0.2 to 2.4 % of the
      longest segment at 30 frames a second, invented bodies 2.4 to 10 % (half of them above 5 %).
    - unsteady_legs: the same of the legs, while the trunk's length is as steady as a real one's.  The model saw
      somebody, and mixes up the legs.
    """

    MAX_RATIO = 3.2
    WINDOW_S = 0.6
    TREMBLE = 0.028
    TREMBLE_PER_S = 0.6  # further frames apart, real motion bends more: 0.035 at 10 frames a second

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._last: list[tuple[float, Lengths]] = []  # of the last two frames
        self._bends: deque[tuple[float, Lengths]] = deque()

    def step(self, frame: PoseFrame) -> PoseFrame:
        z = (frame.xy[:, 0].astype(float) - 1j * frame.xy[:, 1]).tolist()
        trunk = (z[11] + z[12] - z[23] - z[24]) / 2
        lengths = (
            abs(trunk),
            abs(z[23] - z[25]),
            abs(z[25] - z[27]),
            abs(z[24] - z[26]),
            abs(z[26] - z[28]),
        )
        doubt = self._upside_down(z, trunk) or self._proportions(lengths) or self._unsteady(frame.t, lengths)
        return replace(frame, doubt=doubt) if doubt else frame

    @staticmethod
    def _upside_down(z: list[complex], trunk: complex) -> str:
        ankle_rise = max(z[27].imag, z[28].imag) - (z[23].imag + z[24].imag) / 2
        steep = -trunk.imag > 0.8 * abs(trunk)
        return TWISTED if steep and ankle_rise > -0.3 * abs(trunk) else ""

    def _proportions(self, lengths: Lengths) -> str:
        trunk, *legs = lengths
        longest = max((v for v in legs if v == v), default=0.0)
        # A thigh or a shank several times the trunk: the trunk was invented, or the legs.
        if trunk > 0 and longest > self.MAX_RATIO * max(trunk, 1e-6):
            other = sorted(v for v in legs if v == v)
            if len(other) >= 3 and other[-3] < longest / 2:
                return PROPORTIONS
        return ""

    def _unsteady(self, t: float, lengths: Lengths) -> str:
        before, self._last = self._last, [*self._last[-1:], (t, lengths)]
        if len(before) < 2:
            return ""
        (first_t, first), (middle_t, middle) = before
        share = (middle_t - first_t) / (t - first_t) if t > first_t else 0.5
        bends = self._bends
        bend = tuple(abs(b - a - share * (c - a)) for a, b, c in zip(first, middle, lengths, strict=True))
        bends.append((t, bend))
        while bends[0][0] < t - self.WINDOW_S:
            bends.popleft()
        seen = [[b for b in column if b == b] for column in zip(*(b for _, b in bends), strict=True)]
        means = sorted(sum(column) / len(column) for column in seen if len(column) >= 3)
        if len(means) < 3:
            return ""
        dt = (t - bends[0][0]) / (len(bends) - 1)
        limit = self.TREMBLE + self.TREMBLE_PER_S * max(0.0, dt - 1 / 30)
        most = limit * max((length for length in lengths if length == length), default=inf)
        if means[len(means) // 2] <= most:
            return ""
        trunk = seen[0]
        return UNSTEADY_LEGS if len(trunk) >= 3 and sum(trunk) / len(trunk) <= most else UNSTEADY
