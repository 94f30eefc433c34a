"""Who needs a therapist's eyes first, and why: plain rules, each of which can be told in one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import mean
from typing import Final, Literal

from coach.care.days import day_of, days_done, own_sets
from coach.care.faults import as_told, by_present_rules, rose, tallies
from coach.care.plans import due, plan_on
from coach.care.safety import RISE, rises
from coach.care.trends import comparable, ends_apart, halves_apart, ranges, trend
from coach.care.types import Person, Plan, Session, SetSummary

Code = Literal[
    "numb", "flagged", "pain_rose", "pain_high", "pain_up", "range_down", "faults_up", "silent", "missed"
]
PRIORITY: Final[dict[Code, int]] = {
    "numb": 1,
    "flagged": 2,
    "pain_rose": 3,
    "pain_high": 4,
    "pain_up": 5,
    "range_down": 6,
    "faults_up": 7,
    "silent": 8,
    "missed": 9,
}
CALM: Final = 10  # the priority of who gives no reason to look

LOOK_BACK: Final = timedelta(days=42)  # what is older says nothing about how somebody is now
RECENT: Final = timedelta(days=14)
PAIN_HIGH: Final = 7  # severe on the numeric rating scale
PAIN_SESSIONS: Final = 3  # the last so many are held against those before
SILENT_DAYS: Final = 10
MISSED_LEAST: Final = 3
MISSED_SHARE: Final = 0.5  # of what was planned in RECENT


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to look: `code` names its sentence, `numbers` fill it.  Priority 1 is read first."""

    code: Code
    numbers: dict[str, float | str] = field(default_factory=dict)

    @property
    def priority(self) -> int:
        """From 1 on; smaller is more urgent."""
        return PRIORITY[self.code]


def needs_eyes(
    summaries: Sequence[SetSummary],
    sessions: Sequence[Session],
    plans: Sequence[Plan],
    now: datetime,
    flags: tuple[str, ...] = (),
) -> tuple[Reason, ...]:
    """The reasons to look at one person, the most urgent first; none where all is as it should be.

    summaries, sessions  oldest first; what is older than LOOK_BACK, or was a sample clip, is not looked at
    plans                newest last
    flags                what of the newest answers to the safety questions asks to be seen first
    """
    sets = [one for one in own_sets(summaries) if one.started > now - LOOK_BACK]
    known = [one for one in sessions if one.started > now - LOOK_BACK]
    found: list[Reason] = []
    if flags:
        found.append(Reason("flagged", {"n": len(flags)}))
    found += _pain(known, now)
    found += _ranges(sets)
    found += _faults(sets, now)
    found += _absence(sets, plans, now)
    return tuple(sorted(found, key=lambda reason: (reason.priority, -_weight(reason))))


def _weight(reason: Reason) -> float:
    return abs(float(reason.numbers.get("change", 0.0)))


# --- the reasons ----------------------------------------------------------------------------------------


def _pain(sessions: Sequence[Session], now: datetime) -> Iterable[Reason]:
    recent = [one for one in sessions if one.started > now - RECENT]
    if any(one.numb for one in recent):
        yield Reason("numb")
    worst = max(rises(recent).values(), key=lambda pair: pair[1] - pair[0], default=(0, 0))
    if worst[1] - worst[0] >= RISE:
        yield Reason("pain_rose", {"before": worst[0], "after": worst[1], "change": worst[1] - worst[0]})
    last = pain_now(sessions)
    if last is not None and last >= PAIN_HIGH:
        yield Reason("pain_high", {"pain": last})
    begun = [one.score_before for one in sessions if one.score_before is not None]
    if len(begun) >= 2 * PAIN_SESSIONS:
        was, is_now = mean(begun[:-PAIN_SESSIONS]), mean(begun[-PAIN_SESSIONS:])
        if is_now - was >= RISE:
            yield Reason("pain_up", {"was": round(was), "now": round(is_now), "change": is_now - was})


def _ranges(sets: Sequence[SetSummary]) -> Iterable[Reason]:
    for (exercise, side), known in ranges(sets).items():
        points = comparable(known)
        if halves_apart(points) >= 0 and ends_apart([point.value for point in points]) >= 0:
            continue
        found = trend(points)
        if found.moved == "down":
            yield Reason(
                "range_down",
                {"exercise": exercise, "side": side, "change": found.change, "band": found.band},
            )


