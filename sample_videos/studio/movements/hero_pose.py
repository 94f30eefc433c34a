"""The hero pose: from upright kneeling down onto a block between the feet, hands on the thighs; held."""

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
    hanging_arms,
)
from sample_videos.studio.movements.walking import half_kneeling
from sample_videos.studio.rotations import Floats, Rotation, about_x, about_y, frame, limb, slerp, unit
from sample_videos.studio.skeleton import Placed, Posture

SEAT_M: Final = 0.215  # height of the hips over the mat: a block of a hand's width and the soft parts
KNEE_M, ANKLE_M = 0.072, 0.05  # heights over the mat
KNEES_Y_M: Final = -0.22
KNEE_X_M: Final = 0.075  # of each knee from the middle: together, as thick as they are
FEET_OUT_M: Final = 0.075  # the feet are so much wider than the hips
FOOT_DOWN_DEG: Final = 166.0  # the top of the foot on the floor
BOW_DEG: Final = 22.0  # of the trunk half-way down
HAND_AT: Final = 0.62  # on the thigh, a share of its length from the hip
HAND_OVER_M: Final = 0.085  # the wrist over the middle of the thigh
BREATH_DEG, BREATH_S = 0.6, 4.2


class HeroPose(Movement):
    """Parameters: into (0 upright on the knees, 1 sitting); spread (of each thigh), lean, tilt, degrees."""

    exercise: ClassVar[str] = "hero_pose"
    held: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(2.6, 30.0, 2.0, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("knees_together", "trunk_upright", "shoulders_level")
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.5)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.1), (0.8, 1.85)),)

    @property
    def rest(self) -> Values:
        """Upright on both knees."""
        return {"into": 0.0, "spread_deg": 0.0, "lean_deg": 0.0, "tilt_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: knees_together: of each thigh; trunk_upright: forward and left; shoulders_level: left down."""
        end = {
            "into": share,
            "spread_deg": faults.get("knees_together", 0.0),
            "lean_deg": faults.get("trunk_upright", 0.0),
            "tilt_deg": faults.get("shoulders_level", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The knees stay on the mat, the hips sink back between the feet."""
        into = values["into"]
        breath = BREATH_DEG * np.sin(2 * np.pi * t / BREATH_S) + 0.5 * self.sway(t)
        forward = BOW_DEG * np.sin(np.pi * min(max(into, 0.0), 1.0)) + values["lean_deg"] + breath
        rotations = self._trunk(forward, values["lean_deg"], values["tilt_deg"])
        knees = {s: self._knee(s, values["spread_deg"]) for s in OUTWARD}
        hips = self._hips(into, knees["l"])
        placed = self.body.place(Posture(rotations, ("thigh_l", "thigh_r"), hips))
        for letter in OUTWARD:
            rotations |= self._leg(placed, letter, knees[letter])
        placed = self.body.place(Posture(rotations, ("thigh_l", "thigh_r"), hips))
        rotations |= self._arms(placed, into)
        return Posture(rotations, ("thigh_l", "thigh_r"), hips)

    @staticmethod
    def _trunk(forward_deg: float, aside_deg: float, tilt_deg: float) -> dict[str, Rotation]:
        leans = about_y(aside_deg) @ about_x(forward_deg)
        girdle = about_y(aside_deg + tilt_deg) @ about_x(forward_deg)
        return {
            "pelvis": about_y(0.6 * aside_deg) @ about_x(0.8 * forward_deg),
            "spine_03": about_y(0.25 * tilt_deg) @ leans,
            "clavicle_l": girdle,
            "clavicle_r": girdle,
            "neck_01": leans,
            "head": about_y(0.3 * aside_deg) @ about_x(0.3 * forward_deg),
        }

    def _knee(self, letter: str, spread_deg: float) -> Floats:
        """Where a knee is on the mat; spread swings it outward about the hip."""
        outward, thigh = OUTWARD[letter], self.body.leg(letter)[0]
        swing = np.radians(spread_deg)
        x = KNEE_X_M + 0.9 * thigh * np.sin(swing)
        y = KNEES_Y_M + 0.9 * thigh * (1 - np.cos(swing))
        return np.array([outward * x, y, KNEE_M + MAT_M])

    def _hips(self, into: float, knee: Floats) -> Floats:
        """The middle of the hips: as far behind the knees as the thighs reach, from over them to the seat."""
        thigh = self.body.leg()[0]
        aside = knee[0] - self.body.hip_m
        reach = thigh**2 - aside**2
        high = knee[2] + 0.995 * np.sqrt(reach)
        z = high + (SEAT_M + MAT_M - high) * into
        return np.array([0.0, knee[1] + np.sqrt(max(reach - (z - knee[2]) ** 2, 0.0)), z])

    def _leg(self, placed: Placed, letter: str, knee: Floats) -> dict[str, Rotation]:
        shank, hip = self.body.leg(letter)[1], self.body.joint(placed, f"thigh_{letter}")
        outward = OUTWARD[letter]
        falls, aside = KNEE_M - ANKLE_M, outward * (self.body.hip_m + FEET_OUT_M) - knee[0]
        back = np.sqrt(max(shank**2 - falls**2 - aside**2, 0.01))
        upper, lower = limb(knee - hip, np.array([aside, back, -falls]))
        return {
            f"thigh_{letter}": upper,
            f"calf_{letter}": lower,
            f"foot_{letter}": about_x(FOOT_DOWN_DEG),
            f"ball_{letter}": about_x(FOOT_DOWN_DEG + 8),
        }

    def _arms(self, placed: Placed, into: float) -> dict[str, Rotation]:
        """From hanging to the hands on the thighs."""
        hanging = hanging_arms()
        arms: dict[str, Rotation] = {}
        for letter, outward in OUTWARD.items():
            hip, knee = (self.body.joint(placed, f"{bone}_{letter}") for bone in ("thigh", "calf"))
            over = unit(np.cross([1.0, 0, 0], knee - hip)) * HAND_OVER_M
            over = over if over[2] > 0 else -over
            wrist = hip + HAND_AT * (knee - hip) + over
            there = arm_to(self.body, placed, letter, wrist, np.array([0.7 * outward, 1.0, -0.2]))
            there[f"hand_{letter}"] = frame(knee - hip, (1, 0, 0))
            for bone, turn in there.items():
                before = hanging.get(bone, hanging[f"lowerarm_{letter}"])
                arms[bone] = slerp(before, turn, min(max(into, 0.0), 1.0))
        return arms

    @property
    def spot(self) -> Floats:
        """Where the knees come down."""
        return np.array([0.0, KNEES_Y_M + 0.1])

    def arrival(self) -> tuple[Stage, ...]:
        """Over one knee onto both."""
        kneeling = half_kneeling(self.body, np.array([0.0, KNEES_Y_M]))
        return Stage(kneeling, 1.8), Stage(self.posture(self.rest, 0.0), 1.4)
