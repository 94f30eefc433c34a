"""What is not kept for ever: videos past their time, old entries of the access log, files of nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, select

from coach.records import logins, videos
from coach.records.shelves import Shelves
from coach.records.tables import ACCESSES, PEOPLE

LOG_DAYS: Final = 3 * 365  # so long it can be asked who looked at what


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many videos and log entries were deleted, and how many folders of people who are not there any longer."""

    videos: int
    entries: int
    folders: int


def forget_expired(rows: Connection, shelves: Shelves, now: datetime) -> Forgotten:
    """Delete what has had its time."""
    old = ACCESSES.c.at < now - timedelta(days=LOG_DAYS)
    entries = rows.scalar(select(func.count()).where(old)) or 0
    if entries:
        rows.execute(delete(ACCESSES).where(old))
    logins.forget_expired(rows, now)
    return Forgotten(videos.forget_expired(rows, shelves, now), entries, _sweep(rows, shelves))


def _sweep(rows: Connection, shelves: Shelves) -> int:
    """A crash may leave files of somebody whose rows are gone, or were never written."""
    known = set(rows.scalars(select(PEOPLE.c.id)))
    left = [person for person in shelves.known() if person not in known]
    for person in left:
        shelves.remove(shelves.person(person))
    return len(left)
