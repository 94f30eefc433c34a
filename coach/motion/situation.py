"""Where the camera stands and how the body lies: what has to be known before anything is judged.

All of it is a function of a frame, or of a track with a leading axis.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from coach.motion.body import Body
from coach.motion.geometry import incline_deg
from coach.motion.measures import ViewName
from coach.pose import INDEX, PoseFrame, PoseTrack, Side
from coach.pose.scale import body_scale

Position = Literal["standing", "bent_over", "kneeling", "sitting", "quadruped", "supine", "prone", "side_lying"]

SIDE_FROM_DEG: Final = 58.0  # azimuth from which it is a side view: projection errors stay under 13 degrees
FRONT_TO_DEG: Final = 35.0
HYSTERESIS_DEG: Final = 8.0


def azimuth_deg(body: Body) -> Any:
    """Turn of the body's left-right line out of the picture plane, in (-180, 180].

    0: facing the camera, 90: the right side to it, -90: the left side, 180: the back.  From the world
    landmarks of the shoulders (measured: slope 0.8, spread 3 degrees) since in the picture a turn to the
    left and one to the right look alike.  For a body lying on its side, where that line stands upright,
    whether front or back faces the camera decides.
    """
    line = _world(body, "left_shoulder") - _world(body, "right_shoulder")
    trunk = _trunk_world(body)
    upright_line = np.abs(line[..., 1]) > 0.8 * np.linalg.norm(line, axis=-1)
    yaw = np.degrees(np.arctan2(line[..., 2], line[..., 0]))
    anterior = np.cross(line, trunk)  # out of the chest; z away from the camera
    lying = np.where(anterior[..., 2] > 0, 180.0, 0.0)
    return np.where(upright_line, lying, yaw)


def view_of(azimuth: float, before: ViewName | None = None) -> ViewName | None:
    """The view's name; None without a pose.  `before` keeps the view near its limits."""
    if np.isnan(azimuth):
        return None
    turned = abs(azimuth)
    off = min(turned, 180 - turned)  # 0: front or back, 90: side
    side_from = SIDE_FROM_DEG - (HYSTERESIS_DEG if before == "side" else 0)
    front_to = FRONT_TO_DEG + (HYSTERESIS_DEG if before in ("front", "back") else 0)
    if off >= side_from:
        return "side"
    if off <= front_to:
        return "front" if turned < 90 else "back"
    return "three_quarter"


def near_side(azimuth: float) -> Side:
    """The side nearer to the camera."""
    return "right" if azimuth >= 0 else "left"


def trunk_inclination_deg(body: Body) -> Any:
    """The trunk from the vertical in the picture: 0 upright, 90 level, 180 upside down."""
    return np.abs(incline_deg(body.middle("shoulder") - body.middle("hip")))


def position_of(body: Body) -> Any:
    """The body's position by name; "" without a pose.  Shape as the leading shape, dtype str.

    Upright and level are told apart by the trunk in the picture; supine from prone by which way the chest
    points in the world landmarks, and by the knees, which bend upwards only in somebody on the back.
    """
    trunk = trunk_inclination_deg(body)
    hip, knee, ankle = (body.middle(name) for name in ("hip", "knee", "ankle"))
    thigh = np.abs(hip - knee)
    shank_lean = np.abs(incline_deg(knee - ankle))
    hip_rise = np.imag(hip - ankle)
    on_feet = (shank_lean < 65) & (hip_rise > 0.25 * np.abs(knee - ankle))
    on_knees = (shank_lean >= 65) & (np.imag(hip - knee) > 0.55 * thigh)
    hands_down = np.imag(body.middle("shoulder") - body.middle("wrist")) > 0.5 * np.abs(
        body.middle("shoulder") - body.middle("hip")
    )
    line = _world(body, "left_shoulder") - _world(body, "right_shoulder")
    chest = np.cross(line, _trunk_world(body))
    side_lying = np.abs(line[..., 1]) > 0.8 * np.linalg.norm(line, axis=-1)
    knees_up = np.imag(knee - (hip + ankle) / 2) > 0.2 * thigh
    upright = trunk < 65
    bent = ((trunk < 88) & (hip_rise > 0.5 * np.abs(knee - ankle))) | (
        (trunk < 130) & (hip_rise > 1.25 * np.abs(knee - ankle))
    )
    names = [
        (~np.isfinite(trunk), ""),
        (upright & on_feet, "standing"),
        (upright & on_knees, "kneeling"),
        (upright, "sitting"),
        (on_knees & hands_down, "quadruped"),
        (bent & on_feet, "bent_over"),
        (side_lying, "side_lying"),
        (knees_up | (chest[..., 1] < 0), "supine"),
    ]
    return np.select([test for test, _ in names], [name for _, name in names], "prone")


