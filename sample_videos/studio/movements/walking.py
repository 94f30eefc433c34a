"""Walking, and getting from one posture to another: what happens before and after a set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sample_videos.studio.movements.base import (
    MAT_M,
    OUTWARD,
    Stage,
    arm_to,
    hanging_arms,
    leg_to,
    smooth,
    zero_of,
)
from sample_videos.studio.rotations import NONE, Floats, Rotation, about_x, about_z, middle_joint, slerp
from sample_videos.studio.rotations import limb as two_segments
from sample_videos.studio.skeleton import Body, Placed, Posture

# A gait at an easy pace (Winter, Biomechanics and Motor Control of Human Movement): thigh +-20 degrees, knee to 50.
STRIDE_M: Final = 1.3  # two steps, of a body 1.7 m tall
THIGH_DEG, THIGH_BACK_DEG = 20.0, 3.0
KNEE_DEG, KNEE_LEAST_DEG = 42.0, 6.0
SWING_FROM: Final = (
    0.85 * np.pi
)  # of the gait's cycle: the knee begins to bend before the toes leave the floor
ARM_DEG: Final = 18.0
SPEED_M_S: Final = 0.75  # on the average, starting and stopping included
TURN_DEG_S: Final = 110.0
LEAST_TURN_S: Final = 0.5
PACE_S: Final = 0.5  # to start and to stop
PALM_M: Final = 0.06  # height of the wrist over a palm on the floor
TURNING_PACE: Final = 0.35
FEET: Final = ("foot_l", "ball_l", "foot_r", "ball_r")


def walking(
    body: Body, at: Floats, heading_deg: float, walked_m: float, pace: float, floor_m: float = 0.0
) -> Posture:
    """A moment of walking, or of standing at pace 0.

    at (2,) metres; heading_deg turned to the person's left from facing -y; walked_m says where in a stride.
    """
    turned = about_z(heading_deg)
    phase = 2 * np.pi * walked_m / STRIDE_M
    own = {"pelvis": about_x(3 * pace), "spine_03": about_x(3 * pace), "neck_01": NONE, "head": NONE}
    for letter, outward in OUTWARD.items():
        own |= _leg(letter, phase + (0 if outward > 0 else np.pi), pace)
    own |= _arms(phase, pace)
    rotations = {bone: np.asarray(turned @ turn) for bone, turn in own.items()}
    posture = Posture(rotations, ("pelvis",), np.array([at[0], at[1], 1.0]))
    lowest = body.lowest_m(body.place(posture), body.belonging(*FEET))
    return posture.moved([0, 0, floor_m - lowest])


def _leg(letter: str, phase: float, pace: float) -> dict[str, Rotation]:
    thigh = pace * (THIGH_DEG * np.cos(phase) + THIGH_BACK_DEG)
    swing = max(0.0, np.sin(phase - SWING_FROM)) ** 2
    knee = pace * (KNEE_LEAST_DEG + KNEE_DEG * swing)
    shank = knee - thigh
    foot = 0.75 * max(0.0, shank) + min(0.0, 0.6 * shank)
    return {
        f"thigh_{letter}": about_x(-thigh),
        f"calf_{letter}": about_x(shank),
        f"foot_{letter}": about_x(foot),
        f"ball_{letter}": about_x(0.3 * foot),
    }


def _arms(phase: float, pace: float) -> dict[str, Rotation]:
    arms = hanging_arms()
    for letter, outward in OUTWARD.items():
        swing = -outward * ARM_DEG * pace * np.cos(phase)
        arms[f"upperarm_{letter}"] = about_x(-swing) @ arms[f"upperarm_{letter}"]
        arms[f"lowerarm_{letter}"] = about_x(-swing - 8 * pace) @ arms[f"lowerarm_{letter}"]
    return arms


def blended(body: Body, a: Posture, b: Posture, share: float) -> Posture:
    """A posture on the way from a to b: the trunk turns, hands and feet go straight there, lifted off the floor.

    What is planted in both stays planted; nothing goes under the floor.
    """
    first, last = body.place(a), body.place(b)
    rotations = {
        bone: slerp(first.segments[i], last.segments[i], share) for i, bone in enumerate(body.names) if i > 0
    }
    pelvis = body.index["pelvis"]
    at = first.joints[pelvis] + share * (last.joints[pelvis] - first.joints[pelvis])
    posture = Posture(rotations, ("pelvis",), at)
    sunk = TRUNK_LEAST_M - body.lowest_m(body.place(posture), body.belonging(*TRUNK))
    posture = posture.moved([0, 0, max(0.0, sunk) * np.sin(np.pi * share)])
    placed = body.place(posture)
    for limb in LIMBS:
        posture = posture.with_rotations(**_reaching(body, placed, posture, limb, first, last, share))
    return posture


@dataclass(frozen=True)
class Limb:
    """Bones of a limb: where it starts, bends and ends, and what touches the floor."""

    start: str
    middle: str
    end: str
    tip: tuple[str, ...]

    @property
    def is_arm(self) -> bool:
        """An arm bends the other way."""
        return self.end.startswith("hand")


LIMBS: Final = tuple(
    limb
    for s in ("l", "r")
    for limb in (
        Limb(f"thigh_{s}", f"calf_{s}", f"foot_{s}", (f"foot_{s}", f"ball_{s}")),
        Limb(
            f"upperarm_{s}", f"lowerarm_{s}", f"hand_{s}", (f"hand_{s}", f"middle_02_{s}", f"middle_03_{s}")
        ),
    )
)
TRUNK: Final = ("pelvis", "spine_01", "spine_02", "spine_03")
TRUNK_LEAST_M: Final = 0.005
KNEE_LEAST_M: Final = 0.07  # of a knee or an elbow over the floor
LIFT_M: Final = 0.06  # of a foot that goes elsewhere
BENDS_M: Final = 0.02  # enough to tell the way in which a straight knee or elbow bends
LIFT_FROM_M: Final = 0.25  # a shorter way lifts it less


def _reaching(
    body: Body, placed: Placed, posture: Posture, limb: Limb, first: Placed, last: Placed, share: float
) -> dict[str, Rotation]:
    """Rotations of a limb whose end is a share of the way, its knee or elbow toward where it would be."""
    start = body.joint(placed, limb.start)
    there, then = body.joint(first, limb.end), body.joint(last, limb.end)
    lift = 0.0 if limb.is_arm else LIFT_M * min(1.0, float(np.linalg.norm((then - there)[:2])) / LIFT_FROM_M)
    end = there + share * (then - there) + np.array([0, 0, lift * np.sin(np.pi * share)])
    pole = _pole(body, first, limb) * (1 - share) + _pole(body, last, limb) * share
    left = placed.segments[body.index["pelvis"]][:, 0]
    if not limb.is_arm:
        backwards = [_ahead(body, placed_there, limb) < 0 for placed_there in (first, last)]
        pole = _forward(pole, end - start, left, 1 - float(np.dot(backwards, (1 - share, share))))
    outward = left * OUTWARD[limb.end[-1]]
    turned = _bent(body, limb, start, end, pole, outward)
    tip = body.lowest_m(body.place(posture.with_rotations(**turned)), body.belonging(*limb.tip))
    return turned if tip >= 0 else _bent(body, limb, start, end - np.array([0, 0, tip]), pole, outward)


def _forward(pole: Floats, along: Floats, left: Floats, share: float) -> Floats:
    """The pole of a knee, turned round where the knee would bend backwards; by a share of that."""
    ahead = np.cross(along, left) / np.linalg.norm(along)
    bends = float(pole @ ahead)
    return np.asarray(pole + share * (abs(bends) - bends) * ahead)


def _ahead(body: Body, placed: Placed, limb: Limb) -> float:
    """How far ahead of the line from hip to ankle a knee is: below 0 in a leg that is turned outward and crossed."""
    along = body.joint(placed, limb.end) - body.joint(placed, limb.start)
    left = placed.segments[body.index["pelvis"]][:, 0]
    return float(_pole(body, placed, limb) @ np.cross(along, left))


def _pole(body: Body, placed: Placed, limb: Limb) -> Floats:
    """To which side of the line from its start to its end a limb is bent; of a straight one, would be."""
    start, middle, end = (body.joint(placed, bone) for bone in (limb.start, limb.middle, limb.end))
    would = placed.segments[body.index[limb.start]] @ np.array([0, 1.0 if limb.is_arm else -1.0, 0])
    return np.asarray(middle - (start + end) / 2 + BENDS_M * would)


def _bent(
    body: Body, limb: Limb, start: Floats, end: Floats, pole: Floats, outward: Floats
) -> dict[str, Rotation]:
    """Bent toward the pole; where the knee or elbow would go under the floor, so far outward that it does not."""
    lengths = body.length(limb.start, limb.middle), body.length(limb.middle, limb.end)

    def over(aside: float) -> float:
        return float(middle_joint(start, end, *lengths, pole + aside * outward)[2]) - KNEE_LEAST_M

    aside = 0.0 if over(0.0) >= 0 else zero_of(over, 0.0, 1.5)
    joint = middle_joint(start, end, *lengths, pole + aside * outward)
    upper, lower = two_segments(joint - start, end - joint, arm=limb.is_arm)
    return {limb.start: upper, limb.middle: lower}


@dataclass(frozen=True)
class Walk:
    """Walking from one place to another (2,) and turning there, in seconds from its start.

    first and last are the headings before and after it, degrees.
    """

    body: Body
    start: Floats
    end: Floats
    first_deg: float
    last_deg: float

    @property
    def way(self) -> Floats:
        """From start to end, (2,)."""
        return self.end - self.start

    @property
    def heading_deg(self) -> float:
        """While walking; nearest to the heading before."""
        if np.linalg.norm(self.way) < 1e-6:
            return self.first_deg
        return nearest_deg(heading_of(self.way), self.first_deg)

    @property
    def times_s(self) -> tuple[float, float, float]:
        """Seconds of turning, walking, and turning again."""
        last = nearest_deg(self.last_deg, self.heading_deg)
        turns = abs(self.heading_deg - self.first_deg), abs(last - self.heading_deg)
        first, second = (max(LEAST_TURN_S, turn / TURN_DEG_S) if turn > 1 else 0.0 for turn in turns)
        return first, float(np.linalg.norm(self.way)) / SPEED_M_S, second

    @property
    def takes_s(self) -> float:
        """All of it."""
        return sum(self.times_s)

    def posture(self, s: float) -> Posture:
        """The posture `s` seconds after the start."""
        first_s, walk_s, second_s = self.times_s
        last = nearest_deg(self.last_deg, self.heading_deg)
        if s < first_s:
            return self._turning(self.start, self.first_deg, self.heading_deg, s / first_s, 0.0)
        if s < first_s + walk_s:
            return self._walking(s - first_s, walk_s)
        share = (s - first_s - walk_s) / second_s if second_s else 1.0
        return self._turning(
            self.end, self.heading_deg, last, min(share, 1.0), float(np.linalg.norm(self.way))
        )

    def _walking(self, s: float, walk_s: float) -> Posture:
        share = smooth_start(s / walk_s, min(0.5, PACE_S / walk_s))
        pace = smooth(s / PACE_S) * smooth((walk_s - s) / PACE_S)
        walked = share * float(np.linalg.norm(self.way))
        return walking(self.body, self.start + share * self.way, self.heading_deg, walked, pace)

    def _turning(self, at: Floats, a_deg: float, b_deg: float, share: float, walked_m: float) -> Posture:
        pace = TURNING_PACE * np.sin(np.pi * share) ** 2
        steps = STRIDE_M * abs(b_deg - a_deg) / 180
        return walking(self.body, at, a_deg + smooth(share) * (b_deg - a_deg), walked_m + share * steps, pace)


@dataclass(frozen=True)
class Passage:
    """One posture after the other, each reached in its own time."""

    body: Body
    first: Posture
    stages: Sequence[Stage]

    @property
    def takes_s(self) -> float:
        """All of it."""
        return sum(stage.takes_s for stage in self.stages)

    def posture(self, s: float, last: Posture | None = None) -> Posture:
        """The posture `s` seconds after the start; `last` takes the last stage's place (it may sway)."""
        before = self.first
        for i, stage in enumerate(self.stages):
            there = last if last is not None and i == len(self.stages) - 1 else stage.posture
            if s < stage.takes_s:
                return blended(self.body, before, there, smooth(s / stage.takes_s))
            s -= stage.takes_s
            before = there
        return before


