"""What each family of scenes shows, and its scenes by number: every property over its whole range, by few or many."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

BODIES: Final = ("female", "male", "female_older_heavy", "male_tall_thin")
SHIRTS: Final = ("#c8453b", "#e0b040", "#3f7d58", "#e8e6df", "#2f3b52", "#7d8fa8")
SHORTS: Final = ("#23262e", "#2a4f7c", "#33415c", "#6b6459")
SKINS: Final = ("#e3b99a", "#c99276", "#8d5a3e", "#5c3a28")
FLOORS: Final = ("#a9825a", "#8f9499", "#8f7a63", "#c9b79c")
WALLS: Final = ("#d9d5cb", "#cfd8dc", "#d8d2dc", "#b9c4b4")
MATS: Final = ("#5b4b8a", "#2f6f6a", "#3d5a80", "#7a3b3b")

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a family of scenes shows: where the camera stands, and which faults it plants, from least to most.

    stands      where the camera stands; empty: on the side that is exercised
    toward_deg  turned by so much to the side that is exercised, in place of `turned_deg`
    first       number of the first scene: what varies with it begins elsewhere than in the other families
    """

    exercise: str
    stands: tuple[str, ...]
    height_m: Range
    distance_m: Range
    faults: Mapping[str, Range]
    sides: tuple[str | None, ...] = (None,)
    partial: Range | None = (0.35, 0.6)
    turned_deg: Range = (-20, 20)
    holds_s: float | None = None
    toward_deg: Range | None = None
    first: int = 0

    def numbers(self, size: int) -> range:
        """The scenes of this family in a matrix of a size."""
        return range(self.first, self.first + size)


PLANS: Final = {
    "bridge": Plan(
        "bridge", ("left", "right"), (0.3, 1.0), (2.2, 3.2),
        {"knees_over_ankles": (20, 32), "straight_line": (22, 40), "no_arch": (14, 26), "hold": (1.6, 0.6),
         "slow_lowering": (1.0, 0.5)},
    ),
    "hip_hiker": Plan(
        "hip_hiker", ("front", "back"), (0.8, 1.3), (2.8, 3.6),
        {"knees_straight": (28, 42), "trunk_upright": (13, 22), "full_return": (5, 9)}, ("left", "right"), None,
    ),
    "pigeon": Plan(
        "pigeon", ("front",), (0.4, 1.1), (2.1, 2.9),
        {"hips_square": (22, 32), "knee_in_line": (16, 30), "weight_centred": (12, 18)}, ("left", "right"), None,
        holds_s=11.0,
    ),
    "squat_side": Plan(
        "squat", ("left", "right"), (0.7, 1.3), (2.7, 3.6), {"trunk": (16, 30), "heels_down": (16, 32)},
    ),
    "squat_front": Plan("squat", ("front",), (0.7, 1.3), (2.7, 3.6), {"knees_over_feet": (14, 24)}),
    "lunge": Plan("lunge", ("left", "right"), (0.7, 1.2), (2.9, 3.6), {}, ("left", "right")),
    "lunge_faulty": Plan(
        "lunge", ("left", "right"), (0.7, 1.2), (2.9, 3.6), {"knee_over_ankle": (26, 34), "trunk": (36, 46)},
        ("left", "right"), None, first=2,
    ),
    "bridge_march": Plan(
        "bridge_march", ("left", "right"), (0.3, 1.0), (2.3, 3.2),
        {"hips_stay_up": (20, 30), "small_step": (0.24, 0.3)}, partial=None, turned_deg=(-15, 15), first=1,
    ),
    "fire_hydrant": Plan(
        "fire_hydrant", ("front",), (0.5, 1.0), (2.4, 3.1),
        {"hips_level": (24, 34), "knee_bent": (-52, -40), "arms_straight": (65, 80), "pause": (0.1, 0.2)},
        ("left", "right"), None, toward_deg=(36, 50), first=2,
    ),
    "hero_pose_front": Plan(
        "hero_pose", ("front",), (0.4, 1.0), (2.2, 2.8), {"knees_together": (22, 30), "shoulders_level": (18, 26)},
        turned_deg=(-12, 12), holds_s=11.0, first=1,
    ),
    "hero_pose_side": Plan(
        "hero_pose", ("left", "right"), (0.4, 1.0), (2.2, 2.8), {"trunk_upright": (20, 28)}, turned_deg=(-12, 12),
        holds_s=11.0, first=2,
    ),
    "hip_hinge": Plan(
        "hip_hinge", ("left", "right"), (0.7, 1.2), (2.8, 3.5),
        {"knees_soft": (56, 66), "shanks_upright": (24, 30), "full_extension": (21, 28)}, turned_deg=(-15, 15), first=3,
    ),
    "plie_squat": Plan(
        "plie_squat", ("front",), (0.7, 1.2), (2.8, 3.5),
        {"knees_over_toes": (42, 54), "trunk_upright": (14, 20), "trunk_tall": (42, 52), "weight_even": (0.16, 0.24)},
        turned_deg=(-15, 15), first=1,
    ),
    "runners_lunge": Plan(
        "runners_lunge", (), (0.4, 0.9), (2.7, 3.3),
        {"knee_over_ankle": (22, 30), "hips_low": (36, 46), "back_knee_straight": (36, 48)}, ("left", "right"), None,
        (-12, 12), holds_s=11.0, first=2,
    ),
    "side_lying_leg_raise": Plan(
        "side_lying_leg_raise", ("front",), (0.4, 0.9), (2.4, 3.1),
        {"stays_up": (11, 15), "knee_straight": (46, 64), "hips_stacked": (26, 36), "not_too_high": (57, 66)},
        ("left", "right"), None, (-15, 15), first=3,
    ),
    "standing_leg_lift": Plan(
        "standing_leg_lift", ("front", "back"), (0.8, 1.3), (2.8, 3.5),
        {"knee_straight": (42, 54), "trunk_upright": (15, 20), "pelvis_level": (14, 18), "slow_lowering": (0.8, 0.6)},
        ("left", "right"), turned_deg=(-15, 15), first=1,
    ),
    "step_up_side": Plan(
        "step_up", (), (0.8, 1.2), (2.9, 3.6), {"knee_straight": (29, 38), "hip_straight": (27, 36),
        "slow_lowering": (0.8, 0.5)}, ("left", "right"), None, (-12, 12), first=2,
    ),
    "supine_hip_roll": Plan(
        "supine_hip_roll", (), (0.4, 0.9), (2.5, 3.2), {"shoulders_down": (28, 38), "pause": (0.1, 0.2)},
        ("left", "right"), None, (-12, 12), first=3,
    ),
    "thomas_test": Plan(
        "thomas_test", (), (0.7, 1.1), (2.6, 3.2), {"thigh": (-26, -18), "knee": (44, 54), "knee_hugged": (28, 36)},
        ("left", "right"), turned_deg=(-12, 12), holds_s=11.0, first=1,
    ),
    "thread_the_needle": Plan(
        "thread_the_needle", (), (0.4, 0.9), (2.5, 3.2), {"shoulders_down": (25, 32), "thigh_drawn_in": (16, 22)},
        ("left", "right"), turned_deg=(-12, 12), holds_s=11.0, first=2,
    ),
    "pelvic_tilt": Plan(
        "pelvic_tilt", ("left", "right"), (0.4, 0.9), (2.5, 3.2), {}, turned_deg=(-12, 12), holds_s=8.0, first=3,
    ),
}  # fmt: skip
FAULTS_IN_A_SCENE: Final = 2


