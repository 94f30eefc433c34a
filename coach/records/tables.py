"""The tables, and how their columns are told in Python.  No other package knows of them.

`row` numbers the rows of a table in the order in which they were written.  What is read as a whole and never searched
(items of a plan, a repetition) stands in one column as JSON.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC.  Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time in the records has a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """In UTC, whatever the server's time zone; a list reads tens of thousands, so SQLite's text is read at once."""
        return _read_text if dialect.name == "sqlite" else _read_moment


def _read_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def _read_moment(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text; what no database takes (NUL, half a surrogate pair) becomes the sign for an unknown character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """As it may be written."""
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _row() -> Column[int]:
    return Column("row", Integer, primary_key=True, autoincrement=True)


def _id() -> Column[str]:
    return Column("id", Words, nullable=False, unique=True)


def _of(table: str, name: str, **options: Any) -> Column[str]:
    """The id of what a row belongs to, and goes with."""
    return Column(name, Words, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False, **options)


PEOPLE: Final = Table(
    "people",
    METADATA,
    _row(),
    _id(),
    Column("name", Words, nullable=False),
    Column("born", Date),
    Column("language", Words, nullable=False),
    Column("login", Words, unique=True),
    Column("sample", Boolean, nullable=False),
    Column("own", Boolean, unique=True),  # true for the laptop's own person, else NULL: there is one at most
)
THERAPISTS: Final = Table(
    "therapists",
    METADATA,
    _row(),
    _id(),
    Column("name", Words, nullable=False),
    Column("login", Words, nullable=False, unique=True),
    Column("language", Words, nullable=False),
)
ENTRUSTED: Final = Table(
    "entrusted",
    METADATA,
    _of("therapists", "therapist", primary_key=True),
    _of("people", "person", primary_key=True, index=True),
)
CONSENTS: Final = Table(
    "consents",
    METADATA,
    _row(),
    _of("people", "person", index=True),
    Column("what", Words, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Column("keep_days", Integer),
)
SCREENINGS: Final = Table(
    "screenings",
    METADATA,
    _row(),
    _of("people", "person", index=True),
    Column("at", Moment, nullable=False),
    Column("flags", Words, nullable=False),
    Column(
        "seen", Boolean
    ),  # since 0005; NULL of what was kept before: nobody said that a physician had looked
)
PLANS: Final = Table(
    "plans",
    METADATA,
    _row(),
    _id(),
    _of("people", "person", index=True),
    Column("made_at", Moment, nullable=False),
    Column("from_day", Date, nullable=False),
    Column("items", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("note", Words, nullable=False),
)
SESSIONS: Final = Table(
    "sessions",
    METADATA,
    _row(),
    _id(),
    _of("people", "person"),
    Column("started", Moment, nullable=False),
    Column("ended", Moment),
    Column("before", Words),
    Column("after", Words),
    Index(None, "person", "started"),
    Index(None, "started"),
)
SETS: Final = Table(
    "sets",
    METADATA,
    _row(),
    _id(),
    _of("sessions", "session", index=True),
    _of("people", "person"),
    Column("item", Words),
    Column("exercise", Words, nullable=False),
    Column("started", Moment, nullable=False),
    Column("source", Words, nullable=False),
    Column("target", Float),
    Column("closed", Boolean, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("numbers", Words, nullable=False),  # the rest of the summary, written when the set is closed
    Index(None, "person", "started"),
    Index(None, "started"),
)
PARTS: Final = Table(
    "parts",
    METADATA,
    _of("sets", "set", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("counted", Boolean, nullable=False),
    Column("data", Words, nullable=False),
)
RESULTS: Final = Table(
    "results",
    METADATA,
    _of("sets", "set", primary_key=True),
    Column("parts", Integer, nullable=False),  # how many of the set's parts belong to the result
    Column("data", Words, nullable=False),  # without them
)
VIDEOS: Final = Table(
    "videos",
    METADATA,
    _of("sets", "set", primary_key=True),
    Column("file", Words, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)
CORRECTIONS: Final = Table(
    "corrections",
    METADATA,
    _row(),
    _of("sets", "set", index=True),
    Column("part", Integer, nullable=False),
    Column("check", Words),
    Column("says", Words, nullable=False),
    Column("comment", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
)
NOTES: Final = Table(
    "notes",
    METADATA,
    _row(),
    _id(),
    _of("people", "person", index=True),
    Column("about", Words),
    Column("text", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
)
# --- since 0002 -----------------------------------------------------------------------------------------
RATINGS: Final = Table(
    "ratings",
    METADATA,
    _row(),
    _of("sets", "set", index=True),
    Column("part", Integer, nullable=False),
    Column("check", Words, nullable=False),
    Column("says", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
)
ACCESSES: Final = Table(
    "accesses",
    METADATA,
    _row(),
    Column("at", Moment, nullable=False),  # the minute
    Column("who", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("person", Words, nullable=False),  # "" where it was nobody's; no reference, for it outlives nobody
    Column("what", Words, nullable=False),
    Column("granted", Boolean, nullable=False),
    UniqueConstraint("person", "at", "who", "role", "what", "granted"),
    Index(None, "at"),
)
BACKUPS: Final = Table(
    "backups",
    METADATA,
    _row(),
    Column("at", Moment, nullable=False),
    Column("file", Words, nullable=False),
)
# --- since 0003 -----------------------------------------------------------------------------------------
PUT_OFFS: Final = Table(
    "put_offs",
    METADATA,
    _row(),
    _of("people", "person", index=True),
    Column("item", Words, nullable=False),
    Column("sets", Integer, nullable=False),
    Column("reps", Integer),
    Column("hold_s", Float),
    Column("at", Moment, nullable=False),
)
# --- since 0004 -----------------------------------------------------------------------------------------
ENDED_LOGINS: Final = Table(
    "ended_logins",
    METADATA,
    Column("mark", Words, primary_key=True),  # a digest: it tells nobody whose it was
    Column("until", Moment, nullable=False),
)
