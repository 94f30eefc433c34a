"""Stick figures of the exercises done standing; `way` is 0 at rest and 1 at the end range."""

from dataclasses import replace
from math import asin, degrees, radians, sin

from coach.pose import PoseFrame, Side
from tests.skeletons import (
    FRONT,
    HIP_WIDTH,
    LEFT,
    RIGHT,
    SHANK,
    THIGH,
    Camera,
    Figure,
    Leg,
    standing_at,
)

STANCE = 0.42  # of each ankle from the middle, in a plié


def _figure(side: Side, working: Leg, free: Leg, figure: Figure) -> Figure:
    """The figure with the working leg on its side."""
    return replace(
        figure, left=working if side == "left" else free, right=working if side == "right" else free
    )


def hinge(
    way: float = 1.0,
    *,
    trunk_deg: float = 70.0,
    knee_deg: float = 25.0,
    shank_deg: float = 4.0,
    camera: Camera = RIGHT,
) -> PoseFrame:
    """The trunk forward, the hips back."""
    leg = Leg((shank_deg - knee_deg) * way, shank_deg * way)
    figure = Figure(trunk_deg * way, left=leg, right=leg)
    return camera.frame(standing_at(figure.joints(), "left_ankle", "right_ankle"))


def leg_lift(
    way: float = 1.0,
    side: Side = "left",
    *,
    lift_deg: float = 32.0,
    knee_deg: float = 0.0,
    lean_deg: float = 0.0,
    hike_deg: float = 0.0,
    camera: Camera = FRONT,
) -> PoseFrame:
    """One leg to the side; the trunk leans to the other one, the pelvis is hiked on the lifted side."""
    outward = 1 if side == "left" else -1
    lifted = Leg(0.0, knee_deg * way, lift_deg * way, lift_deg * way)
    plain = Figure(trunk_side_deg=-outward * lean_deg * way, pelvis_side_deg=-outward * hike_deg * way)
    figure = _figure(side, lifted, Leg(), plain)
    standing = "right_ankle" if side == "left" else "left_ankle"
    return camera.frame(standing_at(figure.joints(), standing))


def plie(
    way: float = 1.0,
    *,
    thigh_out_deg: float = 72.0,
    thigh_deg: float = -10.0,
    lean_deg: float = 0.0,
    forward_deg: float = 0.0,
    shift_m: float = 0.0,
    camera: Camera = FRONT,
) -> PoseFrame:
    """Wide feet that stay where they are, the thighs outward (and forward); shift_m of the body to the left."""
    rest = degrees(asin((STANCE - HIP_WIDTH / 2) / (THIGH + SHANK)))
    out = rest + (thigh_out_deg - rest) * way

    def leg(shift: float) -> Leg:
        aside = (STANCE - HIP_WIDTH / 2 - shift * way - THIGH * sin(radians(out))) / SHANK
        return Leg(thigh_deg * way, -thigh_deg * way, out, degrees(asin(max(-1.0, min(1.0, aside)))))

    figure = Figure(forward_deg * way, lean_deg * way, left=leg(shift_m), right=leg(-shift_m))
    return camera.frame(standing_at(figure.joints(), "left_ankle", "right_ankle"))


def lunge(
    way: float = 1.0,
    side: Side = "right",
    *,
    thigh_deg: float = -84.0,
    shank_deg: float = 0.0,
    trunk_deg: float = 6.0,
    camera: Camera = RIGHT,
) -> PoseFrame:
    """`side` in front, its thigh down to level; the back shank comes down as well.  Both legs are seen."""
    front = Leg(thigh_deg * way, shank_deg * way)
    back = Leg(8 * way, -thigh_deg * way)
    figure = _figure(side, front, back, Figure(trunk_deg * way))
    frame = camera.frame(standing_at(figure.joints(), f"{side}_ankle"))
    return replace(frame, visibility=frame.visibility.clip(0.6))


def step_up(
    way: float = 1.0,
    side: Side = "right",
    *,
    knee_deg: float = 0.0,
    trunk_deg: float = 0.0,
    inward_deg: float = 0.0,
    camera: Camera = RIGHT,
) -> PoseFrame:
    """The foot of `side` on a step; knee_deg and trunk_deg are left at the top; the knee is inward half-way."""
    knee = 70 + (knee_deg - 70) * way
    bent = min(1.0, knee / 30)
    working = Leg(-0.7 * knee, 0.3 * knee, -inward_deg / 2 * bent, inward_deg / 2 * bent)
    figure = _figure(side, working, Leg(), Figure(trunk_deg * way))
    return camera.frame(standing_at(figure.joints(), f"{side}_ankle", height_m=0.28))


PROFILES = {"left": LEFT, "right": RIGHT}
