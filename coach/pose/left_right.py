"""Left and right over time: in a lunge seen from the side the model gives one leg the other's name, or mixes the two.

What can be told from the landmarks alone:

- Legs change places only by moving.  A leg that moves while the other stands takes their middle along, so legs that
  change places about a middle that stays were swapped by the model.  In doubt it gives a mixture: both legs lie
  between the places of the two.  From the front, where each leg is seen by itself, what lies between is not believed;
  from the side such frames are left as they are, and tremble: the body is doubted.
- From the side the mistake goes one way: the near leg in front is taken for the far one.  Of 1373 frames with the near
  leg in front (rendered and real lunges) 35 % were named wrong, and 7 % were mixtures; of 1197 with the far leg in
  front 0.4 % were wrong, and none a mixture.  So "the near leg is in front" is believed at once, and "the far leg is
  in front" as long as nothing speaks against it.
"""

from dataclasses import dataclass, replace
from math import hypot, isnan
from typing import Final, NamedTuple

import numpy as np

from coach.pose.landmarks import INDEX, LEG, at
from coach.pose.scale import body_scale
from coach.pose.types import PoseFrame

LEFT: Final = [at("left", joint) for joint in LEG]
RIGHT: Final = [at("right", joint) for joint in LEG]
KNEES_ANKLES: Final = slice(INDEX["left_knee"], INDEX["right_ankle"] + 1)  # left and right knee, then ankles
HIPS: Final = slice(INDEX["left_hip"], INDEX["right_hip"] + 1)

TINY: Final = 1e-6  # pixels

Four = tuple[float, float, float, float]  # x and y of a knee, x and y of an ankle


class Trust(NamedTuple):
    """How far the model's naming changes our belief in ours, in seconds of belief for each second of it."""

    agrees: float
    most: float  # seconds of belief that agreeing can give
    differs: float


SURE: Final = Trust(1.0, 1.0, 1.0)
MIXTURE: Final = Trust(1.0, 0.2, 1.0)  # tells that the near leg is in front, though not for how long
DOUBTFUL: Final = Trust(0.7, 0.2, 0.1)  # may be a mistake: 10 s of it outweigh 1 s that was sure
# As its usual mistake in lunges looks, and that lasts.  With 10 s, the 0.2 s in which legs that part were seen rightly
# did not last through a held lunge: of one 7 % were named wrong, with 20 s 2 %, and of no other more.
USUAL: Final = Trust(0.7, 0.2, 0.05)


