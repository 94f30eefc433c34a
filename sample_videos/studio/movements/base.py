"""What all movements have in common: parameters, a plan for a repetition, tempo, contact with the floor."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

import numpy as np

from coach.pose import Side
from sample_videos.studio.rotations import (
    NONE,
    Floats,
    Rotation,
    about_x,
    about_y,
    about_z,
    limb,
    middle_joint,
)
from sample_videos.studio.skeleton import Body, Placed, Posture
from sample_videos.studio.things import MAT_THICK_M

Values = Mapping[str, float]


@dataclass(frozen=True)
class Tempo:
    """Seconds of the way out, at the end range, of the way back, and at rest before the next repetition."""

    out_s: float = 1.6
    hold_s: float = 0.4
    back_s: float = 1.6
    rest_s: float = 1.0


@dataclass(frozen=True)
class Plan:
    """What a repetition does to the parameters.

    start  values taken up at rest before it; end  at the end range; back  at its end; rest again after it
    """

    start: Values
    end: Values
    back: Values


@dataclass(frozen=True)
class Stage:
    """A posture on the way into position, and the seconds it takes to get there from the one before."""

    posture: Posture
    takes_s: float


@dataclass(frozen=True)
class Prop:
    """Something the exercise needs: its middle on the floor (x, y), and its size along x and y, metres."""

    what: Literal["mat", "step", "chair", "table"]
    at: tuple[float, float]
    size_m: tuple[float, float] = (0.7, 1.85)
    turned_deg: float = 0.0


@dataclass(frozen=True)
class Movement(ABC):
    """One exercise done by one body.

    side        of an exercise done a side at a time: hip hiker: the free leg; pigeon and lunge: the front leg
    tremor_deg  size of the small sway of the moving parts
    in_place    of the lunge: the feet stay apart instead of stepping
    """

    body: Body
    side: Side | None = None
    tremor_deg: float = 0.4
    in_place: bool = False
    mirror: float = field(
        init=False
    )  # 1 where `side` is the left one (or there is none), -1 where it is the right

    exercise: ClassVar[str]
    sided: ClassVar[bool] = False
    alternates: ClassVar[bool] = False  # each repetition has its own side
    settles: ClassVar[str] = "hip"  # of a pose: the joint that tells when one has arrived in it
    held: ClassVar[bool] = False  # a pose that is held instead of repetitions
    tempo: ClassVar[Tempo] = Tempo()
    faults: ClassVar[tuple[str, ...]] = ()  # checks for which a fault can be planted, times left out
    stops_short: ClassVar[
        tuple[str, ...]
    ] = ()  # those of somebody who begins the next one from where this one ended
    times: ClassVar[Mapping[str, str]] = {}  # checks of a time: which part of the tempo they are
    partial: ClassVar[str] = ""  # the check that a repetition of too small a range fails as well
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.9)
    space: ClassVar[tuple[Prop, ...]] = ()  # what always lies or stands there

    def __post_init__(self) -> None:
        self._keep(mirror=-1.0 if self.side == "right" else 1.0)
        self.prepare()

    def _keep(self, **worked_out: object) -> None:
        """Keep what was worked out from the body, once."""
        for name, value in worked_out.items():
            object.__setattr__(self, name, value)

    def prepare(self) -> None:  # noqa: B027  most have nothing to prepare
        """Work out what only depends on the body."""

    @property
    @abstractmethod
    def rest(self) -> Values:
        """Every parameter's value at rest."""

    @abstractmethod
    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """A repetition with planted faults (size by check), over a share of its range."""

    def plan_on(self, side: Side | None, faults: Values, share: float = 1.0) -> Plan:
        """The same on one side, for an exercise that alternates."""
        return self.plan(faults, share)

    @abstractmethod
    def posture(self, values: Values, t: float) -> Posture:
        """The body at parameter values; `t` seconds only moves the tremor."""

    def arrival(self) -> tuple[Stage, ...]:
        """The postures between standing at the spot and the rest of the exercise, which is the last of them."""
        return (Stage(self.posture(self.rest, 0.0), FROM_STANDING_S),)

    def program(self, does: str, for_s: float) -> Iterator[tuple[float, Values]]:
        """Parts of something that is no repetition: seconds, and where the parameters go in them."""
        yield for_s, {}

    @property
    def props(self) -> tuple[Prop, ...]:
        """What the exercise needs in the room."""
        return self.space

    @property
    def spot(self) -> Floats:
        """Where one stands before getting into position, (2,) metres; facing -y there."""
        return np.zeros(2)

    @property
    def letters(self) -> tuple[str, str]:
        """The letters of `side` and of the other in bones' names: ("l", "r") for the left."""
        return ("r", "l") if self.side == "right" else ("l", "r")

    def sway(self, t: float, number: int = 0) -> float:
        """Degrees of tremor at a time; each `number` has its own."""
        return self.tremor_deg * sway(t, number)


