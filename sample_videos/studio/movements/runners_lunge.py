"""The runner's lunge: a long step back, the hips sink low, the fingertips come down beside the front foot; held."""

from dataclasses import dataclass
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
    hanging_arms,
    leg_to,
    lifted_ankle,
    smooth,
    zero_of,
)
from sample_videos.studio.rotations import NONE, Floats, Rotation, about_x, slerp
from sample_videos.studio.skeleton import HAND, Posture

KNEE_Y_M: Final = -0.42  # of the front knee: the lunge is about the middle of its space
THIGH_DEG: Final = 10.0  # of the front thigh over the level, in a clean pose
LEAN_DEG: Final = (40.0, 84.0)  # of the trunk: as far as the fingertips need to reach the floor
HEEL_DEG: Final = 62.0  # pitch of the back foot, its toes tucked under
ARMS: Final = 0.985  # of their length: all but straight
APART_M: Final = 0.02  # of the feet, outward of the hips
STEP_BY: Final = 0.6  # share of the way at which the back foot is down
DOWN_FROM: Final = 0.25  # and from which the hips sink
STEP_HIGH_M: Final = 0.07


@dataclass(frozen=True)
class Places:
    """Seen from the side, (3,) metres with x left out: front ankle, middle of the hips, back ankle."""

    front: Floats
    hip: Floats
    back: Floats


