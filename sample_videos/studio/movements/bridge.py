"""The bridge: on the back, feet planted, the hips lifted into one line and lowered again."""

from collections.abc import Mapping
from math import cos, radians, sin
from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import (
    MAT_M,
    OUTWARD,
    Movement,
    Plan,
    Prop,
    Stage,
    Tempo,
    Values,
    arm_to,
    leg_to,
    lifted_ankle,
    mixed,
    zero_of,
)
from sample_videos.studio.movements.walking import half_kneeling, sitting
from sample_videos.studio.rotations import NONE, Floats, Rotation, about_x, unit
from sample_videos.studio.skeleton import HAND, Ints, Placed, Posture

HIP_EXTENSION_DEG: Final = 178.0  # of a clean repetition
ARCH_SHARE: Final = 0.45  # of over-extension: how far the lumbar spine bends for it
SHOULDERS_Y_M: Final = 0.55
HEAD_DEG: Final = -86.0
NECK_DEG: Final = (-120.0, -60.0)
SINK_M: Final = 0.004  # soft parts give so much
HEAD_SINK_M: Final = 0.005
BACK: Final = ("spine_03", "spine_02", "clavicle_l", "clavicle_r")
PELVIS: Final = ("pelvis", "spine_01", "thigh_l", "thigh_r")
FEET_BEFORE_M: Final = 0.12  # the feet of a bridge before those of who stands there to lie down
KNEELING_M: Final = 0.4  # and before the pelvis of who half-kneels


