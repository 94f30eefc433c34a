"""No exercise: somebody stands, walks about, sits down on a chair."""

from collections.abc import Iterator
from typing import ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import Movement, Plan, Prop, Values, smooth, standing
from sample_videos.studio.movements.walking import SPEED_M_S, blended, walking
from sample_videos.studio.rotations import NONE, about_x, about_y
from sample_videos.studio.skeleton import Posture
from sample_videos.studio.things import SEAT_HIGH_M

ASIDE_M: Final = 0.7  # how far walking about goes to either side
TURN_S: Final = 0.9
PACE_S: Final = 0.4
SIT_S: Final = 1.8
SEAT_BEHIND_M: Final = 0.42  # the chair's middle behind the feet
THIGH_M: Final = 0.08  # from the hip joint down to the seat


class Nothing(Movement):
    """Parameters: aside_m and heading_deg of where it stands, pace of walking, sits (0 standing to 1)."""

    exercise: ClassVar[str] = "none"
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.85)
    space: ClassVar[tuple[Prop, ...]] = (Prop("chair", (0.0, SEAT_BEHIND_M)),)

    @property
    def rest(self) -> Values:
        """Standing, facing -y."""
        return {"aside_m": 0.0, "heading_deg": 0.0, "pace": 0.0, "sits": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """There is no repetition."""
        return Plan(self.rest, self.rest, self.rest)

    def program(self, does: str, for_s: float) -> Iterator[tuple[float, Values]]:
        """Parts of standing, walking about or sitting: seconds and where the parameters go."""
        if does == "sits":
            yield from ((SIT_S, {"sits": 1.0}), (for_s, {}), (SIT_S, {"sits": 0.0}))
        elif does == "walks":
            for to_m in (ASIDE_M, -ASIDE_M, 0.0):
                heading = 90.0 if to_m > 0 or to_m == 0.0 else -90.0
                way = 2 * ASIDE_M if to_m < 0 else ASIDE_M
                yield from ((TURN_S, {"heading_deg": heading}), (PACE_S, {"pace": 1.0}))
                yield from ((way / SPEED_M_S, {"aside_m": to_m}), (PACE_S, {"pace": 0.0}))
            yield TURN_S, {"heading_deg": 0.0}
        else:
            yield for_s, {}

    def posture(self, values: Values, t: float) -> Posture:
        """Walking, standing, or on the way to the chair."""
        if values["sits"] > 0:
            return blended(self.body, self._standing(t), self._seated(t), smooth(values["sits"]))
        at = np.array([values["aside_m"], 0.0])
        if values["pace"] > 0 or values["heading_deg"] != 0:
            walked = values["aside_m"] * np.sign(values["heading_deg"])
            return walking(self.body, at, values["heading_deg"], walked, values["pace"])
        return self._standing(t, values["aside_m"])

    def _standing(self, t: float, aside_m: float = 0.0) -> Posture:
        upright = standing(self.body, np.array([aside_m, 0.0, 0.0]))
        return upright.with_rotations(spine_03=about_x(self.sway(t)) @ about_y(self.sway(t, 1)))

    def _seated(self, t: float) -> Posture:
        """The feet where they stood, the thighs on the seat, the hands on the knees."""
        thigh, shank = self.body.leg()
        level = (SEAT_HIGH_M + THIGH_M - self.body.ankle_m - shank) / thigh
        bend = float(np.degrees(np.arccos(np.clip(level, -0.5, 0.5))))
        rotations = {**standing(self.body).rotations, "pelvis": about_x(-4 + self.sway(t))}
        for letter in ("l", "r"):
            rotations |= {f"thigh_{letter}": about_x(-bend), f"calf_{letter}": NONE, f"foot_{letter}": NONE}
            rotations |= {f"upperarm_{letter}": about_x(-22), f"lowerarm_{letter}": about_x(-68)}
        return Posture(rotations, ("foot_l", "foot_r"), np.array([0, 0, self.body.ankle_m]))
