"""The pelvic tilt: on the back, knees up, the low back pressed down and let go in a steady rhythm."""

from typing import ClassVar, Final

from sample_videos.studio.movements.base import Plan, Tempo, Values, smooth
from sample_videos.studio.movements.lying import TOES_UP_DEG, Supine
from sample_videos.studio.rotations import NONE, about_x, slerp
from sample_videos.studio.skeleton import Posture

TILT_DEG: Final = 9.0
PRESS_S: Final = 5.0
PERIOD_S: Final = 8.0
MOVE_S: Final = 0.8
AWAY: Final = 0.985  # share of the leg's length over which it reaches when the feet have slid away


class PelvicTilt(Supine):
    """Parameter: into (0 legs long, 1 knees up).  The tilt itself only follows the time."""

    exercise: ClassVar[str] = "pelvic_tilt"
    held: ClassVar[bool] = True
    settles: ClassVar[str] = "ankle"
    tempo: ClassVar[Tempo] = Tempo(2.0, 20.0, 1.6, 0.8)

    @property
    def rest(self) -> Values:
        """Lying with long legs."""
        return {"into": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """There is no fault to plant: the position is kept or left."""
        return Plan(self.rest, {"into": share}, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """The feet slide to where they stand; with the knees up the pelvis tilts in its rhythm."""
        into = values["into"]
        posture = self.lying(t)
        pressed = into * _pressed(t) * TILT_DEG
        posture = posture.with_rotations(pelvis=about_x(-pressed) @ posture.rotations["pelvis"])
        placed = self.body.place(posture)
        for letter in ("l", "r"):
            hip = self.body.joint(placed, f"thigh_{letter}")
            far = float(hip[1]) - AWAY * sum(self.body.leg(letter))
            ankle = self.planted(letter, far + into**2 * (self.feet_m - far))
            foot = slerp(about_x(0.6 * TOES_UP_DEG), NONE, smooth(into / 0.6))
            posture = posture.with_rotations(**self.foot_at(placed, letter, ankle) | {f"foot_{letter}": foot})
        return posture


def _pressed(t: float) -> float:
    """How far the low back is pressed down, 0 to 1."""
    since = t % PERIOD_S
    return smooth(since / MOVE_S) - smooth((since - PRESS_S) / MOVE_S)