def spread(low_high: Range, number: int, step: int) -> float:
    """The number-th of values that fill a range evenly, however many are drawn (additive recurrence).

    Each property has its own `step`, so that two of them do not rise together.
    """
    low, high = low_high
    share = (0.5 + number * (step * 0.6180339887)) % 1
    return round(low + share * (high - low), 3)


def scene(plan: Plan, number: int) -> dict[str, Any]:
    """The number-th scene of a plan."""
    pick = random.Random(f"{plan.exercise} {plan.stands} {number}")
    side = plan.sides[number % len(plan.sides)]
    made: dict[str, Any] = {
        "exercise": plan.exercise,
        "who": BODIES[number % len(BODIES)],
        "look": {"skin": pick.choice(SKINS), "shirt": pick.choice(SHIRTS), "shorts": pick.choice(SHORTS)},
        "room": {"floor": pick.choice(FLOORS), "wall": pick.choice(WALLS), "mat": pick.choice(MATS)},
        "camera": {
            "from": plan.stands[(number // 2) % len(plan.stands)] if plan.stands else side,
            "turned_deg": turned(plan, number, side),
            "height_m": round(spread(plan.height_m, number, 2), 2),
            "distance_m": round(spread(plan.distance_m, number, 3), 2),
        },
        "picture": {
            "light": round(spread((0.25, 1.15), number, 5), 2),
            "noise": round(spread((0, 6), number, 7), 1),
            "fps": (20, 15, 30, 15)[number % 4],
            "crf": (24, 28, 32)[(number // 2) % 3],
        },
        "enter": number % 2 == 1,
        "leave": number % 2 == 1,
        "set": list(planned_set(plan, number)),
    }
    if side is not None:
        made["side"] = side
    return made


def turned(plan: Plan, number: int, side: str | None) -> float:
    """By how much the camera stands to the person's left of where it is said to stand, degrees."""
    if plan.toward_deg is None:
        return round(spread(plan.turned_deg, number, 1), 1)
    away = spread(plan.toward_deg, number, 1)
    return round(-away if side == "right" else away, 1)


def planned_set(plan: Plan, number: int) -> Iterator[dict[str, Any]]:
    """A clean repetition, two of the faults, each with a size of its own, a partial one, and a clean one again."""
    names = list(plan.faults)
    planted = {names[(2 * number + i) % len(names)]: i for i in range(FAULTS_IN_A_SCENE) if names}
    sizes = {name: round(spread(plan.faults[name], number, i + 1), 2) for name, i in planted.items()}
    if plan.holds_s is not None:  # one fault in the middle of one long hold
        if not names:
            yield {"hold_s": plan.holds_s}
            return
        name = names[number % len(names)]
        size = round(spread(plan.faults[name], number, 1), 2)
        yield {"hold_s": plan.holds_s, "faults": {name: {"size": size, "from_s": 4, "to_s": 8}}}
        return
    yield {}
    for name, size in sizes.items():
        yield {"faults": {name: size}}
    if plan.partial is not None and number % 2 == 0:
        yield {"range": round(spread(plan.partial, number, 4), 2)}
    yield {}
