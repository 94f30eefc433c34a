"""Measures of exercises done lying on the back."""

from typing import Final

from coach.motion.body import Body, Floats
from coach.motion.geometry import above_horizontal_deg, larger, share, smaller, turn_deg, within
from coach.motion.measures import SIDE, measure, thigh_above_horizontal
from coach.pose import Side, other

THICK: Final = 0.2  # of a thigh by its length, with the ankle that lies on it
# Of one foot's lift the model makes a share with the other foot.  Over four bodies the near foot follows the hidden one
# by up to 0.4 of what that is given, and the hidden one the near foot by up to 1.15 of it.
NEAR_FOLLOWS: Final = 0.35
FAR_FOLLOWS: Final = 1.35
CLEARLY: Final = 0.5  # of `nearer`, from which a side is the near one


@measure("ratio", "shoulder knee ankle other_knee other_ankle", SIDE, (-8, 8))
def foot_lift(body: Body, side: Side) -> Floats:
    """How much a foot is lifted with its knee, by shank length, told as a change from rest only: no height.

    The mean of both: of the hidden leg the knee is seen better, of the near one the ankle.  The model lets the hidden
    leg follow the near one whole, and the near one follow the hidden one a little.  As much as a leg may follow is
    taken off, so that the one that stays reads 0 or less.
    """
    floor = body.joint(side, "shoulder")
    own, others = ((body.joint(s, "knee") + body.joint(s, "ankle")) / 2 - floor for s in (side, other(side)))
    near = 0.5 + 0.5 * within(nearer(body, side) / CLEARLY, -1.0, 1.0)
    follows = FAR_FOLLOWS + near * (NEAR_FOLLOWS - FAR_FOLLOWS)
    return share((own - follows * others).imag, abs(body.axis(side, "knee", "ankle")))


@measure("ratio", "shoulder knee ankle", SIDE, (-8, 8))
def foot_rise(body: Body, side: Side) -> Floats:
    """Height of the foot over the shoulder by shank length: told as a change from rest only."""
    rise = (body.joint(side, "ankle") - body.joint(side, "shoulder")).imag
    return share(rise, abs(body.axis(side, "knee", "ankle")))


@measure("ratio", "hip other_hip knee ankle other_knee other_ankle", SIDE, (-8, 8))
def feet_rise(body: Body, side: Side) -> Floats:
    """Height of the lower foot over the hips of somebody on the back, by shank length.

    0 with the feet flat on the floor or lying long; about 1 with both legs drawn in.
    """
    floor = body.middle("hip")
    one, two = (
        share((body.joint(s, "ankle") - floor).imag, abs(body.axis(s, "knee", "ankle")))
        for s in (side, other(side))
    )
    return smaller(one, two)


@measure("deg", "shoulder hip", SIDE, (-90, 90))
def trunk_rise(body: Body, side: Side) -> Floats:
    """Slope of the trunk of somebody on the back: 0 level, positive with the hips above the shoulders."""
    return above_horizontal_deg(body.axis(side, "hip", "shoulder"))


@measure("deg", "shoulder hip knee", SIDE, (-180, 180))
def rise_to_knee(body: Body, side: Side) -> Floats:
    """Slopes of trunk and thigh up to the knee, added: told as a change from rest, of a thigh that is lifted.

    In a bridge hips that sag take from the one what they give the other, so this stays.
    """
    return trunk_rise(body, side) - thigh_above_horizontal(body, side)


@measure("ratio", "hip other_hip shoulder", SIDE, (-1, 1))
def hip_roll(body: Body, side: Side) -> Floats:
    """Height of the hip of `side` over the other hip by trunk length: told as a change from rest only.

    It follows the roll of the pelvis at a quarter of its true size, evenly: a signal, no angle.
    """
    rise = (body.joint(side, "hip") - body.joint(other(side), "hip")).imag
    return share(rise, abs(body.axis(side, "shoulder", "hip")))


@measure("ratio", "hip shoulder other_shoulder", SIDE, (-3, 3))
def hip_lift(body: Body, side: Side) -> Floats:
    """Height of the hip of `side` over the shoulders' middle by trunk length: told as a change from rest only.

    It follows a hip that rolls up at half its true height, on every body alike.
    """
    rise = (body.joint(side, "hip") - body.middle("shoulder")).imag
    return share(rise, abs(body.axis(side, "shoulder", "hip")))


@measure("ratio", "shoulder other_shoulder hip", SIDE, (-1, 1))
def shoulder_lift(body: Body, side: Side) -> Floats:
    """Height of the shoulder of `side` over the other one by trunk length: told as a change from rest only.

    In the picture: in space the model holds both shoulders of somebody on the back down, by the body a third to a
    half of a roll is left.
    """
    rise = (body.joint(side, "shoulder") - body.joint(other(side), "shoulder")).imag
    return share(rise, abs(body.axis(side, "shoulder", "hip")))


@measure("deg", "shoulder hip knee", SIDE, (0, 180))
def hip_opening(body: Body, side: Side) -> Floats:
    """Angle between trunk and thigh in the picture, whichever way the knee bends: 180 long, 90 a right angle."""
    return 180 - abs(turn_deg(body.axis(side, "hip", "shoulder"), body.axis(side, "knee", "hip")))


@measure("deg", "shoulder other_shoulder hip other_hip knee other_knee", SIDE, (0, 180))
def hips_opening(body: Body, side: Side) -> Floats:
    """The same of both thighs together, for legs that cross: the model mixes up which knee is whose."""
    shoulder, hip, knee = (body.middle(joint) for joint in ("shoulder", "hip", "knee"))
    return 180 - abs(turn_deg(hip - shoulder, knee - hip))


@measure("ratio", "shoulder other_shoulder hip other_hip knee other_knee", SIDE, (0, 5))
def knees_distance(body: Body, side: Side) -> Floats:
    """Distance of the knees in the picture by trunk length: a far one within a thigh's thickness lies hidden."""
    knees = body.joint("left", "knee") - body.joint("right", "knee")
    return share(abs(knees), abs(body.middle("shoulder") - body.middle("hip")))


@measure("ratio", "knee other_knee ankle other_ankle", SIDE, (0, 10))
def ankle_across(body: Body, side: Side) -> Floats:
    """Distance of an ankle from the other thigh by its length: 0 with the ankle lying on it.

    Counted from the thigh's surface, not from its bone.  Of the two ankles the nearer one: in this pose the model
    gives each leg the other one's shank.
    """
    one, two = (_off_thigh(body, s) - THICK for s in (side, other(side)))
    return larger(smaller(one, two), 0.0)


@measure("ratio", "shoulder other_shoulder", ("side", "three_quarter"), (-1, 1))
def nearer(body: Body, side: Side) -> Floats:
    """How much the shoulder of `side` is the nearer one to the camera, from world landmarks: 1 and -1 from the side."""
    x, y, z = body.across()
    return share(-z if side == "left" else z, (x * x + y * y + z * z) ** 0.5)


def _off_thigh(body: Body, side: Side) -> Floats:
    """Distance of the ankle of `side` from the other thigh, by that thigh's length."""
    hip, thigh = body.joint(other(side), "hip"), body.axis(other(side), "knee", "hip")
    length = abs(thigh)
    ankle = body.joint(side, "ankle") - hip
    along = within(share((ankle * thigh.conjugate()).real, length * length), 0.0, 1.0)
    return share(abs(ankle - along * thigh), length)
