"""A plan and its lines: whether it makes sense, what is due on a day, what of it is done, the exercise as a line asks
for it.  Pure.

A dose is told a side where sides are trained in turn; a set of both sides, one after the other, then holds it twice.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from math import ceil, floor
from typing import Any, Final

from coach.care.days import day_of, own_sets
from coach.care.safety import say
from coach.care.types import Plan, PlanItem, SetSummary
from coach.errors import ExerciseError, PlanError
from coach.judge import Exercise, load_exercise
from coach.judge.checks import band_of
from coach.judge.exercise import Check
from coach.judge.file_dose import MOST_HOLD_S, MOST_REPS, MOST_SETS
from coach.judge.file_fields import Range
from coach.judge.file_movement import Repetition
from coach.judge.rules import rules_of
from coach.language import LANGUAGES, Language, decimal
from coach.motion import MEASURES, ErrorTable, load_errors
from coach.pose import Side

LEAST: Final = 1  # of sets, of repetitions, of seconds that a pose is held
LEAST_REST_S: Final = 0
MOST_REST_S: Final = 600
WIDEST: Final = 2.0  # bands by which a limit may be moved: as far as a clear fault reaches, no further
TARGET: Final = "target"  # the name in `tolerances` of the end range from which a repetition counts
NEAREST: Final = (
    0.5  # share of the way from rest to the end range that the end range keeps, however far it is moved
)
ENOUGH_OF_SET: Final = (
    0.5  # share of its dose from which a set counts as done: who stops in time has not failed
)
NEARLY_S: Final = 1.0  # of a hold: the timer's first and last moments
NONE_COUNTED: Final = 0.9  # most of a set of which no hold counted: it was done, and not as it was asked for


@dataclass(frozen=True, slots=True)
class Movable:
    """A limit that a plan may move outwards.

    what   what is checked, in words; "" for the end range
    limits as the exercise's file has them, in `unit`
    most   the furthest that it may be moved
    """

    what: str
    unit: str
    limits: Range
    most: float


@dataclass(frozen=True, slots=True)
class Done:
    """How much of a line of a plan is done: sets of sets; more than asked stays more."""

    item: PlanItem
    sets: int

    @property
    def whole(self) -> bool:
        """Whether all its sets are done."""
        return self.sets >= self.item.sets

    @property
    def left(self) -> int:
        """Sets that are left of it."""
        return max(0, self.item.sets - self.sets)


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of a week: sets asked for, and how many of them are done; `planned` None: no plan held yet."""

    day: date
    planned: int | None
    done: int

    @property
    def free(self) -> bool:
        """Whether nothing is asked for."""
        return not self.planned


# --- from a file, and back to an exercise -------------------------------------------------------------------


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_urlsafe(12)


def item_of(
    exercise: Exercise,
    *,
    side: Side | None = None,
    days: tuple[int, ...] = (),
    item_id: str | None = None,
) -> PlanItem:
    """A line of a plan with the dose of the exercise's file."""
    asked = exercise.amount
    return PlanItem(item_id or new_id(), exercise.id, side, asked.sets, asked.reps, asked.hold_s, days=days)


def exercise_for(item: PlanItem, language: Language = "en") -> Exercise:
    """The exercise as a line asks for it: with its dose, and its limits moved by its tolerances.

    Raises ExerciseError for an unknown exercise, and PlanError, with the first sentence of `problems`, for a line that
    makes no sense.
    """
    exercise = load_exercise(item.exercise, language=language)
    for wrong in _problems_of(item, exercise, language):
        told: dict[str, str] = {other: _first_problem(item, other) for other in LANGUAGES}
        raise PlanError(wrong, told)
    data = exercise.model_dump()
    data["dose"] |= {"sets": item.sets} | ({"reps": item.reps} if item.reps is not None else {})
    if item.hold_s is not None:
        data["hold"]["target_s"] = item.hold_s
        data["dose"]["hold_s"] = (
            data["dose"]["hold_s"] if exercise.hold and exercise.hold.guide else item.hold_s
        )
    data["dose"].pop("grows", None)  # what a line asks for stands on no step of the file
    for name, by in item.tolerances.items():
        if name in exercise.checks:
            data["checks"][name]["range"] = _moved(exercise.checks[name], by)
        else:
            _move_target(data["repetition"], exercise.repetition, by)
    return Exercise.model_validate(data)


def _first_problem(item: PlanItem, language: Language) -> str:
    return next(iter(_problems_of(item, load_exercise(item.exercise, language=language), language)), "")


