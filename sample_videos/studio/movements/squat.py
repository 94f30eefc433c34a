"""The squat: feet planted, hips back and down; seen from the side or from the front."""

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
    lifted_ankle,
    mixed,
)
from sample_videos.studio.rotations import Floats, Rotation, about_x, about_y, about_z, limb, middle_joint
from sample_videos.studio.skeleton import Posture

THIGH_END_DEG: Final = 82.0  # of the thigh from the vertical: 8 above level
SHANK_END_DEG: Final = 33.0  # of the shank, forward
TRUNK_PAST_DEG: Final = 6.0  # a clean trunk leans this much further than the shank
ARMS_DEG: Final = 78.0
TOES_OUT_DEG: Final = 8.0
STANCE_SHARE: Final = 1.55  # half the distance of the ankles by half that of the hips: shoulder width


class Squat(Movement):
    """Parameters: thigh_deg from the vertical, past_deg of the trunk past the shank, heel_deg, knees_in_deg."""

    exercise: ClassVar[str] = "squat"
    tempo: ClassVar[Tempo] = Tempo(2.0, 0.4, 1.6, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("depth", "trunk", "heels_down", "knees_over_feet")
    partial: ClassVar[str] = "depth"
    middle: ClassVar[tuple[float, float, float]] = (0.0, -0.05, 0.88)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, -0.03), (0.9, 1.75)),)

    @property
    def rest(self) -> Values:
        """Standing."""
        return {"thigh_deg": 0.0, "past_deg": TRUNK_PAST_DEG, "heel_deg": 0.0, "knees_in_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """depth: thigh above level; trunk: past the shank; heels_down: pitch; knees_over_feet: valgus; degrees."""
        end = {
            "thigh_deg": 90.0 - faults.get("depth", 90.0 - THIGH_END_DEG),
            "past_deg": faults.get("trunk", TRUNK_PAST_DEG),
            "heel_deg": faults.get("heels_down", 0.0),
            "knees_in_deg": faults.get("knees_over_feet", 0.0),
        }
        return Plan(self.rest, mixed(self.rest, end, share), self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """Ankles planted (or pitched up about the balls), hips by the sagittal angles, knees between them."""
        down = values["thigh_deg"] / THIGH_END_DEG
        still = max(0.0, 1 - down)
        lean = self._trunk_deg(values, down) + still * self.sway(t)
        across = still * 0.01 * self.sway(t, 5)
        hip, ankle = self._leg(values, t)
        rotations = {"pelvis": about_x(lean), "spine_03": about_x(lean), "head": about_x(0.3 * lean)}
        for letter, outward in OUTWARD.items():
            mine = np.array([outward, 1, 1])
            rotations |= self._one_leg(letter, hip * mine + [across, 0, 0], ankle * mine, values, down)
            rotations |= self._one_arm(letter, outward, down)
        return Posture(rotations, ("thigh_l", "thigh_r"), np.array([across, hip[1], hip[2]]))

    def _trunk_deg(self, values: Values, down: float) -> float:
        """Lean of the trunk segment, so that the line from hip to shoulder leans as asked for."""
        shoulder, hip = (self.body.heads0[self.body.index[name]] for name in ("upperarm_l", "thigh_l"))
        upright = np.degrees(np.arctan2(-(shoulder - hip)[1], (shoulder - hip)[2]))
        return float(down * (SHANK_END_DEG + values["past_deg"] - upright))

    def _leg(self, values: Values, t: float) -> tuple[Floats, Floats]:
        """Hip and ankle (3,) of the left side; the knee is bent by thigh and shank angle exactly."""
        body = self.body
        thigh_m, shank_m = body.leg()
        stance = STANCE_SHARE * body.hip_m
        down = values["thigh_deg"] / THIGH_END_DEG
        thigh = np.radians(values["thigh_deg"] + self.sway(t, 1) * max(0.0, 1 - down))
        shank = np.radians(SHANK_END_DEG * down)
        ankle = lifted_ankle(
            body, np.array([stance, 0, body.ankle_m + MAT_M]), values["heel_deg"], TOES_OUT_DEG
        )
        back = thigh_m * np.sin(thigh) - shank_m * np.sin(shank)
        up = thigh_m * np.cos(thigh) + shank_m * np.cos(shank)
        aside = stance - body.hip_m  # the same length of leg, spread to the stance
        return np.array([body.hip_m, ankle[1] + back, ankle[2] + np.sqrt(up**2 - aside**2)]), ankle

    def _one_leg(
        self, letter: str, hip: Floats, ankle: Floats, values: Values, down: float
    ) -> dict[str, Rotation]:
        outward = OUTWARD[letter]
        knee = self._knee(letter, hip, ankle, values, down)
        thigh, calf = limb(knee - hip, ankle - knee)
        foot = about_z(outward * TOES_OUT_DEG) @ about_x(values["heel_deg"])
        toes = about_z(outward * TOES_OUT_DEG)
        return {
            f"thigh_{letter}": thigh,
            f"calf_{letter}": calf,
            f"foot_{letter}": foot,
            f"ball_{letter}": toes,
        }

    def _knee(self, letter: str, hip: Floats, ankle: Floats, values: Values, down: float) -> Floats:
        """The knee over the foot, or caved in: turned about the line from hip to ankle until it is there."""
        outward = OUTWARD[letter]
        thigh_m, shank_m = self.body.leg(letter)
        wanted = abs(ankle[0]) + 0.012 * down - thigh_m * np.sin(np.radians(values["knees_in_deg"]))
        most = 7 + 60 * min(1.0, down / 0.35)  # degrees; a straight leg has no knee to turn
        low, high = -most, most
        for _ in range(30):
            turn = np.radians((low + high) / 2)
            pole = np.array([outward * np.sin(turn), -np.cos(turn), 0])
            knee = middle_joint(hip, ankle, thigh_m, shank_m, pole)
            low, high = ((low + high) / 2, high) if knee[0] * outward < wanted else (low, (low + high) / 2)
        return knee

    @staticmethod
    def _one_arm(letter: str, outward: float, down: float) -> dict[str, Rotation]:
        raised = ARMS_DEG * min(1.0, 1.3 * down)
        rest = max(0.0, 1 - down)
        return {
            f"upperarm_{letter}": about_x(-raised) @ about_y(-outward * 8 * rest),
            f"lowerarm_{letter}": about_x(-raised - 10) @ about_y(-outward * 5 * rest),
        }
