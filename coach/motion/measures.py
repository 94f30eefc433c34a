"""The named measures: what a joint angle or a distance is, what it needs, and from where it means something.

Each is a pure function of a body and a side, for a frame and a track alike.  Angles are taken in the image
plane.  World landmarks are used for how the trunk is turned and rolled, by its shoulders and hips, and for
nothing else: their depth is a belief of the model, and knee angles worked out from it are much less exact.
NaN in, NaN out.

`side` is the side that is measured: the near one in a side view, the working one in an exercise done a side
at a time.  ``other_`` in `needs` means the opposite side.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from coach.motion.body import Body, Floats, SidedValue
from coach.motion.geometry import (
    NAN,
    above_horizontal_deg,
    arcsin_deg,
    arctan2_deg,
    incline_deg,
    share,
    sign,
    turn_deg,
    where,
)
from coach.pose import Side, other

ViewName = Literal["side", "front", "back", "three_quarter"]
VIEWS: Final[tuple[ViewName, ...]] = ("side", "front", "back", "three_quarter")
Unit = Literal["deg", "ratio", "s"]

STRAIGHT_DEG: Final = 15.0  # a knee bent less does not tell which way the body faces
STEEP: Final = 0.5  # of a shank's length that it must rise for its front to look to a side


@dataclass(frozen=True, slots=True)
class Measure:
    """A name for a number: its unit, the joints it needs, the views it is good in, what it can reach."""

    name: str
    unit: Unit
    needs: tuple[str, ...]
    views: tuple[ViewName, ...]
    reach: tuple[float, float]
    value: SidedValue
    meaning: str

    def landmarks(self, side: Side) -> tuple[str, ...]:
        """The landmarks it needs when measured on `side`, by full name."""
        return tuple(landmark(joint, side) for joint in self.needs)

    def believed(self, body: Body, side: Side, least: float) -> Floats:
        """(T,) the value over a track; NaN where a joint that it needs is not believed, as `Body.seen` tells."""
        with np.errstate(invalid="ignore"):
            return np.where(body.seen(self.landmarks(side), least), self.value(body, side), np.nan)


def landmark(joint: str, side: Side) -> str:
    """``("other_knee", "left")`` is ``"right_knee"``."""
    if joint.startswith("other_"):
        return f"{other(side)}_{joint.removeprefix('other_')}"
    return f"{side}_{joint}"


MEASURES: Final[dict[str, Measure]] = {}


THIGH_AHEAD: Final = 1.7  # hip widths by which the knee of a thigh that points forward is ahead of the hip


def measure(unit: Unit, needs: str, views: Iterable[ViewName], reach: tuple[float, float]) -> "_Register":
    """Register the decorated function under its own name; its docstring is its meaning."""
    return _Register(unit, tuple(needs.split()), tuple(views), reach)


@dataclass(frozen=True, slots=True)
class _Register:
    unit: Unit
    needs: tuple[str, ...]
    views: tuple[ViewName, ...]
    reach: tuple[float, float]

    def __call__(self, value: SidedValue) -> SidedValue:
        name = getattr(value, "__name__", "")
        meaning = " ".join((value.__doc__ or "").split())
        MEASURES[name] = Measure(name, self.unit, self.needs, self.views, self.reach, value, meaning)
        return value


SIDE: Final[tuple[ViewName, ...]] = ("side",)
FRONTAL: Final[tuple[ViewName, ...]] = ("front", "back")


# --- which way the body faces -----------------------------------------------------------------------


def facing(body: Body, side: Side) -> Floats:
    """1 where the front of the body lies anticlockwise of the trunk's downward direction, else -1.

    A knee can only bend one way, so a bent knee tells; with straight legs the toes do.
    """
    shank = body.axis(side, "ankle", "knee")
    bend = turn_deg(body.axis(side, "knee", "hip"), shank)
    toes = turn_deg(shank, body.joint(side, "foot_index") - body.joint(side, "heel"))
    return where(abs(bend) > STRAIGHT_DEG, -sign(bend), sign(toes))


def forward(body: Body, side: Side) -> Floats:
    """1 where the front of the shank looks to the right of the picture, else -1.

    A bent knee tells, since it bends one way only; with straight legs, and where the shank lies, the toes do.  A foot
    may be hidden, and then the model makes up which way it points.
    """
    shank, thigh = body.axis(side, "knee", "ankle"), body.axis(side, "hip", "knee")
    tells = (abs(turn_deg(shank, thigh)) > STRAIGHT_DEG) & (abs(shank.imag) > STEEP * abs(shank))
    bent = sign(turn_deg(shank, thigh)) * sign(shank.imag)
    return where(tells, bent, sign((body.joint(side, "foot_index") - body.joint(side, "heel")).real))


# --- sagittal plane ---------------------------------------------------------------------------------


@measure("deg", "shoulder hip knee", SIDE, (0, 250))
def hip_extension(body: Body, side: Side) -> Floats:
    """Angle between trunk and thigh: 180 in one line, less when flexed, more when over-extended."""
    # The ankle only tells which way the knee bends; a poor place of it tells so too.
    flexion = turn_deg(body.axis(side, "hip", "shoulder"), body.axis(side, "knee", "hip"))
    return 180 - facing(body, side) * flexion


@measure("deg", "hip knee ankle", ("side", "three_quarter"), (0, 180))
def knee_flexion(body: Body, side: Side) -> Floats:
    """How far the knee is bent: 0 straight, 90 a right angle."""
    return abs(turn_deg(body.axis(side, "knee", "hip"), body.axis(side, "ankle", "knee")))


@measure("deg", "knee ankle", SIDE, (-90, 90))
def shank_inclination(body: Body, side: Side) -> Floats:
    """Lean of the shank from the vertical: positive with the knee before the ankle, toward the toes."""
    return forward(body, side) * incline_deg(body.axis(side, "knee", "ankle"))


@measure("deg", "shoulder hip", SIDE, (-180, 180))
def trunk_inclination(body: Body, side: Side) -> Floats:
    """Lean of the trunk from the vertical: positive toward the toes."""
    return forward(body, side) * incline_deg(body.axis(side, "shoulder", "hip"))


@measure("deg", "shoulder hip knee ankle", SIDE, (-180, 180))
def trunk_past_shank(body: Body, side: Side) -> Floats:
    """How much flatter the trunk is than the shank: 0 parallel, positive when the trunk leans further."""
    return trunk_inclination(body, side) - shank_inclination(body, side)


@measure("deg", "hip knee", SIDE, (-90, 90))
def thigh_above_horizontal(body: Body, side: Side) -> Floats:
    """Elevation of the thigh: 90 standing, 0 with the thigh level, negative with the hip below the knee."""
    return above_horizontal_deg(body.axis(side, "hip", "knee"))


@measure("ratio", "hip knee ankle", VIEWS, (-1.5, 2.5))
def hip_height(body: Body, side: Side) -> Floats:
    """Height of the hip over the knee by shank length: about 1 standing, 0 with the thigh level.

    A height, so it hardly depends on which side the camera stands.  From the front a camera above hip
    height sees the hip, which is further away, too high.  NaN when the shank lies down.
    """
    shank = body.axis(side, "knee", "ankle")
    length = abs(shank)
    rise = body.axis(side, "hip", "knee").imag
    return share(rise, where(shank.imag > 0.3 * length, length, NAN))


@measure("ratio", "knee ankle heel foot_index", SIDE, (-1, 1))
def heel_rise(body: Body, side: Side) -> Floats:
    """Height of the heel over the toes by shank length; told against the person's own standing foot."""
    foot = (body.joint(side, "heel") - body.joint(side, "foot_index")).imag
    return share(foot, abs(body.axis(side, "knee", "ankle")))


