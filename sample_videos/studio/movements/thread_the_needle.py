"""Thread the needle, the reclined figure four: one ankle over the other thigh, which is drawn in."""

from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import OUTWARD, Plan, Tempo, Values, arm_to, leg_to, smooth
from sample_videos.studio.movements.lying import Supine, thigh_direction
from sample_videos.studio.movements.walking import blended
from sample_videos.studio.rotations import about_x, limb
from sample_videos.studio.skeleton import Posture

DRAWN_DEG: Final = 108.0  # flexion of the hip that is drawn in
KNEE_DEG: Final = 95.0  # and of its knee
ACROSS: Final = 0.84  # where the ankle lies on the other thigh, from hip to knee
OVER_M: Final = 0.075  # the ankle's joint over the thigh's bone
PAST_M: Final = 0.05  # and past it, to the other side
HANDS: Final = 0.55  # where the hands hold the thigh


class ThreadTheNeedle(Supine):
    """Parameters: into (0 lying, 1 in the pose), drawn_deg (of the hip), curl_deg (head and chest up)."""

    exercise: ClassVar[str] = "thread_the_needle"
    sided: ClassVar[bool] = True
    held: ClassVar[bool] = True
    settles: ClassVar[str] = "ankle"
    tempo: ClassVar[Tempo] = Tempo(2.4, 20.0, 1.8, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("thigh_drawn_in", "shoulders_down")

    @property
    def rest(self) -> Values:
        """Lying with both feet flat."""
        return {"into": 0.0, "drawn_deg": DRAWN_DEG, "curl_deg": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees.  thigh_drawn_in: short of a right angle; shoulders_down: that the head and chest come up."""
        short = faults.get("thigh_drawn_in")
        end = {
            "into": share,
            "drawn_deg": DRAWN_DEG if short is None else 90 - short,
            "curl_deg": faults.get("shoulders_down", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """Lying, in the pose, or on the way there."""
        lying = self.lying(t)
        if values["into"] <= 0:
            return lying
        pose = self._pose(values, lying, t)
        return pose if values["into"] >= 1 else blended(self.body, lying, pose, smooth(values["into"]))

    def _pose(self, values: Values, lying: Posture, t: float) -> Posture:
        crossed, drawn = self.letters
        posture = self._curled(lying, values["curl_deg"])
        placed = self.body.place(posture)
        flexion = values["drawn_deg"] + self.sway(t)
        hip = self.body.joint(placed, f"thigh_{drawn}")
        along, shin = thigh_direction(flexion), thigh_direction(flexion - KNEE_DEG)
        before = thigh_direction(flexion + 90)  # from the thigh's bone to its front
        thigh_m = self.body.leg(drawn)[0]
        upper, lower = limb(along, shin)
        turns = {f"thigh_{drawn}": upper, f"calf_{drawn}": lower, f"foot_{drawn}": lower}
        ankle = hip + ACROSS * thigh_m * along + OVER_M * before + [OUTWARD[drawn] * PAST_M, 0, 0]
        own = self.body.joint(placed, f"thigh_{crossed}")
        turns |= leg_to(self.body, crossed, own, ankle, np.array([OUTWARD[crossed], -0.35, 0.35]))
        turns[f"foot_{crossed}"] = turns[f"calf_{crossed}"]
        for letter, outward in OUTWARD.items():
            at = hip + HANDS * thigh_m * along - 0.075 * before + [outward * 0.05, 0, 0]
            turns |= arm_to(self.body, placed, letter, at, np.array([outward, 0.4, -0.2]))
        return posture.with_rotations(**turns)

    def _curled(self, lying: Posture, curl_deg: float) -> Posture:
        """Head and shoulders lifted off the mat, about the low back."""
        if curl_deg <= 0:
            return lying
        flat = lying.rotations
        placed = self.body.place(lying)
        turned = about_x(curl_deg)
        up = {
            name: turned @ flat[name] for name in ("spine_03", "clavicle_l", "clavicle_r", "neck_01", "head")
        }
        curled = lying.with_rotations(**up)
        return Posture(curled.rotations, ("pelvis",), self.body.joint(placed, "pelvis"))