OUTWARD: Final = {"l": 1.0, "r": -1.0}  # x of each side
MAT_M: Final = MAT_THICK_M
FROM_STANDING_S: Final = 0.8  # into a posture that is nearly standing


def sway(t: float, number: int = 0) -> float:
    """A slow irregular wave, -1 to 1, without chance: two sines at 0.23 and 0.41 Hz, as standing people sway."""
    first = np.sin(2 * np.pi * 0.23 * t + 1.3 * number)
    second = np.sin(2 * np.pi * 0.41 * t + 0.7 + 2.1 * number)
    return float(0.6 * first + 0.4 * second)


def mixed(a: Values, b: Values, share: float) -> dict[str, float]:
    """Values a share of the way from a to b."""
    return {name: a[name] + share * (b[name] - a[name]) for name in a}


def hanging_arms(away_deg: float = 8.0, bent_deg: float = 12.0) -> dict[str, Rotation]:
    """Rotations of arms that hang at the sides."""
    arms: dict[str, Rotation] = {}
    for letter, outward in OUTWARD.items():
        arms[f"upperarm_{letter}"] = about_y(-outward * away_deg)
        arms[f"lowerarm_{letter}"] = about_y(-outward * 0.6 * away_deg) @ about_x(-bent_deg)
    return arms


def standing(body: Body, at: Floats | None = None) -> Posture:
    """Upright with hanging arms, the feet flat on the floor about `at` (3,)."""
    where = np.zeros(3) if at is None else at
    return Posture(
        {"pelvis": NONE, **hanging_arms()}, ("foot_l", "foot_r"), where + np.array([0, 0, body.ankle_m])
    )


def leg_to(body: Body, letter: str, hip: Floats, ankle: Floats, pole: Floats) -> dict[str, Rotation]:
    """Thigh and shank that reach from a hip to an ankle, the knee toward `pole`."""
    knee = middle_joint(hip, ankle, *body.leg(letter), pole)
    thigh, calf = limb(knee - hip, ankle - knee)
    return {f"thigh_{letter}": thigh, f"calf_{letter}": calf}


def arm_to(body: Body, placed: Placed, letter: str, wrist: Floats, pole: Floats) -> dict[str, Rotation]:
    """Upper arm and forearm that bring the wrist to a place (as near as they reach), the elbow toward `pole`."""
    shoulder = body.joint(placed, f"upperarm_{letter}")
    elbow = middle_joint(shoulder, wrist, *body.arm(letter), pole)
    upper, fore = limb(elbow - shoulder, wrist - elbow, arm=True)
    return {f"upperarm_{letter}": upper, f"lowerarm_{letter}": fore, f"hand_{letter}": fore}


def lifted_ankle(body: Body, flat: Floats, pitch_deg: float, out_deg: float = 0.0) -> Floats:
    """Where the ankle of a flat foot (3,) comes to when the heel lifts about the ball by a pitch, degrees.

    out_deg turns the foot about the vertical, to the person's left.
    """
    ball = body.heads0[body.index["ball_l"]] - body.heads0[body.index["foot_l"]]
    ball = np.array([0.0, ball[1], ball[2]])
    return np.asarray(flat + about_z(out_deg) @ (ball - about_x(pitch_deg) @ ball))


def zero_of(rising: Callable[[float], float], low: float, high: float, steps: int = 24) -> float:
    """Where a rising or falling function is zero, by halving; the nearer end if it is nowhere."""
    grows = rising(high) > rising(low)
    for _ in range(steps):
        middle = (low + high) / 2
        if (rising(middle) < 0) == grows:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def smooth(share: float) -> float:
    """From 0 to 1 with an even start and end, minimum jerk (Flash & Hogan 1985); 0 before, 1 after."""
    x = min(1.0, max(0.0, share))
    return x * x * x * (x * (6 * x - 15) + 10)
