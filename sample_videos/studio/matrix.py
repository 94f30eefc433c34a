"""The scenes that accuracy is measured on, drawn from ranges of what varies between homes.

    python -m sample_videos.studio.matrix daily|full|fresh|earlier|rim|bodies|cameras OUT

writes OUT/*.yaml; `python -m sample_videos.studio OUT OUT` films them.  The same numbers each time.  A scene varies all
of body, clothes, room, camera, light, noise, frame rate and tempo at once, each over its whole range by the number of
the scene (so few scenes cover much), and plants each fault of its exercise and view from slight to gross.  Those called
fresh are in none of the others: films of them show what holds beyond the films by which limits were set.  The earlier
ones were fresh once.  Those of the rim have the camera where it may just stand; those of bodies show people of whom no
other matrix has any; those of cameras are seen by a laptop's wide lens from near by, by a telephone held upright, or by
a long lens from far away.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import copysign
from pathlib import Path
from typing import Any, Final

import yaml

from coach.judge import load_exercise

BODIES: Final = ("female", "male", "female_older_heavy", "male_tall_thin")
OTHER_BODIES: Final = ("male_heavy", "female_tall_thin", "female_short", "male_short_heavy")
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
WRONG_VIEW: Final = {
    "bridge": "feet",
    "hip_hiker": "left",
    "pigeon": "left",
    "squat_side": None,
    "squat_front": None,
}
SCENES: Final = {"daily": 4, "full": 24}
FRESH: Final = range(87, 89)  # after the first of each family; others as soon as a limit was set by these
EARLIER: Final = (*range(40, 42), *range(62, 64), *range(85, 87))  # were fresh, and taught something since
BEYOND: Final = {"fresh": FRESH, "earlier": EARLIER}
OF_OTHER_BODIES: Final = range(89, 91)
OF_OTHER_CAMERAS: Final = (91, 92)  # by a wide lens, and by another
RIM_DEG: Final = (20, 24)  # off the right place, of a low and of a high camera
HALF_WAY_RIM_DEG: Final = (34, 54)  # from the front, where half-way to the side is the right place
FAULTS_IN_A_SCENE: Final = 2
WANDERS: Final = [{"does": "walks", "for_s": 4}, {"does": "sits", "for_s": 3}, {"does": "stands", "for_s": 2}]


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


def wrong_view(plan: Plan, stands: str) -> dict[str, Any]:
    """A clean set that the camera cannot judge from where it stands."""
    made = scene(plan, 0)
    made["camera"].update({"from": stands, "turned_deg": 0})
    made["set"] = [{}, {}] if plan.holds_s is None else [{"hold_s": 6}]
    return made


def special() -> Iterator[tuple[str, dict[str, Any]]]:
    """What else happens at home: somebody nearer the camera, somebody passing, furniture, a dog, too near, nobody."""
    stands = {"who": "male", "doing": "stands", "at": [-0.85, 0.7], "from_s": 0, "to_s": 600}
    passes = {"who": "female", "doing": "passes", "at": [0, -0.9], "from_s": 4, "to_s": 9}
    for name, number, more in (
        ("bridge", 4, {"others": [stands]}),
        ("squat_side", 5, {"others": [stands | {"who": "male_tall_thin"}]}),
        ("squat_front", 6, {"others": [passes]}),
        ("hip_hiker", 6, {"things": [{"what": "dog", "at": [0.9, 0.6], "turned_deg": 40}]}),
        ("squat_side", 7, {"things": [{"what": "chair", "at": [0.0, 0.75], "turned_deg": 20}]}),
    ):
        kind = "_and_".join(sorted(more))
        yield f"{name}_with_{kind}_{number:02d}", scene(PLANS[name], number) | more
    near = scene(PLANS["squat_side"], 8)
    near["camera"] |= {"distance_m": 1.15, "height_m": 0.45}
    yield "squat_too_near", near
    yield "nobody_exercises", scene(PLANS["squat_side"], 9) | {"exercise": "none", "set": WANDERS}


def matrix(size: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and scenes: `size` of each plan, and one from a clearly wrong view where there is one."""
    for name, plan in PLANS.items():
        for number in plan.numbers(size):
            yield f"{name}_{number:02d}", scene(plan, number)
        stands = WRONG_VIEW.get(name)
        if stands is not None:
            yield f"{name}_wrong_view", wrong_view(plan, stands)
    yield from special()


