"""The side-lying leg raise: on the side, propped on the forearm, the top leg lifted from hip height and back to it."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import (
    MAT_M,
    Movement,
    Plan,
    Prop,
    Stage,
    Tempo,
    Values,
    arm_to,
    mixed,
)
from sample_videos.studio.movements.walking import PALM_M
from sample_videos.studio.rotations import Floats, Rotation, about_x, about_y, about_z, frame, limb, slerp
from sample_videos.studio.skeleton import Placed, Posture, with_lumbar

RAISED_DEG: Final = 24.0  # over hip height, of a clean repetition
PROP_DEG: Final = 30.0  # slope of the chest on the forearm
TOES_DOWN_DEG: Final = 12.0  # the leg turned inward
SINK_M: Final = 0.012  # soft parts give so much
UNDER_ANKLE_M: Final = 0.05  # height of the lower ankle over the mat
LOWER_AHEAD_DEG: Final = 14.0  # the lower leg lies so much before the body
ELBOW_M: Final = 0.045  # height of the elbow that props
PELVIS_X_M: Final = 0.05
PELVIS: Final = ("pelvis", "spine_01", "thigh_l", "thigh_r")


class SideLyingLegRaise(Movement):
    """Parameters, degrees: raised (the top leg over hip height), knee (bend), roll (of trunk and pelvis, backward)."""

    exercise: ClassVar[str] = "side_lying_leg_raise"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(0.7, 0.2, 0.7, 0.7)
    faults: ClassVar[tuple[str, ...]] = ("stays_up", "knee_straight", "hips_stacked", "not_too_high")
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.4)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.1, 0.0), (2.1, 0.9)),)

    _pelvis_m: float
    _wrist_m: float  # height of the upper wrist over the mat

    def prepare(self) -> None:
        """How high the pelvis lies, and the wrist of the upper hand."""
        self._keep(_pelvis_m=0.2, _wrist_m=PALM_M)
        placed = self.body.place(Posture(self._trunk(0.0), ("pelvis",), self._pelvis_at()))
        lowest = self.body.lowest_m(placed, self.body.belonging(*PELVIS))
        self._keep(_pelvis_m=0.2 - lowest + MAT_M - SINK_M)
        hand = [
            f"{name}_{self.letters[0]}" for name in ("hand", "middle_02", "middle_03", "index_03", "pinky_03")
        ]
        placed = self.body.place(self.posture(self.rest, 0.0))
        self._keep(_wrist_m=PALM_M + MAT_M - self.body.lowest_m(placed, self.body.belonging(*hand)))

    def _pelvis_at(self) -> Floats:
        return np.array([self.mirror * PELVIS_X_M, 0.0, self._pelvis_m])

    @property
    def rest(self) -> Values:
        """The top leg at hip height."""
        return {"raised_deg": 0.0, "knee_deg": 0.0, "roll_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: stays_up: under hip height; knee_straight; hips_stacked: of roll; not_too_high: raised to."""
        end = {
            "raised_deg": faults.get("not_too_high", RAISED_DEG),
            "knee_deg": faults.get("knee_straight", 0.0),
            "roll_deg": faults.get("hips_stacked", 0.0),
        }
        back = {**self.rest, "raised_deg": -faults.get("stays_up", 0.0)}
        return Plan(self.rest, mixed(self.rest, end, share), back)

    def posture(self, values: Values, t: float) -> Posture:
        """Lying on the side; the lower leg, the forearm and the upper hand rest on the mat."""
        roll = values["roll_deg"] + 0.6 * self.sway(t)
        rotations = self._trunk(roll)
        at = ("pelvis",), self._pelvis_at()
        placed = self.body.place(Posture(rotations, *at))
        rotations |= self._top_leg(values["raised_deg"] + 0.4 * self.sway(t, 1), values["knee_deg"], roll)
        rotations |= self._lower_leg(placed)
        rotations |= self._prop(placed) | self._hand(placed)
        return Posture(rotations, *at)

    def _lies(self, slope_deg: float = 0.0, roll_deg: float = 0.0) -> Rotation:
        """On the side, the upper end raised by a slope, rolled backward."""
        return np.asarray(about_x(-roll_deg) @ about_y(-self.mirror * (90 - slope_deg)))

    def _trunk(self, roll_deg: float) -> dict[str, Rotation]:
        return with_lumbar(
            {
                "pelvis": self._lies(2.0, roll_deg),
                "spine_03": self._lies(PROP_DEG, roll_deg),
                "neck_01": self._lies(PROP_DEG + 14, 0.6 * roll_deg),
                "head": self._lies(PROP_DEG + 26, 0.4 * roll_deg),
            }
        )

    def _top_leg(self, raised_deg: float, knee_deg: float, roll_deg: float) -> dict[str, Rotation]:
        letter = self.letters[0]
        turned = about_z(-self.mirror * TOES_DOWN_DEG)
        thigh = self._lies(-raised_deg, 0.5 * roll_deg) @ turned
        calf = thigh @ about_x(knee_deg)
        return {f"thigh_{letter}": thigh, f"calf_{letter}": calf, f"foot_{letter}": calf @ about_x(-6)}

    def _lower_leg(self, placed: Placed) -> dict[str, Rotation]:
        """Long on the mat, a little before the body."""
        letter = self.letters[1]
        hip, length = self.body.joint(placed, f"thigh_{letter}"), sum(self.body.leg(letter))
        falls = MAT_M + UNDER_ANKLE_M - hip[2]
        ahead = np.radians(LOWER_AHEAD_DEG)
        level = np.sqrt(length**2 - falls**2)
        way = np.array([self.mirror * level * np.cos(ahead), -level * np.sin(ahead), falls])
        turn = frame(way, self._lies()[:, 0])
        return {f"thigh_{letter}": turn, f"calf_{letter}": turn, f"foot_{letter}": turn @ about_x(-6)}

    def _prop(self, placed: Placed) -> dict[str, Rotation]:
        """The elbow under the shoulder, the forearm pointing forward."""
        letter = self.letters[1]
        shoulder = self.body.joint(placed, f"upperarm_{letter}")
        upper = self.body.arm(letter)[0]
        falls = MAT_M + ELBOW_M - shoulder[2]
        aside = np.sqrt(max(upper**2 - falls**2, 0.0))
        to_elbow = np.array([-self.mirror * 0.8 * aside, -0.6 * aside, max(falls, -upper)])
        arm, fore = limb(to_elbow, np.array([self.mirror * 0.25, -1.0, 0.04]), arm=True)
        return {f"upperarm_{letter}": arm, f"lowerarm_{letter}": fore, f"hand_{letter}": fore}

    def _hand(self, placed: Placed) -> dict[str, Rotation]:
        """The upper hand on the mat before the belly."""
        letter = self.letters[0]
        shoulder = self.body.joint(placed, f"upperarm_{letter}")
        wrist = np.array([shoulder[0] + self.mirror * 0.16, -0.36, MAT_M + self._wrist_m])
        arm = arm_to(self.body, placed, letter, wrist, np.array([self.mirror * 0.8, 0.3, 0.8]))
        flat = frame((-self.mirror * 0.3, -1, -0.1), (self.mirror, 0, 0))
        return arm | {f"hand_{letter}": slerp(arm[f"hand_{letter}"], flat, 0.8)}

    @property
    def spot(self) -> Floats:
        """Where the hips come down."""
        return np.array([self.mirror * PELVIS_X_M, 0.2])

    def arrival(self) -> tuple[Stage, ...]:
        """Down onto the side."""
        return (Stage(self.posture(self.rest, 0.0), 3.6),)
