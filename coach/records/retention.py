"""What is not kept for ever: videos and journals past their time, old entries of the log, what a deletion left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, select

from coach.records import journals, logins, videos
from coach.records.problems import RecordsError
from coach.records.shelves import Shelves
from coach.records.tables import ACCESSES, PEOPLE

LOG_DAYS: Final = 3 * 365  # so long it can be asked who looked at what


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many videos, log entries and journals were deleted, and of how many people what a deletion had left.

    journals   of live sets that nobody came back to
    strangers  people of whom there are files and no rows: they may be of another database, so they are left
    problems   why something that has had its time is still there
    """

    videos: int
    entries: int
    journals: int
    folders: int
    strangers: int
    problems: tuple[RecordsError, ...] = ()


def forget_expired(rows: Connection, shelves: Shelves, now: datetime) -> Forgotten:
    """Delete what has had its time."""
    old = ACCESSES.c.at < now - timedelta(days=LOG_DAYS)
    entries = rows.scalar(select(func.count()).where(old)) or 0
    if entries:
        rows.execute(delete(ACCESSES).where(old))
    logins.forget_expired(rows, now)
    of_videos, problems = videos.forget_expired(rows, shelves, now)
    try:
        swept = shelves.sweep(now.timestamp())
    except RecordsError as error:
        swept, problems = 0, [*problems, error]
    old_journals = journals.forget_old(shelves.journals, now.timestamp())
    return Forgotten(of_videos, entries, old_journals, swept, _strangers(rows, shelves), tuple(problems))


def _strangers(rows: Connection, shelves: Shelves) -> int:
    """That a database does not know somebody is no reason to delete their files.

    It may be another one for a try, or a new one that waits for a backup.
    """
    known = set(rows.scalars(select(PEOPLE.c.id)))
    return sum(person not in known for person in shelves.known())