def beyond(numbers: Iterable[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and scenes of each family that no matrix of a size has."""
    for name, plan in PLANS.items():
        for number in numbers:
            yield f"{name}_{plan.first + number:02d}", scene(plan, plan.first + number)


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Two scenes of each family, done by people whom no other matrix shows."""
    for k, (name, plan) in enumerate(PLANS.items()):
        for i, number in enumerate(OF_OTHER_BODIES):
            made = scene(plan, plan.first + number)
            yield (
                f"{name}_{plan.first + number:02d}",
                made | {"who": OTHER_BODIES[(k + 2 * i + i * (k // 2)) % 4]},
            )


def cameras() -> Iterator[tuple[str, dict[str, Any]]]:
    """Two scenes of each family, through lenses and in formats of the picture that no other matrix has.

    A laptop's: wide, and near by.  A telephone's: upright, for who stands.  For who lies, a long one from far away.
    """
    wide, other = OF_OTHER_CAMERAS
    for k, (name, plan) in enumerate(PLANS.items()):
        exercise = load_exercise(plan.exercise)
        nearest, furthest = exercise.camera.distance_m
        near = scene(plan, plan.first + wide)
        near["camera"] |= {"lens_mm": 22, "size": [640, 360], "distance_m": round(1.08 * nearest, 2)}
        far = scene(plan, plan.first + other)
        if exercise.position[0] == "standing":
            far["camera"] |= {"lens_mm": 26, "size": [360, 640]}
        else:
            far["camera"] |= {"lens_mm": 48, "distance_m": round(1.3 * furthest, 2)}
        far["picture"]["mirrored"] = k % 2 == 0
        yield f"{name}_{plan.first + wide:02d}", near
        yield f"{name}_{plan.first + other:02d}", far


def rim() -> Iterator[tuple[str, dict[str, Any]]]:
    """A scene of each family from the rim of where its exercise lets the camera stand, as far round as it is judged.

    Every other camera is as high and as far away as the file allows, the others as low and rather near.
    """
    for k, name in enumerate(sorted(PLANS)):
        plan, high = PLANS[name], k % 2 == 0
        number = plan.first + FRESH[k % 2]
        camera = load_exercise(plan.exercise).camera
        (lowest, highest), (nearest, furthest) = camera.height_m, camera.distance_m
        made = scene(plan, number)
        if plan.toward_deg is None:
            turned_deg = float(RIM_DEG[high] if (k // 2) % 2 else -RIM_DEG[high])
        else:
            turned_deg = copysign(HALF_WAY_RIM_DEG[high], made["camera"]["turned_deg"])
        made["camera"] |= {
            "turned_deg": turned_deg,
            "height_m": highest if high else lowest,
            "distance_m": furthest if high else round(nearest + 0.35 * (furthest - nearest), 2),
        }
        made["picture"]["light"] = max(0.5, made["picture"]["light"])
        yield f"{name}_{number:02d}", made


OTHERS: Final = {"rim": rim, "bodies": bodies, "cameras": cameras}


def main() -> int:
    """Write the scenes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", choices=[*SCENES, *BEYOND, *OTHERS])
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.size in OTHERS:
        scenes = OTHERS[chosen.size]()
    elif chosen.size in BEYOND:
        scenes = beyond(BEYOND[chosen.size])
    else:
        scenes = matrix(SCENES[chosen.size])
    for name, made in scenes:
        text = yaml.safe_dump(made, sort_keys=False, default_flow_style=None)
        (chosen.out / f"{name}.yaml").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
