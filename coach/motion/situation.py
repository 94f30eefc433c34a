"""Where the camera stands and how the body lies: what has to be known before anything is judged.

All of it is a function of a frame, or of a track with a leading axis.
"""

import cmath
from collections import deque
from dataclasses import dataclass
from math import degrees, isnan, radians
from typing import Any, Final, Literal

import numpy as np

from coach.motion.body import Body
from coach.motion.geometry import arctan2_deg, incline_deg, where
from coach.motion.measures import ViewName
from coach.pose import INDEX, PoseFrame, PoseTrack, Side
from coach.pose.scale import body_scale

Position = Literal[
    "standing", "bent_over", "kneeling", "sitting", "quadruped", "supine", "prone", "side_lying"
]

SIDE_FROM_DEG: Final = 58.0  # azimuth from which it is a side view: projection errors stay under 13 degrees
FRONT_TO_DEG: Final = 35.0
HYSTERESIS_DEG: Final = 8.0
OVER_DEG: Final = 6.0  # on hands and knees the shoulder line reads turned by up to 9 degrees more than it is
UPRIGHT_DEG: Final = 65.0  # trunk from the vertical; people squat with up to 60, lie with 85 and more
STEEP_DEG: Final = 65.0  # shank from the vertical: on the feet, not on the knees


def azimuth_deg(body: Body) -> Any:
    """Turn of the body's left-right line out of the picture plane, in (-180, 180].

    0: facing the camera, 90: the right side to it, -90: the left side, 180: the back.  From the world
    landmarks of the shoulders (measured: slope 0.8, spread 3 degrees) since in the picture a turn to the
    left and one to the right look alike.  For a body lying on its side, where that line stands upright,
    whether front or back faces the camera decides.
    """
    across = body.across()
    yaw = arctan2_deg(across[2], across[0])
    upright = _lies_on_side(body)
    if not np.any(upright):
        return yaw
    # Out of the chest: left-right line by trunk; its z points away from the camera.
    trunk = body.trunk()
    chest_z = across[0] * trunk[1] - across[1] * trunk[0]
    return where(upright, where(chest_z > 0, 180.0, 0.0), yaw)


def view_of(azimuth: float, before: ViewName | None = None, position: str = "") -> ViewName | None:
    """The view's name; None without a pose.  `before` keeps the view near its limits; `position` is the body's."""
    if isnan(azimuth):
        return None
    from_front = abs(azimuth)
    off = min(from_front, 180 - from_front)  # 0: front or back, 90: side
    side_from = SIDE_FROM_DEG - (HYSTERESIS_DEG if before == "side" else 0)
    side_from += OVER_DEG if position == "quadruped" else 0
    front_to = FRONT_TO_DEG + (HYSTERESIS_DEG if before in ("front", "back") else 0)
    if off >= side_from:
        return "side"
    if off <= front_to:
        return "front" if from_front < 90 else "back"
    return "three_quarter"


def turned(before: str, after: str) -> bool:
    """Whether somebody turned between two views: half-way is told from front and side by a few degrees only."""
    return {before, after} in ({"side", "front"}, {"side", "back"})


def near_side(azimuth: float) -> Side:
    """The side nearer to the camera."""
    return "right" if azimuth >= 0 else "left"


def position_of(body: Body) -> Any:
    """The body's position by name; "" without a pose.  A str for a frame, an array of str for a track.

    Upright and level are told apart by the trunk in the picture; supine from prone by which way the chest
    points in the world landmarks, and by the knees, which bend upwards only in somebody on the back.
    """
    if body.is_frame:
        return _position(body)
    frames = zip(body.z, body.world, body.visibility, strict=True)
    return np.array([_position(Body.made(z, world, seen, body.size)) for z, world, seen in frames], dtype=str)


def _position(body: Body) -> str:
    trunk = float(body.lean_deg())
    if isnan(trunk):
        return ""
    hip, knee, ankle = (_middle(body, name) for name in ("hip", "knee", "ankle"))
    if isnan((knee - ankle).imag):
        return ""
    shank, thigh = abs(knee - ankle), abs(hip - knee)
    hip_rise = (hip - ankle).imag
    shank_steep = abs(incline_deg(knee - ankle)) < STEEP_DEG
    on_feet = shank_steep and hip_rise > 0.25 * shank
    on_knees = not shank_steep and (hip - knee).imag > 0.55 * thigh
    if trunk < UPRIGHT_DEG:
        return "standing" if on_feet else "kneeling" if on_knees else "sitting"
    if on_knees and _hands_down(body):
        return "quadruped"
    leaning = trunk < 88 and hip_rise > 0.5 * shank
    folded = trunk < 130 and hip_rise > 1.25 * shank
    if on_feet and (leaning or folded):
        return "bent_over"
    across = body.across()
    if _lies_on_side(body):
        return "side_lying"
    knees_up = (knee - (hip + ankle) / 2).imag > 0.2 * thigh
    return "supine" if knees_up or _chest_up(across, body.trunk()) else "prone"


