"""The bridge march: the hips stay up, one foot after the other is lifted a little and put down."""

from typing import ClassVar, Final

import numpy as np

from coach.pose import Side
from sample_videos.studio.movements.base import Plan, Tempo, Values
from sample_videos.studio.movements.bridge import HIP_EXTENSION_DEG
from sample_videos.studio.movements.lying import Supine
from sample_videos.studio.rotations import about_y
from sample_videos.studio.skeleton import Posture

STEP_M: Final = 0.08  # how high a foot is lifted: a few centimetres to a hand's width
BACK_M: Final = 0.3  # and toward the body, for each metre of it


class BridgeMarch(Supine):
    """Parameters: trunk_deg (its slope), left_m and right_m (lift of the feet), roll_deg (pelvis, to the left)."""

    exercise: ClassVar[str] = "bridge_march"
    alternates: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(0.7, 0.3, 0.7, 0.7)
    faults: ClassVar[tuple[str, ...]] = ("hips_stay_up", "small_step", "pelvis_steady", "alternates")
    partial: ClassVar[str] = ""
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.2, 0.35)

    @property
    def rest(self) -> Values:
        """The top of a clean bridge."""
        return {**self.bridge.plan({}).end, "left_m": 0.0, "right_m": 0.0, "roll_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """A step of the left foot."""
        return self.plan_on("left", faults, share)

    def plan_on(self, side: Side | None, faults: Values, share: float = 1.0) -> Plan:
        """hips_stay_up: degrees of hip extension lost; small_step: metres; pelvis_steady: degrees dropped.

        alternates is planted by the side of the entry alone.
        """
        short = 180 - HIP_EXTENSION_DEG + faults.get("hips_stay_up", 0.0)
        sagged = self.bridge.plan({"straight_line": short}).end
        toward = 1.0 if side == "left" else -1.0
        end = {
            **self.rest,
            "trunk_deg": sagged["trunk_deg"],
            f"{side}_m": share * faults.get("small_step", STEP_M),
            "roll_deg": toward * faults.get("pelvis_steady", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The bridge, with a foot off the mat."""
        posture = self.bridge.posture(values, t)
        rolled = about_y(values["roll_deg"]) @ posture.rotations["pelvis"]
        posture = posture.with_rotations(pelvis=rolled)
        placed = self.body.place(posture)
        for letter, lift in (("l", values["left_m"]), ("r", values["right_m"])):
            ankle = self.planted(letter) + np.array([0.0, BACK_M * lift, lift])
            posture = posture.with_rotations(**self.foot_at(placed, letter, ankle))
        return posture