class RunnersLunge(Movement):
    """Parameters: into (0 standing, 1 in the pose); shank (knee before the ankle), thigh, bend (back knee), degrees."""

    exercise: ClassVar[str] = "runners_lunge"
    sided: ClassVar[bool] = True
    held: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(2.4, 30.0, 2.0, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("knee_over_ankle", "back_knee_straight", "hips_low")
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.05, 0.6)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.1), (0.8, 2.1)),)

    _back_m: float
    _fingers_m: float
    _leans: dict[float, float]  # of the trunk, by how high the hips are

    @property
    def rest(self) -> Values:
        """Standing on the front foot."""
        return {"into": 0.0, "shank_deg": 0.0, "thigh_deg": THIGH_DEG, "bend_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: knee_over_ankle: of lean; back_knee_straight: of bend; hips_low: the thigh over the level."""
        end = {
            "into": share,
            "shank_deg": faults.get("knee_over_ankle", 0.0),
            "thigh_deg": faults.get("hips_low", THIGH_DEG),
            "bend_deg": faults.get("back_knee_straight", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    @property
    def spot(self) -> Floats:
        """Where the front foot is."""
        return np.array([0.0, KNEE_Y_M])

    def prepare(self) -> None:
        """How high the ankle of the back foot is, and the wrist over fingertips on the floor."""
        flat = np.array([0, 0, self.body.ankle_m])
        upright = self.body.place(Posture({}))
        hands = [name for name in self.body.names if name.split("_")[0] in HAND]
        lowest = self.body.lowest_m(upright, self.body.belonging(*hands))
        self._keep(_fingers_m=float(self.body.joint(upright, "hand_l")[2] - lowest))
        self._keep(_back_m=float(lifted_ankle(self.body, flat, HEEL_DEG)[2]), _leans={})

    def posture(self, values: Values, t: float) -> Posture:
        """The front foot stays, the other steps back, and the hips sink between them."""
        step, down = smooth(values["into"] / STEP_BY), smooth((values["into"] - DOWN_FROM) / (1 - DOWN_FROM))
        pose = self._places(values)
        ankle = self.body.ankle_m + MAT_M
        upright = np.array([0.0, pose.front[1], ankle + 0.995 * sum(self.body.leg())])
        arc = np.array([0, 0, STEP_HIGH_M * np.sin(np.pi * step)])
        back = pose.front + (pose.back - pose.front) * step + arc
        hip = upright + (pose.hip - upright) * down
        lean = self._lean_deg(float(pose.hip[2])) * down + 0.6 * self.sway(t)
        heel = HEEL_DEG * step
        rotations = self._trunk(lean) | self._legs(hip, pose.front, back, heel)
        rotations |= self._arms(rotations, hip, down)
        return Posture(rotations, ("thigh_l", "thigh_r"), hip)

    def _places(self, values: Values) -> Places:
        """The pose, worked out from the front knee: it stays, the feet stand where the angles want them."""
        thigh, shank = self.body.leg()
        lean, above, bend = (np.radians(values[f"{name}_deg"]) for name in ("shank", "thigh", "bend"))
        ankle = self.body.ankle_m + MAT_M
        front = np.array([0.0, KNEE_Y_M + shank * np.sin(lean), ankle])
        knee = np.array([0.0, KNEE_Y_M, ankle + shank * np.cos(lean)])
        hip = knee + thigh * np.array([0.0, np.cos(above), np.sin(above)])
        reach = 0.9995 * np.sqrt(thigh**2 + shank**2 + 2 * thigh * shank * np.cos(bend))
        falls = hip[2] - self._back_m - MAT_M
        back = np.array([0.0, hip[1] + np.sqrt(max(reach**2 - falls**2, 0.01)), self._back_m + MAT_M])
        return Places(front, hip, back)

    def _lean_deg(self, hips_m: float) -> float:
        """How far the trunk leans for the fingertips to reach the floor."""
        wanted = ARMS * sum(self.body.arm()) + self._fingers_m + MAT_M

        def too_high(lean: float) -> float:
            placed = self.body.place(
                Posture(self._trunk(lean), ("thigh_l", "thigh_r"), np.array([0, 0, hips_m]))
            )
            return float(self.body.joint(placed, "upperarm_l")[2]) - wanted

        if hips_m not in self._leans:
            self._leans[hips_m] = zero_of(too_high, *LEAN_DEG, steps=12)
        return self._leans[hips_m]

    @staticmethod
    def _trunk(lean_deg: float) -> dict[str, Rotation]:
        return {
            "pelvis": about_x(0.8 * lean_deg),
            "spine_03": about_x(1.05 * lean_deg),
            "neck_01": about_x(0.7 * lean_deg),
            "head": about_x(0.35 * lean_deg),
        }

    def _legs(self, hip: Floats, front: Floats, back: Floats, heel_deg: float) -> dict[str, Rotation]:
        legs: dict[str, Rotation] = {}
        down, forward = np.array([0, -0.3, -1.0]), np.array([0, -1.0, 0.2])
        for letter, ankle, pole in ((self.letters[0], front, forward), (self.letters[1], back, down)):
            aside = np.array([OUTWARD[letter], 0, 0])
            start, end = hip + self.body.hip_m * aside, ankle + (self.body.hip_m + APART_M) * aside
            legs |= leg_to(self.body, letter, start, end, pole if heel_deg > 20 else forward)
        pitched = {f"foot_{self.letters[1]}": about_x(heel_deg), f"ball_{self.letters[1]}": NONE}
        return legs | pitched | {f"foot_{self.letters[0]}": NONE}

    def _arms(self, rotations: dict[str, Rotation], hip: Floats, down: float) -> dict[str, Rotation]:
        """From hanging to the fingertips on either side of the front foot."""
        placed = self.body.place(Posture(rotations, ("thigh_l", "thigh_r"), hip))
        hanging = hanging_arms()
        arms: dict[str, Rotation] = {}
        for letter, outward in OUTWARD.items():
            shoulder = self.body.joint(placed, f"upperarm_{letter}")
            wrist = np.array([outward * 0.24, shoulder[1], MAT_M + self._fingers_m])
            there = arm_to(self.body, placed, letter, wrist, np.array([0.5 * outward, 1.0, 0]))
            there[f"hand_{letter}"] = NONE
            for bone, turn in there.items():
                before = hanging.get(bone, hanging[f"lowerarm_{letter}"])
                arms[bone] = slerp(before, turn, down)
        return arms
