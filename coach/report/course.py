"""What a report of a person's course over weeks is given; like `model`, free of any format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from coach.care.days import day_of, monday_of
from coach.care.faults import Tally, by_present_rules, tallies
from coach.care.faults import weeks as weeks_of_faults
from coach.care.plans import done_over, due, plan_on, week
from coach.care.trends import Point, Trend, holds, ranges, trend
from coach.care.types import Correction, Note, Person, Plan, Screening, Session, SetSummary
from coach.judge import Exercise, Judgement
from coach.language import Language
from coach.report.wording import of_years

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A therapist's word beside the machine's; machine None: it did not judge that, or is not known."""

    correction: Correction
    exercise: str
    started: datetime
    machine: Judgement | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A week from its Monday on: sets that the plan asked for, those of them that were done, sessions."""

    monday: date
    planned: int
    done: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of one side of an exercise: its range in degrees, or seconds held."""

    exercise: str
    side: str
    unit: str
    trend: Trend

    @property
    def first(self) -> Point:
        """What was measured in the first session."""
        return self.trend.points[0]

    @property
    def last(self) -> Point:
        """What was measured in the last session."""
        return self.trend.points[-1]

    @property
    def rounded(self) -> tuple[float, float, float]:
        """First, last and the change between, in whole degrees or tenths of seconds."""
        return self.trend.rounded(1 if self.unit == "s" else 0)


def kept_weeks(
    plans: Sequence[Plan],
    sets: Iterable[SetSummary],
    sessions: Iterable[Session],
    today: date,
    zone: tzinfo | None = None,
) -> tuple[Kept, ...]:
    """The weeks from the first plan, session or set to today, with what was asked for and done in each.

    What is still to come was not missed: of today only what is done counts, and of later days nothing.
    """
    done, times = tuple(sets), tuple(sessions)
    days = {day_of(at, zone) for at in [*(one.started for one in done), *(one.started for one in times)]}
    begun = {plan.from_day for plan in plans if plan.from_day < today}
    if not days | begun:
        return ()
    first = monday_of(min(days | begun))
    last = monday_of(max({today - timedelta(days=1), *days}))
    mondays = [first + n * WEEK for n in range((last - first).days // 7 + 1)]
    return tuple(_kept(plans, done, times, monday, today, zone) for monday in mondays)


def _kept(
    plans: Sequence[Plan],
    sets: tuple[SetSummary, ...],
    sessions: tuple[Session, ...],
    monday: date,
    today: date,
    zone: tzinfo | None,
) -> Kept:
    own = tuple(one for one in sets if monday <= day_of(one.started, zone) < monday + WEEK)
    days = [monday + timedelta(days=n) for n in range(7)]
    days = [day for day in days if day <= today]
    # Of today only what is done is asked for, as long as it is not over.
    done_today = sum(day.done for day in week(plans, own, monday, zone) if day.day == today and day.planned)
    asked = [due(plan_on(plans, day), day) for day in days]
    planned = sum(item.sets for day, items in zip(days, asked, strict=True) if day < today for item in items)
    done = sum(min(line.sets, line.item.sets) for line in done_over(asked, own))
    return Kept(
        monday,
        planned=planned + done_today,
        done=min(done, planned + done_today),
        sessions=sum(monday <= day_of(one.started, zone) < monday + WEEK for one in sessions),
    )


@dataclass(frozen=True, slots=True, eq=False)
class CourseInput:
    """Everything that a report of a course is made from.

    sessions, sets  newest last; plans: oldest first
    weeks           what was planned and done, oldest first; empty where there is no plan
    exercises       by id, in the person's language; an id that is not there is told as it is
    screening       the newest answers to the safety questions; None: there are none
    names           of those who made plans, corrections and notes, by their ids
    """

    person: Person
    made_at: datetime
    sessions: tuple[Session, ...] = ()
    sets: tuple[SetSummary, ...] = ()
    plans: tuple[Plan, ...] = ()
    weeks: tuple[Kept, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    notes: tuple[Note, ...] = ()
    screening: Screening | None = None
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """That of the person, in which the report is written."""
        return self.person.language

    @property
    def days(self) -> tuple[date, date] | None:
        """The days of the first and the last session or set; None before the first."""
        told = [*(one.started for one in self.sessions), *(one.started for one in self.sets)]
        return (day_of(min(told)), day_of(max(told))) if told else None

    @property
    def of_years(self) -> bool:
        """Whether its days are told with their year."""
        return of_years([day_of(self.made_at), *(self.days or ()), *(week.monday for week in self.weeks)])

    @property
    def followed(self) -> tuple[Followed, ...]:
        """Range and time held of each exercise and side, in the order in which they were first done."""
        found = [
            Followed(exercise, side, unit, trend(points))
            for unit, told in (("deg", ranges(self.sets)), ("s", holds(self.sets)))
            for (exercise, side), points in told.items()
        ]
        order = {name: place for place, name in enumerate(self.exercise_ids)}
        sides = {"left": 0, "right": 1, "both": 2}
        return tuple(sorted(found, key=lambda one: (order[one.exercise], one.unit, sides.get(one.side, 3))))

    @property
    def exercise_ids(self) -> tuple[str, ...]:
        """What was done, in the order in which it was first done."""
        return tuple(dict.fromkeys(one.exercise for one in self.sets))

    @property
    def faults(self) -> dict[tuple[str, str], Tally]:
        """Exercise and check -> faults, and of how many, over the whole course."""
        return tallies(self.sets)

    @property
    def faults_by_week(self) -> dict[tuple[str, str], dict[date, Tally]]:
        """The same by the Monday of each week, of what was judged by the limits of now."""
        told = weeks_of_faults(by_present_rules(self.sets))
        return {key: {week.monday: week.tally for week in found} for key, found in told.items()}

    @property
    def mondays(self) -> tuple[date, ...]:
        """The Monday of each week from the first to the last."""
        if self.days is None:
            return ()
        first, last = map(monday_of, self.days)
        return tuple(first + n * WEEK for n in range((last - first).days // 7 + 1))

    @property
    def plan(self) -> Plan | None:
        """The plan that is in force on the day of the report; None before the first begins."""
        return plan_on(self.plans, day_of(self.made_at))

    @property
    def coming(self) -> tuple[Plan, ...]:
        """The plans that will be in force one after the other."""
        days = sorted({one.from_day for one in self.plans if one.from_day > day_of(self.made_at)})
        held = (plan_on(self.plans, day) for day in days)
        found = {one.id: one for one in held if one is not None and one is not self.plan}
        return tuple(found.values())

    def name_of(self, who: str) -> str:
        """Of somebody by their id; an id that nobody knows is told as it is."""
        return self.names.get(who, who)

    def exercise_name(self, exercise: str) -> str:
        """As its file calls it."""
        known = self.exercises.get(exercise)
        return known.name if known else exercise.replace("_", " ").capitalize()
