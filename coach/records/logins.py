"""Logins of a clinic that were ended before their time: known to every process, and after a restart.

A login is told by its mark, a digest that says nothing of whose it was; it is kept until it would have ended anyway.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from coach.records.access import new
from coach.records.tables import ENDED_LOGINS


def end(rows: Connection, mark: str, until: datetime, now: datetime) -> None:
    """It holds no longer; those whose time is over are forgotten."""
    forget_expired(rows, now)
    rows.execute(new(rows, ENDED_LOGINS).values(mark=mark, until=until).on_conflict_do_nothing())


def ended(rows: Connection, now: datetime) -> dict[str, datetime]:
    """Mark -> when it would have ended, of those that would still hold."""
    found = rows.execute(select(ENDED_LOGINS).where(ENDED_LOGINS.c.until > now))
    return {row.mark: row.until for row in found}


def forget_expired(rows: Connection, now: datetime) -> None:
    """Of no use any longer."""
    rows.execute(delete(ENDED_LOGINS).where(ENDED_LOGINS.c.until <= now))
