"""Homes in which somebody has been before."""

from datetime import UTC, datetime
from pathlib import Path

from coach.care.types import Pain, Screening
from coach.records import OWNER, open_records


def answered(home: Path) -> Path:
    """The safety questions were answered, and the pain of today was told: a set begins with one click."""
    now = datetime.now(UTC)
    with open_records(f"sqlite:///{home / 'records.sqlite'}", home / "records") as records:
        desk = records.desk(OWNER)
        person = desk.me().id
        desk.save_screening(Screening(person, now))
        desk.begin_session(person, now, Pain(0))
    return home
