"""Who may do what, and the log of it: the one place that is asked before anything of a person is read or changed.

    owner      everything that is kept here
    therapist  everything about the people entrusted to them, but not people who are not; to agree to what is kept
               and to delete it is those people's own
    person     what is their own; to judge a machine's verdict is a therapist's

The log has one entry for each actor, person, matter, answer and minute, written before the answer is given; a look
at the list of people is one entry, of nobody in particular.  What was asked for and is not there is nobody's either,
so that guessing fills no disk.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, Final, Literal

from sqlalchemy import Connection, Table, select

from coach.care.types import Access, Role
from coach.records.database import Database
from coach.records.problems import not_yours
from coach.records.tables import ACCESSES, ENTRUSTED, PEOPLE, SESSIONS, SETS

Kind = Literal["person", "session", "set"]
Topic = Literal[
    "person",
    "entrusting",
    "therapists",
    "consents",
    "screenings",
    "plans",
    "proposals",
    "sessions",
    "sets",
    "track",
    "video",
    "corrections",
    "ratings",
    "notes",
    "accesses",
    "everything",
]
EVERYBODY: Final = frozenset(Role)
REVIEWERS: Final = frozenset({Role.THERAPIST, Role.OWNER})
THEMSELVES: Final = frozenset({Role.PERSON, Role.OWNER})
NOBODY: Final = ""  # whose it is when a list was looked at, or nothing was there
ERASED: Final = "everything.erased"
REMEMBERED: Final = 10_000  # entries of this minute that are known to be written


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: the id of a person or therapist, and what they may do."""

    id: str
    role: Role
    name: str = ""


OWNER: Final = Actor("owner", Role.OWNER)


class Log:
    """Writes the access log; what is known to stand there is not written again."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self.now = database, now
        self._written: set[Access] = set()

    def entry(self, actor: Actor, person: str, what: str, granted: bool) -> Access:
        """What would be written now."""
        minute = self.now().astimezone(UTC).replace(second=0, microsecond=0)
        return Access(minute, actor.id, actor.role, person, what, granted)

    def write(self, entry: Access) -> None:
        """Write it, in a transaction of its own; of who was deleted meanwhile, that it was nobody."""
        if entry in self._written:
            return
        with self._database.writing() as rows:
            people = {entry.person, entry.who} if entry.role is Role.PERSON else {entry.person}
            gone = {id for id in people - {NOBODY} if not held(rows, id)}
            who, person = (NOBODY if id in gone else id for id in (entry.who, entry.person))
            insert(rows, replace(entry, who=who, person=person))
        self.remember(entry)

    def remember(self, entry: Access) -> None:
        """It was written, and that was committed."""
        if len(self._written) >= REMEMBERED:
            self._written.clear()
        self._written.add(entry)

    def forget(self) -> None:
        """Entries were deleted: nothing is known to stand there."""
        self._written.clear()

    def knows(self, entry: Access) -> bool:
        """Whether it is known to be written."""
        return entry in self._written


def insert(rows: Connection, entry: Access) -> None:
    """Write an entry, unless it is there."""
    values = {**_columns(entry), "role": entry.role.value}
    rows.execute(new(rows, ACCESSES).values(values).on_conflict_do_nothing())


def new(rows: Connection, table: Table) -> Any:
    """An INSERT that knows of conflicts, which each database has in a dialect of its own; only that one is loaded."""
    return import_module(f"sqlalchemy.dialects.{rows.dialect.name}").insert(table)


def _columns(entry: Access) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("at", "who", "role", "person", "what", "granted")}


@dataclass(frozen=True, slots=True)
class Guard:
    """Opens a transaction for an actor who may, and logs it; others get NotYours, which is logged too."""

    database: Database
    log: Log
    actor: Actor

    @contextmanager
    def reading(self, topic: Topic, id: str, kind: Kind = "person") -> Iterator[tuple[Connection, str]]:
        """To look at what a person has: the transaction, and the person's id."""
        with self.database.reading() as rows:
            person = owner_of(rows, kind, id)
            granted = may(rows, self.actor, person)
        self.log.write(self.log.entry(self.actor, person or NOBODY, f"{topic}.read", granted))
        if not granted:
            raise not_yours()
        with self.database.reading() as rows:
            yield rows, person or NOBODY

    @contextmanager
    def changing(
        self,
        topic: Topic,
        id: str,
        kind: Kind = "person",
        roles: frozenset[Role] = EVERYBODY,
        alone: bool = False,
    ) -> Iterator[tuple[Connection, str]]:
        """To change it: check, entry and change are one transaction, on the disk when it ends.

        alone: while nobody else changes anything of theirs.
        """
        what = f"{topic}.change"
        with self.database.writing() as rows:
            person = owner_of(rows, kind, id)
            granted = self.actor.role in roles and may(rows, self.actor, person)
            granted = granted and held(rows, person, alone)
            entry = self.log.entry(self.actor, person or NOBODY, what, granted)
            if granted:
                if not self.log.knows(entry):
                    insert(rows, entry)
                yield rows, person or NOBODY
        if not granted:
            self.log.write(entry)
            raise not_yours()
        self.log.remember(entry)

    @contextmanager
    def listing(self, topic: Topic) -> Iterator[Connection]:
        """To look at the people that the actor may see, all at once."""
        self.log.write(self.log.entry(self.actor, NOBODY, f"{topic}.read", True))
        with self.database.reading() as rows:
            yield rows

    @contextmanager
    def adding(self, topic: Topic, roles: frozenset[Role]) -> Iterator[Connection]:
        """To add or change what belongs to no person."""
        entry = self.log.entry(self.actor, NOBODY, f"{topic}.change", self.actor.role in roles)
        self.log.write(entry)
        if not entry.granted:
            raise not_yours()
        with self.database.writing() as rows:
            yield rows


def may(rows: Connection, actor: Actor, person: str | None) -> bool:
    """Whether an actor may see and change what belongs to a person; None: there is nobody."""
    if person is None:
        return False
    if actor.role is Role.OWNER:
        return True
    if actor.role is Role.PERSON:
        return actor.id == person
    entrusted = select(ENTRUSTED.c.person).where(
        ENTRUSTED.c.therapist == actor.id, ENTRUSTED.c.person == person
    )
    return rows.execute(entrusted).first() is not None


def held(rows: Connection, person: str | None, alone: bool = False) -> bool:
    """Whether there is such a person.  If so, who deletes them waits for the end of this transaction, so that nothing
    of theirs comes after; alone: whoever changes anything of theirs waits.  SQLite has one writer at a time anyway.
    """
    found = select(PEOPLE.c.id).where(PEOPLE.c.id == person)
    locked = found.with_for_update() if alone else found.with_for_update(read=True, key_share=True)
    return rows.execute(locked).first() is not None


def owner_of(rows: Connection, kind: Kind, id: str) -> str | None:
    """The person that something belongs to; None where it is not there."""
    column = {"person": PEOPLE.c.id, "session": SESSIONS.c.person, "set": SETS.c.person}[kind]
    found: str | None = rows.scalar(select(column).where(column.table.c.id == id))
    return found


def accesses(rows: Connection, person: str) -> tuple[Access, ...]:
    """The entries about a person, newest last."""
    columns = [ACCESSES.c[name] for name in ("at", "who", "role", "person", "what", "granted")]
    found = rows.execute(
        select(*columns).where(ACCESSES.c.person == person).order_by(ACCESSES.c.at, ACCESSES.c.row)
    )
    return tuple(Access(row.at, row.who, Role(row.role), row.person, row.what, row.granted) for row in found)
