"""Measures of exercises done standing."""

from typing import Final

from coach.motion.body import Body, Floats
from coach.motion.geometry import incline_deg, larger, share, sign, turn_deg, where
from coach.motion.measures import FRONTAL, SIDE, VIEWS, hip_height, measure, pelvic_obliquity, shank_rise
from coach.pose import Side, other

TIPS_ALONG: Final = 0.6  # share of the trunk's lean by which the model tips the hip line
BENT: Final = 0.68  # hip over knee by shank length; straighter, and the other foot has left the floor


@measure("ratio", "hip knee ankle other_knee other_ankle", ("side", "three_quarter"), (-1.5, 2.5))
def lunge_depth(body: Body, side: Side) -> Floats:
    """Height of the hip over the front knee, or of the back knee over its ankle, whichever is larger: by shank length.

    About 1 standing, near 0 at the bottom of a lunge, where the front thigh and the back shank are level.  In a squat
    both shanks stay upright, in walking one of the two does, so neither comes near 0.  `side` is the front leg's.
    """
    front, back = hip_height(body, side), shank_rise(body, other(side))
    return larger(front, back)


@measure("ratio", "hip knee ankle", VIEWS, (-100, 100))
def leg_height(body: Body, side: Side) -> Floats:
    """Height of the hip over the ankle by shank length: about 2 on a straight leg, 1.5 with it bent by 80 degrees."""
    return share(body.axis(side, "hip", "ankle").imag, abs(body.axis(side, "knee", "ankle")))


@measure("ratio", "hip knee ankle other_ankle", SIDE, (-3, 3))
def step_rise(body: Body, side: Side) -> Floats:
    """Height of the ankle over the other one by shank length while its knee is bent; 1 with the leg straighter."""
    return _when_bent(body, side)


@measure("ratio", "hip knee ankle other_ankle", FRONTAL, (-3, 3))
def foot_ahead(body: Body, side: Side) -> Floats:
    """How much lower in the picture the foot is than the other one while its knee is bent, by shank length.

    From the front the foot of a lunge, nearer to the camera, is lower by 0.5 and more; one on a step is as high as the
    other one or higher.
    """
    return -_when_bent(body, side)


def _when_bent(body: Body, side: Side) -> Floats:
    """Rise of the ankle over the other one; 1 where the leg is so straight that it tells nothing."""
    rise = (body.joint(side, "ankle") - body.joint(other(side), "ankle")).imag
    height = share(rise, abs(body.axis(side, "knee", "ankle")))
    bent = hip_height(body, side)
    return where(bent < BENT, height, 1.0) + 0 * (bent + height)  # NaN in, NaN out


@measure("deg", "hip knee ankle other_hip", FRONTAL, (-180, 180))
def knee_inward(body: Body, side: Side) -> Floats:
    """Bend of the leg in the frontal plane: 0 with the knee on the line from hip to ankle, positive inward of it."""
    bend = turn_deg(body.axis(side, "knee", "hip"), body.axis(side, "ankle", "knee"))
    return _outward(body, side) * bend


@measure("deg", "hip ankle other_hip", FRONTAL, (-180, 180))
def leg_abduction(body: Body, side: Side) -> Floats:
    """Lean of the line from hip to ankle from the vertical, to the outside: 0 hanging, 90 level."""
    return _outward(body, side) * -incline_deg(body.axis(side, "hip", "ankle"))


@measure("ratio", "hip ankle other_hip other_ankle", FRONTAL, (0, 100))
def leg_length(body: Body, side: Side) -> Floats:
    """Length from hip to ankle by that of the other leg: told as a change from rest.  A bent knee shortens it."""
    whole = abs(body.axis(side, "hip", "ankle"))
    return share(whole, abs(body.axis(other(side), "hip", "ankle")))


@measure("ratio", "shoulder other_shoulder ankle other_ankle", FRONTAL, (0, 10))
def stance(body: Body, side: Side) -> Floats:
    """Distance of the ankles along the floor by that of the shoulders: about 1 in a squat, 2 in a plié."""
    ankles = (body.joint(side, "ankle") - body.joint(other(side), "ankle")).real
    return share(abs(ankles), abs(body.joint(side, "shoulder") - body.joint(other(side), "shoulder")))


@measure("ratio", "hip other_hip ankle other_ankle", FRONTAL, (-100, 100))
def weight_shift(body: Body, side: Side) -> Floats:
    """How far the hips are to `side` of the middle between the ankles, by the distance of the ankles."""
    apart = (body.joint(side, "ankle") - body.joint(other(side), "ankle")).real
    return sign(apart) * share((body.middle("hip") - body.middle("ankle")).real, abs(apart))


@measure("ratio", "shoulder other_shoulder hip other_hip", FRONTAL, (0, 5))
def trunk_length(body: Body, side: Side) -> Floats:
    """Height of the shoulders over the hips by shoulder width: told as a share of rest.

    From the front a trunk that folds forward only looks shorter: by a quarter at 40 degrees.
    """
    width = abs(body.joint(side, "shoulder") - body.joint(other(side), "shoulder"))
    return share((body.middle("shoulder") - body.middle("hip")).imag, width)


@measure("deg", "shoulder other_shoulder hip other_hip", FRONTAL, (-180, 180))
def hip_hike(body: Body, side: Side) -> Floats:
    """How much higher the hip of `side` is than the lean of the trunk explains: told as a change from rest.

    When the trunk leans to a side the model tips the hip line with it, by 0.6 of the lean; a pelvis that is hiked under
    a still trunk shows at a third of its tilt.
    """
    trunk = body.middle("shoulder") - body.middle("hip")
    away = -_outward(body, side) * incline_deg(trunk)
    return -pelvic_obliquity(body, side) - TIPS_ALONG * away


def _outward(body: Body, side: Side) -> Floats:
    """1 where the outside of `side` is to the right of the picture, else -1."""
    return sign((body.joint(side, "hip") - body.joint(other(side), "hip")).real)
