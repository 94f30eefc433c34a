"""People, sessions and sets, made by hand; the clock stands still."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from coach.care.types import Pain, Person, Plan, PlanItem, Session, SetSummary

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def person(name: str = "Ada", id: str = "p") -> Person:
    return Person(id, name)


def pain(score: int | None, numb: bool = False) -> Pain | None:
    return None if score is None else Pain(score, numb=numb)


def session(
    days: float, before: int | None = None, after: int | None = None, numb: bool = False, person: str = "p"
) -> Session:
    began = ago(days)
    return Session(f"s{days}", person, began, began + timedelta(minutes=20), pain(before), pain(after, numb))


def a_set(days: float, exercise: str = "bridge", **told: Any) -> SetSummary:
    """One that was closed, in the session of that day."""
    what: dict[str, Any] = {"closed": True, "counted": 10, "attempts": 10, "seen_share": 1.0} | told
    return SetSummary(f"t{days}{exercise}", f"s{days}", "p", None, exercise, ago(days), "camera", **what)


def plan(*days: int, from_day: date = date(2026, 9, 1)) -> Plan:
    item = PlanItem("i", "bridge", sets=1, reps=10, days=days)
    return Plan("plan", "p", ago(60), from_day, (item,), "therapist")