def smooth_start(share: float, ramp: float) -> float:
    """0 to 1 at an even speed, but for a ramp at either end (shares of the time)."""
    top = 1 / (1 - ramp)
    if share < ramp:
        return top * share**2 / (2 * ramp)
    if share > 1 - ramp:
        return 1 - top * (1 - share) ** 2 / (2 * ramp)
    return top * (share - ramp / 2)


def heading_of(way: Floats) -> float:
    """Heading in degrees of a direction (2,) along the floor; 0 is -y.

    >>> heading_of(np.array([1.0, 0.0]))
    90.0
    """
    return float(np.degrees(np.arctan2(way[0], -way[1])))


def nearest_deg(angle: float, to: float) -> float:
    """The same direction, told as the angle that is nearest to another.

    >>> nearest_deg(350.0, 10.0)
    -10.0
    """
    return to + (angle - to + 180) % 360 - 180


def sitting(body: Body, seat: Floats, feet_y: float, trunk_deg: float, hands_y: float) -> Posture:
    """Sitting on the floor with the knees up, leaning back on the hands.

    The pelvis over `seat` (2,), the ankles at feet_y, the wrists at hands_y; trunk_deg is negative leaning back.
    """
    rotations = {
        "pelvis": about_x(trunk_deg),
        "spine_03": about_x(trunk_deg),
        "neck_01": about_x(0.5 * trunk_deg),
    }
    rotations["head"] = about_x(0.3 * trunk_deg)
    posture = Posture(rotations, ("pelvis",), np.array([seat[0], seat[1], 0.5]))
    posture = posture.moved([0, 0, MAT_M - body.lowest_m(body.place(posture), body.belonging("pelvis"))])
    placed = body.place(posture)
    for letter, outward in OUTWARD.items():
        hip = body.joint(placed, f"thigh_{letter}")
        ankle = np.array([outward * body.hip_m, feet_y, body.ankle_m + MAT_M])
        rotations |= leg_to(body, letter, hip, ankle, np.array([0, -0.4, 1.0])) | {f"foot_{letter}": NONE}
        wrist = np.array([outward * 0.3, hands_y, MAT_M + PALM_M])
        rotations |= arm_to(body, placed, letter, wrist, np.array([0.4 * outward, 1.0, 0.2]))
        rotations[f"hand_{letter}"] = about_x(-80)
    return Posture(rotations, posture.anchor, posture.at)


def half_kneeling(body: Body, at: Floats, front: str = "l") -> Posture:
    """One knee down, the other foot before it; the pelvis over `at` (2,)."""
    back = "r" if front == "l" else "l"
    rotations = {
        "pelvis": about_x(6), "spine_03": about_x(10), "head": about_x(4), **hanging_arms(10, 25),
        f"thigh_{front}": about_x(-82), f"calf_{front}": about_x(4), f"foot_{front}": NONE,
        f"thigh_{back}": about_x(8), f"calf_{back}": about_x(84), f"foot_{back}": about_x(150),
    }  # fmt: skip
    return grounded(body, Posture(rotations, ("pelvis",), np.array([at[0], at[1], 0.6])))


def grounded(body: Body, posture: Posture, floor_m: float = 0.0) -> Posture:
    """The same posture with its lowest point on the floor."""
    return posture.moved([0, 0, floor_m - body.lowest_m(body.place(posture))])
