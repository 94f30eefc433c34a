"""The supine hip roll: one knee bent, the other leg long; the pelvis rolls over to the long leg."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import MAT_M, OUTWARD, Plan, Tempo, Values, zero_of
from sample_videos.studio.movements.bridge import BACK, PELVIS, SINK_M
from sample_videos.studio.movements.lying import Supine
from sample_videos.studio.rotations import about_x, about_y
from sample_videos.studio.skeleton import Posture

ROLL_DEG: Final = 38.0
SHOULDERS: Final = 0.12  # share of the pelvis' roll that the chest follows
KNOTS_DEG: Final = (0.0, 12.0, 24.0, 36.0, 48.0)  # rolls for which the trunk's slope is worked out


class SupineHipRoll(Supine):
    """Parameters: roll_deg (pelvis, the hip of the bent `side` upward), chest_deg (more of it), foot_m (lift)."""

    exercise: ClassVar[str] = "supine_hip_roll"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(1.4, 1.8, 1.4, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("foot_down", "shoulders_down")
    times: ClassVar = {"pause": "hold_s"}

    _slopes: tuple[float, ...]

    def prepare(self) -> None:
        """How much the trunk slopes for each roll, the hip of the long leg staying on the mat."""
        super().prepare()
        pelvis = self.body.belonging(*PELVIS)

        def slope(roll_deg: float) -> float:
            def gap(slope_deg: float) -> float:
                placed = self.body.place(self._trunk(roll_deg, 0.0, slope_deg, 0.0))
                return self.body.lowest_m(placed, pelvis) - MAT_M + SINK_M

            return zero_of(gap, -6, 25, steps=12)

        self._keep(_slopes=tuple(slope(roll) for roll in KNOTS_DEG))

    @property
    def rest(self) -> Values:
        """Lying flat."""
        return {"roll_deg": 0.0, "chest_deg": 0.0, "foot_m": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """foot_down: metres that the foot lifts; shoulders_down: degrees that the chest rolls along."""
        end = {
            "roll_deg": share * ROLL_DEG,
            "chest_deg": faults.get("shoulders_down", 0.0),
            "foot_m": faults.get("foot_down", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """Pelvis rolled, the long leg's hip on the mat, the other foot pressing."""
        roll = values["roll_deg"]
        slope = float(np.interp(roll, KNOTS_DEG, self._slopes))
        posture = self._trunk(roll, values["chest_deg"], slope, t)
        placed = self.body.place(posture)
        bent, long = self.letters
        inward = -self.mirror * np.sin(np.radians(roll))
        ankle = self.planted(bent) + np.array([0.0, 0.0, values["foot_m"]])
        pole = np.array([0.55 * inward, -0.4, 1.0])
        return posture.with_rotations(
            **self.foot_at(placed, bent, ankle, pole), **self.long_leg(placed, long)
        )

    def _trunk(self, roll_deg: float, chest_deg: float, slope_deg: float, t: float) -> Posture:
        lying = self.lying(t)
        flat = lying.rotations
        # Seen from the feet the bent side goes up and over: about the body's length, which lies along y.
        chest = SHOULDERS * roll_deg + chest_deg
        slope = about_x(-slope_deg)
        turns = {
            "pelvis": about_y(-self.mirror * roll_deg) @ slope @ flat["pelvis"],
            "spine_03": about_y(-self.mirror * chest) @ slope @ flat["spine_03"],
        }
        for letter in OUTWARD:
            turns[f"clavicle_{letter}"] = about_y(-self.mirror * chest) @ flat[f"clavicle_{letter}"]
        posture = lying.with_rotations(**turns)
        lowest = self.body.lowest_m(self.body.place(posture), self.body.belonging(*BACK))
        return posture.moved([0, 0, MAT_M + SINK_M - lowest])
