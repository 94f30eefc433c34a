"""Videos with consent: beside the track, and no longer than was agreed."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, select, update

from coach.care.types import Consent
from coach.records.access import new
from coach.records.problems import RecordsError, problem
from coach.records.shelves import Shelves, is_old
from coach.records.tables import CONSENTS, SETS, VIDEOS

KEEP_DAYS: Final = 30  # where the consent tells no other number
STEM: Final = "video"
FILM: Final = re.compile(rf"{STEM}(\.[^/\\:\0]+)?")  # how one is called


def must_be_allowed(consent: Consent | None) -> None:
    """Raises RecordsError without consent."""
    if consent is None or not consent.given:
        raise problem("no_consent")


@contextmanager
def copied(shelves: Shelves, path: Path) -> Iterator[Path]:
    """A copy on the shelves' disk, which takes its place at once.  Raises RecordsError where it cannot be made."""
    if not path.is_file():
        raise problem("no_video", name=path.name)
    with ExitStack() as until_kept:
        try:
            copy = until_kept.enter_context(shelves.making()) / f"{STEM}{path.suffix.lower()}"
            shutil.copyfile(path, copy)
        except OSError as error:
            raise problem("not_kept", name=path.name, reason=error.strerror or str(error)) from error
        yield copy


def keep(
    rows: Connection,
    shelves: Shelves,
    person: str,
    set_id: str,
    copy: Path,
    consent: Consent | None,
    now: datetime,
) -> None:
    """Move a copy beside its set.  Raises RecordsError without consent, and where it cannot be moved."""
    must_be_allowed(consent)
    folder = shelves.make_set(person, set_id)
    days = KEEP_DAYS if consent is None or consent.keep_days is None else consent.keep_days
    values = {"file": copy.name, "until": now + timedelta(days=days)}
    try:
        copy.replace(folder / copy.name)
    except OSError as error:
        raise problem("not_kept", name=copy.name, reason=error.strerror or str(error)) from error
    shelves.remove_all(path for path in folder.glob(f"{STEM}*") if path.name != copy.name)
    put = new(rows, VIDEOS).values(set=set_id, **values)
    rows.execute(put.on_conflict_do_update(index_elements=["set"], set_=values))


def find(rows: Connection, shelves: Shelves, person: str, set_id: str) -> Path | None:
    """Where the video of a set is; None: there is none."""
    name = rows.scalar(select(VIDEOS.c.file).where(VIDEOS.c.set == set_id))
    path = None if name is None else shelves.set(person, set_id) / name
    return path if path is not None and path.is_file() else None


def expire(rows: Connection, person: str, now: datetime) -> None:
    """The time of all videos of a person is over."""
    theirs = select(SETS.c.id).where(SETS.c.person == person).scalar_subquery()
    rows.execute(update(VIDEOS).where(VIDEOS.c.set.in_(theirs)).values(until=now))


def forget_of(shelves: Shelves, person: str) -> None:
    """Delete all films of a person, those of an interrupted copy too.  Raises RecordsError where one cannot be deleted.

    Their rows go with the next `forget_expired`: it tries again to delete what is left.
    """
    films = (path for path in shelves.person(person).glob("*/*") if _is_film(path))
    shelves.remove_all(films)


def forget_expired(rows: Connection, shelves: Shelves, now: datetime) -> tuple[int, list[RecordsError]]:
    """Delete what was to be kept until now; how many there were, and why some are still there."""
    query = select(VIDEOS.c.set, SETS.c.person).join(SETS, SETS.c.id == VIDEOS.c.set)
    problems: list[RecordsError] = []
    found = rows.execute(query.where(VIDEOS.c.until <= now)).all()
    for row in found:
        try:
            # Whatever its ending: an earlier one may have had another.
            shelves.remove_all(shelves.set(row.person, row.set).glob(f"{STEM}*"))
        except RecordsError as error:
            problems.append(error)
        else:
            rows.execute(delete(VIDEOS).where(VIDEOS.c.set == row.set))
    return len(found) - len(problems), problems


def unknown(rows: Connection, shelves: Shelves, now: datetime) -> Iterator[Path]:
    """Of people who ever allowed films: those that a crash left without a row, and what it left half written."""
    known = {(row.set, row.file) for row in rows.execute(select(VIDEOS.c.set, VIDEOS.c.file))}
    allowed = select(CONSENTS.c.person).where(CONSENTS.c.what == "video", CONSENTS.c.given).distinct()
    for person in rows.scalars(allowed):
        with suppress(FileNotFoundError):  # they are just being deleted
            for path in shelves.person(person).glob("*/*"):
                of_none = _is_film(path) and (path.parent.name, path.name) not in known
                if (of_none or path.name.startswith(".")) and is_old(path, now.timestamp()):
                    yield path


def _is_film(path: Path) -> bool:
    """Not a piece of landmarks, which may just be being written."""
    return path.name.startswith((STEM, ".")) and path.suffix != ".parquet"
