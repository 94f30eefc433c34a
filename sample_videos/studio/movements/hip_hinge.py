"""The hip hinge: hips back, trunk forward, soft knees, and tall again; seen from the side."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import MAT_M, OUTWARD, Movement, Plan, Prop, Tempo, Values, mixed
from sample_videos.studio.rotations import NONE, about_x, about_y
from sample_videos.studio.skeleton import Posture

TRUNK_END_DEG: Final = 74.0  # of the trunk from the vertical
KNEE_END_DEG: Final = 25.0
SHANK_END_DEG: Final = 4.0  # of the shank, forward
SHANK_SHARE: Final = 0.2  # of what the knee bends further, the shank comes forward
STANCE_DEG: Final = 1.5  # of each leg, outward


class HipHinge(Movement):
    """Parameters, degrees: trunk from the vertical, knee's bend, shank forward."""

    exercise: ClassVar[str] = "hip_hinge"
    tempo: ClassVar[Tempo] = Tempo(1.6, 0.4, 1.4, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("hip_range", "knees_soft", "shanks_upright", "full_extension")
    stops_short: ClassVar[tuple[str, ...]] = ("full_extension",)
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.05, 0.85)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, -0.03), (0.9, 1.75)),)

    @property
    def rest(self) -> Values:
        """Standing tall."""
        return {"trunk_deg": 0.0, "knee_deg": 0.0, "shank_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees of the trunk (hip_range, full_extension), the knee (knees_soft) and the shank (shanks_upright)."""
        knee = faults.get("knees_soft", KNEE_END_DEG)
        end = {
            "trunk_deg": faults.get("hip_range", TRUNK_END_DEG),
            "knee_deg": knee,
            "shank_deg": faults.get("shanks_upright", SHANK_END_DEG + SHANK_SHARE * (knee - KNEE_END_DEG)),
        }
        back = {**self.rest, "trunk_deg": faults.get("full_extension", 0.0)}
        return Plan(self.rest, mixed(self.rest, end, share), back)

    def posture(self, values: Values, t: float) -> Posture:
        """The feet planted, the hips by the angles of shank and knee, the arms hanging down."""
        body = self.body
        down = min(1.0, values["trunk_deg"] / TRUNK_END_DEG)
        lean = values["trunk_deg"] - down * self._upright_deg() + (1 - down) * self.sway(t)
        shank = values["shank_deg"]
        thigh = values["knee_deg"] - shank
        rotations = {"pelvis": about_x(lean), "spine_03": about_x(lean), "head": about_x(0.55 * lean)}
        for letter, outward in OUTWARD.items():
            aside = about_y(-outward * STANCE_DEG)
            rotations |= {
                f"thigh_{letter}": about_x(-thigh) @ aside,
                f"calf_{letter}": about_x(shank) @ aside,
                f"foot_{letter}": NONE,
                f"ball_{letter}": NONE,
                f"upperarm_{letter}": about_x(-6 * down) @ about_y(-outward * 7),
                f"lowerarm_{letter}": about_x(-6 * down - 8) @ about_y(-outward * 4),
            }
        return Posture(rotations, ("foot_l", "foot_r"), np.array([0, 0, body.ankle_m + MAT_M]))

    def _upright_deg(self) -> float:
        """How far the line from hip to shoulder leans when the trunk stands upright."""
        shoulder, hip = (self.body.heads0[self.body.index[name]] for name in ("upperarm_l", "thigh_l"))
        return float(np.degrees(np.arctan2(-(shoulder - hip)[1], (shoulder - hip)[2])))
