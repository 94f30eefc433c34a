"""What the pages are told from: everything about one person, or a line about each, fetched at once."""

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Final

from coach.care.days import beginning_of, day_of, own_sets
from coach.care.faults import as_told
from coach.care.review import LOOK_BACK, Line, Reason, line, needs_eyes, ranked
from coach.care.safety import still_first
from coach.care.types import Access, Note, Person, Plan, Screening, Session, SetSummary
from coach.records import Desk

FEW: Final = 20
MOST_KNOWN: Final = 5000  # more are worked out each time
_State = tuple[
    Person, date, tuple[object, ...] | None
]  # what a line is worked out from: the same, the same line
_KNOWN: Final[dict[str, tuple[_State, Line]]] = {}  # by person
_WORKING: Final = Lock()
# What is read for the page of one person, a session of theirs or a report, and for no list.
LOOK: Final = "notes.read"
VISIT: Final = timedelta(minutes=30)  # looks closer together than this are one


# --- all people -----------------------------------------------------------------------------------------


def lines(desk: Desk, now: datetime) -> tuple[Line, ...]:
    """A line for each person of whoever asks, what needs eyes first at the top; a few queries, however many they are.

    What was worked out of somebody stays in the process, and is worked out anew when anything of it is another one.
    """
    people, marks, today = desk.people(), desk.marks(since_of(now)), day_of(now)
    states = {one.id: (one, today, marks.get(one.id)) for one in people}
    found, changed = _found(states)
    if len(changed) > FEW:
        with _WORKING, _uncollected():  # of two who ask for many at once the other waits, and finds them
            meanwhile, changed = _found(changed)
            found |= meanwhile | _worked_out(desk, changed, now)
    else:
        found |= _worked_out(desk, changed, now)
    return ranked(found.values())


def keep_only(people: Collection[str]) -> None:
    """Forget whoever is not among these: they were deleted."""
    for id in _KNOWN.keys() - set(people):
        _KNOWN.pop(id, None)


def _found(states: Mapping[str, _State]) -> tuple[dict[str, Line], dict[str, _State]]:
    """The lines that are known, and the states of the people whose line is not, or is of another state."""
    known = {id: kept[1] for id, state in states.items() if (kept := _KNOWN.get(id)) and kept[0] == state}
    return known, {id: state for id, state in states.items() if id not in known}


def _worked_out(desk: Desk, states: Mapping[str, _State], now: datetime) -> dict[str, Line]:
    """The lines of these people, which are known from now on."""
    known, made = _of(desk, states.keys(), now), {}
    for id, state in states.items():
        screening = known.screenings.get(id)
        flags = still_first(screening)
        sets, sessions = known.sets.get(id, ()), known.sessions.get(id, ())
        made[id] = line(state[0], sets, sessions, known.plans.get(id, ()), now, flags)
        _KNOWN[id] = (state, made[id])
    for id in list(_KNOWN)[: max(0, len(_KNOWN) - MOST_KNOWN)]:
        _KNOWN.pop(id, None)
    return made


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for circles: there are none here, and for thousands it takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def since_of(now: datetime) -> datetime:
    """The beginning of what the list looks at: of a day, so that it is the same all day long."""
    return beginning_of(day_of(now - LOOK_BACK))


@dataclass(frozen=True, slots=True)
class _Known:
    """By person, what a line is worked out from."""

    sets: Mapping[str, tuple[SetSummary, ...]]
    sessions: Mapping[str, tuple[Session, ...]]
    plans: Mapping[str, tuple[Plan, ...]]
    screenings: Mapping[str, Screening]


def _of(desk: Desk, people: Collection[str], now: datetime) -> _Known:
    """Of these people; asked for one by one where they are few."""
    since = since_of(now)
    if len(people) > FEW:
        return _Known(desk.overview(since), desk.pains(since), desk.plans_of_all(), desk.newest_screenings())
    screenings = {id: desk.screenings(id) for id in people}
    return _Known(
        {id: desk.summaries(id, since) for id in people},
        {id: desk.sessions(id, since) for id in people},
        {id: desk.plans(id) for id in people},
        {id: told[-1] for id, told in screenings.items() if told},
    )


# --- one person -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything that the page of one person tells; all oldest first.

    looked     when whoever asks last looked, before this visit; None: never
    screening  the newest answers to the safety questions; None: there are none
    """

    person: Person
    summaries: tuple[SetSummary, ...]
    sessions: tuple[Session, ...]
    plans: tuple[Plan, ...]
    notes: tuple[Note, ...]
    reasons: tuple[Reason, ...]
    looked: datetime | None
    screening: Screening | None = None

    @property
    def plan(self) -> Plan | None:
        """The newest."""
        return self.plans[-1] if self.plans else None

    def since(self, at: datetime) -> "PersonFile":
        """The same with the sessions since a moment alone."""
        sessions = tuple(one for one in self.sessions if one.started >= at)
        return replace(
            self, sessions=sessions, summaries=tuple(one for one in self.summaries if one.started >= at)
        )

    @property
    def own(self) -> tuple[SetSummary, ...]:
        """The sets that the person did: what trends are told of."""
        return own_sets(self.summaries)

    @property
    def exercises(self) -> tuple[str, ...]:
        """Exercises by how recently they were done, the most recent first."""
        return tuple(dict.fromkeys(one.exercise for one in reversed(self.own)))

    @property
    def exercise_first(self) -> str | None:
        """The one to look at first: what the most urgent reason is about, else the most recent; None: there is none."""
        told = (str(reason.numbers.get("exercise")) for reason in self.reasons)
        return next((one for one in (*told, *self.exercises) if one in self.exercises), None)


def person_file(desk: Desk, person_id: str, now: datetime) -> PersonFile:
    """Fetch it.  Raises what the desk raises for somebody who is not there."""
    looked = last_look(desk.accesses(person_id), desk.actor.id, now)
    summaries, sessions = as_told(desk.summaries(person_id)), desk.sessions(person_id)
    plans, screenings = desk.plans(person_id), desk.screenings(person_id)
    screening = screenings[-1] if screenings else None
    flags = still_first(screening)
    reasons = needs_eyes(summaries, sessions, plans, now, flags)
    person, notes = desk.person(person_id), desk.notes(person_id)
    return PersonFile(person, summaries, sessions, plans, notes, reasons, looked, screening)


def last_look(accesses: Sequence[Access], who: str, now: datetime) -> datetime | None:
    """When somebody last looked before this visit, which began with the first of looks close together.

    A look is one at the person's own page, or at a report of them: the list, which reads of everybody, is none.
    """
    begun, looks = now, [one for one in accesses if one.who == who and one.granted and one.what == LOOK]
    for access in sorted(looks, key=_at, reverse=True):
        if begun - access.at > VISIT:
            return access.at
        begun = min(begun, access.at)
    return None


def _at(access: Access) -> datetime:
    return access.at


def now() -> datetime:
    """The present moment; tests put another in its place."""
    return datetime.now(UTC)
