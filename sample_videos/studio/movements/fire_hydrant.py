"""The fire hydrant: on hands and knees, one bent knee raised out to the side and lowered again."""

from collections.abc import Mapping
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
    mixed,
    zero_of,
)
from sample_videos.studio.movements.walking import PALM_M, half_kneeling
from sample_videos.studio.rotations import NONE, Floats, Rotation, about_x, about_y
from sample_videos.studio.skeleton import Posture

KNEE_M: Final = 0.07  # height of a knee over the mat
KNEES_Y_M: Final = 0.24
SHANK_DEG: Final = 86.0  # of a lying shank from the vertical
FOOT_DOWN_DEG: Final = 164.0
ABDUCTED_DEG: Final = 55.0  # of a clean repetition
ELBOW_DEG: Final = 6.0  # of a straight arm
HANDS_OUT_M: Final = 0.03  # the hands are so much wider than the shoulders
HEAD_DEG: Final = 66.0
SPINE_ROLLS: Final = 0.75  # share of the pelvis' roll that the shoulders follow
PITCH_DEG: Final = (60.0, 125.0)  # of the trunk: where it is looked for


class FireHydrant(Movement):
    """Parameters, degrees: abducted (the thigh), roll (of pelvis and trunk, working side up), knee, elbow."""

    exercise: ClassVar[str] = "fire_hydrant"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(1.2, 1.3, 1.2, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("hips_level", "knee_bent", "arms_straight")
    times: ClassVar[Mapping[str, str]] = {"pause": "hold_s"}
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.4)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.1), (0.8, 1.85)),)

    _wrists: dict[str, Floats]  # planted, by letter
    _pitches: dict[tuple[float, float], float]  # of the trunk, by roll and elbow: worked out before

    def prepare(self) -> None:
        """The hands stand under the shoulders."""
        self._keep(_wrists={}, _pitches={})
        high = self._reach_m(ELBOW_DEG) + PALM_M + MAT_M

        def over(pitch: float) -> float:
            return float(self._shoulders(pitch, 0.0)["l"][2]) - high

        shoulders = self._shoulders(zero_of(over, *PITCH_DEG), 0.0)
        for letter, at in shoulders.items():
            wrist = np.array([at[0] + OUTWARD[letter] * HANDS_OUT_M, at[1], MAT_M + PALM_M])
            self._wrists[letter] = wrist

    @property
    def rest(self) -> Values:
        """On hands and knees."""
        return {"abducted_deg": 0.0, "roll_deg": 0.0, "knee_deg": 90.0, "elbow_deg": ELBOW_DEG}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: hips_level: of roll; knee_bent: more (or, negative, less) than 90; arms_straight: of the elbows."""
        end = {
            "abducted_deg": ABDUCTED_DEG,
            "roll_deg": faults.get("hips_level", 0.0),
            "knee_deg": 90 + faults.get("knee_bent", 0.0),
            "elbow_deg": faults.get("arms_straight", ELBOW_DEG),
        }
        return Plan(self.rest, mixed(self.rest, end, share), self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The other knee and both hands planted; as low over the hands as the arms are bent."""
        working, standing = self.letters
        roll = values["roll_deg"] + 0.5 * self.sway(t)
        pitch = self._pitch_deg(values["roll_deg"], values["elbow_deg"])
        rotations = self._trunk(pitch, roll) | self._kneeling(standing)
        raised = about_y(-self.mirror * (values["abducted_deg"] + 0.3 * self.sway(t, 1)))
        bend = SHANK_DEG + max(values["knee_deg"] - 90, -self._room_deg(values["abducted_deg"]))
        rotations |= {
            f"thigh_{working}": raised,
            f"calf_{working}": raised @ about_x(bend),
            f"foot_{working}": raised @ about_x(bend + FOOT_DOWN_DEG - SHANK_DEG),
        }
        posture = self._anchored(rotations)
        placed = self.body.place(posture)
        for letter, outward in OUTWARD.items():
            pole = np.array([0.5 * outward, 1.0, 0])
            rotations |= arm_to(self.body, placed, letter, self._wrists[letter], pole)
            rotations[f"hand_{letter}"] = about_x(-82)
        return self._anchored(rotations)

    @staticmethod
    def _room_deg(abducted_deg: float) -> float:
        """How far the raised knee can open before its foot comes down to the floor."""
        upright = np.cos(np.radians(max(abducted_deg, 0.0)))
        return float(np.degrees(np.arcsin(min(1.0, (1 - upright) / upright))))

    def _anchored(self, rotations: Mapping[str, Rotation]) -> Posture:
        at = np.array([-self.mirror * self.body.hip_m, KNEES_Y_M, KNEE_M + MAT_M])
        return Posture(rotations, (f"calf_{self.letters[1]}",), at)

    def _trunk(self, pitch_deg: float, roll_deg: float) -> dict[str, Rotation]:
        rolled, half = about_y(-self.mirror * roll_deg), about_y(-self.mirror * SPINE_ROLLS * roll_deg)
        return {
            "pelvis": rolled @ about_x(pitch_deg),
            "spine_03": half @ about_x(pitch_deg),
            "neck_01": half @ about_x(pitch_deg - 8),
            "head": about_x(HEAD_DEG),
        }

    @staticmethod
    def _kneeling(letter: str) -> dict[str, Rotation]:
        return {
            f"thigh_{letter}": NONE,
            f"calf_{letter}": about_x(SHANK_DEG),
            f"foot_{letter}": about_x(FOOT_DOWN_DEG),
        }

    def _shoulders(self, pitch_deg: float, roll_deg: float) -> dict[str, Floats]:
        rotations = self._trunk(pitch_deg, roll_deg) | self._kneeling(self.letters[1])
        placed = self.body.place(self._anchored(rotations))
        return {letter: self.body.joint(placed, f"upperarm_{letter}") for letter in OUTWARD}

    def _reach_m(self, elbow_deg: float) -> float:
        """From shoulder to wrist with the elbow bent."""
        upper, fore = self.body.arm()
        return float(np.sqrt(upper**2 + fore**2 + 2 * upper * fore * np.cos(np.radians(elbow_deg))))

    def _pitch_deg(self, roll_deg: float, elbow_deg: float) -> float:
        """The trunk's pitch at which the straighter arm is bent as asked for, the hands where they are planted."""
        key, reach = (roll_deg, elbow_deg), self._reach_m(elbow_deg)

        def too_far(pitch: float) -> float:
            shoulders = self._shoulders(pitch, roll_deg)
            return max(float(np.linalg.norm(at - self._wrists[s])) for s, at in shoulders.items()) - reach

        if key not in self._pitches:
            self._pitches[key] = zero_of(too_far, *PITCH_DEG, steps=14)
        return self._pitches[key]

    @property
    def spot(self) -> Floats:
        """Where the knees come down."""
        return np.array([0.0, KNEES_Y_M + 0.1])

    def arrival(self) -> tuple[Stage, ...]:
        """Over one knee onto hands and knees."""
        kneeling = half_kneeling(self.body, np.array([0.0, KNEES_Y_M]))
        return Stage(kneeling, 1.8), Stage(self.posture(self.rest, 0.0), 1.8)