@dataclass(frozen=True, slots=True)
class Framing:
    """How the person stands in the picture.  `cut_off`: which needed landmarks lie outside or at the rim."""

    cut_off: tuple[str, ...] = ()
    too_far: bool = False
    too_near: bool = False

    @property
    def ok(self) -> bool:
        """Whether everything needed is in the picture, and large enough."""
        return not (self.cut_off or self.too_far or self.too_near)


RIM: Final = 0.008  # of the picture: the model puts joints it cannot see on the rim, or beyond
SMALL_PX: Final = 26.0  # a trunk of fewer pixels: one pixel is two degrees
SMALL_SHARE: Final = 0.045  # of the picture's larger side


def framing_of(frame: PoseFrame, needed: tuple[str, ...]) -> Framing:
    """Which of the needed landmarks are cut off, and whether the person is too far or too near."""
    width, height = frame.size
    points = [(name, frame.xy[INDEX[name]]) for name in needed]
    outside = tuple(
        name
        for name, (x, y) in points
        if not (RIM * width <= x <= (1 - RIM) * width and RIM * height <= y <= (1 - RIM) * height)
        and x == x
    )
    scale = body_scale(frame.xy)
    return Framing(
        outside,
        scale < max(SMALL_PX, SMALL_SHARE * max(width, height)),
        len(outside) >= 3 and scale > 0.4 * min(width, height),
    )


@dataclass(frozen=True, slots=True)
class Situation:
    """A frame's view, near side, position and azimuth; None and "" where there is no pose."""

    azimuth_deg: float
    view: ViewName | None
    near: Side
    position: str


class Observer:
    """The situation over time: the view follows the median azimuth of the last WINDOW_S.

    A single frame's turn of the shoulder line is rough; where the camera stands changes slowly.
    """

    WINDOW_S = 1.0

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the past, after a cut."""
        self._azimuths: list[tuple[float, complex]] = []
        self._view: ViewName | None = None

    def step(self, t: float, body: Body) -> Situation:
        """The situation at `t` seconds."""
        azimuth = float(azimuth_deg(body))
        if np.isnan(azimuth):
            return Situation(azimuth, None, "right", "")
        self._azimuths.append((t, np.exp(1j * np.radians(azimuth))))
        while self._azimuths[0][0] < t - self.WINDOW_S:
            self._azimuths.pop(0)
        # On the circle, so that 179 and -179 are neighbours.
        mean = sum(v for _, v in self._azimuths)
        azimuth = float(np.degrees(np.angle(mean)))
        self._view = view_of(azimuth, self._view)
        return Situation(azimuth, self._view, near_side(azimuth), str(position_of(body)))


def situations(track: PoseTrack) -> list[Situation]:
    """The situation of every frame of a track."""
    observer = Observer()
    return [observer.step(frame.t, Body.of(frame)) for frame in track]


def _world(body: Body, name: str) -> Any:
    return body.world[..., INDEX[name], :]


def _trunk_world(body: Body) -> Any:
    """From the hips to the shoulders, metres, y down."""
    shoulders = _world(body, "left_shoulder") + _world(body, "right_shoulder")
    return (shoulders - _world(body, "left_hip") - _world(body, "right_hip")) / 2
