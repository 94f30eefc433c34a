"""The records of this machine or of a clinic: opened once, asked through a desk for each actor."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from coach.care.types import Role
from coach.folders import data_folder
from coach.language import Language
from coach.records import backup, logins, people, retention, videos
from coach.records.access import Actor, Guard, Log
from coach.records.database import Database, of_file
from coach.records.desk import Desk
from coach.records.erase import scrub
from coach.records.problems import not_yours
from coach.records.retention import Forgotten
from coach.records.shelves import Shelves


class Records:
    """An open database and the folder beside it; safe to use from several threads."""

    def __init__(self, database: Database, shelves: Shelves, now: Callable[[], datetime]) -> None:
        self._database, self._shelves, self._now = database, shelves, now
        self._log = Log(database, now)

    @property
    def place(self) -> str:
        """Where the database is, as a sentence tells it."""
        return self._database.place

    @property
    def folder(self) -> Path:
        """Where the files of people are."""
        return self._shelves.folder

    def desk(self, actor: Actor) -> Desk:
        """What the records hold, as far as this actor may see it."""
        return Desk(Guard(self._database, self._log, actor), self._shelves)

    def enter(self, login: str, name: str, role: Role, language: Language = "en") -> Actor:
        """The person or therapist of a login's subject, made at the first time.

        Raises NotYours for any other role: nobody logs in as the owner of a laptop.
        """
        if role is Role.OWNER or not login:
            raise not_yours()
        with self._database.reading() as rows:
            found = people.of_login(rows, login, role)
        if found is not None and (found.name == name or not name or (found.name and role is Role.PERSON)):
            return found
        with self._database.writing() as rows:
            people.add_login(rows, login, name, role, language)
            found = people.of_login(rows, login, role)
            if found is None:
                raise not_yours()
            if name and name != found.name:
                people.rename(rows, found, name)
        return Actor(found.id, role, name or found.name)

    def end_login(self, mark: str, until: datetime) -> None:
        """A login that would have held until then holds no longer, whichever process is asked, and after a restart."""
        with self._database.writing() as rows:
            logins.end(rows, mark, until, self._now())

    def ended_logins(self) -> dict[str, datetime]:
        """Mark -> when it would have ended, of the logins that were ended and would still hold."""
        with self._database.reading() as rows:
            return logins.ended(rows, self._now())

    def backup(self, target: Path) -> Path:
        """Write everything there is into one zip, while others go on working.

        Raises OutputError where it cannot be written, RecordsError where something stands there already.
        """
        return backup.write(self._database, self._shelves, target, self._now())

    def backups(self) -> tuple[tuple[datetime, str], ...]:
        """When backups were made and where they were put, newest last; they may have been moved since."""
        with self._database.reading() as rows:
            return backup.known(rows)

    def restore(self, source: Path) -> None:
        """Put a backup back.  Raises RecordsError where there are people already, and for what is no backup."""
        backup.restore(self._database, self._shelves, source)
        self._log.forget()

    def forget_expired(self, now: datetime | None = None) -> Forgotten:
        """Delete videos and journals past their time, old entries of the log, and every trace of what was deleted.

        Raises RecordsError at the end, after all else, where something could not be deleted.
        """
        now = now or self._now()
        with self._database.writing() as rows:
            forgotten = retention.forget_expired(rows, self._shelves, now)
        self._log.forget()
        with self._database.reading() as rows:
            left = [*videos.unknown(rows, self._shelves, now)]
        self._shelves.remove_all(left)
        if forgotten.videos or forgotten.entries:
            scrub(self._database)
        if forgotten.problems:
            raise forgotten.problems[0]
        return forgotten

    def scrub(self) -> None:
        """Overwrite what the database's files still hold of what was deleted."""
        scrub(self._database)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def open_records(
    url: str | None = None,
    folder: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Records:
    """Open the records, and bring them up to this version.

    url     None: COACH_DATABASE_URL, else SQLite in the user's data folder
    folder  where tracks and videos are; None: `records` in the user's data folder

    Raises RecordsError with one sentence: locked, from a newer version, damaged, no permission, server away.
    """
    told = url or os.environ.get("COACH_DATABASE_URL") or of_file(data_folder() / "records.sqlite")
    return Records(Database(told), Shelves(folder or data_folder() / "records"), now)
