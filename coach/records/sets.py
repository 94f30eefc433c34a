"""Sets in the database: parts as they end, the result when the set is closed, and summaries that are quick to read.

The parts of a set are numbered as its result tells them.  A part that is acknowledged is never deleted: where a result
knows of fewer, the others stay.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json
from sqlalchemy import Connection, Row, Select, func, select, update

from coach.care.types import KeptSet, SetSummary
from coach.judge import HeldPose, Rep, SetResult
from coach.records.access import Actor, new
from coach.records.people import visible
from coach.records.problems import not_yours
from coach.records.summaries import NOTHING, numbers_of
from coach.records.tables import PARTS, RESULTS, SETS

KINDS: Final[dict[str, type[Rep] | type[HeldPose]]] = {"rep": Rep, "hold": HeldPose}
SUMMARY: Final = [
    SETS.c[name]
    for name in (
        "id",
        "session",
        "person",
        "item",
        "exercise",
        "started",
        "source",
        "closed",
        "counted",
        "attempts",
        "numbers",
        "target",
    )
]


def begin(rows: Connection, summary: SetSummary) -> None:
    """Write a new one; one that was begun already in the same session stays as it is.

    Raises NotYours where the id is that of a set of another session.
    """
    values = {
        **{name: getattr(summary, name) for name in ("id", "session", "person", "item", "exercise")},
        **{name: getattr(summary, name) for name in ("started", "source", "closed", "counted", "attempts")},
        "target": summary.target,
        "numbers": NOTHING,
    }
    rows.execute(new(rows, SETS).values(values).on_conflict_do_nothing())
    if rows.scalar(select(SETS.c.session).where(SETS.c.id == summary.id)) != summary.session:
        raise not_yours()


def add_parts(rows: Connection, set_id: str, parts: Iterable[tuple[int, Rep | HeldPose]]) -> None:
    """Write parts by their numbers, over what stood there; a set that is open counts them."""
    rows.execute(select(SETS.c.id).where(SETS.c.id == set_id).with_for_update())  # one after the other
    values = [
        {
            "set": set_id,
            "number": number,
            "kind": "rep" if isinstance(part, Rep) else "hold",
            "counted": part.counted,
            "data": _written(part),
        }
        for number, part in parts
    ]
    if values:
        put = new(rows, PARTS)
        told = {name: put.excluded[name] for name in ("kind", "counted", "data")}
        rows.execute(put.on_conflict_do_update(index_elements=["set", "number"], set_=told), values)
    kept = select(func.count()).where(PARTS.c.set == set_id)
    counted = kept.where(PARTS.c.counted)
    rows.execute(
        update(SETS)
        .where(SETS.c.id == set_id, SETS.c.closed.is_(False))
        .values(attempts=kept.scalar_subquery(), counted=counted.scalar_subquery())
    )


def close(rows: Connection, set_id: str, result: SetResult) -> None:
    """Write the result, its parts and the summary; again puts the new result in the old one's place."""
    add_parts(rows, set_id, enumerate(result.parts))
    values = {"parts": len(result.parts), "data": _written(result, exclude={"reps", "holds"})}
    put = new(rows, RESULTS).values(set=set_id, **values)
    rows.execute(put.on_conflict_do_update(index_elements=["set"], set_=values))
    rows.execute(
        update(SETS)
        .where(SETS.c.id == set_id)
        .values(
            closed=True,
            counted=result.counted,
            attempts=result.attempts,
            numbers=numbers_of(result).model_dump_json(exclude_defaults=True),
        )
    )


def summaries(rows: Connection, person: str, since: datetime | None) -> tuple[SetSummary, ...]:
    """Oldest first."""
    query = select(*SUMMARY).where(SETS.c.person == person)
    return tuple(_summary(row) for row in rows.execute(_since(query, since)).all())


