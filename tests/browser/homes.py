"""Homes in which somebody has been before."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.months import COURSES, fill
from coach.care.plans import exercise_for
from coach.care.types import Pain, PlanItem, Screening
from coach.records import OWNER, Desk, open_records
from coach.records.samples import compose

NAMES = ("Ada Ahlers", "Bruno Berg", "Carla Castro")


def answered(home: Path) -> Path:
    """The safety questions were answered, and the pain of today was told: a set begins with one click."""
    now = datetime.now(UTC)
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        person = desk.me().id
        desk.save_screening(Screening(person, now))
        desk.begin_session(person, now, Pain(0))
    return home


def months(home: Path) -> Path:
    """Ten weeks of a plan, the last days among them; today nothing was done yet."""
    rng, now = Random("months"), datetime.now(UTC)
    first = now - timedelta(weeks=10)
    items = tuple(
        PlanItem(name, name, reps=reps, sets=sets, note=note)
        for name, reps, sets, note in (
            ("bridge", 10, 2, ""),
            ("side_lying_leg_raise", 8, 1, "slowly, as shown on Monday"),
            ("squat", 8, 1, ""),
        )
    )
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        person = desk.me().id
        desk.save_screening(Screening(person, now - timedelta(days=20)))
        desk.save_plan(person, items, first.date(), at=first)
        for days in range(70, 0, -1):
            if rng.random() < 0.55 or days <= 1:
                _a_day(desk, items, now - timedelta(days=days), 1 - days / 70, rng)
    return home


def _a_day(desk: Desk, items: tuple[PlanItem, ...], at: datetime, x: float, rng: Random) -> None:
    """Everything that was planned, a little further and with a little less pain than at the beginning."""
    pain = round(4.5 - 3 * x + rng.gauss(0, 0.5))
    session = desk.begin_session(desk.me().id, at, Pain(max(0, pain), "low_back"))
    for item in items:
        for n in range(item.sets):
            made = compose(item, exercise_for(item), rng, 0.9 + 0.12 * x + rng.gauss(0, 0.01), 0.1)
            kept = desk.begin_set(session.id, item.exercise, at + timedelta(minutes=3 * n), "camera", item.id)
            desk.close_set(kept, made.result)
    desk.end_session(session.id, at + timedelta(minutes=20), Pain(max(0, pain - rng.randint(0, 1))))


def reviewed(home: Path) -> Path:
    """Three people with four weeks of sessions each: one does well, one loses range, one is in more pain."""
    now = datetime.now(UTC)
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        for n, (name, course) in enumerate(zip(NAMES, COURSES, strict=False)):
            fill(desk, name, course, now, sessions=12, sets=2, tracks=1, seed=n)
    return home
