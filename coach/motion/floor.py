"""Measures of exercises done kneeling, on hands and knees, in a long lunge, or lying on the side.

A length is told by the longest of trunk, thigh and shank in the picture: of a body on the floor one of them may
point at the camera, but never all three.
"""

from typing import Any, Final

from coach.motion.body import Body, Floats
from coach.motion.geometry import (
    NAN,
    above_horizontal_deg,
    arctan2_deg,
    incline_deg,
    larger,
    share,
    sign,
    turn_deg,
    where,
)
from coach.motion.measures import FRONTAL, SIDE, VIEWS, ViewName, forward, measure, shin_across
from coach.pose import INDEX, Side, other

HIGH_DEG: Final = 40.0  # of a raised leg, from which the model rolls the chest along by 14 degrees at 62
SHOWS: Final = 0.3  # visibility of an ankle that is not behind the own knee, where it is 0.1 at the most
AROUND: Final[tuple[ViewName, ...]] = ("front", "back", "three_quarter")


def longest(body: Body, side: Side) -> Floats:
    """The longest of trunk, thigh and shank in the picture, pixels."""
    trunk = abs(body.middle("shoulder") - body.middle("hip"))
    thigh, shank = abs(body.axis(side, "hip", "knee")), abs(body.axis(side, "knee", "ankle"))
    leg = where(thigh > shank, thigh, shank)
    return where(trunk > leg, trunk, leg)


def _ankle_shows(body: Body, side: Side) -> Any:
    i = INDEX[f"{side}_ankle"]
    return body.believed((i,), SHOWS) if body.is_frame else body.visibility[..., i] >= SHOWS


# --- kneeling ---------------------------------------------------------------------------------------


@measure("ratio", "hip other_hip knee", VIEWS, (-1.5, 1.5))
def seat_height(body: Body, side: Side) -> Floats:
    """Height of the hips over the knees: 0.8 upright on the knees, 0.3 on a block between the feet."""
    return share((body.middle("hip") - body.joint(side, "knee")).imag, longest(body, side))


@measure("ratio", "knee", VIEWS, (-1.5, 1.5))
def shin_slope(body: Body, side: Side) -> Floats:
    """Height of the knee over the ankle: near 0 with the shin on the floor, 0.8 and more on the feet or a chair.

    0 with the ankle hidden: from the front, a shin on the floor lies behind its knee, where one that stands shows.
    """
    size = longest(body, side)
    return where(_ankle_shows(body, side), share(body.axis(side, "knee", "ankle").imag, size), 0.0 * size)


@measure("ratio", "hip knee", VIEWS, (-1.5, 1.5))
def shin_ahead(body: Body, side: Side) -> Floats:
    """How far the ankle is ahead of the knee, away from the hip: -0.8 kneeling, 0.8 with straight legs, from the side.

    From the front it is near 0, whatever the legs do, and 0 with the ankle hidden.
    """
    ahead = sign(body.axis(side, "knee", "hip").real) * body.axis(side, "ankle", "knee").real
    size = longest(body, side)
    return where(_ankle_shows(body, side), share(ahead, size), 0.0 * size)


@measure("ratio", "shoulder other_shoulder knee other_knee", FRONTAL, (-8, 8))
def shins_across(body: Body, side: Side) -> Floats:
    """How far the ankle lies inward of its knee by shoulder width, on the side on which it is further.

    0 with both ankles hidden, as behind the knees of who sits on the heels; 0.8 and more with a shin laid across.
    """
    nothing = 0 * (body.middle("knee") + body.middle("shoulder")).real  # NaN in, NaN out
    one, two = (where(_ankle_shows(body, s), shin_across(body, s), nothing) for s in (side, other(side)))
    return larger(one, two) + nothing


@measure("ratio", "hip knee", SIDE, (0, 8))
def shins_apart(body: Body, side: Side) -> Floats:
    """Distance of the ankles along the floor: 0.1 side by side, 1.5 with a leg stretched back; 0 with one hidden."""
    size = longest(body, side)
    apart = abs((body.joint(side, "ankle") - body.joint(other(side), "ankle")).real)
    nothing = 0 * body.axis(side, "hip", "knee").real  # NaN in, NaN out
    own = where(_ankle_shows(body, side), share(apart, size), nothing)
    return where(_ankle_shows(body, other(side)), own, nothing) + nothing


@measure("ratio", "knee other_knee hip other_hip", ("front", "back"), (0, 8))
def knees_apart(body: Body, side: Side) -> Floats:
    """Distance of the knees across the picture by hip width."""
    knees = (body.joint(side, "knee") - body.joint(other(side), "knee")).real
    hips = (body.joint(side, "hip") - body.joint(other(side), "hip")).real
    return abs(share(knees, hips))


