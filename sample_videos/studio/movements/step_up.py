"""The step-up: one foot stays on the step, the body is driven up over it and lowered slowly."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import (
    Movement,
    Plan,
    Prop,
    Stage,
    Tempo,
    Values,
    hanging_arms,
    leg_to,
    lifted_ankle,
    smooth,
)
from sample_videos.studio.movements.hip_hiker import STEP_M
from sample_videos.studio.rotations import NONE, Floats, about_x
from sample_videos.studio.skeleton import Posture

BEHIND_M: Final = 0.34  # of the free foot behind the one on the step
STEP_Y_M: Final = -0.12  # of the foot on the step
BETWEEN: Final = 0.55  # where the hips are at first, between the working foot (0) and the free one (1)
STRAIGHT: Final = 0.998  # of a leg's length: as straight as people stand
LEAN_DEG: Final = 20.0  # of the trunk, half-way up
START_LEAN_DEG: Final = 8.0
HEEL_DEG: Final = 22.0  # pitch of the free foot before it leaves the floor
UP_FROM: Final = 0.25  # share of the way at which the free foot leaves the floor
TURNED_BY: Final = 0.2  # share of the way by which a knee has turned inward
CLEAR_M: Final = 0.05  # of the free foot over the edge
STAND_ASIDE: Final = 0.55  # how far the body comes over the foot it stands on, of half the hips' width


class StepUp(Movement):
    """Parameters: way, 0 below to 1 above; degrees at the top: knee_deg, trunk_deg; on the way: knee_in_deg."""

    exercise: ClassVar[str] = "step_up"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(1.5, 0.6, 2.0, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("knee_straight", "hip_straight", "knee_over_foot")
    times: ClassVar[dict[str, str]] = {"slow_lowering": "back_s"}
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.05, 0.95)

    @property
    def props(self) -> tuple[Prop, ...]:
        """The step."""
        return (Prop("step", (0.0, STEP_Y_M - 0.03), (0.7, 0.42)),)

    @property
    def rest(self) -> Values:
        """One foot on the step, the other on the floor."""
        return {"way": 0.0, "knee_deg": 0.0, "trunk_deg": 0.0, "knee_in_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: knee_straight and hip_straight: bent at the top; knee_over_foot: the knee turned inward."""
        end = {
            "way": share,
            "knee_deg": faults.get("knee_straight", 0.0),
            "trunk_deg": faults.get("hip_straight", 0.0),
            "knee_in_deg": share * faults.get("knee_over_foot", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The working foot planted on the step; the hips go forward and up over it, the free foot follows."""
        way = values["way"]
        working, free = self.letters
        ankles = {working: self._on_step(), free: self._free(way)}
        hip = self._hip(values, ankles[free])
        lean = START_LEAN_DEG * (1 - way) + LEAN_DEG * np.sin(np.pi * min(way, 1.0)) ** 2
        lean = float(lean) + values["trunk_deg"] * way + self.sway(t)
        rotations = {"pelvis": about_x(lean), "spine_03": about_x(lean), "head": NONE, **hanging_arms()}
        for letter, outward in ((working, self.mirror), (free, -self.mirror)):
            joint = hip + np.array([outward * self.body.hip_m, 0, 0])
            turned = np.radians(self._knee_in_deg(values)) if letter == working else 0.0
            pole = np.array([-outward * np.sin(turned), -np.cos(turned), 0])
            rotations |= leg_to(self.body, letter, joint, ankles[letter], pole)
        rotations |= {f"foot_{working}": NONE, f"foot_{free}": about_x(self._pitch_deg(way))}
        rotations |= {f"ball_{working}": NONE, f"ball_{free}": NONE}
        return Posture(rotations, ("thigh_l", "thigh_r"), hip)

    @staticmethod
    def _knee_in_deg(values: Values) -> float:
        """All of it from TURNED_BY on, though the parameter only grows with the way."""
        return values["knee_in_deg"] / max(values["way"], TURNED_BY)

    def _on_step(self) -> Floats:
        return np.array([self.mirror * self.body.hip_m, STEP_Y_M, self.body.ankle_m + STEP_M])

    def _pitch_deg(self, way: float) -> float:
        return float(HEEL_DEG * np.sin(np.pi * min(1.0, way / (2 * UP_FROM))))

    def _free(self, way: float) -> Floats:
        """The free ankle: on the floor, its heel lifting; then over the edge and down beside the other foot."""
        x = -self.mirror * self.body.hip_m
        floor = np.array([x, STEP_Y_M + BEHIND_M, self.body.ankle_m])
        if way <= UP_FROM:
            return lifted_ankle(self.body, floor, self._pitch_deg(way))
        start = lifted_ankle(self.body, floor, self._pitch_deg(UP_FROM))
        share = smooth((way - UP_FROM) / (1 - UP_FROM))
        there = np.array([x, STEP_Y_M, self.body.ankle_m + STEP_M])
        up = smooth(1.6 * share)  # up first, then forward
        arc = np.array([0, 0, CLEAR_M * np.sin(np.pi * share)])
        mixture = start + (there - start) * np.array([1, smooth(share), up])
        return np.asarray(mixture + arc)

    def _hip(self, values: Values, free: Floats) -> Floats:
        """The middle of the hips (3,): between the feet at first, above the working foot at the top."""
        way, reach = values["way"], STRAIGHT * sum(self.body.leg())
        share = min(way, 1.0)
        stepped = self._on_step()
        y = STEP_Y_M + BETWEEN * BEHIND_M * (1 - share)
        floor = self._free(0.0)
        low = self._over(reach, STEP_Y_M + BETWEEN * BEHIND_M, floor)
        high = stepped[2] + self._leg_m(values["knee_deg"])
        z = low + (high - low) * share
        most = min(self._over(reach, y, stepped), self._over(reach, y, free))
        aside = self.mirror * STAND_ASIDE * self.body.hip_m * np.sin(np.pi * min(way, 1.0))
        return np.array([aside, y, min(z, most)])

    def _leg_m(self, knee_deg: float) -> float:
        """Length from hip to ankle with the knee bent so, or as straight as people stand."""
        thigh, shank = self.body.leg()
        bent = np.sqrt(thigh**2 + shank**2 + 2 * thigh * shank * np.cos(np.radians(knee_deg)))
        return float(min(bent, STRAIGHT * (thigh + shank)))

    @staticmethod
    def _over(reach: float, y: float, foot: Floats) -> float:
        """How high the hips can be over a foot."""
        return float(foot[2] + np.sqrt(max(reach**2 - (y - foot[1]) ** 2, 0.01)))

    # --- getting there ------------------------------------------------------------------------------

    @property
    def spot(self) -> Floats:
        """Behind the step."""
        return np.array([0.0, STEP_Y_M + BEHIND_M])

    def arrival(self) -> tuple[Stage, ...]:
        """One foot on the step."""
        return (Stage(self.posture(self.rest, 0.0), 1.6),)
