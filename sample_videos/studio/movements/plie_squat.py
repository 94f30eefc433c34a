"""The plié squat: wide stance, toes out, the hips sink straight down; seen from the front."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import (
    MAT_M,
    OUTWARD,
    Movement,
    Plan,
    Prop,
    Tempo,
    Values,
    arm_to,
    mixed,
    zero_of,
)
from sample_videos.studio.movements.hip_hiker import HANDS_M
from sample_videos.studio.rotations import Floats, Rotation, about_x, about_y, about_z, limb, middle_joint
from sample_videos.studio.skeleton import Posture

ELEVATION_END_DEG: Final = 12.0  # of the thigh over level
TOES_OUT_DEG: Final = 42.0
STANCE_SHARE: Final = 0.9  # half the distance of the ankles by the length of the thigh
STRAIGHT: Final = 0.995  # of the leg's length at rest
LEAN_DEG: Final = 4.0  # of the trunk, forward


class PlieSquat(Movement):
    """Parameters: thigh_deg over level (rest: standing), knees_in_deg, lean_deg sideways, forward_deg, shift.

    knees_in_deg turns the knees inward from the direction of the toes; shift is of the hips to the left by the
    distance of the ankles.
    """

    exercise: ClassVar[str] = "plie_squat"
    tempo: ClassVar[Tempo] = Tempo(1.8, 0.4, 1.6, 1.0)
    faults: ClassVar[tuple[str, ...]] = (
        "depth",
        "knees_over_toes",
        "trunk_upright",
        "trunk_tall",
        "weight_even",
    )
    partial: ClassVar[str] = "depth"
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.82)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, -0.03), (1.6, 0.9)),)

    _standing_deg: float

    def prepare(self) -> None:
        """How steep the thighs are at rest."""
        hip = self._standing_hip_m()
        knee = self._knee("l", np.array([self.body.hip_m, 0, hip]), 0.0)
        rise = (hip - knee[2]) / self.body.leg()[0]
        self._keep(_standing_deg=float(np.degrees(np.arcsin(rise))))

    @property
    def rest(self) -> Values:
        """Standing wide, the knees all but straight."""
        return {
            "thigh_deg": self._standing_deg,
            "knees_in_deg": 0.0,
            "lean_deg": 0.0,
            "forward_deg": LEAN_DEG,
            "shift": 0.0,
        }

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """depth: thigh over level; knees_over_toes, trunk_upright, trunk_tall: degrees; weight_even: share."""
        end = {
            "thigh_deg": faults.get("depth", ELEVATION_END_DEG),
            "knees_in_deg": faults.get("knees_over_toes", 0.0),
            "lean_deg": faults.get("trunk_upright", 0.0),
            "forward_deg": faults.get("trunk_tall", LEAN_DEG),
            "shift": faults.get("weight_even", 0.0),
        }
        return Plan(self.rest, mixed(self.rest, end, share), self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The feet planted, the hips as low as the thighs are to slope, the hands on the hips."""
        hip_m = self._hip_m(values["thigh_deg"])
        shift = values["shift"] * 2 * self._ankle("l")[0] + 0.004 * self.sway(t, 3)
        lean = about_y(values["lean_deg"] + self.sway(t)) @ about_x(values["forward_deg"])
        rotations: dict[str, Rotation] = {"pelvis": lean, "spine_03": lean, "head": about_x(0.0)}
        for letter, outward in OUTWARD.items():
            hip = np.array([outward * self.body.hip_m + shift, 0, hip_m])
            rotations |= self._leg(letter, hip, values["knees_in_deg"])
        posture = Posture(rotations, ("thigh_l", "thigh_r"), np.array([shift, 0, hip_m]))
        placed = self.body.place(posture)
        for letter, outward in OUTWARD.items():
            wrist = self.body.joint(placed, f"thigh_{letter}") + np.array(HANDS_M) * [outward, 1, 1]
            rotations |= arm_to(self.body, placed, letter, wrist, np.array([outward, 0.55, 0.05]))
        return posture.with_rotations(**rotations)

    def _leg(self, letter: str, hip: Floats, knees_in_deg: float) -> dict[str, Rotation]:
        knee = self._knee(letter, hip, knees_in_deg)
        thigh, calf = limb(knee - hip, self._ankle(letter) - knee)
        turned = about_z(OUTWARD[letter] * TOES_OUT_DEG)
        return {
            f"thigh_{letter}": thigh,
            f"calf_{letter}": calf,
            f"foot_{letter}": turned,
            f"ball_{letter}": turned,
        }

    def _ankle(self, letter: str) -> Floats:
        aside = STANCE_SHARE * self.body.leg()[0]
        return np.array([OUTWARD[letter] * aside, 0, self.body.ankle_m + MAT_M])

    def _knee(self, letter: str, hip: Floats, knees_in_deg: float) -> Floats:
        """Bent toward the toes, or so much inward of them."""
        toward = np.radians(TOES_OUT_DEG - knees_in_deg)
        pole = np.array([OUTWARD[letter] * np.sin(toward), -np.cos(toward), 0])
        return middle_joint(hip, self._ankle(letter), *self.body.leg(letter), pole)

    def _standing_hip_m(self) -> float:
        reach = STRAIGHT * sum(self.body.leg())
        aside = self._ankle("l")[0] - self.body.hip_m
        return float(np.sqrt(reach**2 - aside**2)) + float(self._ankle("l")[2])

    def _hip_m(self, thigh_deg: float) -> float:
        """The height of the hips at which clean thighs slope so."""
        wanted = self.body.leg()[0] * np.sin(np.radians(thigh_deg))

        def above(hip_m: float) -> float:
            knee = self._knee("l", np.array([self.body.hip_m, 0, hip_m]), 0.0)
            return float(hip_m - knee[2] - wanted)

        return zero_of(above, 0.3, self._standing_hip_m())
