"""The lunge: a long step forward, both knees to about a right angle, and back; or in place, the feet already apart."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import (
    MAT_M,
    Movement,
    Plan,
    Prop,
    Tempo,
    Values,
    hanging_arms,
    leg_to,
    lifted_ankle,
    smooth,
)
from sample_videos.studio.rotations import NONE, Floats, about_x
from sample_videos.studio.skeleton import Posture

THIGH_END_DEG: Final = 84.0  # of the front thigh from the vertical
BACK_KNEE_M: Final = 0.11  # height of the back knee at the bottom: its cap just over the mat
HEEL_END_DEG: Final = 62.0  # pitch of the back foot
STANDING_LEAN_DEG, LEAN_DEG = 2.0, 6.0  # of the trunk, standing and at the bottom
STEP_BY: Final = 0.45  # share of the way at which the front foot is down
DOWN_FROM: Final = 0.3  # and from which the hips sink
STEP_HIGH_M: Final = 0.12
BACK_FOOT_Y_M: Final = 0.42  # so that the lunge is about the middle of its space


class Lunge(Movement):
    """Parameters: way, 0 standing to 1 at the bottom; there, degrees: front thigh and shank, and the trunk's lean."""

    exercise: ClassVar[str] = "lunge"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(1.8, 0.5, 1.8, 1.2)
    faults: ClassVar[tuple[str, ...]] = ("depth", "knee_over_ankle", "trunk")
    partial: ClassVar[str] = "depth"
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.85)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.0), (0.8, 1.9)),)

    _stride_m: float

    def prepare(self) -> None:
        """The stride at which both knees are at right angles at the bottom."""
        thigh, shank = self.body.leg()
        hip = shank + thigh * np.cos(np.radians(THIGH_END_DEG)) + self.body.ankle_m
        ball = lifted_ankle(self.body, np.array([0, 0, self.body.ankle_m]), HEEL_END_DEG)
        knee_back = np.sqrt(max(thigh**2 - (hip - BACK_KNEE_M) ** 2, 0.0))
        shank_back = np.sqrt(max(shank**2 - (BACK_KNEE_M - ball[2]) ** 2, 0.0))
        stride = thigh * np.sin(np.radians(THIGH_END_DEG)) + knee_back + shank_back - ball[1]
        self._keep(_stride_m=float(stride))

    @property
    def rest(self) -> Values:
        """Standing with the feet together, or apart where it is done in place."""
        return {"way": 0.0, "thigh_deg": THIGH_END_DEG, "shank_deg": 0.0, "lean_deg": LEAN_DEG}

    @property
    def spot(self) -> Floats:
        """Where the feet are."""
        return np.array([0.0, BACK_FOOT_Y_M])

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: depth: front thigh above level; knee_over_ankle: front shank; trunk: its lean."""
        bottom = {
            "thigh_deg": 90.0 - faults.get("depth", 90.0 - THIGH_END_DEG),
            "shank_deg": faults.get("knee_over_ankle", 0.0),
            "lean_deg": faults.get("trunk", LEAN_DEG),
        }
        return Plan(self.rest, {"way": share, **bottom}, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The back foot's ball planted, the front foot stepping, the hips between them."""
        values = {**self.rest, **values}
        way = values["way"]
        step = 1.0 if self.in_place else smooth(way / STEP_BY)
        from_share = 0.0 if self.in_place else DOWN_FROM
        down = smooth((way - from_share) / (1 - from_share))
        front, back = self.letters
        lean = STANDING_LEAN_DEG + (values["lean_deg"] - STANDING_LEAN_DEG) * down + 0.5 * self.sway(t)
        ankles = {front: self._front_ankle(step), back: self._back_ankle(step, down)}
        hip = self._hip(values, step, down, ankles[back])
        rotations = {"pelvis": about_x(0.6 * lean), "spine_03": about_x(lean), "head": NONE, **hanging_arms()}
        for letter, x in ((front, self.mirror), (back, -self.mirror)):
            aside = np.array([x * self.body.hip_m, 0, 0])
            pole = np.array([0, -1.0, -0.15])
            rotations |= leg_to(self.body, letter, hip + aside, ankles[letter] + aside, pole)
        rotations |= {f"foot_{front}": NONE, f"foot_{back}": about_x(self._heel_deg(step, down))}
        rotations |= {f"ball_{front}": NONE, f"ball_{back}": NONE}
        return Posture(rotations, ("thigh_l", "thigh_r"), hip)

    def _heel_deg(self, step: float, down: float) -> float:
        return HEEL_END_DEG * (0.45 * step + 0.55 * down)

    def _front_ankle(self, step: float) -> Floats:
        """Along an arc to the stride's length; (3,) with x left out."""
        stepping = STEP_HIGH_M * np.sin(np.pi * step)
        return np.array([0, BACK_FOOT_Y_M - self._stride_m * step, self.body.ankle_m + MAT_M + stepping])

    def _back_ankle(self, step: float, down: float) -> Floats:
        flat = np.array([0, BACK_FOOT_Y_M, self.body.ankle_m + MAT_M])
        return lifted_ankle(self.body, flat, self._heel_deg(step, down))

    def _hip(self, values: Values, step: float, down: float, back_ankle: Floats) -> Floats:
        """The middle of the hips: over the back foot, then between the feet as high as both legs reach, then low."""
        thigh, shank = self.body.leg()
        reach = 0.995 * (thigh + shank)
        front = self._front_ankle(step)
        slope, lean = np.radians(values["thigh_deg"]), np.radians(values["shank_deg"])
        bottom = front[1] + thigh * np.sin(slope) - shank * np.sin(lean)
        y = BACK_FOOT_Y_M + (front[1] - BACK_FOOT_Y_M) * 0.5 * step * (1 - down)
        y = y * (1 - down) + bottom * down
        high = min(_over(reach, y - foot[1]) + foot[2] for foot in (front, back_ankle))
        low = self.body.ankle_m + MAT_M + shank * np.cos(lean) + thigh * np.cos(slope)
        return np.array([0, y, high + (low - high) * down])


def _over(reach: float, aside: float) -> float:
    """How high a leg of this reach comes over a foot that is aside by so much."""
    return float(np.sqrt(max(reach**2 - aside**2, 0.01)))