@measure("deg", "shoulder other_shoulder hip other_hip", VIEWS, (0, 180))
def trunk_off_vertical(body: Body, side: Side) -> Floats:
    """Lean of the trunk from the vertical in the picture: to a side from the front, forward or back from the side."""
    return body.lean_deg()


# --- on hands and knees -----------------------------------------------------------------------------


@measure("deg", "hip other_hip knee", AROUND, (-180, 180))
def thigh_out(body: Body, side: Side) -> Floats:
    """The thigh against the vertical: 0 under its hip, 90 raised level out to its own side."""
    outward = sign((body.joint(side, "hip") - body.joint(other(side), "hip")).real)
    return -outward * incline_deg(body.axis(side, "hip", "knee"))


@measure("deg", "shoulder other_shoulder hip other_hip", ("front", "three_quarter"), (-90, 90))
def trunk_roll(body: Body, side: Side) -> Floats:
    """Tilt of the shoulder and the hip line together, the mean: positive with `side` higher.

    Told against the person's own start: the camera sees a line that points at it slope.  It follows a roll of pelvis
    and trunk at half its size.  NaN from behind, where the hips hide the shoulders.
    """
    ahead = body.across()[0] > 0
    shoulders = body.joint(side, "shoulder") - body.joint(other(side), "shoulder")
    hips = body.joint(side, "hip") - body.joint(other(side), "hip")
    return where(ahead, (above_horizontal_deg(shoulders) + above_horizontal_deg(hips)) / 2, NAN)


@measure("deg", "shoulder other_shoulder hip other_hip knee ankle", ("three_quarter",), (-270, 270))
def knee_opened(body: Body, side: Side) -> Floats:
    """Turn of the shank in the picture, positive as the knee opens: told as a change from rest only.

    A thigh that is raised out to the side keeps its shank pointing straight back, as it lay on the floor, for as long
    as its knee is at a right angle.  The angle of the knee itself in the picture is anything from 55 to 110 degrees,
    and the other shank, which points back too, is found badly behind the arms.  The trunk tells only which way is back.
    """
    back, shank = body.middle("hip") - body.middle("shoulder"), body.axis(side, "ankle", "knee")
    opens = sign(turn_deg(back, body.axis(side, "knee", "hip")))
    return opens * (turn_deg(back, shank) + turn_deg(-1j + 0 * back, back))


@measure("ratio", "wrist knee", VIEWS, (-4, 4))
def hand_over_knee(body: Body, side: Side) -> Floats:
    """Height of the wrist over the knee: near 0 on hands and knees, 0.8 and more upright."""
    return share((body.joint(side, "wrist") - body.joint(side, "knee")).imag, longest(body, side))


@measure("ratio", "shoulder other_shoulder wrist other_wrist", VIEWS, (-1, 1))
def arms_length(body: Body, side: Side) -> Floats:
    """Height of the shoulders' middle over that of the wrists by the picture's height: as a change from rest only.

    The shoulders of somebody on hands and knees sink when the elbows bend, whichever way they point.
    """
    return (body.middle("shoulder") - body.middle("wrist")).imag / body.size[1]


# --- lying on the side ------------------------------------------------------------------------------


@measure("deg", "hip ankle", AROUND, (-90, 90))
def leg_raised(body: Body, side: Side) -> Floats:
    """The line from hip to ankle against the level: 0 at hip height, positive above it, -90 standing."""
    return above_horizontal_deg(body.joint(side, "ankle") - body.joint(side, "hip"))


@measure("deg", "shoulder other_shoulder hip other_hip ankle", ("front",), (-180, 180))
def chest_roll(body: Body, side: Side) -> Floats:
    """Roll about the trunk's long axis of somebody who lies on the other side: positive with `side` rolled back.

    Of shoulders and hips together, from world landmarks, told against the person's own start: slope 0.85 lying flat,
    0.5 propped on the forearm.  Who is propped slopes the line of the shoulders, and that is no roll.
    NaN with the leg of `side` higher than HIGH_DEG, which draws the model's shoulders along.
    """
    across, trunk = body.breadth(), body.trunk()
    along = sum(a * b for a, b in zip(across, trunk, strict=True))
    slope = share(along, sum(a * a for a in trunk))
    _, y, z = (a - slope * b for a, b in zip(across, trunk, strict=True))
    upper = 1.0 if side == "left" else -1.0
    return where(leg_raised(body, side) <= HIGH_DEG, arctan2_deg(upper * z, abs(y)), NAN)


# --- in a long lunge --------------------------------------------------------------------------------


@measure("ratio", "hip knee ankle other_ankle", ("side",), (-6, 6))
def foot_behind(body: Body, side: Side) -> Floats:
    """How far the other foot is behind the hip, by the shank of `side`: 0 standing, 1.5 and more in a long lunge."""
    back = forward(body, side) * (body.joint(side, "hip") - body.joint(other(side), "ankle")).real
    return share(back, abs(body.axis(side, "knee", "ankle")))