@dataclass(frozen=True, slots=True)
class Legs:
    """The legs of one frame in pixels.

    apart   left minus right, of knee and ankle
    middle  left plus right: the same whichever leg has which name
    hips    left minus right hip
    """

    t: float
    apart: Four
    middle: Four
    hips: tuple[float, float]

    @classmethod
    def of(cls, frame: PoseFrame) -> "Legs":
        """The legs as the model names them."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = frame.xy[KNEES_ANKLES].tolist()
        (hx, hy), (kx, ky) = frame.xy[HIPS].tolist()
        return cls(
            frame.t,
            (ax - bx, ay - by, cx - dx, cy - dy),
            (ax + bx, ay + by, cx + dx, cy + dy),
            (hx - kx, hy - ky),
        )

    def swapped(self) -> "Legs":
        """The same with the names changed; the hips keep theirs, since the model does not swap them."""
        a, b, c, d = self.apart
        return Legs(self.t, (-a, -b, -c, -d), self.middle, self.hips)

    @property
    def feet(self) -> "Legs":
        """The ankles alone, as if the knees had not moved."""
        return Legs(self.t, (0.0, 0.0, *self.apart[2:]), (0.0, 0.0, *self.middle[2:]), self.hips)

    @property
    def distance(self) -> float:
        """Pixels, of the knees and the ankles together."""
        return _length(self.apart)


class LeftRight:
    """Gives each leg the name that it had, as long as the legs are clearly apart, and weighs whether that was right.

    `_belief` is how sure our naming is, in seconds for which the model said the same and is to be trusted.  When it
    falls below zero, the names change.  Where the legs come together or move so far that either naming could be
    right, nothing is believed, and the model's naming holds.
    """

    APART = 0.25  # of the body's scale, knees and ankles together
    CLEAR = 0.4  # of the legs' distance: so much better must the swapped legs fit
    MIXED = 0.3  # of the legs' distance: so much of it a mixture lacks
    BENT = 0.4  # of the legs' distance: farther from the line between their places lies no mixture
    PLAIN = 0.15  # and nearer than this only a mixture, while their middle stays
    MIXED_S = 1.0  # what looks like a mixture for longer is where the legs are
    TOGETHER_S = 0.3  # and sooner where they seem to be together
    HIP_WIDTHS = 2.0  # turning round, knees and ankles each change sides as far as the hips do
    FRAME_S = 0.1  # for so long a frame speaks at most, and after a gap no longer than the one before it
    GAP_S = 0.5  # legs not seen for longer may have changed places

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self._legs: Legs | None = None  # the last ones that were no mixture, under our names
        self._belief = 0.0
        self._t = self._frame_s = 0.0
        self._swapped = False  # the last frame
        self._motion = Motion()

    def step(self, frame: PoseFrame) -> PoseFrame:
        now = Legs.of(frame)
        if any(isnan(value) for value in now.apart):
            return frame
        before_s, self._frame_s, self._t = self._frame_s, frame.t - self._t, frame.t
        even = self._motion.step(frame.t, now.apart, self._swapped)
        if self._legs is None or self._frame_s > self.GAP_S:
            self._swapped, self._frame_s = self._begin(now), 0.0
        else:
            dt = min(self._frame_s, before_s, self.FRAME_S)
            self._swapped = self._is_swapped(frame, now, self._legs, dt, even)
        named = _swap_legs(frame) if self._swapped else frame
        assert self._legs is not None  # of this frame, or of the last one that was no mixture
        mixture = self._legs.t < frame.t
        if mixture and not _from_the_side(frame):
            lost = self._between(now.swapped() if self._swapped else now, self._legs, self._unit(frame))
            return named.without(lost) if lost else named
        return named

    def _unit(self, frame: PoseFrame) -> float:
        """Pixels from which legs are apart."""
        return self.APART * body_scale(frame.xy)

    def _between(self, now: Legs, last: Legs, unit: float) -> list[int]:
        """The landmarks of a mixture that lie between the places of the two legs: nobody saw them there."""
        lost: list[int] = []
        for i, joints in ((0, LEFT[:1] + RIGHT[:1]), (2, LEFT[1:] + RIGHT[1:])):
            was = hypot(*last.apart[i : i + 2])
            moved = hypot(now.apart[i] - last.apart[i], now.apart[i + 1] - last.apart[i + 1])
            if was > unit and moved > self.MIXED * was:
                lost += joints
        return lost

    def _begin(self, now: Legs) -> bool:
        """From here on the model's names hold, and nothing speaks for them yet."""
        self._legs, self._belief = now, 0.0
        return False

    def _is_swapped(self, frame: PoseFrame, now: Legs, last: Legs, dt: float, even: bool) -> bool:
        """Whether the model gives each leg the other's name, or a mixture nearer to it; `last` is under our names."""
        unit = self._unit(frame)
        kept, changed = self._unexplained(now, last), self._unexplained(now.swapped(), last)
        better = (kept - changed) / max(now.distance, last.distance, TINY)
        swapped = better > self.CLEAR and not even
        named = now.swapped() if swapped else now
        if not even and (
            self._mixed(named, last, unit)
            # Knees that fall in come together by moving, planted feet do not.
            or (not _from_the_side(frame) and self._mixed(named.feet, last.feet, unit))
        ):
            return swapped != self._doubted(frame, now, last, dt)
        if not now.distance > unit or not last.distance > unit / 2:
            return self._begin(now)
        if not swapped and better >= -self.CLEAR:
            self._belief = 0.0
        if self._weigh(not swapped, _trust(frame, now), dt):
            swapped = False
        self._legs = now.swapped() if swapped else now
        return swapped

    def _unexplained(self, now: Legs, last: Legs) -> float:
        """Pixels by which the legs moved against each other, beyond what their middle and the hips moved."""
        turned = hypot(now.hips[0] - last.hips[0], now.hips[1] - last.hips[1])
        explained = _distance(now.middle, last.middle) + self.HIP_WIDTHS * turned
        return max(0.0, _distance(now.apart, last.apart) - explained)

    def _mixed(self, now: Legs, last: Legs, unit: float) -> bool:
        """Whether legs that were wide apart came nearer to each other without moving."""
        limit_s = self.MIXED_S if now.distance > unit else self.TOGETHER_S
        nearer = now.distance < last.distance and last.distance > 2 * unit
        recent = now.t - last.t < limit_s
        lacks = self._unexplained(now, last) > self.MIXED * last.distance
        return nearer and recent and lacks and _off_line(now.apart, last.apart) < self.BENT * last.distance

    def _doubted(self, frame: PoseFrame, now: Legs, last: Legs, dt: float) -> bool:
        """A plain mixture tells that the near leg is in front; whether that turns our naming round."""
        near = self.PLAIN * last.distance
        plain = _off_line(now.apart, last.apart) < near and _distance(now.middle, last.middle) < 2 * near
        if not (plain and _from_the_side(frame) and self._weigh(_near_leg_in_front(last), MIXTURE, dt)):
            return False
        self._legs = last.swapped()
        return True

    def _weigh(self, agrees: bool, trust: Trust, dt: float) -> bool:
        """Count `dt` seconds for our naming or against it; whether that turns it round."""
        if not agrees:
            self._belief -= trust.differs * dt
        elif self._belief < trust.most:
            self._belief = min(trust.most, self._belief + trust.agrees * dt)
        turned = self._belief < 0
        self._belief = abs(self._belief)
        return turned


