"""Videos with consent: beside the track, and no longer than was agreed."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, select

from coach.care.types import Consent
from coach.errors import OutputError
from coach.records.access import new
from coach.records.problems import problem
from coach.records.shelves import Shelves
from coach.records.tables import SETS, VIDEOS
from coach.video import atomic_write

KEEP_DAYS: Final = 30  # where the consent tells no other number
STEM: Final = "video"


def keep(
    rows: Connection,
    shelves: Shelves,
    person: str,
    set_id: str,
    path: Path,
    consent: Consent | None,
    now: datetime,
) -> None:
    """Copy a video beside its set.  Raises RecordsError without consent, and where it cannot be copied."""
    if consent is None or not consent.given:
        raise problem("no_consent")
    if not path.is_file():
        raise problem("no_video", name=path.name)
    folder, name = shelves.make_set(person, set_id), f"{STEM}{path.suffix.lower()}"
    days = KEEP_DAYS if consent.keep_days is None else consent.keep_days
    values = {"file": name, "until": now + timedelta(days=days)}
    try:
        with atomic_write(folder / name) as temporary:
            shutil.copyfile(path, temporary)
    except (OSError, OutputError) as error:
        raise problem("not_kept", name=path.name, reason=str(error).rstrip(".")) from error
    _remove(shelves, folder, but=name)
    put = new(rows, VIDEOS).values(set=set_id, **values)
    rows.execute(put.on_conflict_do_update(index_elements=["set"], set_=values))


def find(rows: Connection, shelves: Shelves, person: str, set_id: str) -> Path | None:
    """Where the video of a set is; None: there is none."""
    name = rows.scalar(select(VIDEOS.c.file).where(VIDEOS.c.set == set_id))
    path = None if name is None else shelves.set(person, set_id) / name
    return path if path is not None and path.is_file() else None


def forget_of(rows: Connection, shelves: Shelves, person: str) -> int:
    """Delete all videos of a person; how many there were."""
    return _forget(rows, shelves, SETS.c.person == person)


def forget_expired(rows: Connection, shelves: Shelves, now: datetime) -> int:
    """Delete what was to be kept until now; how many there were."""
    return _forget(rows, shelves, VIDEOS.c.until <= now)


def _forget(rows: Connection, shelves: Shelves, which: object) -> int:
    query = select(VIDEOS.c.set, SETS.c.person).join(SETS, SETS.c.id == VIDEOS.c.set)
    found = rows.execute(query.where(which)).all()  # type: ignore[arg-type]
    for row in found:
        _remove(shelves, shelves.set(row.person, row.set))
        rows.execute(delete(VIDEOS).where(VIDEOS.c.set == row.set))
    return len(found)


def _remove(shelves: Shelves, folder: Path, but: str = "") -> None:
    """Delete every video of a set, whatever its ending: an earlier one may have had another."""
    for path in folder.glob(f"{STEM}*"):
        if path.name != but:
            shelves.remove(path)
