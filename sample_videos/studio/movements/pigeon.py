"""The pigeon: the front shin across on the floor, the back leg long behind; held, with a lunge to get into it."""

from dataclasses import dataclass
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
    hanging_arms,
    smooth,
)
from sample_videos.studio.rotations import (
    NONE,
    Floats,
    Rotation,
    about_x,
    about_y,
    about_z,
    frame,
    limb,
    middle_joint,
    slerp,
    unit,
)
from sample_videos.studio.skeleton import HAND, Placed, Posture, with_lumbar

PELVIS_M: Final = 0.202  # height of the pelvis over the mat
PELVIS_Y_M: Final = 0.1
KNEE_M, ANKLE_M = 0.078, 0.063  # heights over the mat, of the front leg
BACK_KNEE_M, BACK_ANKLE_M = 0.072, 0.045
OUT_DEG: Final = 6.0  # of the front thigh from straight ahead, in a clean pose
SHIN_DEG: Final = 28.0  # the shin slopes back from straight across
TRUNK_DEG, TILT_DEG = 16.0, 14.0  # forward: upper spine, pelvis
BREATH_DEG, BREATH_S = 1.0, 4.2
FOOT_DOWN_DEG: Final = 166.0  # the top of the back foot on the floor
LUNGE_M: Final = 0.42  # the front foot of the half-kneeling lunge, before the hip
STEP_M: Final = 0.055


@dataclass(frozen=True)
class Sitting:
    """A posture in the pose, with the places of the front leg's knee and ankle, (3,) metres."""

    rotations: dict[str, Rotation]
    anchor: Floats
    knee: Floats
    ankle: Floats