def of_everybody(rows: Connection, actor: Actor, since: datetime | None) -> dict[str, tuple[SetSummary, ...]]:
    """Person -> summaries, oldest first, of all whom the actor may see and who have any."""
    query = visible(actor, select(*SUMMARY), SETS.c.person)
    found: dict[str, list[SetSummary]] = {}
    for row in rows.execute(_since(query, since)).all():
        found.setdefault(row.person, []).append(_summary(row))
    return {person: tuple(sets) for person, sets in found.items()}


def marks(rows: Connection, actor: Actor, since: datetime) -> dict[str, tuple[object, ...]]:
    """Person -> what is another one whenever a set since then began, grew or was closed."""
    closed = func.count().filter(SETS.c.closed)
    query = select(
        SETS.c.person,
        func.count(),
        func.max(SETS.c.row),
        closed,
        func.sum(SETS.c.counted),
        func.sum(SETS.c.attempts),
    ).where(SETS.c.started >= since)
    found = rows.execute(visible(actor, query, SETS.c.person).group_by(SETS.c.person))
    return {row[0]: tuple(row[1:]) for row in found}


def of_session(rows: Connection, session: str) -> tuple[KeptSet, ...]:
    """In full, in the order in which they were begun."""
    return _full(rows, select(*SUMMARY).where(SETS.c.session == session))


def kept(rows: Connection, id: str) -> KeptSet:
    """One in full.  Raises NotYours where there is none."""
    found = _full(rows, select(*SUMMARY).where(SETS.c.id == id))
    if not found:
        raise not_yours()
    return found[0]


def of_person(rows: Connection, person: str) -> tuple[KeptSet, ...]:
    """All in full, oldest first."""
    return _full(rows, select(*SUMMARY).where(SETS.c.person == person))


def _since(query: Select[Any], since: datetime | None) -> Select[Any]:
    if since is not None:
        query = query.where(SETS.c.started >= since)
    return query.order_by(SETS.c.started, SETS.c.row)


def _full(rows: Connection, query: Select[Any]) -> tuple[KeptSet, ...]:
    found = rows.execute(_since(query, None)).all()
    chosen = query.with_only_columns(SETS.c.id).scalar_subquery()
    parts: dict[str, list[Rep | HeldPose]] = {}
    kept = select(PARTS).where(PARTS.c.set.in_(chosen)).order_by(PARTS.c.set, PARTS.c.number)
    for row in rows.execute(kept):
        parts.setdefault(row.set, []).append(KINDS[row.kind].model_validate_json(row.data))
    results = {
        row.set: _result(row, parts.get(row.set, []))
        for row in rows.execute(select(RESULTS).where(RESULTS.c.set.in_(chosen)))
    }
    return tuple(
        KeptSet(_summary(row), tuple(parts.get(row.id, ())), results.get(row.id), row.target) for row in found
    )


def _result(row: Row[Any], parts: Sequence[Rep | HeldPose]) -> SetResult:
    """The result with its parts put back."""
    own = parts[: row.parts]
    return SetResult.model_validate_json(row.data).model_copy(
        update={
            "reps": tuple(part for part in own if isinstance(part, Rep)),
            "holds": tuple(part for part in own if isinstance(part, HeldPose)),
        }
    )


def _written(model: Rep | HeldPose | SetResult, exclude: set[str] | None = None) -> str:
    """As JSON; Python's own writes a number that is none as what pydantic reads as such."""
    return json.dumps(model.model_dump(mode="json", exclude=exclude), separators=(",", ":"))


def _summary(row: Row[Any]) -> SetSummary:
    """Thousands of them are read for a list: what stands as JSON is taken as it is, for only `close` wrote it."""
    values: tuple[Any, ...] = tuple(row)
    id, session, person, item, exercise, started, source, closed, counted, attempts, numbers, target = values
    return SetSummary(
        id,
        session,
        person,
        item,
        exercise,
        started,
        source,
        closed,
        counted,
        attempts,
        target=target,
        **from_json(numbers),
    )
