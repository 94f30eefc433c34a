"""Movements that are none of the library's exercises: what people do between them, or film by mistake.

Each goes back and forth between two postures, told by the angles of the segments.  None may be named or counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

import numpy as np

from sample_videos.studio.movements.base import MAT_M, OUTWARD, Movement, Plan, Prop, Tempo, Values
from sample_videos.studio.rotations import Rotation, about_x, about_y, about_z
from sample_videos.studio.skeleton import Posture

# Degrees: pitch about the left-right axis (positive leans forward, or swings a limb back), aside (the trunk to the
# left, a limb away from the other one), and a twist to the left about the body's length.
Turn = tuple[float, ...]
Turns = Mapping[str, tuple[float, float, float]]
LIMBS: Final = {
    "thighs": "thigh", "shanks": "calf", "feet": "foot", "toes": "ball",
    "arms": "upperarm", "forearms": "lowerarm", "hands": "hand",
}  # fmt: skip
BEFORE: Final = {"foot": "calf", "ball": "foot", "hand": "lowerarm"}
TRUNK: Final = {"pelvis": "pelvis", "chest": "spine_03", "head": "head"}


@dataclass(frozen=True, slots=True)
class Pose:
    """A posture by the angles of its segments, seen as if the body stood; `lies` turns all of it.

    A limb has one turn for both sides, or (left, right); None: it goes with the segment before it.
    on, at_m  joints that stay where they are while one moves, and how far behind the middle
    """

    lies: Turn = (0,)
    pelvis: Turn = (0,)
    chest: Turn | None = None
    head: Turn | None = None
    thighs: Turn | tuple[Turn, Turn] = (0,)
    shanks: Turn | tuple[Turn, Turn] = (0,)
    feet: Turn | tuple[Turn, Turn] | None = None
    toes: Turn | tuple[Turn, Turn] | None = None
    arms: Turn | tuple[Turn, Turn] = (0, 8)
    forearms: Turn | tuple[Turn, Turn] = (-12, 4)
    hands: Turn | tuple[Turn, Turn] | None = None
    on: tuple[str, ...] = ("foot_l", "foot_r")
    at_m: float = 0.0

    def turns(self) -> Turns:
        """The turn of each bone, and of the whole body as ""."""
        found = {"": _full(self.lies)}
        for name, bone in TRUNK.items():
            turn = getattr(self, name)
            found[bone] = found["pelvis"] if turn is None else _full(turn)
        for name, bone in LIMBS.items():
            turn = getattr(self, name)
            both = turn if turn is not None and isinstance(turn[0], tuple) else (turn, turn)
            for letter, one in zip(OUTWARD, both, strict=True):
                goes_with = f"{BEFORE.get(bone, bone)}_{letter}"
                found[f"{bone}_{letter}"] = found[goes_with] if one is None else _full(one)
        return found


def _full(turn: Turn) -> tuple[float, float, float]:
    pitch, aside, twist = (*turn, 0.0, 0.0)[:3]
    return pitch, aside, twist


def other_side(turns: Turns) -> Turns:
    """The same with the sides swapped."""
    swapped = {}
    for bone, (pitch, aside, twist) in turns.items():
        stem, _, letter = bone.rpartition("_")
        if letter in OUTWARD:
            swapped[f"{stem}_{'r' if letter == 'l' else 'l'}"] = (pitch, aside, -twist)
        else:
            swapped[bone] = (pitch, -aside, -twist)
    return swapped


class Other(Movement):
    """Parameters: left and right, how far the movement has gone, 0 to 1; the left one is the one told."""

    first: ClassVar[Pose]
    last: ClassVar[Pose]

    @property
    def rest(self) -> Values:
        """In the first posture."""
        return {"left": 0.0, "right": 0.0}

    def plan(self, faults: Values, share: float = 1.0) -> Plan:
        """There and back."""
        return self.plan_on("left", faults, share)

    def plan_on(self, side: str | None, faults: Values, share: float = 1.0) -> Plan:
        """The same to one side."""
        return Plan(self.rest, {**self.rest, side or "left": share}, self.rest)

    def posture(self, values: Values, t: float) -> Posture:
        """Between the two postures, as low as the floor lets it."""
        first, last = self.first.turns(), self.last.turns()
        mirrored = other_side(last)
        whole, rotations = np.eye(3), {}
        for bone, start in first.items():
            turn = np.array(start, float)
            turn += values["left"] * (np.array(last[bone]) - start)
            turn += values["right"] * (np.array(mirrored[bone]) - start)
            if not bone:
                whole = _rotation(turn, 1.0)
                continue
            if bone == "spine_03":
                turn[0] += self.sway(t)
            letter = bone.rpartition("_")[2]
            rotations[bone] = whole @ _rotation(turn, -OUTWARD.get(letter, -1.0))
        posture = Posture(rotations, self.first.on, np.array([0.0, self.first.at_m, 0.0]))
        ground = MAT_M if any(prop.what == "mat" for prop in self.space) else 0.0
        return posture.moved([0, 0, ground - self.body.lowest_m(self.body.place(posture))])


def _rotation(turn: np.ndarray, aside: float) -> Rotation:
    return about_z(float(turn[2])) @ about_x(float(turn[0])) @ about_y(aside * float(turn[1]))


UPRIGHT: Final = Pose()
FOLDED: Final = Pose(
    pelvis=(55,), thighs=(-20,), shanks=(16,), feet=(0,), arms=(0, 8), forearms=(0, 4)
)  # bent over
WIDE: Final = Pose(thighs=(0, 28), shanks=(0, 28), feet=(0,))
SITTING: Final = Pose(thighs=(-88,), arms=(-25, 10), forearms=(-60,), on=("thigh_l", "thigh_r"))
HIPS: Final = ("thigh_l", "thigh_r")
BACK: Final = Pose(lies=(-90,), arms=(-4, 20), forearms=(-4, 20), on=HIPS)
KNEES_UP: Final = replace(BACK, thighs=(-50,), shanks=(42,), feet=(90,))
FRONT: Final = Pose(lies=(90,), arms=(-150, 40), forearms=(-175, 10), feet=(60,), on=HIPS)
LEFT_SIDE: Final = Pose(lies=(0, 90), thighs=(-45,), shanks=(45,), arms=(-70,), forearms=(-120,), on=HIPS)
ALL_FOURS: Final = Pose(
    pelvis=(82,), head=(60,), shanks=(90,), feet=(150,), arms=(0,), forearms=(0,), hands=(-85,),
    on=("calf_l", "calf_r"),
)  # fmt: skip
PLANK: Final = Pose(
    lies=(72,), arms=(-72,), forearms=(-72,), hands=(-160,), on=("ball_l", "ball_r"), at_m=0.75
)

SLOW: Final = Tempo(1.5, 0.5, 1.5, 0.8)
BRISK: Final = Tempo(0.5, 0.1, 0.5, 0.1)
HOLD: Final = Tempo(1.5, 8.0, 1.5, 1.0)


UP: Final = (0.0, 0.0, 0.9)
LOW: Final = (0.0, 0.0, 0.3)
CHAIR: Final = (Prop("chair", (0.0, 0.1)),)
MAT: Final = (Prop("mat", (0.0, 0.0), (0.9, 2.1)),)
MAT_ACROSS: Final = (Prop("mat", (0.0, 0.0), (2.1, 0.9)),)  # on the side one lies across


def _between(
    name: str, first: Pose, tempo: Tempo = SLOW, alternates: bool = False, space: tuple[Prop, ...] = (),
    middle: tuple[float, float, float] = UP, **turned: Any,
) -> type[Other]:  # fmt: skip
    """The movement from a posture to the same with some segments turned otherwise, and back."""
    given = {"exercise": name, "tempo": tempo, "alternates": alternates, "middle": middle, "space": space}
    return type(
        name, (Other,), {**given, "first": first, "last": replace(first, **turned), "__doc__": Other.__doc__}
    )


def _lying(
    name: str, first: Pose, tempo: Tempo = SLOW, alternates: bool = False, **turned: Any
) -> type[Other]:
    """The same on a mat."""
    return _between(name, first, tempo, alternates, MAT_ACROSS if len(first.lies) > 1 else MAT, LOW, **turned)


OTHERS: Final[Mapping[str, type[Other]]] = {
    movement.exercise: movement
    for movement in (
        # standing, and on a chair
        _between(
            "jumping_jacks",
            UPRIGHT,
            BRISK,
            arms=(0, 165),
            forearms=(0, 170),
            thighs=(0, 22),
            shanks=(0, 22),
            feet=(0,),
        ),
        _between(
            "overhead_press",
            replace(UPRIGHT, arms=(-20, 20), forearms=(-150,)),
            arms=(0, 168),
            forearms=(0, 175),
        ),
        _between("curls", UPRIGHT, forearms=(-140, 4)),
        _between("arm_raises", UPRIGHT, arms=(0, 92), forearms=(0, 92)),
        _between("side_bends", UPRIGHT, alternates=True, chest=(0, 28), head=(0, 30)),
        _between(
            "trunk_twists",
            replace(UPRIGHT, arms=(-40, 15), forearms=(-100,)),
            alternates=True,
            chest=(0, 0, 42),
        ),
        _between(
            "marching", UPRIGHT, Tempo(0.7, 0.2, 0.7, 0.2), True, thighs=((-88,), (0,)), shanks=((-5,), (0,))
        ),
        _between("kick_backs", UPRIGHT, chest=(8,), thighs=((26,), (0,)), shanks=((30,), (0,))),
        _between("calf_raises", UPRIGHT, feet=(34,), toes=(0,)),
        _between("hamstring_curls", UPRIGHT, shanks=((96,), (0,))),
        _between("one_leg_stand", UPRIGHT, HOLD, thighs=((-45,), (0,)), shanks=((40,), (0,))),
        _between(
            "side_lunges",
            WIDE,
            alternates=True,
            pelvis=(22,),
            chest=(32,),
            thighs=((-75, 25), (-8, 54)),
            shanks=((25, -8), (-8, 54)),
        ),
        _between("rows", FOLDED, arms=(55, 8), forearms=(-20,)),
        _between(
            "knee_extensions",
            SITTING,
            space=CHAIR,
            middle=(0, 0, 0.7),
            shanks=((-82,), (0,)),
        ),
        # on the back
        _lying("crunches", replace(KNEES_UP, arms=(-40,), forearms=(-140,)), chest=(32,), head=(48,)),
        _lying("sit_ups", KNEES_UP, pelvis=(58,), chest=(72,), head=(80,), arms=(-20,), forearms=(-20,)),
        _lying("leg_raises", BACK, thighs=(-80,), shanks=(-80,)),
        _lying(
            "straight_leg_raises",
            replace(BACK, thighs=((0,), (-50,)), shanks=((0,), (42,)), feet=((0,), (90,))),
            thighs=((-58,), (-50,)),
            shanks=((-58,), (42,)),
            feet=((-58,), (90,)),
        ),
        _lying(
            "knees_to_chest", KNEES_UP, thighs=(-118,), shanks=(8,), feet=(8,), arms=(-35,), forearms=(-70,)
        ),
        _lying(
            "dead_bugs",
            replace(BACK, thighs=(-90,), arms=(-90,), forearms=(-90,)),
            alternates=True,
            thighs=((-15,), (-90,)),
            shanks=((-12,), (0,)),
            arms=((-90,), (-170,)),
            forearms=((-90,), (-170,)),
        ),
        _lying("heel_slides", BACK, thighs=((-50,), (0,)), shanks=((42,), (0,)), feet=((90,), (0,))),
        _lying(
            "knee_rolls",
            KNEES_UP,
            alternates=True,
            pelvis=(0, 0, 22),
            chest=(0,),
            head=(0,),
            thighs=(-50, 0, 42),
            shanks=(42, 0, 42),
            feet=(90, 0, 20),
        ),
        # on the side
        _lying("clamshells", LEFT_SIDE, thighs=((-45,), (-45, 0, -38)), shanks=((45,), (45, 0, -38))),
        _lying(
            "side_planks",
            replace(LEFT_SIDE, chest=(0, -22), thighs=(0,), shanks=(0,)),
            HOLD,
            lies=(0, 66),
            chest=(0,),
            arms=((0, 66), (-10, 10)),
            forearms=((-90,), (-10,)),
        ),
        # face down
        _lying("push_ups", PLANK, lies=(86,), arms=(-26, 32), forearms=(-86,), hands=(-174,)),
        _lying("planks", FRONT, HOLD, lies=(80,), feet=(0,), arms=(-80,), forearms=(-168,)),
        _lying("mountain_climbers", PLANK, BRISK, True, thighs=((-108,), (0,)), shanks=((34,), (0,))),
        _lying("cobras", FRONT, chest=(-38,), head=(-44,), arms=(-58, 8), forearms=(-172,)),
        _lying(
            "back_raises", FRONT, chest=(-18,), arms=(-178,), forearms=(-178,), thighs=(12,), shanks=(12,)
        ),
        _lying("prone_leg_raises", FRONT, thighs=((20,), (0,)), shanks=((20,), (0,)), feet=((70,), (60,))),
        # on hands and knees
        _lying("cats", ALL_FOURS, pelvis=(58,), chest=(104,), head=(120,)),
        _lying(
            "bird_dogs",
            ALL_FOURS,
            alternates=True,
            thighs=((82,), (0,)),
            shanks=((86,), (90,)),
            feet=((90,), (150,)),
            arms=((0,), (-96,)),
            forearms=((0,), (-98,)),
            hands=((-85,), (-98,)),
        ),
        _lying(
            "donkey_kicks", ALL_FOURS, thighs=((78,), (0,)), shanks=((168,), (90,)), feet=((168,), (150,))
        ),
        _lying(
            "child_poses",
            ALL_FOURS,
            HOLD,
            pelvis=(98,),
            chest=(112,),
            head=(112,),
            thighs=(-62,),
            arms=(-98,),
            forearms=(-98,),
            hands=(-92,),
        ),
        _lying(
            "downward_dogs",
            ALL_FOURS,
            HOLD,
            pelvis=(128,),
            chest=(130,),
            head=(130,),
            thighs=(28,),
            shanks=(28,),
            feet=(20,),
            arms=(-50,),
            forearms=(-50,),
        ),
    )
}