@measure("ratio", "ankle other_ankle knee", SIDE, (0, 4))
def stride(body: Body, side: Side) -> Floats:
    """Distance of the ankles along the floor by shank length: a lunge is wide, a squat is not."""
    apart = abs((body.joint(side, "ankle") - body.joint(other(side), "ankle")).real)
    return share(apart, abs(body.axis(side, "knee", "ankle")))


@measure("ratio", "knee ankle", VIEWS, (-1, 1))
def shank_rise(body: Body, side: Side) -> Floats:
    """Height of the knee over the ankle by shank length: 1 upright, 0 lying, as the back leg of a lunge."""
    shank = body.axis(side, "knee", "ankle")
    return share(shank.imag, abs(shank))


# --- frontal plane ----------------------------------------------------------------------------------


@measure("ratio", "knee other_knee ankle other_ankle", FRONTAL, (-1, 4))
def knee_gap(body: Body, side: Side) -> Floats:
    """Distance of the knees by distance of the ankles: about 1 with the knees over the feet."""
    knees = (body.joint(side, "knee") - body.joint(other(side), "knee")).real
    ankles = (body.joint(side, "ankle") - body.joint(other(side), "ankle")).real
    return share(knees, ankles)


@measure("deg", "shoulder other_shoulder hip other_hip", FRONTAL, (0, 180))
def trunk_lean(body: Body, side: Side) -> Floats:
    """Lean of the trunk from the vertical to either side."""
    return body.lean_deg()


@measure("deg", "hip other_hip", FRONTAL, (-90, 90))
def pelvic_obliquity(body: Body, side: Side) -> Floats:
    """Tilt of the hip line: positive when the hip of `side` is the lower one.  The model flattens it."""
    line = body.joint(other(side), "hip") - body.joint(side, "hip")
    return above_horizontal_deg(line)


@measure("deg", "shoulder other_shoulder", FRONTAL, (-90, 90))
def shoulder_tilt(body: Body, side: Side) -> Floats:
    """Tilt of the shoulder line: positive when the shoulder of `side` is the lower one."""
    line = body.joint(other(side), "shoulder") - body.joint(side, "shoulder")
    return above_horizontal_deg(line)