def movable(exercise: Exercise) -> dict[str, Movable]:
    """The limits that a plan may move, by the name of their check, and `target`, the end range of a repetition."""
    table = load_errors().of(exercise.measured_as)
    found = {
        name: Movable(check.what, _unit(check), check.range, _widest(check, table))
        for name, check in exercise.checks.items()
        if check.range is not None
    }
    rep = exercise.repetition
    if rep is not None:
        way = abs(rep.target_edge - rep.rest_edge)
        found[TARGET] = Movable("", MEASURES[rep.signal].unit, rep.target, floor(way * NEAREST * 100) / 100)
    return found


def _unit(check: Check) -> str:
    return "s" if check.measure is None else MEASURES[check.measure].unit


def _widest(check: Check, errors: ErrorTable) -> float:
    """Twice the band between pass and fault, which is never less than the measured error in any of the views."""
    band = max((band_of(check, view, errors) for view in check.views), default=0.0)
    return round(WIDEST * max(band, band_of(check, "", errors) if check.measure is None else 0.0), 3)


def _moved(check: Check, by: float) -> dict[str, float | None]:
    """The limits of a check further out, within what its measure reaches."""
    assert check.range is not None  # `movable` has it
    low, high = (0.0, float("inf")) if check.measure is None else MEASURES[check.measure].reach
    if check.against != "zero":
        low, high = -float("inf"), float("inf")
    least, most = check.range.min, check.range.max
    return {
        "min": None if least is None else max(low, least - by),
        "max": None if most is None else min(high, most + by),
    }


def _move_target(data: dict[str, Any], rep: Repetition | None, by: float) -> None:
    """Bring the end range nearer to rest, in every view in which it reads otherwise too."""
    assert rep is not None  # `movable` has it
    key, way = ("min", -by) if rep.rises else ("max", by)
    for target in (data["target"], *data["target_from"].values()):
        if target[key] is not None:
            nearest = rep.rest_edge + (target[key] - rep.rest_edge) * NEAREST
            moved = target[key] + way
            target[key] = max(moved, nearest) if rep.rises else min(moved, nearest)


# --- does it make sense -------------------------------------------------------------------------------------


def problems(items: Sequence[PlanItem], language: Language = "en") -> tuple[str, ...]:
    """All that makes no sense in a plan, a sentence each; empty for one that can be kept."""
    if not items:
        return (say(language)("plan.empty"),)
    found: list[str] = []
    known: dict[str, Exercise] = {}
    for item in items:
        try:
            known[item.exercise] = load_exercise(item.exercise, language=language)
        except ExerciseError:
            found.append(say(language)("plan.unknown", exercise=item.exercise))
            continue
        found += _problems_of(item, known[item.exercise], language)
    return (*found, *_together(items, known, language))


def _problems_of(item: PlanItem, exercise: Exercise, language: Language) -> Iterator[str]:
    speak, name = say(language), exercise.name
    if item.side is not None and exercise.sides != "each":
        yield speak("plan.side", name=name)
    yield from _wrong_dose(item, exercise, language)
    limits = (
        ("sets", item.sets, LEAST, MOST_SETS),
        ("rest", item.rest_s, LEAST_REST_S, MOST_REST_S),
    )
    for key, value, least, most in limits:
        if not least <= value <= most:
            yield speak(f"plan.range_{key}", name=name, most=most)
    if len(set(item.days)) < len(item.days) or not set(item.days) <= set(range(7)):
        yield speak("plan.days", name=name)
    can = movable(exercise)
    for check, by in item.tolerances.items():
        if check not in can:
            yield speak("plan.no_check", name=name, check=check)
        elif not by >= 0:
            yield speak("plan.tighter", name=name, check=_called(check, exercise))
        elif by > can[check].most:
            most_by = f"{decimal(can[check].most, language, 2)} {can[check].unit}"
            yield speak("plan.too_wide", name=name, check=_called(check, exercise), most=most_by)


def _wrong_dose(item: PlanItem, exercise: Exercise, language: Language) -> Iterator[str]:
    speak, name = say(language), exercise.name
    if exercise.hold is None:
        if item.hold_s is not None:
            yield speak("plan.hold_of_reps", name=name)
        if item.reps is None:
            yield speak("plan.no_reps", name=name)
        elif not LEAST <= item.reps <= MOST_REPS:
            yield speak("plan.range_reps", name=name, most=MOST_REPS)
        return
    if item.reps is not None:
        yield speak("plan.reps_of_hold", name=name)
    if item.hold_s is None:
        yield speak("plan.no_hold", name=name)
    elif not LEAST <= item.hold_s <= MOST_HOLD_S:
        yield speak("plan.range_hold", name=name, most=MOST_HOLD_S)
    elif exercise.hold.guide is not None and item.hold_s != exercise.hold.target_s:
        yield speak("plan.led", name=name, n=f"{exercise.hold.target_s:g}")


