"""People and therapists in the database."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast
from unicodedata import normalize

from sqlalchemy import Connection, Row, Select, Table, delete, select, update

from coach.care.types import Person, Role
from coach.language import Language
from coach.records.access import Actor, new
from coach.records.ids import new_id
from coach.records.problems import not_yours, problem
from coach.records.tables import ENTRUSTED, PEOPLE, THERAPISTS

LONGEST_NAME: Final = 120
COLUMNS = [PEOPLE.c[name] for name in ("id", "name", "born", "language", "login", "sample")]


def person(rows: Connection, id: str) -> Person:
    """Somebody by their id.  Raises NotYours where there is nobody."""
    found = rows.execute(select(*COLUMNS).where(PEOPLE.c.id == id)).first()
    if found is None:
        raise not_yours()
    return _person(found)


def people(rows: Connection, actor: Actor) -> tuple[Person, ...]:
    """Whom the actor may see, in the order of their names."""
    seen = visible(actor, select(*COLUMNS), PEOPLE.c.id).order_by(PEOPLE.c.row)
    return tuple(sorted((_person(row) for row in rows.execute(seen)), key=_by_name))


def visible(actor: Actor, query: Select[Any], person: Any) -> Select[Any]:
    """A query narrowed to the people that an actor may see; `person` is the column with a person's id."""
    if actor.role is Role.OWNER:
        return query
    if actor.role is Role.PERSON:
        return query.where(person == actor.id)
    return query.join(ENTRUSTED, ENTRUSTED.c.person == person).where(ENTRUSTED.c.therapist == actor.id)


def own(rows: Connection) -> Person | None:
    """The laptop's own person, once there is one."""
    found = rows.execute(select(*COLUMNS).where(PEOPLE.c.own)).first()
    return None if found is None else _person(found)


def make_own(rows: Connection) -> None:
    """Make the laptop's own person, unless somebody else just did."""
    values = {"id": new_id(), "name": "", "language": "en", "sample": False, "own": True}
    rows.execute(new(rows, PEOPLE).values(values).on_conflict_do_nothing())


def written(name: str) -> str:
    """A name in one line, as a list or a terminal can show it: what is no letter to be seen becomes a space.

    >>> written("Ana\\x1b[31m\\nLima ")
    'Ana [31m Lima'
    """
    return "".join(letter if letter.isprintable() else " " for letter in name).strip()[:LONGEST_NAME]


def add(rows: Connection, person: Person, by: Actor) -> Person:
    """Somebody new, their name as `written` has it; entrusted to the therapist who adds them.

    Raises RecordsError for a login that is taken.
    """
    person = replace(person, name=written(person.name))
    values = {name: getattr(person, name) for name in ("id", "name", "born", "language", "login", "sample")}
    rows.execute(new(rows, PEOPLE).values(values).on_conflict_do_nothing())
    if rows.scalar(select(PEOPLE.c.id).where(PEOPLE.c.id == person.id)) is None:
        raise problem("login_taken")
    if by.role is Role.THERAPIST:
        entrust(rows, person.id, by.id)
    return person


def entrust(rows: Connection, person: str, therapist: str) -> None:
    """From now on the therapist may see the person.  Raises RecordsError where there is no such therapist."""
    if rows.execute(select(THERAPISTS.c.id).where(THERAPISTS.c.id == therapist)).first() is None:
        raise problem("no_therapist")
    values = {"therapist": therapist, "person": person}
    rows.execute(new(rows, ENTRUSTED).values(values).on_conflict_do_nothing())


def withdraw(rows: Connection, person: str, therapist: str, by: Actor) -> None:
    """From now on the therapist does not see the person any longer.

    Raises NotYours where a therapist takes it from a colleague, RecordsError where nobody would see the person.
    """
    if by.role is Role.THERAPIST:
        if by.id != therapist:
            raise not_yours()
        one_at_a_time = select(PEOPLE.c.id).where(PEOPLE.c.id == person).with_for_update(key_share=True)
        rows.execute(one_at_a_time)
        if all(one.id == therapist for one in entrusted_to(rows, person)):
            raise problem("last_therapist")
    rows.execute(delete(ENTRUSTED).where(ENTRUSTED.c.person == person, ENTRUSTED.c.therapist == therapist))


def entrusted_to(rows: Connection, person: str) -> tuple[Actor, ...]:
    """Who may see the person, in the order of their names."""
    found = rows.execute(
        select(THERAPISTS.c.id, THERAPISTS.c.name)
        .join(ENTRUSTED, ENTRUSTED.c.therapist == THERAPISTS.c.id)
        .where(ENTRUSTED.c.person == person)
        .order_by(THERAPISTS.c.row)
    )
    return tuple(sorted((Actor(row.id, Role.THERAPIST, row.name) for row in found), key=_by_name))


def entrusted(rows: Connection, actor: Actor) -> dict[str, frozenset[str]]:
    """Therapist -> the people entrusted to them, of those whom the actor may see."""
    seen, found = {one.id for one in people(rows, actor)}, dict[str, frozenset[str]]()
    for row in rows.execute(select(ENTRUSTED.c.therapist, ENTRUSTED.c.person)):
        if row.person in seen:
            found[row.therapist] = found.get(row.therapist, frozenset()) | {row.person}
    return found


def remove_therapist(rows: Connection, therapist: str) -> None:
    """They see nobody any longer, and are not known any more.  Raises RecordsError where there is no such therapist."""
    rows.execute(delete(ENTRUSTED).where(ENTRUSTED.c.therapist == therapist))
    if not rows.execute(delete(THERAPISTS).where(THERAPISTS.c.id == therapist)).rowcount:
        raise problem("no_therapist")


def therapists(rows: Connection) -> tuple[Actor, ...]:
    """All there are, in the order of their names."""
    found = rows.execute(select(THERAPISTS.c.id, THERAPISTS.c.name).order_by(THERAPISTS.c.row))
    return tuple(sorted((Actor(row.id, Role.THERAPIST, row.name) for row in found), key=_by_name))


def names(rows: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Id -> name, of the people and therapists among them."""
    found: dict[str, str] = {}
    for table in (PEOPLE, THERAPISTS):
        rows_of = rows.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids)))
        found |= {row.id: row.name for row in rows_of}
    return found


def of_login(rows: Connection, login: str, role: Role) -> Actor | None:
    """The person or therapist of a login."""
    table = table_of(role)
    found = rows.execute(select(table.c.id, table.c.name).where(table.c.login == login)).first()
    return None if found is None else Actor(found.id, role, found.name)


def add_login(rows: Connection, login: str, name: str, role: Role, language: Language) -> None:
    """Make the person or therapist of a login, unless somebody just did."""
    values: dict[str, Any] = {"id": new_id(), "name": name, "login": login, "language": language}
    if role is Role.PERSON:
        values["sample"] = False
    rows.execute(new(rows, table_of(role)).values(values).on_conflict_do_nothing())


def rename(rows: Connection, actor: Actor, name: str) -> None:
    """A login tells a name for who had none, and for a therapist another one."""
    table = table_of(actor.role)
    rows.execute(update(table).where(table.c.id == actor.id).values(name=name))


def table_of(role: Role) -> Table:
    """Where a login of this role is kept."""
    return PEOPLE if role is Role.PERSON else THERAPISTS


def _by_name(one: Person | Actor) -> str:
    """The same order on both databases, each of which has one of its own: Ana, Änne, ben."""
    return normalize("NFD", one.name).casefold()


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.born, cast(Language, row.language), row.login, row.sample)
