"""How often something was at fault: of what was judged, and where nothing was, of what was surely right."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from typing import Final

from coach.care.days import day_of, monday_of
from coach.care.trends import CONFIDENCE
from coach.care.types import SetSummary
from coach.errors import CoachError
from coach.judge import load_exercise

FEWEST_JUDGED: Final = 8  # a share of fewer says nothing
LEAST_RISE: Final = 0.2  # a fifth of the repetitions: what a therapist would see
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many repetitions or holds had a fault, of how many: of those unsure too where there is one."""

    faults: int = 0
    judged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.faults + other.faults, self.judged + other.judged)

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing was judged."""
        return self.faults / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Week:
    """One week, from its Monday on; one in which nothing was judged has no share: a gap, not a zero."""

    monday: date
    tally: Tally


def as_told(summaries: Iterable[SetSummary]) -> tuple[SetSummary, ...]:
    """The sets; of those kept before it was told of how many, what never passes and was not at fault was never right.

    Which those are, the exercise's file tells (`misses`); of an exercise that is gone nothing more is known.
    """
    return tuple(one if one.told_of or not one.judged else _as_known(one) for one in summaries)


def _as_known(one: SetSummary) -> SetSummary:
    try:
        checks = load_exercise(one.exercise).checks
    except CoachError:
        return one
    never = {name for name, check in checks.items() if check.misses is not None and not check.misses_from}
    known = {
        name: 0 if name in never and not one.faults.get(name) else one.of_how_many(name)
        for name in one.judged
    }
    return replace(one, told_of=known)


def by_present_rules(summaries: Sequence[SetSummary]) -> tuple[SetSummary, ...]:
    """The sets with those checks alone that were judged by the same limits as in the last set of their exercise.

    A fall in faults that comes from a wider limit is no progress.  What is not known may have been the same.

    summaries  oldest first
    """
    now = {one.exercise: one.rules for one in summaries if one.rules}
    return tuple(_as_now(one, now.get(one.exercise, {})) for one in summaries)


def _as_now(one: SetSummary, now: Mapping[str, str]) -> SetSummary:
    if one.rules == now:  # almost all of thousands
        return one
    gone = {check for check, mark in one.rules.items() if now.get(check, mark) != mark}
    if not gone:
        return one
    faults, judged, surely = (
        {check: n for check, n in told.items() if check not in gone}
        for told in (one.faults, one.judged, one.told_of)
    )
    return replace(one, faults=faults, judged=judged, told_of=surely)


def tallies(summaries: Iterable[SetSummary]) -> dict[tuple[str, str], Tally]:
    """Exercise and check -> all of them together."""
    found: dict[
        str, dict[str, list[int]]
    ] = {}  # exercise -> check -> faults, judged: thousands are read for a list
    for one in summaries:
        of_exercise = found.setdefault(one.exercise, {})
        faults = one.faults
        for check in one.judged:
            tally = of_exercise.get(check)
            if tally is None:
                tally = of_exercise[check] = [0, 0]
            tally[0] += faults.get(check, 0)
            tally[1] += one.of_how_many(check)
    return {
        (exercise, check): Tally(*told)
        for exercise, checks in found.items()
        for check, told in checks.items()
    }


def weeks(summaries: Iterable[SetSummary]) -> dict[tuple[str, str], tuple[Week, ...]]:
    """Exercise and check -> every week from the first to the last of all, those without sessions too."""
    kept: dict[date, list[SetSummary]] = defaultdict(list)
    for one in summaries:
        kept[monday_of(day_of(one.started))].append(one)
    if not kept:
        return {}
    told = {monday: tallies(sets) for monday, sets in kept.items()}
    first, last = min(told), max(told)
    mondays = [first + n * WEEK for n in range((last - first).days // 7 + 1)]
    keys = dict.fromkeys(key for tally in told.values() for key in tally)
    return {key: tuple(Week(day, told.get(day, {}).get(key, Tally())) for day in mondays) for key in keys}


def rose(before: Tally, now: Tally) -> bool:
    """Whether faults became more frequent by LEAST_RISE, and by more than chance explains.

    The interval of the difference of two shares is Newcombe's (Statistics in Medicine 1998, method 10), which holds
    for few repetitions and for shares of none or all.
    """
    if before.judged < FEWEST_JUDGED or now.judged < FEWEST_JUDGED:
        return False
    p, q = before.faults / before.judged, now.faults / now.judged
    if q - p < LEAST_RISE:
        return False
    _, most_before = wilson(before.faults, before.judged)
    least_now, _ = wilson(now.faults, now.judged)
    return q - p - sqrt((q - least_now) ** 2 + (most_before - p) ** 2) > 0


def wilson(n: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); of nothing it is anything between 0 and 1.

    >>> [round(end, 3) for end in wilson(0, 10)]
    [0.0, 0.278]
    """
    if of == 0:
        return 0.0, 1.0
    p, z2 = n / of, CONFIDENCE**2
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    wide = CONFIDENCE * sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, min(p, middle - wide)), min(1.0, max(p, middle + wide))
