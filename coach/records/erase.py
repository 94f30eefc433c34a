"""Deleting everything about a person, so that it is gone."""

from typing import Final

from sqlalchemy import Connection, delete, or_, select

from coach.records import journals
from coach.records.database import Database
from coach.records.problems import RecordsError, traces_left
from coach.records.shelves import Shelves
from coach.records.tables import (
    ACCESSES,
    CONSENTS,
    CORRECTIONS,
    ENTRUSTED,
    NOTES,
    PARTS,
    PEOPLE,
    PLANS,
    PUT_OFFS,
    RATINGS,
    RESULTS,
    SCREENINGS,
    SESSIONS,
    SETS,
    VIDEOS,
)

OF_A_SET: Final = (PARTS, RESULTS, VIDEOS, CORRECTIONS, RATINGS)
OF_A_PERSON: Final = (SETS, SESSIONS, PLANS, PUT_OFFS, SCREENINGS, CONSENTS, NOTES, ENTRUSTED)


def everything(rows: Connection, shelves: Shelves, person: str) -> None:
    """Rows and files.  The files go last: where one cannot be deleted, nothing is."""
    held = rows.scalars(select(SESSIONS.c.id).where(SESSIONS.c.person == person)).all()
    chosen = select(SETS.c.id).where(SETS.c.person == person).scalar_subquery()
    for table in OF_A_SET:
        rows.execute(delete(table).where(table.c.set.in_(chosen)))
    for table in OF_A_PERSON:
        rows.execute(delete(table).where(table.c.person == person))
    rows.execute(delete(ACCESSES).where(or_(ACCESSES.c.person == person, ACCESSES.c.who == person)))
    rows.execute(delete(PEOPLE).where(PEOPLE.c.id == person))
    journals.forget_of(shelves.journals, {person, *held})
    shelves.remove_person(person)


def scrub(database: Database) -> None:
    """Overwrite what the database's files still hold.  Raises TracesLeft where another program is in the way."""
    try:
        database.scrub()
    except RecordsError as error:
        raise traces_left(database.place) from error
