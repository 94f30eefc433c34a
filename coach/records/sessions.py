"""Sessions in the database, with pain before and after."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic_core import from_json
from sqlalchemy import Connection, Row, func, insert, select, update

from coach.care.safety import worst
from coach.care.types import Pain, Session
from coach.records.access import Actor
from coach.records.people import visible
from coach.records.problems import not_yours
from coach.records.tables import SESSIONS

PAIN: Final = TypeAdapter(Pain)


def begin(rows: Connection, session: Session) -> None:
    """Write a new one."""
    rows.execute(
        insert(SESSIONS).values(
            id=session.id,
            person=session.person,
            started=session.started,
            before=_written(session.before),
        )
    )


def end(rows: Connection, id: str, at: datetime, after: Pain | None, instead_of: Pain | None = None) -> None:
    """It is over; of all that is told of pain after it the worst is kept.

    instead_of  what was kept when the answer was given that `after` corrects: where that still stands, it is taken back
    """
    values: dict[str, Any] = {"ended": at}
    if after is not None:
        kept = _told(rows.scalar(select(SESSIONS.c.after).where(SESSIONS.c.id == id).with_for_update()))
        corrected = instead_of is not None and kept == instead_of
        values["after"] = _written(after if corrected else worst(kept, after))
    rows.execute(update(SESSIONS).where(SESSIONS.c.id == id).values(values))


def session(rows: Connection, id: str) -> Session:
    """One by its id.  Raises NotYours where there is none."""
    found = rows.execute(select(SESSIONS).where(SESSIONS.c.id == id)).first()
    if found is None:
        raise not_yours()
    return _session(found)


def sessions(rows: Connection, person: str, since: datetime | None) -> tuple[Session, ...]:
    """Newest last; those that started at or after `since`."""
    query = select(SESSIONS).where(SESSIONS.c.person == person)
    if since is not None:
        query = query.where(SESSIONS.c.started >= since)
    return tuple(_session(row) for row in rows.execute(query.order_by(SESSIONS.c.started, SESSIONS.c.row)))


def of_everybody(rows: Connection, actor: Actor, since: datetime | None) -> dict[str, tuple[Session, ...]]:
    """Person -> sessions, newest last, of all whom the actor may see and who have any."""
    query = visible(actor, select(SESSIONS), SESSIONS.c.person)
    if since is not None:
        query = query.where(SESSIONS.c.started >= since)
    found: dict[str, list[Session]] = {}
    for row in rows.execute(query.order_by(SESSIONS.c.started, SESSIONS.c.row)).all():
        found.setdefault(row.person, []).append(_session(row))
    return {person: tuple(sessions) for person, sessions in found.items()}


def marks(rows: Connection, actor: Actor, since: datetime) -> dict[str, tuple[object, ...]]:
    """Person -> what is another one whenever a session since then began, or was ended."""
    query = select(
        SESSIONS.c.person,
        func.count(),
        func.max(SESSIONS.c.row),
        func.count(SESSIONS.c.ended),
        func.max(SESSIONS.c.ended),
        func.count(SESSIONS.c.after),
    ).where(SESSIONS.c.started >= since)
    found = rows.execute(visible(actor, query, SESSIONS.c.person).group_by(SESSIONS.c.person))
    return {row[0]: tuple(row[1:]) for row in found}


def _written(pain: Pain | None) -> str | None:
    return None if pain is None else PAIN.dump_json(pain).decode()


@lru_cache(1_000)
def _told(text: str | None) -> Pain | None:
    """Thousands are read for a list, and few are unlike all others."""
    return None if text is None else Pain(**from_json(text))


def _session(row: Row[Any]) -> Session:
    return Session(row.id, row.person, row.started, row.ended, _told(row.before), _told(row.after))