def _faults(known: Sequence[SetSummary], now: datetime) -> Iterable[Reason]:
    sets = by_present_rules(as_told(known))
    since = now - RECENT
    recent = tallies(one for one in sets if one.started > since)
    if not any(tally.faults for tally in recent.values()):
        return
    before = tallies(one for one in sets if one.started <= since)
    for key, tally in recent.items():
        if key in before and rose(before[key], tally):
            was, is_now = before[key].share or 0.0, tally.share or 0.0
            yield Reason(
                "faults_up",
                {"exercise": key[0], "check": key[1], "was": was, "now": is_now, "change": is_now - was},
            )


def _absence(sets: Sequence[SetSummary], plans: Sequence[Plan], now: datetime) -> Iterable[Reason]:
    """Nothing for long, else too much of the plan left out; who has no plan cannot miss anything.

    Who tells of their pain and then does nothing has not exercised.

    sets  of the time since LOOK_BACK
    """
    today = day_of(now)
    begun = asked_since(plans, today)
    if begun is None:
        return
    done, looked_at_from = days_done(sets), today - LOOK_BACK
    last = max(done, default=None)
    idle = (today - max(begun, last or looked_at_from)).days
    if idle >= SILENT_DAYS:
        since = "last" if last is not None else "long" if begun < looked_at_from else "begin"
        yield Reason("silent", {"n": idle, "since": since})
        return
    due = planned(plans, max(begun, today - RECENT), today)
    missed = max(0, len(due) - len([day for day in done if day >= today - RECENT and day >= begun]))
    if missed >= MISSED_LEAST and missed >= MISSED_SHARE * len(due):
        yield Reason("missed", {"n": missed, "of": len(due)})


def asked_since(plans: Sequence[Plan], today: date) -> date | None:
    """The day from which on plans asked for something without a break, one taking the place of the other, up to today.

    None where none asks for anything today.
    """
    begun = None
    for day in sorted({plan.from_day for plan in plans if plan.from_day <= today}, reverse=True):
        plan = plan_on(plans, day)
        if plan is None or not plan.items:
            break
        begun = day
    return begun


def planned(plans: Sequence[Plan], start: date, end: date) -> tuple[date, ...]:
    """The days from `start` up to the day before `end` on which the plan that held then asks for something."""
    days = (start + timedelta(n) for n in range(max(0, (end - start).days)))
    return tuple(day for day in days if due(plan_on(plans, day), day))


def pain_now(sessions: Sequence[Session]) -> int | None:
    """The last pain that was told; None where none was."""
    for one in reversed(sessions):
        for score in (one.score_after, one.score_before):
            if score is not None:
                return score
    return None


# --- all people of a therapist --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """What the list tells of one person; last None: no session in what was looked at."""

    person: Person
    reasons: tuple[Reason, ...]
    last: datetime | None
    pain: int | None
    sessions: int

    @property
    def order(self) -> tuple[int, int, bool, str]:
        """What needs eyes first comes first; among equals who gives more reasons, who exercises, then by name."""
        first = self.reasons[0].priority if self.reasons else CALM
        return first, -len(self.reasons), self.last is None, self.person.name.casefold()


def line(
    person: Person,
    summaries: Sequence[SetSummary],
    sessions: Sequence[Session],
    plans: Sequence[Plan],
    now: datetime,
    flags: tuple[str, ...] = (),
) -> Line:
    """One person's line."""
    return Line(
        person,
        needs_eyes(summaries, sessions, plans, now, flags),
        sessions[-1].started if sessions else None,
        pain_now(sessions),
        len(sessions),
    )


def ranked(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What needs eyes first, first."""
    return tuple(sorted(lines, key=lambda one: one.order))


def matching(lines: Iterable[Line], wanted: str) -> tuple[Line, ...]:
    """Those whose name contains all the words that were typed, in whatever case."""
    parts = wanted.casefold().split()
    return tuple(one for one in lines if all(part in one.person.name.casefold() for part in parts))


# --- since the last look --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class News:
    """What came since a moment: sessions and sets, and the pain before the first of them and now."""

    sessions: int
    sets: int
    pain_was: int | None
    pain_now: int | None


def news(summaries: Sequence[SetSummary], sessions: Sequence[Session], since: datetime) -> News:
    """What is new since the last look; all of it, where `since` is before everything."""
    earlier = [one for one in sessions if one.started <= since]
    return News(
        len(sessions) - len(earlier),
        sum(one.started > since for one in summaries),
        pain_now(earlier),
        pain_now(sessions),
    )