def _middle(body: Body, name: str) -> complex:
    """Half-way between left and right; where one has no place, the other: what is NaN compares as false."""
    left, right = complex(body.joint("left", name)), complex(body.joint("right", name))
    if isnan(left.imag):
        return right
    return left if isnan(right.imag) else (left + right) / 2


def _hands_down(body: Body) -> bool:
    shoulder = complex(body.middle("shoulder"))
    return (shoulder - _middle(body, "wrist")).imag > 0.5 * abs(shoulder - complex(body.middle("hip")))


def _chest_up(across: Any, trunk: Any) -> bool:
    """Whether the chest points up: y of left-right line by trunk, which falls downwards."""
    return bool(across[2] * trunk[0] - across[0] * trunk[2] < 0)


@dataclass(frozen=True, slots=True)
class Framing:
    """How the person stands in the picture.

    cut_off     which needed landmarks lie outside or at the rim
    too_coarse  the person is large in it, and yet of few pixels: to come nearer does not help
    """

    cut_off: tuple[str, ...] = ()
    too_far: bool = False
    too_near: bool = False
    too_coarse: bool = False

    @property
    def ok(self) -> bool:
        """Whether everything needed is in the picture, and large enough."""
        return not (self.cut_off or self.too_far or self.too_near or self.too_coarse)


RIM: Final = 0.008  # of the picture: the model puts joints it cannot see on the rim, or beyond
SMALL_PX: Final = 26.0  # a trunk of fewer pixels: one pixel is two degrees
LARGE_SHARE: Final = 0.15  # of its smaller side: somebody who stands fills half of it
SMALL_SHARE: Final = 0.045  # of the picture's larger side


def framing_of(frame: PoseFrame, needed: tuple[str, ...]) -> Framing:
    """Which of the needed landmarks are cut off, and whether the person is too far or too near."""
    width, height = frame.size
    left, right, top, bottom = RIM * width, (1 - RIM) * width, RIM * height, (1 - RIM) * height
    places = frame.xy.tolist()
    outside: list[str] = []
    for name in needed:
        x, y = places[INDEX[name]]
        if x < left or x > right or y < top or y > bottom:  # a joint without a place is hidden, not cut off
            outside.append(name)
    scale = body_scale(frame.xy)
    small = scale < max(SMALL_PX, SMALL_SHARE * max(width, height))
    coarse = small and scale > LARGE_SHARE * min(width, height)
    too_near = len(outside) >= 3 and scale > 0.4 * min(width, height)
    return Framing(tuple(outside), small and not coarse, too_near and not coarse, coarse)


@dataclass(frozen=True, slots=True)
class Situation:
    """A frame's view, near side, position and azimuth; None, "" and NaN where there is no pose."""

    azimuth_deg: float
    view: ViewName | None
    near: Side | None
    position: str


class Observer:
    """The situation over time: the view follows the mean azimuth of the last WINDOW_S.

    A single frame's turn of the shoulder line is rough; where the camera stands changes slowly.
    """

    WINDOW_S = 1.0

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the past, after a cut."""
        self._azimuths: deque[tuple[float, complex]] = deque()
        self._view: ViewName | None = None

    def step(self, t: float, body: Body) -> Situation:
        """The situation at `t` seconds."""
        azimuth = float(azimuth_deg(body))
        if isnan(azimuth):
            return Situation(azimuth, None, None, "")
        # On the circle, so that 179 and -179 are neighbours.
        self._azimuths.append((t, cmath.rect(1, radians(azimuth))))
        while self._azimuths[0][0] < t - self.WINDOW_S:
            self._azimuths.popleft()
        azimuth = degrees(cmath.phase(sum(v for _, v in self._azimuths)))
        position = str(position_of(body))
        self._view = view_of(azimuth, self._view, position)
        return Situation(azimuth, self._view, near_side(azimuth), position)


def situations(track: PoseTrack) -> list[Situation]:
    """The situation of every frame of a track."""
    observer = Observer()
    return [observer.step(frame.t, Body.of(frame)) for frame in track]


def _lies_on_side(body: Body) -> Any:
    """Whether the left-right line is nearer to the vertical than 37 degrees, of shoulders and hips together.

    Who lies on the side props up the chest on an arm: the shoulders alone slope by 50 degrees.
    """
    x, y, z = body.breadth()
    return y * y > 0.64 * (x * x + y * y + z * z)
