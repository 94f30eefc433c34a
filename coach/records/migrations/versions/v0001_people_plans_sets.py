"""People, plans, sessions, sets, and the therapist's notes and corrections."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """From an empty database."""
    _people()
    _asked_and_planned()
    _done()
    _said()


def _people() -> None:
    op.create_table(
        "people",
        *_row(),
        *_id("people"),
        _text("name"),
        sa.Column("born", sa.Date),
        _text("language"),
        _text("login", nullable=True),
        _flag("sample"),
        _flag("own", nullable=True),
        sa.UniqueConstraint("login", name="uq_people_login"),
        sa.UniqueConstraint("own", name="uq_people_own"),
    )
    op.create_table(
        "therapists",
        *_row(),
        *_id("therapists"),
        _text("name"),
        _text("login"),
        _text("language"),
        sa.UniqueConstraint("login", name="uq_therapists_login"),
    )
    op.create_table(
        "entrusted",
        *_of("entrusted", "therapists", "therapist"),
        *_of("entrusted", "people", "person"),
        sa.PrimaryKeyConstraint("therapist", "person", name="pk_entrusted"),
    )
    _index("entrusted", "person")


def _asked_and_planned() -> None:
    op.create_table(
        "consents",
        *_row(),
        *_of("consents", "people", "person"),
        _text("what"),
        _flag("given"),
        _moment("at"),
        sa.Column("keep_days", sa.Integer),
    )
    _index("consents", "person")
    op.create_table(
        "screenings", *_row(), *_of("screenings", "people", "person"), _moment("at"), _text("flags")
    )
    _index("screenings", "person")
    op.create_table(
        "plans",
        *_row(),
        *_id("plans"),
        *_of("plans", "people", "person"),
        _moment("made_at"),
        sa.Column("from_day", sa.Date, nullable=False),
        _text("items"),
        _text("by"),
        _text("note"),
    )
    _index("plans", "person")


def _done() -> None:
    op.create_table(
        "sessions",
        *_row(),
        *_id("sessions"),
        *_of("sessions", "people", "person"),
        _moment("started"),
        _moment("ended", nullable=True),
        _text("before", nullable=True),
        _text("after", nullable=True),
    )
    _index("sessions", "person", "started")
    _index("sessions", "started")
    op.create_table(
        "sets",
        *_row(),
        *_id("sets"),
        *_of("sets", "sessions", "session"),
        *_of("sets", "people", "person"),
        _text("item", nullable=True),
        _text("exercise"),
        _moment("started"),
        _text("source"),
        sa.Column("target", sa.Float),
        _flag("closed"),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        _text("numbers"),
    )
    _index("sets", "session")
    _index("sets", "person", "started")
    _index("sets", "started")
    op.create_table(
        "parts",
        *_of("parts", "sets", "set"),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        _text("kind"),
        _flag("counted"),
        _text("data"),
        sa.PrimaryKeyConstraint("set", "number", name="pk_parts"),
    )
    op.create_table(
        "results",
        *_of("results", "sets", "set"),
        sa.Column("parts", sa.Integer, nullable=False),
        _text("data"),
        sa.PrimaryKeyConstraint("set", name="pk_results"),
    )
    op.create_table(
        "videos",
        *_of("videos", "sets", "set"),
        _text("file"),
        _moment("until"),
        sa.PrimaryKeyConstraint("set", name="pk_videos"),
    )
    _index("videos", "until")


def _said() -> None:
    op.create_table(
        "corrections",
        *_row(),
        *_of("corrections", "sets", "set"),
        sa.Column("part", sa.Integer, nullable=False),
        _text("check", nullable=True),
        _text("says"),
        _text("comment"),
        _text("by"),
        _moment("at"),
    )
    _index("corrections", "set")
    op.create_table(
        "notes",
        *_row(),
        *_id("notes"),
        *_of("notes", "people", "person"),
        _text("about", nullable=True),
        _text("text"),
        _text("by"),
        _moment("at"),
    )
    _index("notes", "person")


def _row() -> tuple[Any, ...]:
    return (sa.Column("row", sa.Integer, primary_key=True, autoincrement=True),)


def _id(table: str) -> tuple[Any, ...]:
    return (_text("id"), sa.UniqueConstraint("id", name=f"uq_{table}_id"))


def _of(table: str, other: str, name: str) -> tuple[Any, ...]:
    key = sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}", ondelete="CASCADE")
    return (_text(name), key)


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _flag(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=nullable)


def _moment(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=nullable)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
