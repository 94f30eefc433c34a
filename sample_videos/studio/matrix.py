"""The scenes that accuracy is measured on, drawn from ranges of what varies between homes.

    python -m sample_videos.studio.matrix WHICH OUT

writes OUT/*.yaml; `python -m sample_videos.studio OUT OUT` films them.  The same numbers each time.  A scene varies all
of body, clothes, room, camera, light, noise and frame rate at once, and plants each fault of its exercise and view from
slight to gross.  WHICH is daily, the matrix of every day; full, the same with more numbers; or one of those below.  By
daily and earlier limits were set; the others show what holds beyond:

    fresh    numbers that are in none of the others; the earlier ones were fresh once
    rim      the camera where it may just stand
    bodies   people of whom no other has any
    cameras  a laptop's wide lens from near by, a telephone held upright, a long lens from far away
    aims     a wide lens that looks past the person, to either side, up or down, and is held a little askew
    tempos   people who are slow, rest long and tremble, and others who are quick
    mixed    two of these at once
    again    numbers that are in none of the others, alone and mixed
    later    the same with other numbers: no rule was changed after a look at these
    beside   somebody else in the picture, nearer the camera: all the time, for a while, or passing before and behind
    rare     faults that none of these plants
    others   movements that are none of the library's exercises: none is to be named or counted
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import copysign
from pathlib import Path
from typing import Any, Final

import yaml

from coach.judge import load_exercise
from sample_videos.studio.movements import MOVEMENTS, OTHERS
from sample_videos.studio.movements.base import Tempo
from sample_videos.studio.movements.others import MAT, MAT_ACROSS, Other
from sample_videos.studio.plans import BODIES, PLANS, Plan, scene, spread
from sample_videos.studio.skeleton import MIXED


@dataclass(frozen=True, slots=True)
class Pace:
    """How much longer than usual each way, the end range and the rest last, and how much the joints tremble."""

    ways: float
    end_range: float
    rest: float
    tremor_deg: float


OTHER_BODIES: Final = tuple(MIXED)
WRONG_VIEW: Final = {
    "bridge": "feet",
    "hip_hiker": "left",
    "pigeon": "left",
    "squat_side": None,
    "squat_front": None,
}
SCENES: Final = {"daily": 4, "full": 24}
# After the first of each family.  Rules were mended after a look at the first two, and some after one at the others.
FRESH: Final = (*range(87, 89), *range(105, 107), 113)
# Were fresh, and limits were set by them since.
EARLIER: Final = (*range(40, 42), *range(62, 64), *range(85, 87))
OF_THE_RIM: Final = range(87, 89)
BEYOND: Final = {"fresh": FRESH, "earlier": EARLIER}
OF_OTHER_BODIES: Final = range(89, 91)
OF_OTHER_TEMPOS: Final = (93, 94)  # slow, and quick
SLOW: Final = Pace(1.9, 1.3, 2.2, tremor_deg=1.2)
QUICK: Final = Pace(0.75, 1.0, 0.5, tremor_deg=0.8)
LONG_HOLD_S: Final = 33.0
OF_OTHER_CAMERAS: Final = (91, 92)  # by a wide lens, and by another
MIXED_UP: Final = 114  # of other bodies, by turns near by, at another pace and from far away
AGAIN: Final = (115, 116)  # the same once more: with new numbers alone, and mixed up otherwise
LATER: Final = (119, 120)
OF_SOMEBODY_BESIDE: Final = (121, 122)
OF_OTHER_AIMS: Final = (117, 118)
ASIDE_DEG: Final = {
    "standing": (14.0, 5.0),
    "lying": (8.0, 12.0),
}  # to a side and upward or down; lying is wide
ASKEW_DEG: Final = 3.0
OF_RARE_FAULTS: Final = range(101, 104)
RARE: Final[dict[str, dict[str, tuple[float, float]]]] = {
    "hip_hinge": {"hip_range": (22, 30)},
    "standing_leg_lift": {"height": (58, 66)},
    "supine_hip_roll": {"foot_down": (0.16, 0.3)},
}
OF_OTHER_MOVEMENTS: Final = ((95, 96), (97, 98))
LONG_S: Final = 5.0  # a posture that is held
RIM_DEG: Final = (20, 24)  # off the right place, of a low and of a high camera
HALF_WAY_RIM_DEG: Final = (34, 54)  # from the front, where half-way to the side is the right place
WANDERS: Final = [{"does": "walks", "for_s": 4}, {"does": "sits", "for_s": 3}, {"does": "stands", "for_s": 2}]


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


def aims() -> Iterator[tuple[str, dict[str, Any]]]:
    """Two scenes of each family, seen by a wide lens that does not look at the person, and is not held level.

    So stands a laptop whose screen is tilted, or a telephone that leans on a book, with the mat not quite before it.
    """
    for k, (name, plan) in enumerate(PLANS.items()):
        stands = load_exercise(plan.exercise).position[0] == "standing"
        aside, up = ASIDE_DEG["standing" if stands else "lying"]
        for i, number in enumerate(OF_OTHER_AIMS):
            made = scene(plan, plan.first + number)
            right, upward, left_down = (1 if (k >> bit) + i & 1 else -1 for bit in range(3))
            made["camera"] |= {
                "lens_mm": 24,
                "past_deg": [right * aside, upward * up],
                "rolled_deg": left_down * ASKEW_DEG,
            }
            yield f"{name}_{plan.first + number:02d}", made


def tempos() -> Iterator[tuple[str, dict[str, Any]]]:
    """Two scenes of each family, one done slowly and one quickly; slow poses are held for as long as they shall be."""
    for name, plan in PLANS.items():
        usual = MOVEMENTS[plan.exercise].tempo
        for number, pace in zip(OF_OTHER_TEMPOS, (SLOW, QUICK), strict=True):
            made = scene(plan, plan.first + number) | _paced(pace, usual)
            if plan.holds_s is not None and pace is SLOW:
                made["set"] = [entry | {"hold_s": LONG_HOLD_S} for entry in made["set"]]
            yield f"{name}_{plan.first + number:02d}", made


def _paced(pace: Pace, usual: Tempo) -> dict[str, Any]:
    """What a pace makes of the usual tempo of a movement."""
    tempo = {
        "out_s": round(pace.ways * usual.out_s, 2),
        "hold_s": round(pace.end_range * usual.hold_s, 2),
        "back_s": round(pace.ways * usual.back_s, 2),
        "rest_s": round(pace.rest * usual.rest_s, 2),
    }
    return {"tremor_deg": pace.tremor_deg, "tempo": tempo}


def mixed(number: int = MIXED_UP, turn: int = 0) -> Iterator[tuple[str, dict[str, Any]]]:
    """A scene of each family in which two things are new at once: the body, and the lens, the pace or the height.

    turn  another one gives each family another body, and another of these things
    """
    for k, (name, plan) in enumerate(PLANS.items()):
        exercise = load_exercise(plan.exercise)
        made = scene(plan, plan.first + number) | {"who": OTHER_BODIES[(k + 1 + 2 * turn) % 4]}
        if (k + turn) % 3 == 0:
            near_m = round(1.1 * exercise.camera.distance_m[0], 2)
            made["camera"] |= {"lens_mm": 23, "size": [640, 360], "distance_m": near_m}
        elif (k + turn) % 3 == 1:
            made |= _paced(SLOW if k % 2 else QUICK, MOVEMENTS[plan.exercise].tempo)
        else:
            made["camera"] |= {
                "height_m": exercise.camera.height_m[(k + turn) % 2],
                "distance_m": exercise.camera.distance_m[1],
            }
        yield f"{name}_{plan.first + number:02d}", made


def again(numbers: tuple[int, int] = AGAIN, turn: int = 1) -> Iterator[tuple[str, dict[str, Any]]]:
    """Two scenes of each family, one with new numbers and one in which two things are new besides."""
    alone, mixed_up = numbers
    yield from beyond((alone,))
    yield from mixed(mixed_up, turn)


def later() -> Iterator[tuple[str, dict[str, Any]]]:
    """The same once more, with other numbers and mixed up otherwise."""
    yield from again(LATER, turn=2)


def beside() -> Iterator[tuple[str, dict[str, Any]]]:
    """Two scenes of each family with somebody else in the picture, nearer the camera, who hides nobody for long.

    By turns who stands there all the time, who comes and goes during the set, and who passes before the person who
    exercises, and later behind.
    """
    for k, (name, plan) in enumerate(PLANS.items()):
        for i, number in enumerate(OF_SOMEBODY_BESIDE):
            made = scene(plan, plan.first + number)
            who = [body for body in BODIES if body != made["who"]][(k + i) % 3]
            begins_s = 14.0 if made["enter"] else 6.0
            here = {"who": who, "doing": "stands", "at": [0.9 if (k // 3 + i) % 2 else -0.9, 0.7]}
            by_turns: tuple[list[dict[str, Any]], ...] = (
                [here | {"from_s": 0.0, "to_s": 600.0}],
                [here | {"from_s": begins_s, "to_s": begins_s + 7}],
                [
                    {"who": who, "doing": "passes", "at": [0, at], "from_s": since_s, "to_s": since_s + 4}
                    for at, since_s in ((1.0, begins_s), (-0.9, begins_s + 7))
                ],
            )
            yield f"{name}_{plan.first + number:02d}", made | {"others": by_turns[(k + i) % 3]}


def rim() -> Iterator[tuple[str, dict[str, Any]]]:
    """A scene of each family from the rim of where its exercise lets the camera stand, as far round as it is judged.

    Every other camera is as high and as far away as the file allows, the others as low and rather near.
    """
    for k, name in enumerate(sorted(PLANS)):
        plan, high = PLANS[name], k % 2 == 0
        number = plan.first + OF_THE_RIM[k % 2]
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


def rare() -> Iterator[tuple[str, dict[str, Any]]]:
    """Faults that no family plants, in three scenes each: a slight one between right repetitions, and a gross one.

    Steps of the march that do not take turns are planted by the side of the repetition.
    """
    for number in OF_RARE_FAULTS:
        for name, faults in RARE.items():
            plan = PLANS[name]
            made = scene(plan, plan.first + number)
            sizes = [(fault, size) for fault, (low, high) in faults.items() for size in (low, high)]
            planted = [{"faults": {fault: size}} for fault, size in sizes]
            made["set"] = [{}, planted[0], {}, planted[1], {}]
            yield f"{name}_{plan.first + number:02d}", made
        march = scene(PLANS["bridge_march"], number)
        again = [{"side": side, "faults": {"alternates": 1}} for side in ("left", "right")]
        march["set"] = [{"side": "left"}, again[0], {"side": "right"}, again[1], {"side": "left"}]
        yield f"bridge_march_{number:02d}", march


def other_movements() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each of the movements that are no exercise of the library, from two sides; and by others, who rest less."""
    for of_others, numbers in zip((False, True), OF_OTHER_MOVEMENTS, strict=True):
        for k, (name, movement) in enumerate(OTHERS.items()):
            for i, (number, stands) in enumerate(zip(numbers, _seen_from(movement), strict=True)):
                made = _other_movement(name, movement, stands, number)
                if of_others:
                    made |= {"who": OTHER_BODIES[(2 * k + i) % 4], "tempo": {"rest_s": 0.5}}
                yield f"{name}_{stands}_{number}", made


