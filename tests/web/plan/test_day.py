"""What belongs together on one day."""

from datetime import UTC, datetime, timedelta

from coach.care.types import Consent, Pain, Session, SetSummary
from coach.web.plan.day import TOGETHER, may_keep, pain_was_told, under_way

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def a_set(session: str, hours: float) -> SetSummary:
    return SetSummary("t", session, "p", None, "squat", at(hours), "camera", True)


def test_a_set_belongs_to_the_session_of_the_hour() -> None:
    session = Session("s", "p", at(-0.5))
    assert under_way([session], (), NOON) == session
    assert under_way([session], (), NOON + TOGETHER) is None
    assert under_way([], (), NOON) is None


def test_a_long_session_goes_on_as_long_as_sets_follow_each_other() -> None:
    session = Session("s", "p", at(-2))
    assert under_way([session], (), NOON) is None
    assert under_way([session], [a_set("s", -0.7)], NOON) == session
    assert under_way([session], [a_set("other", -0.7)], NOON) is None


def test_one_that_was_ended_is_gone_on_with_when_it_goes_on_soon() -> None:
    ended = Session("s", "p", at(-2), at(-0.2))
    assert under_way([ended], (), NOON) == ended


def test_pain_is_asked_once_a_day() -> None:
    assert pain_was_told([Session("s", "p", at(-1), before=Pain(0))], NOON)
    assert not pain_was_told([Session("s", "p", at(-24), before=Pain(3)), Session("t", "p", at(-1))], NOON)


def test_tracks_are_kept_unless_refused_and_videos_only_when_allowed() -> None:
    assert may_keep((), "tracks") and not may_keep((), "video")
    refused = Consent("p", "tracks", False, at(0))
    again = Consent("p", "tracks", True, at(1))
    assert not may_keep([refused], "tracks")
    assert may_keep([again, refused], "tracks")
    assert not may_keep([refused], "video") and may_keep([Consent("p", "video", True, at(0), 30)], "video")