@measure("deg", "ankle other_ankle hip other_hip", FRONTAL, (-90, 90))
def pelvic_drop(body: Body, side: Side) -> Floats:
    """Drop of the pelvis on `side` told by its foot: how far it hangs below the other, by hip width.

    With both knees straight the feet move as the hips do.  This follows the true tilt at a slope of 0.94,
    where the hip line of the model follows it at 0.39.
    """
    drop = (body.joint(other(side), "ankle") - body.joint(side, "ankle")).imag
    width = abs(body.joint(side, "hip") - body.joint(other(side), "hip"))
    return arcsin_deg(share(drop, width))


@measure("ratio", "hip other_hip ankle other_ankle", FRONTAL, (0, 2))
def legs_length(body: Body, side: Side) -> Floats:
    """Height of the hips' middle over that of the ankles by the picture's height: told as a change from rest only.

    A knee that bends by 30 degrees, of either leg, takes 1.7 percent off it, which the front view shows although it
    hides the bend.  Left and right taken together, since the model flattens the hip line: it places the hip that
    drops too high and the other one as much too low, and their middle right.
    """
    return (body.middle("hip") - body.middle("ankle")).imag / body.size[1]


@measure("deg", "shoulder other_shoulder", FRONTAL, (-180, 180))
def shoulder_turn(body: Body, side: Side) -> Floats:
    """Turn of the shoulder line out of the picture plane: positive when the shoulder of `side` is nearer.

    From world landmarks: slope about 0.8 beyond 10 degrees.  Seen from behind, counted from 180.
    """
    x, _, z = body.across()
    yaw = arctan2_deg(z, abs(x))
    return yaw if side == "right" else -yaw


@measure("ratio", "shoulder other_shoulder hip other_hip", FRONTAL, (-3, 3))
def hip_shift(body: Body, side: Side) -> Floats:
    """How far the hips lie to `side` under the shoulders, by shoulder width."""
    toward = sign((body.joint(side, "shoulder") - body.joint(other(side), "shoulder")).real)
    shift = (body.middle("hip") - body.middle("shoulder")).real
    width = abs(body.joint(side, "shoulder") - body.joint(other(side), "shoulder"))
    return toward * share(shift, width)


@measure("ratio", "shoulder other_shoulder hip other_hip", FRONTAL, (-3, 3))
def hip_sway(body: Body, side: Side) -> Floats:
    """How far the hips lie to `side` of the shoulders along the body's own left-right line, by shoulder width.

    From world landmarks, and level: who folds forward before a camera that stands 20 degrees to the side moves the
    shoulders across the picture, and does not sway.  It follows a sway at half its size and more.
    """
    left, up = (x + 1j * z for x, _, z in (body.breadth(), body.trunk()))
    x, y, z = body.across()
    width = (x * x + y * y + z * z) ** 0.5
    to_left = -share((up * left.conjugate()).real, abs(left) * width)
    return to_left if side == "left" else -to_left


@measure("ratio", "hip other_hip knee", FRONTAL, (-6, 8))
def knee_out(body: Body, side: Side) -> Floats:
    """How far the knee lies outward of its own hip, by hip width: 0 in line with it."""
    outward = sign((body.joint(side, "hip") - body.joint(other(side), "hip")).real)
    width = abs(body.joint(side, "hip") - body.joint(other(side), "hip"))
    return outward * share(body.axis(side, "knee", "hip").real, width)


@measure("ratio", "shoulder other_shoulder hip other_hip", FRONTAL, (-100, 100))
def knee_aside(body: Body, side: Side) -> Floats:
    """How far outward a knee seems to lie that is straight before its hip, by hip width, since the body is turned.

    A camera that stands 20 degrees to the side sees it 0.6 out or in.  Of how the body is turned the world landmarks
    tell.
    """
    x, _, z = body.breadth()
    aside = THIGH_AHEAD * share(z, x)
    return aside if side == "left" else -aside


@measure("ratio", "shoulder other_shoulder hip other_hip ankle", FRONTAL, (-3, 6))
def hip_over_foot(body: Body, side: Side) -> Floats:
    """Height of the hips over the ankle of `side` by shoulder width: about 0.5 sitting, 2 and more standing."""
    width = abs(body.joint(side, "shoulder") - body.joint(other(side), "shoulder"))
    return share((body.middle("hip") - body.joint(side, "ankle")).imag, width)


@measure("ratio", "shoulder other_shoulder knee ankle", FRONTAL, (-6, 6))
def shin_across(body: Body, side: Side) -> Floats:
    """How far the ankle lies inward of its knee, by shoulder width: near 0 with the shin upright."""
    outward = sign((body.joint(side, "shoulder") - body.joint(other(side), "shoulder")).real)
    width = abs(body.joint(side, "shoulder") - body.joint(other(side), "shoulder"))
    return outward * share(body.axis(side, "knee", "ankle").real, width)
