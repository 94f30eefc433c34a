"""The standing leg lift: tall on one leg, the other one is lifted straight to the side; seen from the front."""

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
    mixed,
)
from sample_videos.studio.movements.hip_hiker import HANDS_M
from sample_videos.studio.rotations import NONE, about_x, about_y
from sample_videos.studio.skeleton import Posture

LIFT_DEG: Final = 32.0
STANCE_DEG: Final = 2.0  # of each leg, outward, with both feet down
LEANS_DEG: Final = 3.0  # the standing leg leans so much more with the other one lifted
SPINE_SHARE: Final = (
    1.55  # how far the upper spine tips for the line from hips to shoulders to lean by a degree
)
STANDING_X_M: Final = 0.1  # of the standing foot, from the middle


class StandingLegLift(Movement):
    """Parameters, degrees: lift of the leg outward, bend of its knee, lean of the trunk, hike of the pelvis.

    The lean is to the standing side; a hiked pelvis is higher on the side of the lifted leg.
    """

    exercise: ClassVar[str] = "standing_leg_lift"
    sided: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(1.4, 0.5, 1.9, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("height", "knee_straight", "trunk_upright", "pelvis_level")
    times: ClassVar[dict[str, str]] = {"slow_lowering": "back_s"}
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.88)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.0), (1.6, 0.8)),)

    @property
    def rest(self) -> Values:
        """Both feet down."""
        return {"lift_deg": STANCE_DEG, "knee_deg": 0.0, "lean_deg": 0.0, "hike_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees: height: of the lift; knee_straight: bend; trunk_upright: lean; pelvis_level: hike."""
        end = {
            "lift_deg": faults.get("height", LIFT_DEG),
            "knee_deg": faults.get("knee_straight", 0.0),
            "lean_deg": faults.get("trunk_upright", 0.0),
            "hike_deg": faults.get("pelvis_level", 0.0),
        }
        return Plan(self.rest, mixed(self.rest, end, share), self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The standing foot planted, everything else hanging on it; the hands on the hips."""
        lifted, standing = self.letters
        up = (values["lift_deg"] - STANCE_DEG) / (LIFT_DEG - STANCE_DEG)
        aside = about_y(self.mirror * (STANCE_DEG + LEANS_DEG * min(1.0, up)))
        out = about_y(-self.mirror * values["lift_deg"])
        lean = SPINE_SHARE * -self.mirror * values["lean_deg"] + self.sway(t, 2)
        rotations = {
            "pelvis": about_y(-self.mirror * values["hike_deg"]),
            "spine_03": about_y(lean),
            "neck_01": about_y(0.3 * lean),
            "head": about_y(0.1 * lean),
            f"thigh_{standing}": aside,
            f"calf_{standing}": aside,
            f"foot_{standing}": NONE,
            f"thigh_{lifted}": out,
            f"calf_{lifted}": out @ about_x(values["knee_deg"]),
            f"foot_{lifted}": out @ about_x(0.5 * values["knee_deg"]) if up > 0 else NONE,
        }
        placed = self.body.place(Posture(rotations))
        for letter, outward in OUTWARD.items():
            on_hip = np.array(HANDS_M) * [outward, 1, 1]
            wrist = self.body.joint(placed, f"thigh_{letter}") + on_hip
            rotations |= arm_to(self.body, placed, letter, wrist, np.array([outward, 0.55, 0.05]))
        at = np.array([-self.mirror * STANDING_X_M, 0, self.body.ankle_m + MAT_M])
        return Posture(rotations, (f"foot_{standing}",), at)
