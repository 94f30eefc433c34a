"""The therapist's word in the database: corrections, blinded ratings, notes."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from coach.care.types import Correction, Note, Rating
from coach.judge import Judgement
from coach.records.access import Actor
from coach.records.people import visible
from coach.records.tables import CORRECTIONS, NOTES, RATINGS, SETS


def correct(rows: Connection, correction: Correction) -> None:
    """Add it to those there are; the machine's verdict stays."""
    names = ("set", "part", "check", "comment", "by", "at")
    values = {name: getattr(correction, name) for name in names}
    rows.execute(insert(CORRECTIONS).values(**values, says=correction.says.value))


def corrections(rows: Connection, person: str) -> tuple[Correction, ...]:
    """Of all of a person's sets, newest last."""
    query = select(CORRECTIONS).join(SETS, SETS.c.id == CORRECTIONS.c.set).where(SETS.c.person == person)
    return tuple(map(_correction, rows.execute(query.order_by(CORRECTIONS.c.at, CORRECTIONS.c.row))))


def corrections_of_everybody(rows: Connection, actor: Actor) -> tuple[Correction, ...]:
    """Of all whom the actor may see, newest last."""
    query = visible(actor, select(CORRECTIONS).join(SETS, SETS.c.id == CORRECTIONS.c.set), SETS.c.person)
    return tuple(map(_correction, rows.execute(query.order_by(CORRECTIONS.c.at, CORRECTIONS.c.row))))


def rate(rows: Connection, rating: Rating) -> None:
    """Add it to those there are."""
    names = ("set", "part", "check", "by", "at")
    values = {name: getattr(rating, name) for name in names}
    rows.execute(insert(RATINGS).values(**values, says=rating.says.value))


def ratings(rows: Connection, person: str) -> tuple[Rating, ...]:
    """Of all of a person's sets, newest last."""
    query = select(RATINGS).join(SETS, SETS.c.id == RATINGS.c.set).where(SETS.c.person == person)
    return tuple(map(_rating, rows.execute(query.order_by(RATINGS.c.at, RATINGS.c.row))))


def ratings_of_everybody(rows: Connection, actor: Actor) -> tuple[Rating, ...]:
    """Of all whom the actor may see, newest last."""
    query = visible(actor, select(RATINGS).join(SETS, SETS.c.id == RATINGS.c.set), SETS.c.person)
    return tuple(map(_rating, rows.execute(query.order_by(RATINGS.c.at, RATINGS.c.row))))


def add_note(rows: Connection, note: Note) -> None:
    """Add it to those there are."""
    names = ("id", "person", "about", "text", "by", "at")
    rows.execute(insert(NOTES).values({name: getattr(note, name) for name in names}))


def notes(rows: Connection, person: str) -> tuple[Note, ...]:
    """Newest last."""
    found = rows.execute(select(NOTES).where(NOTES.c.person == person).order_by(NOTES.c.at, NOTES.c.row))
    return tuple(Note(row.id, row.person, row.about, row.text, row.by, row.at) for row in found)


def _correction(row: Row[Any]) -> Correction:
    return Correction(row.set, row.part, row.check, Judgement(row.says), row.comment, row.by, row.at)


def _rating(row: Row[Any]) -> Rating:
    return Rating(row.set, row.part, row.check, Judgement(row.says), row.by, row.at)
