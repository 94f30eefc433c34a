"""The person's own days: moments are kept in UTC, and a day begins where the person lives."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from coach.care.types import SetSummary


def day_of(at: datetime, zone: tzinfo | None = None) -> date:
    """The date of a moment where the person is; `zone` None: where this machine is."""
    return at.astimezone(zone).date()


def beginning_of(day: date, zone: tzinfo | None = None) -> datetime:
    """The moment at which a day begins where the person is; `zone` as for `day_of`.

    >>> beginning_of(date(2026, 11, 22), UTC).isoformat()
    '2026-11-22T00:00:00+00:00'
    """
    midnight = datetime.combine(day, time())
    return (midnight if zone is None else midnight.replace(tzinfo=zone)).astimezone(UTC)


def monday_of(day: date) -> date:
    """The first day of its week.

    >>> monday_of(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return day - timedelta(days=day.weekday())


def days_done(summaries: Iterable[SetSummary], zone: tzinfo | None = None) -> set[date]:
    """The days on which somebody did anything that counted; `zone` as for `day_of`."""
    return {
        day_of(one.started, zone) for one in own_sets(summaries) if one.counted or any(one.hold_s.values())
    }


def own_sets(summaries: Iterable[SetSummary]) -> tuple[SetSummary, ...]:
    """Sets that the person did; a sample clip that was watched is somebody else's."""
    return tuple(summary for summary in summaries if summary.source != "sample")