class Bridge(Movement):
    """Parameters: trunk_deg (its slope, hips up), feet_m (y of the ankles), arch_deg, heel_deg (pitch of the feet)."""

    exercise: ClassVar[str] = "bridge"
    tempo: ClassVar[Tempo] = Tempo(1.5, 3.7, 2.3, 1.2)
    faults: ClassVar[tuple[str, ...]] = ("knees_over_ankles", "straight_line", "no_arch", "feet_flat")
    times: ClassVar[Mapping[str, str]] = {"hold": "hold_s", "slow_lowering": "back_s"}
    partial: ClassVar[str] = "straight_line"
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.2, 0.33)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.15), (0.72, 2.0)),)

    _back: Ints
    _head: Ints
    _flat_deg: float  # slope of the trunk at rest
    _feet_m: float  # y of the feet of a clean repetition
    _wrist_m: float  # height of the wrists over the mat with the hands on it
    _known: dict[tuple[float | None, ...], tuple[float, float]]  # slopes and feet that were worked out before

    def prepare(self) -> None:
        """Find the trunk's slope at rest, the place of the feet, and how high the wrists lie."""
        pelvis = self.body.belonging(*PELVIS)
        self._keep(_back=self.body.belonging(*BACK), _head=self._nape(), _known={})

        def gap(trunk_deg: float) -> float:  # the pelvis over the mat
            return self.body.lowest_m(self._trunk(trunk_deg, 0.0)[1], pelvis) - MAT_M + SINK_M

        self._keep(_flat_deg=zero_of(gap, -12, 20), _wrist_m=0.05)
        self._keep(_feet_m=self._solved(HIP_EXTENSION_DEG, 0.0)[1])
        self._keep(_wrist_m=0.05 - self._hands_m())

    def _nape(self) -> Ints:
        """Skin vertices of the back of the head, on which it lies."""
        head = self.body.belonging("head")
        y = self.body.vertices0[head, 1]
        return np.asarray(head[y > np.quantile(y, 0.85)])

    def _hands_m(self) -> float:
        """How high the hands are over the mat at rest."""
        hands = [name for name in self.body.names if name.split("_")[0] in HAND]
        placed = self.body.place(self.posture(self.rest, 0.0))
        return self.body.lowest_m(placed, self.body.belonging(*hands)) - MAT_M + SINK_M

    @property
    def rest(self) -> Values:
        """Lying, the feet where a clean repetition wants them."""
        return {"trunk_deg": self._flat_deg, "feet_m": self._feet_m, "arch_deg": 0.0, "heel_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: knees_over_ankles: of lean; straight_line: short of 180; no_arch: past 180; feet_flat: of pitch."""
        past = faults.get("no_arch", 0.0)
        short = faults.get("straight_line", 180 - HIP_EXTENSION_DEG)
        hip = 180 + past if past else 180 - short
        heel, arch = faults.get("feet_flat", 0.0), ARCH_SHARE * past
        feet = self._solved(HIP_EXTENSION_DEG, faults.get("knees_over_ankles", 0.0), heel_deg=heel)[1]
        top = self._solved(hip, None, feet, arch, heel)[0]
        start = {**self.rest, "feet_m": feet}
        end = mixed(start, {"trunk_deg": top, "feet_m": feet, "arch_deg": arch, "heel_deg": heel}, share)
        return Plan(start, end, start)

    def posture(self, values: Values, t: float) -> Posture:
        """Shoulders and feet planted, the trunk sloping up to the hips, the legs reaching for the feet."""
        lifted = float(np.clip((values["trunk_deg"] - self._flat_deg) / 20, 0, 1))
        trunk = values["trunk_deg"] + 0.6 * lifted * self.sway(t)
        return self._lying(trunk, values["feet_m"], values["arch_deg"], values["heel_deg"])

    # --- from the trunk outward ---------------------------------------------------------------------

    def _lying(self, trunk_deg: float, feet_m: float, arch_deg: float, heel_deg: float) -> Posture:
        posture, placed = self._trunk(trunk_deg, arch_deg)
        rotations: dict[str, Rotation] = {"neck_01": self._neck(placed)}
        for letter, outward in OUTWARD.items():
            rotations |= self._one_leg(placed, letter, outward, feet_m, heel_deg)
            rotations |= self._one_arm(placed, letter, outward)
        return posture.with_rotations(**rotations)

    def _trunk(self, trunk_deg: float, arch_deg: float) -> tuple[Posture, Placed]:
        """Trunk, shoulders and head, with the back resting on the mat."""
        low, high = trunk_deg + arch_deg, 0.95 * trunk_deg - 0.8 * arch_deg
        rotations = {
            "pelvis": about_x(-90 - low),
            "spine_03": about_x(-90 - high),
            "neck_01": about_x(-90.0),
            "head": about_x(HEAD_DEG),
            "clavicle_l": about_x(-90 - 0.6 * high),
            "clavicle_r": about_x(-90 - 0.6 * high),
        }
        anchor = ("upperarm_l", "upperarm_r")
        posture = Posture(rotations, anchor, np.array([0.0, SHOULDERS_Y_M, 0.0]))
        placed = self.body.place(posture)
        up = [0, 0, MAT_M + SINK_M - self.body.lowest_m(placed, self._back)]
        return posture.moved(up), placed.moved(up)

    def _neck(self, placed: Placed) -> Rotation:
        """The neck bent so that the head, which keeps its own slope, rests on the mat."""
        body = self.body
        head, neck = body.joint(placed, "head"), body.joint(placed, "neck_01")
        under = head[2] - body.lowest_m(placed, self._head)
        along = body.heads0[body.index["head"]] - body.heads0[body.index["neck_01"]]
        y, z = float(along[1]), float(along[2])
        wanted = float(MAT_M + HEAD_SINK_M + under - neck[2])

        def over(angle_deg: float) -> float:  # the head, over where it is to be
            return y * sin(radians(angle_deg)) + z * cos(radians(angle_deg)) - wanted

        return about_x(zero_of(over, *NECK_DEG, steps=16))

    def _one_leg(
        self, placed: Placed, letter: str, outward: float, feet_m: float, heel_deg: float
    ) -> dict[str, Rotation]:
        body = self.body
        flat = np.array([outward * (body.hip_m + 0.005), feet_m, body.ankle_m + MAT_M])
        ankle = lifted_ankle(body, flat, heel_deg)
        legs = leg_to(body, letter, body.joint(placed, f"thigh_{letter}"), ankle, np.array([0, -0.4, 1.0]))
        return {**legs, f"foot_{letter}": about_x(heel_deg), f"ball_{letter}": NONE}

    def _one_arm(self, placed: Placed, letter: str, outward: float) -> dict[str, Rotation]:
        """Arms beside the body, the wrists just over the mat."""
        shoulder = self.body.joint(placed, f"upperarm_{letter}")
        reach = 0.985 * sum(self.body.arm(letter))
        height = MAT_M + self._wrist_m - shoulder[2]
        along = unit([outward * 0.30, -0.93, 0]) * np.sqrt(max(reach**2 - height**2, 0.01))
        wrist = shoulder + along + [0, 0, height]
        return arm_to(self.body, placed, letter, wrist, np.array([0.9 * outward, 0, -0.15]))

    # --- what slope and where the feet --------------------------------------------------------------

    def _angles(
        self, trunk_deg: float, feet_m: float, arch_deg: float, heel_deg: float
    ) -> tuple[float, float]:
        """Hip extension and the shank's lean, degrees."""
        posture, placed = self._trunk(trunk_deg, arch_deg)
        legs = self._one_leg(placed, "l", 1.0, feet_m, heel_deg)
        placed = self.body.place(posture.with_rotations(**legs))
        shoulder, hip, knee, ankle = (
            self.body.joint(placed, f"{bone}_l") for bone in ("upperarm", "thigh", "calf", "foot")
        )
        trunk, thigh, shank = hip - shoulder, knee - hip, knee - ankle
        turned = np.arctan2(
            trunk[1] * thigh[2] - trunk[2] * thigh[1], trunk[1] * thigh[1] + trunk[2] * thigh[2]
        )
        return float(180 + np.degrees(turned)), float(np.degrees(np.arctan2(-shank[1], shank[2])))

    def _solved(
        self,
        hip_deg: float,
        shank_deg: float | None,
        feet_m: float = SHOULDERS_Y_M - 1.0,
        arch_deg: float = 0.0,
        heel_deg: float = 0.0,
    ) -> tuple[float, float]:
        """Slope of the trunk and y of the feet that give a hip extension and (unless None) a shank's lean."""
        key = (hip_deg, shank_deg, feet_m, arch_deg, heel_deg)
        if key not in self._known:
            self._known[key] = self._newton(hip_deg, shank_deg, feet_m, arch_deg, heel_deg)
        return self._known[key]

    def _newton(
        self, hip_deg: float, shank_deg: float | None, feet_m: float, arch_deg: float, heel_deg: float
    ) -> tuple[float, float]:
        wanted = np.array([hip_deg] if shank_deg is None else [hip_deg, shank_deg])
        free = len(wanted)
        x, steps = np.array([22.0, feet_m]), np.diag([0.1, 0.004])

        def missed(x: Floats) -> Floats:
            angles = np.array(self._angles(x[0], x[1], arch_deg, heel_deg))
            return np.asarray(angles[:free] - wanted)

        for _ in range(40):
            off = missed(x)
            if abs(off).max() < 0.02:
                break
            slopes = [(missed(x + step) - off) / step.max() for step in steps[:free]]
            x[:free] -= np.clip(
                np.linalg.solve(np.stack(slopes, 1), off), [-5, -0.04][:free], [5, 0.04][:free]
            )
        return float(x[0]), float(x[1])

    # --- getting down -------------------------------------------------------------------------------

    @property
    def spot(self) -> Floats:
        """A little behind where the feet will be."""
        return np.array([0.0, self._feet_m + FEET_BEFORE_M])

    def arrival(self) -> tuple[Stage, ...]:
        """Half-kneeling, sitting, leaning back on the hands, lying."""
        lying = self.posture(self.rest, 0.0)
        placed = self.body.place(lying)
        seat, shoulders = (self.body.joint(placed, bone)[:2] for bone in ("pelvis", "upperarm_l"))
        kneeling = np.array([0.0, self._feet_m + KNEELING_M])
        return (
            Stage(half_kneeling(self.body, kneeling), 1.8),
            Stage(sitting(self.body, seat, self._feet_m, -12, seat[1] + 0.28), 2.6),
            Stage(sitting(self.body, seat, self._feet_m, -52, float(shoulders[1])), 1.4),
            Stage(lying, 1.6),
        )
