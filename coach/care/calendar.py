"""A plan as reminders for one's own calendar: an iCalendar file (RFC 5545).  Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Alarm, Calendar, Event

from coach.care.days import day_of
from coach.care.safety import say
from coach.care.types import Plan, PlanItem
from coach.errors import ExerciseError, PlanError
from coach.judge import load_exercise
from coach.language import LANGUAGES, Language

WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LASTS: Final = timedelta(minutes=30)
AHEAD: Final = timedelta(minutes=10)
WEEKS: Final = 12  # a reminder that never ends outlives its plan
PRODUCT: Final = "-//Form Coach//Reminders//EN"


def reminders(
    plan: Plan,
    at: time,
    now: datetime,
    language: Language = "en",
    zone: str | None = None,
    weeks: int = WEEKS,
) -> bytes:
    """The days of a plan as events that come again each week, with an alarm ahead of each.

    A weekday's event is known by the person and the day alone, so that one of a changed plan takes the place of the one
    before it.  Names of exercises are told, of people and of pain nothing: calendars are read by others.

    at    the time of day; zone None: wherever the calendar is looked at (floating), else an IANA name
    now   when the file is made

    Raises PlanError for a plan with nothing in it, and for a zone that nobody knows.
    """
    lines = {weekday: [item for item in plan.items if _asks(item, weekday)] for weekday in range(7)}
    if not any(lines.values()):
        raise PlanError(say("en")("plan.empty"), {one: say(one)("plan.empty") for one in LANGUAGES})
    place = _zone(zone)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for weekday, items in lines.items():
        if not items:
            continue
        first = _first(weekday, max(plan.from_day, day_of(now, place)))
        event = _event(_names(items, language), datetime.combine(first, at, place), language)
        event.add("uid", f"{uuid5(NAMESPACE_OID, f'{plan.person} {weekday}')}@form-coach")
        event.add("sequence", int(now.timestamp()) // 60)  # the newer one holds
        event.add("dtstamp", now.astimezone(UTC))
        event.add("rrule", {"freq": "weekly", "byday": WEEKDAYS[weekday], "count": weeks})
        calendar.add_component(event)
    if place is not None:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _asks(item: PlanItem, weekday: int) -> bool:
    return not item.days or weekday in item.days


def _first(weekday: int, from_day: date) -> date:
    """The first such day from a day on."""
    return from_day + timedelta(days=(weekday - from_day.weekday()) % 7)


def _names(items: Sequence[PlanItem], language: Language) -> list[str]:
    """The names of the exercises, each once."""
    return list(dict.fromkeys(_name(item, language) for item in items))


def _name(item: PlanItem, language: Language) -> str:
    try:
        return load_exercise(item.exercise, language=language).name
    except ExerciseError:  # a file that is gone since: its id is better than no reminder
        return item.exercise


def _event(names: list[str], begin: datetime, language: Language) -> Event:
    speak, event, alarm = say(language), Event(), Alarm()
    title = speak("calendar.title", names=", ".join(names))
    event.add("summary", title)
    event.add("description", speak("calendar.open"))
    event.add("dtstart", begin)
    event.add("duration", LASTS)
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -AHEAD)
    event.add_component(alarm)
    return event


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        told: dict[str, str] = {one: say(one)("calendar.zone", zone=name) for one in LANGUAGES}
        raise PlanError(told["en"], told) from None