def _called(check: str, exercise: Exercise) -> str:
    return exercise.checks[check].what if check in exercise.checks else exercise.name


def _together(items: Sequence[PlanItem], known: Mapping[str, Exercise], language: Language) -> Iterator[str]:
    """What makes no sense among lines that each make sense."""
    speak, named = say(language), [item for item in items if item.exercise in known]
    ids = Counter(item.id for item in items)
    for item in named:
        if ids[item.id] > 1:
            ids[item.id] = 0
            yield speak("plan.same_id", name=known[item.exercise].name)
    for weekday in range(7):
        lines = Counter((i.exercise, i.side) for i in named if not i.days or weekday in i.days)
        for (exercise, side), n in lines.items():
            if n > 1 or (side is not None and lines[exercise, None]):
                day = speak(f"day.{weekday}")
                yield speak("plan.twice", name=known[exercise].name, day=day)
                return


# --- what is due, and what is done --------------------------------------------------------------------------


def plan_on(plans: Iterable[Plan], day: date) -> Plan | None:
    """The plan that holds on a day: of those that have begun, the one that was made last."""
    return max((plan for plan in plans if plan.from_day <= day), key=lambda plan: plan.made_at, default=None)


def held_from(plans: Iterable[Plan], day: date) -> tuple[Plan, ...]:
    """The plan that holds on a day, where one does, and those that take its place later, one after the other."""
    known = tuple(plans)
    days = (day, *sorted(plan.from_day for plan in known if plan.from_day > day))
    held = (plan_on(known, one) for one in days)
    return tuple({plan.id: plan for plan in held if plan is not None}.values())


def due(plan: Plan | None, day: date) -> tuple[PlanItem, ...]:
    """The lines of a plan for a day, in its order."""
    if plan is None or day < plan.from_day:
        return ()
    return tuple(item for item in plan.items if not item.days or day.weekday() in item.days)


def limits_of(plan: Plan | None, exercise: str, side: Side | None) -> dict[str, float]:
    """How far a plan moves the limits of an exercise, as `PlanItem.tolerances`; of lines that differ none is taken.

    side  the one that is trained; None: both
    """
    lines = () if plan is None else plan.items
    told = [
        one.tolerances
        for one in lines
        if one.exercise == exercise and (side is None or one.side in (None, side))
    ]
    return dict(told[0]) if told and all(one == told[0] for one in told) else {}


def as_judged(summary: SetSummary, plans: Iterable[Plan], language: Language = "en") -> Exercise | None:
    """The exercise of a set with the limits by which it was judged, as its marks tell; None: its file is gone.

    plans  those of the person, whose lines may have moved the limits
    """
    try:
        usual = load_exercise(summary.exercise, language=language)
    except ExerciseError:
        return None
    for line in (
        item for plan in plans for item in plan.items if item.exercise == usual.id and item.tolerances
    ):
        with suppress(PlanError):  # a limit that may not be moved so far any more
            moved = exercise_for(line, language)
            if rules_of(moved) == summary.rules:
                return moved
    return usual


def share_done(item: PlanItem, summary: SetSummary, sides: int) -> float:
    """Which share of one set of a line was done, 0 to 1; of each side no more than was asked of it.

    A hold is one hold: many short ones do not make a long one.

    sides  how many sides the dose is for, one after the other: `sides_of`
    """
    if item.hold_s is None:
        return min(1.0, _counted(item, summary, sides) / ((item.reps or 1) * sides))
    if not summary.hold_s:
        return min(1.0, summary.counted / sides)
    asked = max(item.hold_s - NEARLY_S, NEARLY_S)
    held = [summary.longest_hold_s(side) for side in summary.hold_s if item.side is None or side == item.side]
    most = 1.0 if summary.counted else NONE_COUNTED
    return min(most, sum(min(1.0, s / asked) for s in held) / sides)


