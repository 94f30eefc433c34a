"""What an exercise file tells people against what is counted, and what they are to do instead."""

from collections.abc import Collection, Iterator
from math import inf
from typing import Final

from coach.judge.exercise import Exercise
from coach.judge.file_fields import ID, Place, nearest

ALIKE: Final = 0.8  # how much words are like the id of an exercise that was meant
# Of the seconds that people are told, so much must be held to pass.  The bridge tells them 3 to 5, and lets 3 pass.
LEAST_HELD: Final = 0.5


def for_people(exercise: Exercise) -> Iterator[tuple[Place, str]]:
    """What people read, against what is counted."""
    dose, hold = exercise.dose, exercise.hold
    if dose.each_side and exercise.sides != "each":
        how = "move at once" if exercise.sides == "both" else "take turns"
        yield ("dose", "each_side"), f"both sides {how} in this exercise (sides: {exercise.sides})"
    if hold is None:
        if dose.reps is None:
            yield ("dose",), "an exercise that is repeated needs reps"
        if dose.hold_s is not None:
            yield from ((("dose", "hold_s"), wrong) for wrong in _held_otherwise(exercise, dose.hold_s))
    elif hold.guide is not None:
        led = hold.guide
        for key, asked, done in (("reps", dose.reps, led.reps), ("hold_s", dose.hold_s, led.hold_s)):
            if asked is not None and asked != done:
                yield ("dose", key), f"it is {asked:g} here, and {done:g} in hold.guide.{key}: change both"
    elif dose.hold_s is None:
        yield ("dose",), "a pose that is held needs hold_s"
    elif dose.hold_s != hold.target_s:
        yield (
            ("dose", "hold_s"),
            f"it is {dose.hold_s:g} here, and {hold.target_s:g} in hold.target_s: change both, or leave the latter out",
        )
    elif dose.reps is not None:
        yield ("dose", "reps"), "a pose that is held has no repetitions; sets says how often it is held"


def _held_otherwise(exercise: Exercise, hold_s: float) -> Iterator[str]:
    """How long people are told to hold each repetition, against what is asked of it."""
    rep, told = exercise.repetition, f"it is {hold_s:g} here, and"
    assert rep is not None  # the caller saw to it
    if hold_s >= rep.max_s:
        yield f"{told} a whole repetition takes at most {rep.max_s:g} seconds (repetition.max_s)"
    if hold_s < rep.min_hold_s:
        yield f"{told} at least {rep.min_hold_s:g} in repetition.min_hold_s, without which it does not count"
    for name, check in exercise.checks.items():
        if check.time != "hold" or check.range is None:
            continue
        key, (low, high) = f"checks.{name}.range", check.range.ends
        if not low <= hold_s <= high:
            yield f"{told} {check.range} in {key}: change both"
        elif high == inf and low < LEAST_HELD * hold_s:
            yield f"{told} {key}.min lets {low:g} seconds pass, less than half of it: change both"


def instead(exercise: Exercise, known: Collection[str] | None) -> Iterator[tuple[Place, str]]:
    """What is done instead: another exercise, that there is, or what is none, told in words ("a short walk")."""
    name, place = exercise.swap.exercise, ("swap", "exercise")
    if name == exercise.id:
        yield place, f"'{name}' cannot be done instead of itself"
    elif known is not None and name not in known:
        written_as_id = ID.fullmatch(name) is not None
        others = [other for other in known if other != exercise.id]
        if near := nearest(name, others, least=0.5 if written_as_id else ALIKE):
            yield place, f"there is no exercise '{name}'; did you mean '{near[0]}'?"
        elif written_as_id:
            yield (
                place,
                f"there is no exercise '{name}'; what is none is told in words, such as 'a short walk'",
            )
