"""The Thomas test: on the edge of a table, one knee hugged to the chest, the other leg hanging."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import MAT_M, OUTWARD, Plan, Prop, Stage, Tempo, Values, arm_to
from sample_videos.studio.movements.lying import Supine, thigh_direction
from sample_videos.studio.rotations import Floats, about_x, limb
from sample_videos.studio.skeleton import Placed, Posture
from sample_videos.studio.things import TABLE_HIGH_M

HUGGED_DEG: Final = 125.0
HUGGED_KNEE_DEG: Final = 130.0
THIGH_DEG: Final = 12.0  # that the hanging thigh falls below the level
KNEE_DEG: Final = 82.0
EDGE_M: Final = 0.1  # the table's edge before the hips
TABLE_M: Final = 1.5


class ThomasTest(Supine):
    """Parameters: into (0 both knees hugged, 1 one leg hanging), thigh_deg, knee_deg, hug_deg."""

    exercise: ClassVar[str] = "thomas_test"
    sided: ClassVar[bool] = True
    held: ClassVar[bool] = True
    settles: ClassVar[str] = "ankle"
    tempo: ClassVar[Tempo] = Tempo(2.4, 8.0, 2.0, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("knee_hugged", "thigh", "knee")
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.1, TABLE_HIGH_M)

    @property
    def rest(self) -> Values:
        """Both knees hugged."""
        return {"into": 0.0, "thigh_deg": THIGH_DEG, "knee_deg": KNEE_DEG, "hug_deg": HUGGED_DEG}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees.  knee_hugged: short of the chest; thigh: below the level; knee: bend of the hanging one."""
        end = {
            "into": share,
            "thigh_deg": faults.get("thigh", THIGH_DEG),
            "knee_deg": faults.get("knee", KNEE_DEG),
            "hug_deg": HUGGED_DEG - faults.get("knee_hugged", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    @property
    def props(self) -> tuple[Prop, ...]:
        """The table, from under the hips to beyond the head."""
        return (Prop("table", (0.0, self._edge_y + TABLE_M / 2), (0.7, TABLE_M)),)

    @property
    def _edge_y(self) -> float:
        lying = self.lying(0.0)
        return float(self.body.joint(self.body.place(lying), "thigh_l")[1]) - EDGE_M

    def posture(self, values: Values, t: float) -> Posture:
        """On the table; the hanging leg comes down from the chest."""
        hanging, hugged = self.letters
        posture = self.lying(t).moved([0, 0, TABLE_HIGH_M - MAT_M])
        into = values["into"]
        down = HUGGED_DEG + into * (-values["thigh_deg"] - HUGGED_DEG) + self.sway(t)
        bend = HUGGED_KNEE_DEG + into * (values["knee_deg"] - HUGGED_KNEE_DEG)
        turns = self._leg(hanging, down, bend) | self._leg(hugged, values["hug_deg"], HUGGED_KNEE_DEG)
        bent = posture.with_rotations(**turns)
        placed = self.body.place(bent)
        shin = self._on_shin(placed, hugged)
        for letter, outward in OUTWARD.items():
            at = shin + np.array([outward * 0.045, 0, 0])
            turns |= arm_to(self.body, placed, letter, at, np.array([outward, 0.3, 0.0]))
        return posture.with_rotations(**turns)

    @staticmethod
    def _leg(letter: str, flexion_deg: float, knee_deg: float) -> dict[str, np.ndarray]:
        thigh, calf = limb(thigh_direction(flexion_deg), thigh_direction(flexion_deg - max(knee_deg, 1.0)))
        return {f"thigh_{letter}": thigh, f"calf_{letter}": calf, f"foot_{letter}": calf @ about_x(12)}

    def _on_shin(self, placed: Placed, letter: str) -> Floats:
        """Where the hands hold the shin, just below the knee."""
        knee, ankle = (self.body.joint(placed, f"{bone}_{letter}") for bone in ("calf", "foot"))
        away = np.cross(ankle - knee, [1.0, 0, 0])
        return np.asarray(knee + 0.25 * (ankle - knee) + 0.05 * away / np.linalg.norm(away))

    @property
    def spot(self) -> Floats:
        """Before the table's edge."""
        return np.array([0.0, self._edge_y - 0.35])

    def arrival(self) -> tuple[Stage, ...]:
        """At once: how one gets onto a table is not shown."""
        return (Stage(self.posture(self.rest, 0.0), 3.0),)