def _counted(item: PlanItem, summary: SetSummary, sides: int) -> int:
    """The repetitions of a set that are of a line, of each side no more than was asked of it; all, where the set was
    kept before its sides were told apart, or was cut off.
    """
    by_side = summary.counted_by_side
    if not by_side:
        return summary.counted
    if item.side is not None:
        return by_side.get(item.side, 0)
    return sum(min(n, item.reps or 1) for n in by_side.values()) if sides > 1 else summary.counted


def sides_of(item: PlanItem, exercise: Exercise) -> int:
    """How many sides a dose is for, one after the other."""
    return 2 if exercise.sides == "each" and exercise.dose.each_side and item.side is None else 1


def done(items: Iterable[PlanItem], summaries: Iterable[SetSummary]) -> tuple[Done, ...]:
    """How many sets of each line are done, by the sets of a day; a set counts from half its dose on.

    A set that was done outside the plan counts for the first line with its exercise that is not done yet.
    """
    lines = tuple(items)
    sides = {item.id: _sides_known(item) for item in lines}
    count = Counter[str]()
    for summary in sorted(own_sets(summaries), key=lambda s: (s.item is None, s.started)):
        for item in _belongs(lines, summary, count):
            if share_done(item, summary, sides[item.id]) >= ENOUGH_OF_SET:
                count[item.id] += 1
                break
    return tuple(Done(item, count[item.id]) for item in lines)


def _sides_known(item: PlanItem) -> int:
    try:
        return sides_of(item, load_exercise(item.exercise))
    except ExerciseError:  # a file that is gone since: what was counted is told all the same
        return 1


def _belongs(lines: Sequence[PlanItem], summary: SetSummary, count: Counter[str]) -> list[PlanItem]:
    """The lines that a set may be of, the likeliest first."""
    named = [item for item in lines if item.id == summary.item]
    if named or summary.item is not None:
        return named
    return [item for item in lines if item.exercise == summary.exercise and count[item.id] < item.sets]


def week(
    plans: Iterable[Plan], summaries: Iterable[SetSummary], monday: date, zone: tzinfo | None = None
) -> tuple[PlanDay, ...]:
    """The seven days from a Monday: how many sets the plan of each asks for, and how many of them are done."""
    known, sets = tuple(plans), own_sets(summaries)
    return tuple(
        _day(plan_on(known, day), [s for s in sets if day_of(s.started, zone) == day], day)
        for day in (monday + timedelta(days=n) for n in range(7))
    )


def done_over(asked: Iterable[Iterable[PlanItem]], summaries: Iterable[SetSummary]) -> tuple[Done, ...]:
    """What of all that several days ask for is done, of each line, on whatever of the days: one makes up for another.

    asked  the lines of each day, in order; of a line that was changed between them the later dose is asked for
    """
    lines: dict[str, PlanItem] = {}
    sets = Counter[str]()
    for items in asked:
        for item in items:
            lines[item.id] = item
            sets[item.id] += item.sets
    return done([replace(item, sets=sets[name]) for name, item in lines.items()], summaries)


def _day(plan: Plan | None, sets: Sequence[SetSummary], day: date) -> PlanDay:
    if plan is None or day < plan.from_day:
        return PlanDay(day, None, len(sets))
    items = due(plan, day)
    if not items:
        return PlanDay(day, 0, len(sets))
    return PlanDay(
        day, sum(item.sets for item in items), sum(min(d.sets, d.item.sets) for d in done(items, sets))
    )


# --- in words -----------------------------------------------------------------------------------------------


def dose_told(item: PlanItem, language: Language) -> str:
    """How much a line asks for, in words.

    >>> dose_told(PlanItem("a", "hip_hiker", sets=2, reps=10), "en")
    '2 sets of 10 repetitions a side'
    """
    return amount_told(item.reps, item.hold_s, item.sets, _sides_known(item) == 2, language)


def amount_told(
    reps: int | None, hold_s: float | None, sets: int, each_side: bool, language: Language
) -> str:
    """So many repetitions, or seconds where there are none, in words.

    >>> amount_told(None, 30.0, 1, each_side=True, language="en")
    '30 seconds a side'
    """
    speak = say(language)
    amount = speak("dose.reps", n=reps) if reps is not None else speak("dose.hold", n=ceil(hold_s or 0))
    if each_side:
        amount = speak("dose.each_side", amount=amount)
    if sets == 1:
        return speak("dose.one_set", amount=amount)
    return speak("dose.whole", sets=speak("dose.sets", n=sets), amount=amount)


def side_name(side: Side | None, language: Language) -> str:
    """A side in words; both for none."""
    return say(language)(f"side.{side or 'both'}")
