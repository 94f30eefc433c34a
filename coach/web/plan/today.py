"""Today as the plan has it: what is due, what of it is done, what comes next.  Pure but for `today_of`, which asks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from coach.care import plans, safety
from coach.care.days import day_of, monday_of
from coach.care.plans import Done, PlanDay
from coach.care.safety import PainReaction
from coach.care.types import Plan, Session
from coach.language import Language
from coach.live import Dose, LiveSettings
from coach.live.settings import Spoken
from coach.records import Desk


@dataclass(frozen=True, slots=True)
class Today:
    """One day of somebody's plan.

    plan     the one that holds today; `later`: one that has not begun yet, where none holds
    lines    what is due, in the plan's order
    stopped  why the plan rests for today; `advised`: what is said to the pain before, while it goes on
    before   the day's first session, in which the pain before was told
    """

    day: date
    plan: Plan | None = None
    later: Plan | None = None
    lines: tuple[Done, ...] = ()
    week: tuple[PlanDay, ...] = ()
    stopped: PainReaction | None = None
    advised: PainReaction | None = None
    sessions: tuple[Session, ...] = field(default=(), repr=False)

    @property
    def left(self) -> tuple[Done, ...]:
        """What is not done yet."""
        return tuple(line for line in self.lines if not line.whole)

    @property
    def sets_left(self) -> int:
        """How many sets that is."""
        return sum(line.left for line in self.lines)


def today_of(desk: Desk, person: str, now: datetime, language: Language) -> Today:
    """What the records tell about today."""
    day = day_of(now)
    monday = monday_of(day)
    since = now - timedelta(days=8)
    known, summaries = desk.plans(person), desk.summaries(person, since)
    sessions = desk.sessions(person, since)
    plan = plans.plan_on(known, day)
    of_today = [one for one in summaries if day_of(one.started) == day]
    return Today(
        day,
        plan,
        None if plan is not None or not known else max(known, key=lambda one: one.made_at),
        plans.done(plans.due(plan, day), of_today),
        plans.week(known, summaries, monday),
        safety.today_stopped(sessions, day, language),
        safety.today_advised(sessions, day, language),
        tuple(one for one in sessions if safety.day_told(one) == day),
    )


def following(lines: Sequence[Done], item: str) -> Done | None:
    """The first line after one that is not done yet; what was left before it is not gone back to."""
    ids = [line.item.id for line in lines]
    after = lines[ids.index(item) + 1 :] if item in ids else lines
    return next((line for line in after if not line.whole), None)


def settings_for(line: Done, language: Language, spoken: Spoken) -> LiveSettings:
    """The live set that does what is left of a line.  Raises ExerciseError or PlanError where it makes no sense."""
    item = line.item
    exercise = plans.exercise_for(item, language)
    dose = Dose(item.reps, item.hold_s, max(1, line.left), item.rest_s)
    return LiveSettings(exercise, dose, item.side, spoken, tolerances=item.tolerances)
