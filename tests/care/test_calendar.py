"""Reminders: what a calendar makes of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from coach.care.calendar import AHEAD, WEEKDAYS, reminders
from coach.care.plans import due
from coach.care.types import Plan, PlanItem
from coach.errors import PlanError
from coach.language import LANGUAGES, Language
from tests.care.making import NOW, plan

HALF_SEVEN = time(19, 30)


def events(file: bytes) -> list[Event]:
    return list(Calendar.from_ical(file).walk("VEVENT"))


def days_of(event: Event) -> list[date]:
    """The days on which an event happens, by another library's reading of its rule."""
    begin = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=begin.replace(tzinfo=None))
    return [at.date() for at in rule]


def test_the_days_of_a_plan_come_again_each_week() -> None:
    told = events(reminders(plan(0, 2, 4), HALF_SEVEN, NOW))
    assert {str(event["SUMMARY"]) for event in told} == {"Exercises: Bridge"}
    begin = min(event["DTSTART"].dt for event in told)
    assert (begin, begin.tzinfo) == (datetime(2026, 11, 20, 19, 30), None)
    days = sorted(day for event in told for day in days_of(event))
    assert len(days) == 36 and {day.weekday() for day in days} == {0, 2, 4}
    assert days[-1] - days[0] < timedelta(weeks=12)


def test_an_alarm_comes_ahead() -> None:
    event, *_ = events(reminders(plan(), HALF_SEVEN, NOW))
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == -AHEAD and alarm["ACTION"] == "DISPLAY"


def test_a_zone_is_told_with_its_rules() -> None:
    file = reminders(plan(1), HALF_SEVEN, NOW, zone="Europe/Berlin")
    (event,) = events(file)
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=1)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [zone["TZID"] for zone in Calendar.from_ical(file).walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_a_zone_that_nobody_knows_is_refused() -> None:
    for zone in ("Europe/Atlantis", "../etc/passwd", ""):
        with pytest.raises(PlanError, match="no time zone") as refused:
            reminders(plan(), HALF_SEVEN, NOW, zone=zone)
        assert "Zeitzone" in refused.value.told("de")


def test_an_empty_plan_has_no_reminders() -> None:
    with pytest.raises(PlanError, match="no exercise"):
        reminders(replace(plan(), items=()), HALF_SEVEN, NOW)


def test_a_changed_plan_gives_the_same_ids_so_that_a_calendar_replaces_them() -> None:
    changed = replace(plan(0, 3), id="another")
    (one,) = events(reminders(plan(0), HALF_SEVEN, NOW))
    later, _ = events(reminders(changed, time(7), NOW + timedelta(hours=1)))
    assert one["UID"] == later["UID"] and one["SEQUENCE"] < later["SEQUENCE"]
    (somebody_else,) = events(reminders(replace(plan(0), person="another"), HALF_SEVEN, NOW))
    assert somebody_else["UID"] != one["UID"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_one_that_other_programs_read(language: Language) -> None:
    items = tuple(
        PlanItem(name, name, reps=1, note="Ünïcode; with, signs\n")
        for name in ("bridge", "hip_hiker", "squat")
    )
    file = reminders(replace(plan(), items=items), HALF_SEVEN, NOW, language)
    assert all(len(row) <= 75 for row in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(file)
    assert calendar["VERSION"] == "2.0" and "PRODID" in calendar
    event, *_ = calendar.walk("VEVENT")
    assert {"UID", "DTSTAMP", "DTSTART", "DURATION", "RRULE"} <= event.keys()
    assert event["DTSTAMP"].dt == NOW


def test_neither_a_person_nor_pain_is_told() -> None:
    told = reminders(replace(plan(), note="Ada, pain of 7"), HALF_SEVEN, NOW).decode()
    assert "Ada" not in told and "pain" not in told


@given(
    st.lists(st.sets(st.integers(0, 6)), min_size=1, max_size=5),
    st.integers(-20, 40),
    st.integers(1, 20),
)
def test_reminders_come_on_just_the_days_on_which_something_is_due(
    weekdays: list[set[int]], from_now: int, weeks: int
) -> None:
    items = tuple(
        PlanItem(f"{n}", "bridge", reps=10, days=tuple(sorted(days))) for n, days in enumerate(weekdays)
    )
    asked = Plan("x", "p", NOW, NOW.date() + timedelta(days=from_now), items, "t")
    reminded = [
        day
        for event in events(reminders(asked, HALF_SEVEN, NOW, zone="UTC", weeks=weeks))
        for day in days_of(event)
    ]
    assert len(reminded) == len(set(reminded))
    start = max(asked.from_day, NOW.astimezone(UTC).date())
    span = [start + timedelta(days=n) for n in range(7 * weeks)]
    assert sorted(reminded) == [day for day in span if due(asked, day)]
    assert len(WEEKDAYS) == 7