def _seen_from(movement: type[Other]) -> tuple[str, str]:
    """The two places of the camera; who lies across lies before one that stands in front."""
    return ("front", "back") if movement.space == MAT_ACROSS else ("left", "front")


def _other_movement(name: str, movement: type[Other], stands: str, number: int) -> dict[str, Any]:
    lying = movement.space in (MAT, MAT_ACROSS)
    height_m, distance_m = ((0.4, 1.0), (2.5, 3.2)) if lying else ((0.7, 1.3), (2.8, 3.5))
    made = scene(Plan(name, (stands,), height_m, distance_m, {}), number)
    if movement.space == MAT and stands == "front":
        # From half-way to the side: from the feet a body is hardly seen.
        made["camera"]["turned_deg"] = round(spread((30, 55), number, 1), 1)
    times = 2 if movement.tempo.hold_s > LONG_S else 5
    return made | {"enter": False, "leave": False, "set": [{"repeat": times}]}


BY_NAME: Final = {
    "rim": rim, "bodies": bodies, "cameras": cameras, "aims": aims, "tempos": tempos, "mixed": mixed, "again": again,
    "later": later, "beside": beside, "rare": rare, "others": other_movements,
}  # fmt: skip


def main() -> int:
    """Write the scenes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", choices=[*SCENES, *BEYOND, *BY_NAME])
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.size in BY_NAME:
        scenes = BY_NAME[chosen.size]()
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
