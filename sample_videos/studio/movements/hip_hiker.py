"""The hip hiker: one foot on a step, the free side of the pelvis sinks and is raised again."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import (
    OUTWARD,
    Movement,
    Plan,
    Prop,
    Stage,
    Tempo,
    Values,
    arm_to,
    hanging_arms,
    leg_to,
    mixed,
)
from sample_videos.studio.rotations import NONE, Floats, Rotation, about_x, about_y
from sample_videos.studio.skeleton import Placed, Posture

STEP_M: Final = 0.2  # so high that the free foot hangs clear with the standing knee bent
STANDING_X_M: Final = 0.11  # of the standing foot, from the middle
LEVEL_DEG: Final = -4.0  # drop of the free side at rest: a little above level
DROP_DEG: Final = 12.0
STANDING_LEG_DEG: Final = 5.0  # the standing leg leans so, to have the body over the foot
BEHIND_M: Final = 0.42  # where one stands before stepping up
HANDS_M: Final = (0.10, -0.03, 0.13)  # on the hips: outward, back and up of the hip joint


class HipHiker(Movement):
    """Parameters, degrees: drop of the free side, lean to the free side, bend of standing_knee and free_knee."""

    exercise: ClassVar[str] = "hip_hiker"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(1.6, 0.4, 1.4, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("knees_straight", "trunk_upright", "full_return")
    stops_short: ClassVar[tuple[str, ...]] = ("full_return",)
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.98)

    @property
    def props(self) -> tuple[Prop, ...]:
        """The step under the standing foot."""
        return (Prop("step", (-self.mirror * 0.24, -0.02), (0.44, 0.4)),)

    @property
    def rest(self) -> Values:
        """The pelvis a little above level."""
        return {"drop_deg": LEVEL_DEG, "lean_deg": 0.0, "standing_knee_deg": 0.0, "free_knee_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: knees_straight: of the standing knee (negative: the free); trunk_upright; full_return: drop left."""
        bend = faults.get("knees_straight", 0.0)
        end = {
            "drop_deg": DROP_DEG,
            "lean_deg": faults.get("trunk_upright", 0.0),
            "standing_knee_deg": max(bend, 0.0),
            "free_knee_deg": max(-bend, 0.0),
        }
        back = {**self.rest, "drop_deg": faults.get("full_return", LEVEL_DEG)}
        return Plan(self.rest, mixed(self.rest, end, share), back)

    def posture(self, values: Values, t: float) -> Posture:
        """The standing foot planted on the step, everything else hanging on it."""
        drop = values["drop_deg"] + 0.3 * self.sway(t, 1)
        rotations = self._legs(values, drop)
        lean = values["lean_deg"] + self.sway(t, 2)
        spine = lean
        for _ in range(4):  # the slope of the spine that gives the line from hips to shoulders its lean
            rotations |= self._spine(spine)
            spine += 1.3 * (lean - self._lean_deg(rotations))
        placed = self.body.place(Posture(rotations))
        for letter, outward in OUTWARD.items():
            on_hip = np.array(HANDS_M) * [outward, 1, 1]
            wrist = self.body.joint(placed, f"thigh_{letter}") + about_y(self.mirror * drop) @ on_hip
            rotations |= arm_to(self.body, placed, letter, wrist, np.array([outward, 0.55, 0.05]))
        foot = f"foot_{self.letters[1]}"
        at = np.array([-self.mirror * STANDING_X_M, 0, self.body.ankle_m + STEP_M])
        return Posture(rotations, (foot,), at)

    def _spine(self, lean_deg: float) -> dict[str, Rotation]:
        lean = self.mirror * lean_deg
        return {"spine_03": about_y(lean), "neck_01": about_y(0.3 * lean), "head": about_y(0.1 * lean)}

    def _legs(self, values: Values, drop_deg: float) -> dict[str, Rotation]:
        free, standing = self.letters
        thigh_bent, shank_bent = self._bent(standing, values["standing_knee_deg"])
        aside = about_y(-self.mirror * STANDING_LEG_DEG)
        hang, bend = about_y(-self.mirror * 3), values["free_knee_deg"]
        return {
            "pelvis": about_y(self.mirror * drop_deg),
            f"thigh_{standing}": about_x(-thigh_bent) @ aside,
            f"calf_{standing}": about_x(shank_bent) @ aside,
            f"foot_{standing}": NONE,
            f"thigh_{free}": hang @ about_x(-1.5 - 0.4 * bend),
            f"calf_{free}": hang @ about_x(1.5 + 0.6 * bend),
            f"foot_{free}": about_y(-self.mirror * 2) @ about_x(12 + 0.5 * bend),
        }

    def _bent(self, letter: str, knee_deg: float) -> tuple[float, float]:
        """How far thigh and shank of a bent leg slope, the hip staying over the ankle, degrees."""
        thigh, shank = self.body.leg(letter)
        bend = np.radians(knee_deg)
        forward = np.arctan2(shank * np.sin(bend), thigh + shank * np.cos(bend))
        return float(np.degrees(forward)), float(knee_deg - np.degrees(forward))

    def _lean_deg(self, rotations: dict[str, Rotation]) -> float:
        placed: Placed = self.body.place(Posture(rotations))
        left, right = (
            self.body.joint(placed, f"upperarm_{side}") - self.body.joint(placed, f"thigh_{side}")
            for side in ("l", "r")
        )
        trunk = (left + right) / 2
        return float(self.mirror * np.degrees(np.arctan2(trunk[0], trunk[2])))

    # --- getting up on the step ---------------------------------------------------------------------

    @property
    def spot(self) -> Floats:
        """Behind the step."""
        return np.array([-self.mirror * 0.05, BEHIND_M])

    def arrival(self) -> tuple[Stage, ...]:
        """One foot on the step, then the weight on it."""
        return Stage(self._stepping(), 1.6), Stage(self.posture(self.rest, 0.0), 2.0)

    def _stepping(self) -> Posture:
        """The standing foot on the step, the other still on the floor behind it."""
        free, standing = self.letters
        on_step = np.array([-self.mirror * STANDING_X_M, 0, self.body.ankle_m + STEP_M])
        behind = np.array([self.mirror * 0.07, BEHIND_M, self.body.ankle_m])
        rotations = {"pelvis": about_x(10), "spine_03": about_x(14), "head": NONE, **hanging_arms()}
        at = np.array([-self.mirror * 0.03, 0.6 * BEHIND_M, 0.93 * sum(self.body.leg()) + self.body.ankle_m])
        placed = self.body.place(Posture(rotations, ("thigh_l", "thigh_r"), at))
        for letter, ankle in ((standing, on_step), (free, behind)):
            hip = self.body.joint(placed, f"thigh_{letter}")
            rotations |= {
                **leg_to(self.body, letter, hip, ankle, np.array([0, -1.0, 0])),
                f"foot_{letter}": NONE,
            }
        return Posture(rotations, ("thigh_l", "thigh_r"), at)
