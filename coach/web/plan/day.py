"""What belongs together on one day: a session that sets still go into, and the pain that was told already.  Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from coach.care.days import day_of
from coach.care.types import Consent, Session, SetSummary

TOGETHER: Final = timedelta(hours=1)  # without a set for so long, what comes next is another session


def under_way(sessions: Sequence[Session], summaries: Iterable[SetSummary], now: datetime) -> Session | None:
    """The session that a set belongs to that begins now; None where a new one begins.

    sessions  newest last
    """
    if not sessions:
        return None
    last = sessions[-1]
    moments = [one.started for one in summaries if one.session == last.id]
    latest = max([last.started, *moments, *([last.ended] if last.ended else [])])
    return last if now - latest < TOGETHER and day_of(latest) == day_of(now) else None


def pain_was_told(sessions: Iterable[Session], now: datetime) -> bool:
    """Whether the pain before exercising was told today."""
    today = day_of(now)
    return any(one.before is not None for one in sessions if day_of(one.started) == today)


def may_keep(consents: Iterable[Consent], what: Literal["tracks", "video"]) -> bool:
    """Whether it may be kept by what somebody allowed last: tracks unless refused, video only with consent."""
    given = [one.given for one in sorted(consents, key=lambda one: one.at) if one.what == what]
    return given[-1] if given else what == "tracks"