class Motion:
    """Whether the legs move evenly past each other, as in walking: a swap is a jump, and mixtures tremble.

    It matters where the camera goes with the person, or somebody walks on the spot: there the middle of the legs
    hardly moves.
    """

    EVEN = 0.5  # of a frame's motion: how far it may differ from the one before
    FRAMES = 2  # so many in a row
    # And for so long.  At 15 frames a second a swap by way of a mixture looks even for 2: of one lunge 16 % were named
    # wrong for that, and now 1 %.
    EVEN_S = 0.14

    def __init__(self) -> None:
        self._apart: Four | None = None
        self._moved: Four | None = None
        self._even = 0
        self._since_s = 0.0
        self._began_swapped = False

    def step(self, t: float, apart: Four, swapped: bool) -> bool:
        """Whether the legs, as the model names them, move evenly, and were not swapped when that began.

        swapped  whether they were in the last frame
        """
        before = self._moved
        moved = None if self._apart is None else _minus(apart, self._apart)
        self._apart, self._moved = apart, moved
        if moved is not None and before is not None and _distance(moved, before) < self.EVEN * _length(moved):
            self._even += 1
        else:
            self._even, self._since_s, self._began_swapped = 0, t, swapped
        return self._even >= self.FRAMES and t - self._since_s > self.EVEN_S and not self._began_swapped


def _from_the_side(frame: PoseFrame) -> bool:
    """Whether one hip is nearer to the camera, more than 30 degrees from where both are as near."""
    x, z = _hips_in_space(frame)
    return abs(z) > 0.5 * abs(x)


def _near_leg_in_front(legs: Legs) -> bool:
    """From the side: the left one is near where the person faces left, and the right one where they face right."""
    return legs.apart[0] + legs.apart[2] < 0


def _trust(frame: PoseFrame, legs: Legs) -> Trust:
    """How far the model's naming is to be trusted, given how the legs lie."""
    if _never_mistaken(frame, legs):
        return SURE
    return USUAL if _in_profile(frame) else DOUBTFUL


def _in_profile(frame: PoseFrame) -> bool:
    """Whether the hips lie one behind the other, within about 30 degrees: there the usual mistake was measured."""
    x, z = _hips_in_space(frame)
    return abs(z) > 1.7 * abs(x)


def _never_mistaken(frame: PoseFrame, legs: Legs) -> bool:
    """Whether the legs lie as the model says by mistake hardly ever: in front views, on the sides of their hips."""
    if _from_the_side(frame):
        return _near_leg_in_front(legs)
    return (legs.apart[0] + legs.apart[2]) * _hips_in_space(frame)[0] > 0


def _hips_in_space(frame: PoseFrame) -> tuple[float, float]:
    """Left minus right hip in metres: to the right of the picture, and away from the camera."""
    (ax, _, az), (bx, _, bz) = frame.world[HIPS].tolist()
    return ax - bx, az - bz


def _minus(a: Four, b: Four) -> Four:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]


def _length(a: Four) -> float:
    return hypot(a[0], a[1]) + hypot(a[2], a[3])


def _distance(a: Four, b: Four) -> float:
    return hypot(a[0] - b[0], a[1] - b[1]) + hypot(a[2] - b[2], a[3] - b[3])


def _off_line(a: Four, b: Four) -> float:
    """Pixels from `a` to the nearest multiple of `b`."""
    share = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]) / max(
        b[0] * b[0] + b[1] * b[1] + b[2] * b[2] + b[3] * b[3], TINY
    )
    return _distance(a, (b[0] * share, b[1] * share, b[2] * share, b[3] * share))


def _swap_legs(frame: PoseFrame) -> PoseFrame:
    order = np.arange(len(frame.xy))
    order[LEFT], order[RIGHT] = RIGHT, LEFT
    return replace(frame, xy=frame.xy[order], visibility=frame.visibility[order], world=frame.world[order])
