"""How it went over weeks, told to the person: what was done, the range of each side, pain.  Pure.

What was done is praised, what was not is passed over.  There are no streaks: a week off costs nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from statistics import median
from typing import Final

from coach.care.days import day_of, days_done, monday_of, own_sets
from coach.care.plans import done_over, due, plan_on
from coach.care.safety import RISE, say
from coach.care.trends import Moved, Point, Trend, ranges, trend
from coach.care.types import Plan, PlanItem, Session, SetSummary
from coach.language import Language, decimal

AT_EACH_END: Final = 3  # sessions whose pain is held against each other, the first and the last ones
NO_PAIN: Final = 1  # at most: for whom a few times a week are enough to keep it so
NO_PAIN_WEEKS: Final = 8
NO_PAIN_DAYS: Final = 3  # of those weeks, at least: one good day is no while


@dataclass(frozen=True, slots=True)
class WeekDone:
    """One week: on how many days something was done, and on how many something was planned, up to its end.

    whole  whether every set that was planned is done, each from half its dose on; on whatever days
    """

    monday: date
    done: int
    planned: int
    whole: bool = True

    @property
    def share(self) -> float | None:
        """0 to 1; None in a week without a plan."""
        return min(1.0, self.done / self.planned) if self.planned else None


@dataclass(frozen=True, slots=True)
class PainCourse:
    """Pain before exercising, or after it, over the sessions in which it was told.

    first, last  the median of the first and of the last sessions; None where too few were told
    moved        up or down by 2 or more: less is within what one and the same pain is told as
    """

    points: tuple[Point, ...]
    first: float | None
    last: float | None
    moved: Moved


def adherence(
    plans: Sequence[Plan],
    summaries: Iterable[SetSummary],
    today: date,
    weeks: int = 12,
    zone: tzinfo | None = None,
) -> tuple[WeekDone, ...]:
    """The weeks up to the one of today, the oldest first, from the week of the first plan or set on.

    A day counts as done when anything was counted on it; one planned day may be made up for by another one.
    """
    known = own_sets(summaries)
    own = [(day_of(s.started, zone), s) for s in known]
    days = days_done(known, zone)
    begun = min([*days, *(plan.from_day for plan in plans)], default=today)
    first = max(monday_of(begun), monday_of(today) - timedelta(weeks=weeks - 1))
    found = []
    while first <= today:
        week = [first + timedelta(days=n) for n in range(7)]
        asked = [due(plan_on(plans, day), day) for day in week]
        whole = _whole(asked, [s for day, s in own if day in week])
        found.append(WeekDone(first, sum(day in days for day in week), sum(map(bool, asked)), whole))
        first += timedelta(weeks=1)
    return tuple(found)


def _whole(asked: Sequence[Sequence[PlanItem]], summaries: Sequence[SetSummary]) -> bool:
    """Whether all sets that the days of a week ask for are done in it, of each line as many."""
    lines = done_over(asked, summaries)
    return len(summaries) >= sum(line.item.sets for line in lines) and all(line.whole for line in lines)


def week_told(week: WeekDone, language: Language) -> str:
    """One week in words: what was done, never what was not."""
    speak = say(language)
    if week.done == 0:
        return speak("week.none" if week.planned else "week.free")
    whole = week.planned and week.done >= week.planned and week.whole
    return speak("week.all" if whole else "week.some", n=week.done)


def range_trends(summaries: Iterable[SetSummary], exercise: str) -> dict[str, Trend]:
    """Side -> the trend of its range over the sessions of an exercise, in degrees, with its error band."""
    found = ranges(s for s in own_sets(summaries) if s.exercise == exercise and s.closed)
    return {side: trend(points) for (_, side), points in sorted(found.items())}


def range_told(found: Trend, language: Language) -> str:
    """A trend of a range in words: a change within the error of the measurement is not told as one."""
    speak = say(language)
    if not found.band_known:
        return speak("range.no_band")
    if found.moved == "unknown":
        return speak("range.early")
    if found.uneven:
        return speak("range.uneven")
    key = {"up": "range.more", "down": "range.less", "steady": "range.same"}[found.moved]
    return speak(key, n=decimal(abs(found.change), language, 0), band=decimal(found.band, language, 0))


def pain_course(sessions: Iterable[Session], after: bool = False) -> PainCourse:
    """How the pain before exercising went, or that after it; unknown until it was told often enough for two ends."""
    known = sorted(sessions, key=lambda s: s.started)
    told = ((s.started, s.score_after if after else s.score_before) for s in known)
    points = tuple(Point(at, float(score)) for at, score in told if score is not None)
    if len(points) < 2 * AT_EACH_END:
        return PainCourse(points, None, None, "unknown")
    first = median(point.value for point in points[:AT_EACH_END])
    last = median(point.value for point in points[-AT_EACH_END:])
    moved: Moved = "steady" if abs(last - first) < RISE else "up" if last > first else "down"
    return PainCourse(points, first, last, moved)


def pain_told(course: PainCourse, language: Language) -> str:
    """The course of pain in words."""
    speak = say(language)
    if course.first is None or course.last is None:
        return speak("course.early")
    key = {"up": "course.more", "down": "course.less"}.get(course.moved, "course.same")
    return speak(key, first=decimal(course.first, language, 0), last=decimal(course.last, language, 0))


def keep_it_up(
    sessions: Sequence[Session], today: date, language: Language, zone: tzinfo | None = None
) -> str:
    """What is said to who has been free of pain for weeks: a few times a week keeps it so; "" to anybody else."""
    since = today - timedelta(weeks=NO_PAIN_WEEKS)
    told = [
        (day_of(s.started, zone), score)
        for s in sessions
        for score in (s.score_before, s.score_after)
        if score is not None
    ]
    recent = {day for day, _ in told if day > since}
    long_enough = any(day <= since for day, _ in told) and len(recent) >= NO_PAIN_DAYS
    numb = any(one.numb and day_of(one.started, zone) > since for one in sessions)
    free = long_enough and not numb and max(score for day, score in told if day in recent) <= NO_PAIN
    return say(language)("week.keep") if free else ""