class Pigeon(Movement):
    """Parameters: into (0 the lunge before it, 1 in the pose); turn, tip, out and bend, degrees."""

    exercise: ClassVar[str] = "pigeon"
    sided: ClassVar[bool] = True
    held: ClassVar[bool] = True
    tempo: ClassVar[Tempo] = Tempo(3.0, 34.0, 2.0, 1.0)
    faults: ClassVar[tuple[str, ...]] = ("hips_square", "knee_in_line", "back_leg_straight", "weight_centred")
    middle: ClassVar[tuple[float, float, float]] = (0.0, 0.0, 0.48)
    space: ClassVar[tuple[Prop, ...]] = (Prop("mat", (0.0, 0.22), (1.1, 2.15)),)

    _wrist_m: float  # height of the wrist over the fingertips of a hanging hand
    _planted: dict[str, Floats]  # where the knees of a clean pose are, by letter

    def prepare(self) -> None:
        """Where the knees of a clean pose are: they stay there."""
        hands = [name for name in self.body.names if name.split("_")[0] in HAND]
        upright = self.body.place(Posture({}))
        lowest = self.body.lowest_m(upright, self.body.belonging(*hands))
        self._keep(_planted={}, _wrist_m=float(self.body.joint(upright, "hand_l")[2] - lowest))
        sitting = self._sitting(self.in_pose, 0.0)
        placed = self.body.place(Posture(sitting.rotations, ("pelvis",), sitting.anchor))
        self._keep(_planted={letter: self.body.joint(placed, f"calf_{letter}") for letter in OUTWARD})

    @property
    def rest(self) -> Values:
        """The half-kneeling lunge before the pose."""
        return {"into": 0.0, "turn_deg": 0.0, "tip_deg": 0.0, "out_deg": OUT_DEG, "bend_deg": 0.0}

    @property
    def in_pose(self) -> Values:
        """A clean pose."""
        return {**self.rest, "into": 1.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """Degrees, to the front leg's side: hips_square, knee_in_line, weight_centred; bend: back_leg_straight."""
        end = {
            "into": share,
            "turn_deg": faults.get("hips_square", 0.0),
            "tip_deg": faults.get("weight_centred", 0.0),
            "out_deg": OUT_DEG + faults.get("knee_in_line", 0.0),
            "bend_deg": faults.get("back_leg_straight", 0.0),
        }
        return Plan(self.rest, end, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """In the pose; or on the way there: the back knee stays planted and the front foot walks across."""
        breath = BREATH_DEG * np.sin(2 * np.pi * t / BREATH_S) + self.sway(t)
        sitting = self._sitting(values, values["into"] * breath)
        if values["into"] >= 1:
            return Posture(sitting.rotations, ("pelvis",), sitting.anchor)
        return self._entering(values["into"], sitting)

    # --- in the pose --------------------------------------------------------------------------------

    def _sitting(self, values: Values, breath_deg: float) -> Sitting:
        tip, turn = values["tip_deg"], values["turn_deg"]
        rotations = self._trunk(turn, tip, breath_deg)
        anchor = np.array([0, PELVIS_Y_M, PELVIS_M + MAT_M])
        placed = self.body.place(Posture(rotations, ("pelvis",), anchor))
        front, knee, ankle = self._front_leg(placed, values["out_deg"])
        rotations |= front | self._back_leg(placed, values["bend_deg"])
        for letter, outward in OUTWARD.items():
            rotations |= self._arm(placed, letter, outward, turn)
        return Sitting(with_lumbar(rotations), anchor, knee, ankle)

    def _trunk(self, turn_deg: float, tip_deg: float, breath_deg: float) -> dict[str, Rotation]:
        turned = about_z(self.mirror * turn_deg)
        whole = turned @ about_y(self.mirror * tip_deg)
        lean = TRUNK_DEG + breath_deg
        return {
            "pelvis": whole @ about_x(TILT_DEG),
            "spine_03": whole @ about_x(lean),
            "neck_01": turned @ about_y(0.5 * self.mirror * tip_deg) @ about_x(0.3 * lean),
            "head": about_z(0.9 * self.mirror * turn_deg) @ about_y(0.3 * self.mirror * tip_deg) @ about_x(2),
        }

    def _front_leg(self, placed: Placed, out_deg: float) -> tuple[dict[str, Rotation], Floats, Floats]:
        """Thigh forward, shin across; its rotations and the places of knee and ankle."""
        letter, m = self.letters[0], self.mirror
        thigh_m, shank_m = self.body.leg(letter)
        hip = self.body.joint(placed, f"thigh_{letter}")
        ahead = np.array([m * np.sin(np.radians(OUT_DEG)), -np.cos(np.radians(OUT_DEG))])
        if letter in self._planted:
            ahead = (self._planted[letter] - hip)[:2]
        ahead = (about_z(m * (out_deg - OUT_DEG)) @ [*ahead, 0])[:2]
        thigh = _down_to(hip, ahead, KNEE_M + MAT_M, thigh_m)
        slope = np.radians(SHIN_DEG - 0.35 * (out_deg - OUT_DEG))
        shin = _down_to(hip + thigh, np.array([-m * np.cos(slope), np.sin(slope)]), ANKLE_M + MAT_M, shank_m)
        upper, lower = limb(thigh, shin)
        legs = {f"thigh_{letter}": upper, f"calf_{letter}": lower, f"foot_{letter}": self._front_foot(shin)}
        return legs, hip + thigh, hip + thigh + shin

    def _front_foot(self, shin: Floats) -> Rotation:
        """The foot on its outer edge, its toes between straight on and forward."""
        m, on = self.mirror, unit([shin[0], shin[1], 0])
        toes = unit(np.cross((0, 0, m), on) * np.cos(np.radians(40)) + on * np.sin(np.radians(40)))
        x = np.array([0, 0, -m])
        return np.stack([x, -toes, np.cross(x, -toes)], 1)

    def _back_leg(self, placed: Placed, bend_deg: float) -> dict[str, Rotation]:
        """Long behind on the floor; a bent one turns its shank aside along the floor."""
        letter, m = self.letters[1], self.mirror
        thigh_m, shank_m = self.body.leg(letter)
        hip = self.body.joint(placed, f"thigh_{letter}")
        behind = (self._planted[letter] - hip)[:2] if letter in self._planted else np.array([-m * 0.03, 1])
        thigh = _down_to(hip, behind, BACK_KNEE_M + MAT_M, thigh_m)
        aside = (about_z(m * bend_deg) @ [-m * 0.01, 1, 0])[:2]
        shin = _down_to(hip + thigh, aside, BACK_ANKLE_M + MAT_M, shank_m)
        foot = about_z(m * bend_deg) @ about_x(FOOT_DOWN_DEG)
        left = about_z(m * bend_deg) @ [1, 0, 0]
        return {
            f"thigh_{letter}": frame(thigh, (1, 0, 0)),
            f"calf_{letter}": frame(shin, left),
            f"foot_{letter}": foot,
        }

    def _arm(self, placed: Placed, letter: str, outward: float, turn_deg: float) -> dict[str, Rotation]:
        """The fingers on the floor beside the front leg, the elbows back."""
        shoulder = self.body.joint(placed, f"upperarm_{letter}")
        beside = about_z(self.mirror * turn_deg) @ [outward * 0.27, -0.13, 0]
        wrist = np.array([beside[0], PELVIS_Y_M + beside[1], MAT_M + self._wrist_m])
        reach, way = 0.985 * sum(self.body.arm(letter)), wrist - shoulder
        if np.linalg.norm(way) > reach:  # nearer, at the same height, or if that is too low just toward it
            level = np.sqrt(max(reach**2 - way[2] ** 2, 0.0004))
            nearer = np.array([*(shoulder[:2] + unit(way[:2]) * level), wrist[2]])
            wrist = nearer if abs(way[2]) < reach else shoulder + unit(way) * reach
        elbow = middle_joint(shoulder, wrist, *self.body.arm(letter), np.array([0.8 * outward, 0.6, 0]))
        upper, fore = limb(elbow - shoulder, wrist - elbow, arm=True)
        return {f"upperarm_{letter}": upper, f"lowerarm_{letter}": fore, f"hand_{letter}": NONE}

    # --- getting into it ----------------------------------------------------------------------------

    def kneeling(self) -> tuple[dict[str, Rotation], Floats]:
        """The half-kneeling lunge: its rotations, and the place of the front ankle."""
        front, back = self.letters
        rotations = {
            "pelvis": about_x(4), "spine_03": about_x(2), "neck_01": NONE, "head": NONE,
            f"thigh_{back}": about_x(14), f"calf_{back}": about_x(88), f"foot_{back}": about_x(FOOT_DOWN_DEG),
            **hanging_arms(10, 14),
        }  # fmt: skip
        for letter in OUTWARD:
            rotations[f"hand_{letter}"] = rotations[f"lowerarm_{letter}"]
        rotations = with_lumbar(rotations)
        placed = self.body.place(Posture(rotations, (f"calf_{back}",), self._planted[back]))
        hip = self.body.joint(placed, f"thigh_{front}")
        ankle = np.array([hip[0] + self.mirror * 0.02, hip[1] - LUNGE_M, self.body.ankle_m + MAT_M])
        return rotations, ankle

    def _entering(self, into: float, sitting: Sitting) -> Posture:
        front, back = self.letters
        lunge, foot = self.kneeling()
        across, down = smooth(into / 0.8), smooth((into - 0.12) / 0.88)
        moving = {f"thigh_{front}", f"calf_{front}", f"foot_{front}"}
        rotations = {
            bone: slerp(lunge.get(bone, NONE), turn, down)
            for bone, turn in sitting.rotations.items()
            if bone not in moving
        }
        planted = ((f"calf_{back}",), self._planted[back])
        hip = self.body.joint(self.body.place(Posture(rotations, *planted)), f"thigh_{front}")
        ankle = foot + (sitting.ankle - foot) * across + np.array([0, 0, STEP_M * np.sin(np.pi * across)])
        knee = self._knee_over_mat(hip, ankle, self._pole(sitting, down))
        upper, lower = limb(knee - hip, ankle - knee)
        rotations |= {f"thigh_{front}": upper, f"calf_{front}": lower}
        rotations[f"foot_{front}"] = slerp(NONE, sitting.rotations[f"foot_{front}"], across)
        return Posture(rotations, *planted)

    def _pole(self, sitting: Sitting, down: float) -> Floats:
        """Where the front knee points: forward in the lunge, outward in the pose."""
        front = self.letters[0]
        placed = self.body.place(Posture(sitting.rotations, ("pelvis",), sitting.anchor))
        hip = self.body.joint(placed, f"thigh_{front}")
        there = unit(sitting.knee - (hip + sitting.ankle) / 2)
        return unit(np.array([0, -1.0, 0.3]) * (1 - down) + there * down)

    def _knee_over_mat(self, hip: Floats, ankle: Floats, pole: Floats) -> Floats:
        """The knee; where it would sink into the mat its pole is turned upward."""
        lengths = self.body.leg(self.letters[0])
        knee = middle_joint(hip, ankle, *lengths, pole)
        for up in np.linspace(0, 2, 60):
            if knee[2] >= KNEE_M + MAT_M - 0.001:
                break
            knee = middle_joint(hip, ankle, *lengths, pole + np.array([0, 0, up]))
        return knee

    @property
    def spot(self) -> Floats:
        """Over the back knee of the lunge."""
        return np.array([0.0, float(self._planted[self.letters[1]][1]) - 0.1])

    def arrival(self) -> tuple[Stage, ...]:
        """From standing into the half-kneeling lunge."""
        return (Stage(self.posture(self.rest, 0.0), 2.4),)


def _down_to(start: Floats, along: Floats, height: float, length: float) -> Floats:
    """A segment (3,) of this length from `start` along a level direction (2,), ending at `height`."""
    sinks = height - start[2]
    level = unit(along) * np.sqrt(max(length**2 - sinks**2, 0.01))
    return np.array([*level, sinks])
