"""The therapist's word in the database: corrections, blinded ratings, notes."""

from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select

from coach.care.types import Correction, Note, Rating
from coach.judge import Judgement
from coach.records.access import Actor
from coach.records.people import visible
from coach.records.tables import CORRECTIONS, NOTES, RATINGS, SETS


def correct(rows: Connection, correction: Correction) -> None:
    """Add it to those there are; the machine's verdict stays."""
    _add(rows, CORRECTIONS, correction, "set", "part", "check", "says", "comment", "by", "at")


def corrections(rows: Connection, person: str) -> tuple[Correction, ...]:
    """Of all of a person's sets, newest last."""
    return tuple(map(_correction, rows.execute(_of_sets(CORRECTIONS).where(SETS.c.person == person))))


def corrections_of_everybody(rows: Connection, actor: Actor) -> tuple[Correction, ...]:
    """Of all whom the actor may see, newest last."""
    return tuple(map(_correction, rows.execute(visible(actor, _of_sets(CORRECTIONS), SETS.c.person))))


def rate(rows: Connection, rating: Rating) -> None:
    """Add it to those there are."""
    _add(rows, RATINGS, rating, "set", "part", "check", "says", "by", "at")


def ratings(rows: Connection, person: str) -> tuple[Rating, ...]:
    """Of all of a person's sets, newest last."""
    return tuple(map(_rating, rows.execute(_of_sets(RATINGS).where(SETS.c.person == person))))


def ratings_of_everybody(rows: Connection, actor: Actor) -> tuple[Rating, ...]:
    """Of all whom the actor may see, newest last."""
    return tuple(map(_rating, rows.execute(visible(actor, _of_sets(RATINGS), SETS.c.person))))


def add_note(rows: Connection, note: Note) -> None:
    """Add it to those there are."""
    _add(rows, NOTES, note, "id", "person", "about", "text", "by", "at")


def notes(rows: Connection, person: str) -> tuple[Note, ...]:
    """Newest last."""
    found = rows.execute(select(NOTES).where(NOTES.c.person == person).order_by(NOTES.c.at, NOTES.c.row))
    return tuple(Note(row.id, row.person, row.about, row.text, row.by, row.at) for row in found)


def _add(rows: Connection, table: Table, word: Correction | Rating | Note, *columns: str) -> None:
    rows.execute(insert(table).values({name: getattr(word, name) for name in columns}))


def _of_sets(table: Table) -> Select[Any]:
    """What is kept of sets, newest last."""
    return select(table).join(SETS, SETS.c.id == table.c.set).order_by(table.c.at, table.c.row)


def _correction(row: Row[Any]) -> Correction:
    return Correction(row.set, row.part, row.check, Judgement(row.says), row.comment, row.by, row.at)


def _rating(row: Row[Any]) -> Rating:
    return Rating(row.set, row.part, row.check, Judgement(row.says), row.by, row.at)
