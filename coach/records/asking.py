"""What somebody allowed, how they answered the safety questions, and what they are to do.

The newest is what was written last.  A clock that was ahead is put right in reading: nothing was said later than what
was written after it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, Literal, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Table, func, insert, select

from coach.care.types import Consent, Plan, PlanItem, PutOff, Screening
from coach.records.access import Actor
from coach.records.people import visible
from coach.records.problems import problem
from coach.records.tables import CONSENTS, PEOPLE, PLANS, PUT_OFFS, SCREENINGS

ITEMS: Final = TypeAdapter(tuple[PlanItem, ...])
FLAGS: Final = TypeAdapter(tuple[str, ...])
MOMENT: Final = timedelta(microseconds=1)
Said = TypeVar("Said", bound=Consent | Screening | Plan)


def consents(rows: Connection, person: str) -> tuple[Consent, ...]:
    """Newest last."""
    found = rows.execute(select(CONSENTS).where(CONSENTS.c.person == person).order_by(CONSENTS.c.row))
    return _put_right(map(_consent, found), "at")


def consent(rows: Connection, person: str, what: Literal["tracks", "video"]) -> Consent | None:
    """The newest of a kind; None: nothing was said."""
    return next((one for one in reversed(consents(rows, person)) if one.what == what), None)


def save_consent(rows: Connection, consent: Consent) -> None:
    """Add it to those there are."""
    rows.execute(
        insert(CONSENTS).values(
            person=consent.person,
            what=consent.what,
            given=consent.given,
            at=consent.at,
            keep_days=consent.keep_days,
        )
    )


def screenings(rows: Connection, person: str) -> tuple[Screening, ...]:
    """Newest last."""
    found = rows.execute(select(SCREENINGS).where(SCREENINGS.c.person == person).order_by(SCREENINGS.c.row))
    return _put_right(map(_screening, found), "at")


def save_screening(rows: Connection, screening: Screening) -> None:
    """Add it to those there are."""
    flags = FLAGS.dump_json(screening.flags).decode()
    rows.execute(
        insert(SCREENINGS).values(person=screening.person, at=screening.at, flags=flags, seen=screening.seen)
    )


def plans(rows: Connection, person: str) -> tuple[Plan, ...]:
    """Newest last."""
    found = rows.execute(select(PLANS).where(PLANS.c.person == person).order_by(PLANS.c.row))
    return _put_right(map(_plan, found), "made_at")


def newest_plan(rows: Connection, person: str) -> Plan | None:
    """The one made last."""
    query = select(PLANS).where(PLANS.c.person == person).order_by(PLANS.c.row.desc()).limit(1)
    found = rows.execute(query).first()
    return None if found is None else _plan(found)


def plans_of_all(rows: Connection, actor: Actor) -> dict[str, tuple[Plan, ...]]:
    """Person -> their plans, newest last, of all whom the actor may see and who have any."""
    query = visible(actor, select(PLANS), PLANS.c.person).order_by(PLANS.c.row)
    found: dict[str, list[Plan]] = {}
    for row in rows.execute(query):
        found.setdefault(row.person, []).append(_plan(row))
    return {person: _put_right(plans, "made_at") for person, plans in found.items()}


def newest_screenings(rows: Connection, actor: Actor) -> dict[str, Screening]:
    """Person -> the answers given last, of all whom the actor may see and who gave any."""
    query = visible(actor, select(SCREENINGS), SCREENINGS.c.person)
    return {row.person: _screening(row) for row in rows.execute(query.order_by(SCREENINGS.c.row))}


def plan_marks(rows: Connection, actor: Actor) -> dict[str, object]:
    """Person -> what is another one whenever they get a plan."""
    return _marks(rows, actor, PLANS)


def screening_marks(rows: Connection, actor: Actor) -> dict[str, object]:
    """Person -> what is another one whenever they answer the safety questions."""
    return _marks(rows, actor, SCREENINGS)


def _marks(rows: Connection, actor: Actor, table: Table) -> dict[str, object]:
    """The newest row of each: rows of these tables are added, and never changed."""
    query = visible(actor, select(table.c.person, func.max(table.c.row)), table.c.person)
    return {row[0]: row[1] for row in rows.execute(query.group_by(table.c.person))}


def save_plan(rows: Connection, plan: Plan, instead_of: str | None = None) -> None:
    """Add it to those there are, one after the other.

    Raises RecordsError where another plan than `instead_of` is the newest by now.
    """
    rows.execute(select(PEOPLE.c.id).where(PEOPLE.c.id == plan.person).with_for_update(key_share=True))
    if instead_of is not None:
        newest = newest_plan(rows, plan.person)
        if newest is None or newest.id != instead_of:
            raise problem("plan_changed")
    rows.execute(
        insert(PLANS).values(
            id=plan.id,
            person=plan.person,
            made_at=plan.made_at,
            from_day=plan.from_day,
            items=ITEMS.dump_json(plan.items).decode(),
            by=plan.by,
            note=plan.note,
        )
    )


def put_offs(rows: Connection, person: str) -> tuple[PutOff, ...]:
    """Newest last."""
    found = rows.execute(
        select(PUT_OFFS).where(PUT_OFFS.c.person == person).order_by(PUT_OFFS.c.at, PUT_OFFS.c.row)
    )
    return tuple(PutOff(row.person, row.item, row.sets, row.reps, row.hold_s, row.at) for row in found)


def put_off(rows: Connection, one: PutOff) -> None:
    """Add it to those there are."""
    names = ("person", "item", "sets", "reps", "hold_s", "at")
    rows.execute(insert(PUT_OFFS).values({name: getattr(one, name) for name in names}))


def _put_right(written: Iterable[Said], when: Literal["at", "made_at"]) -> tuple[Said, ...]:
    """In the order in which they were written, which is that of their times too."""
    told: list[Said] = []
    for one in reversed([*written]):
        at, later = getattr(one, when), getattr(told[-1], when) if told else None
        told.append(one if later is None or at <= later else replace(one, **{when: later - MOMENT}))
    return tuple(reversed(told))


def _screening(row: Row[Any]) -> Screening:
    return Screening(row.person, row.at, FLAGS.validate_json(row.flags), bool(row.seen))


def _consent(row: Row[Any]) -> Consent:
    what = cast(Literal["tracks", "video"], row.what)
    return Consent(row.person, what, row.given, row.at, row.keep_days)


def _plan(row: Row[Any]) -> Plan:
    items = ITEMS.validate_json(row._mapping["items"])
    return Plan(row.id, row.person, row.made_at, row.from_day, items, row.by, row.note)
