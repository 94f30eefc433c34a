"""What the exercises on the back have in common: lying as before a bridge, and legs that are put elsewhere."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import MAT_M, OUTWARD, Movement, Prop, Stage, leg_to
from sample_videos.studio.movements.bridge import Bridge
from sample_videos.studio.rotations import NONE, Floats, Rotation, about_x
from sample_videos.studio.skeleton import Placed, Posture

KNEE_UP: Final = np.array([0.0, -0.4, 1.0])  # where a knee over a planted foot points
TOES_UP_DEG: Final = -72.0  # pitch of the foot of a leg that lies long
LONG: Final = 0.985  # share of its length over which a long leg reaches


def thigh_direction(flexion_deg: float) -> Floats:
    """Where a thigh flexed so far from lying points, (3,): 0 along the floor, 90 straight up."""
    angle = np.radians(flexion_deg)
    return np.array([0.0, -np.cos(angle), np.sin(angle)])


class Supine(Movement):
    """An exercise on the back.  `bridge` tells how this body lies, and how high its hips come."""

    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.15, 0.35)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.1), (0.72, 2.1)),)

    bridge: Bridge

    _heel_m: float  # height of the ankle over the mat with the heel on it, the toes up

    def prepare(self) -> None:
        """The bridge of this body, and how thick its heels are."""
        toes_up = self.body.place(Posture({"foot_l": about_x(TOES_UP_DEG)}))
        heel = self.body.lowest_m(toes_up, self.body.belonging("foot_l"))
        self._keep(
            bridge=Bridge(self.body, tremor_deg=self.tremor_deg),
            _heel_m=float(self.body.joint(toes_up, "foot_l")[2]) - heel,
        )

    @property
    def feet_m(self) -> float:
        """Where the feet stand, y."""
        return self.bridge.rest["feet_m"]

    def lying(self, t: float) -> Posture:
        """On the back, knees up, feet flat."""
        return self.bridge.posture(self.bridge.rest, t)

    def planted(self, letter: str, feet_m: float | None = None) -> Floats:
        """Where the ankle of a flat foot is, (3,)."""
        y = self.feet_m if feet_m is None else feet_m
        return np.array([OUTWARD[letter] * (self.body.hip_m + 0.005), y, self.body.ankle_m + MAT_M])

    def foot_at(
        self, placed: Placed, letter: str, ankle: Floats, pole: Floats = KNEE_UP
    ) -> dict[str, Rotation]:
        """A leg whose flat foot is elsewhere."""
        hip = self.body.joint(placed, f"thigh_{letter}")
        return {**leg_to(self.body, letter, hip, ankle, pole), f"foot_{letter}": NONE}

    def long_leg(self, placed: Placed, letter: str) -> dict[str, Rotation]:
        """A leg that lies long, the heel on the mat."""
        hip = self.body.joint(placed, f"thigh_{letter}")
        down = MAT_M + self._heel_m - hip[2]
        level = np.sqrt((LONG * sum(self.body.leg(letter))) ** 2 - down**2)
        ankle = hip + np.array([OUTWARD[letter] * 0.03, -level, down])
        return {
            **leg_to(self.body, letter, hip, ankle, np.array([0.0, 0.0, 1.0])),
            f"foot_{letter}": about_x(TOES_UP_DEG),
        }

    @property
    def spot(self) -> Floats:
        """A little behind where the feet will be."""
        return self.bridge.spot

    def arrival(self) -> tuple[Stage, ...]:
        """Lying down as for the bridge, then into the rest of the exercise."""
        return (*self.bridge.arrival(), Stage(self.posture(self.rest, 0.0), 1.5))
