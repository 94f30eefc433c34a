"""Where a day begins."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from coach.care.days import beginning_of, day_of

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_day_begins_at_midnight_where_the_person_is_in_summer_and_in_winter() -> None:
    assert beginning_of(date(2026, 7, 1), BERLIN) == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert beginning_of(date(2026, 12, 1), BERLIN) == datetime(2026, 11, 30, 23, tzinfo=UTC)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_what_is_just_before_is_of_the_day_before(day: date) -> None:
    begins = beginning_of(day, BERLIN)
    assert day_of(begins, BERLIN) == day
    assert day_of(begins - timedelta(seconds=1), BERLIN) == day - timedelta(days=1)
