"""From the button to the camera: the safety questions, the pain before the first set, the place in the records."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, cast

import streamlit as st

from coach.care import plans, safety
from coach.care.days import day_of
from coach.care.types import Pain, Screening, Session
from coach.errors import CoachError
from coach.language import Language
from coach.live import InRecords, LiveSettings
from coach.records import Desk, NotYours
from coach.web import live_set, visitor
from coach.web.plan.day import may_keep, pain_was_told, under_way
from coach.web.plan.today import settings_for, today_of
from coach.web.session import current_language, exercise_of, preferences

ASKED: Final = "asked_set"  # the set that waits for an answer
CHANGED: Final = "something_changed"
TOLD: Final = "answers_told"  # what is said to answers that were given without a set that waits
ON_OWN_WORD: Final = "on_own_word"  # who was told to be seen first, and goes on
NOT_TOLD: Final = "pain_not_told"  # the day on which somebody would rather not say
ADVISED: Final = "advice_read"  # the day on which somebody read what is said to the pain before
TICKED: Final = "flags_ticked"  # of the questions that are being answered
UNKEPT: Final = "answers_unkept"  # answers of this visit, where the records cannot be written
NUMB: Final = "numbness_unkept"  # where it was told -> a session of this visit that the records do not know
PROBLEM: Final = "records_problem"
LOOK_BACK: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Asked:
    """A set in front of one's own camera; `item` of the plan, None for one that nobody planned."""

    settings: LiveSettings
    item: str | None = None


class Step(StrEnum):
    """What is to be answered or read first."""

    QUESTIONS = "questions"
    ANSWER = "answer"
    STOPPED = "stopped"
    PAIN = "pain"
    ADVISED = "advised"


@dataclass(frozen=True, slots=True)
class Known:
    """What the records tell that matters here."""

    screenings: tuple[Screening, ...] = ()
    sessions: tuple[Session, ...] = ()


def ask(settings: LiveSettings, item: str | None = None) -> None:
    """Somebody wants to begin a set: it starts at once where nothing is to be asked."""
    asked = Asked(settings, item)
    if step(asked, known(), datetime.now(UTC)) is None:
        _start(asked)
    else:
        st.session_state[ASKED] = asked


def is_due(settings: LiveSettings, item: str | None) -> bool:
    """Whether something is to be asked or told before this set could begin."""
    return step(Asked(settings, item), known(), datetime.now(UTC)) is not None


def waiting() -> Asked | None:
    """The set that waits for an answer."""
    return cast(Asked | None, st.session_state.get(ASKED))


def is_asking() -> bool:
    """Whether there may be something to ask or to tell before the page goes on."""
    return any(st.session_state.get(key) for key in (ASKED, CHANGED, TOLD))


def step_now() -> Step | None:
    """What is on the page in its place; None: nothing is asked or told."""
    return step(waiting(), known(), datetime.now(UTC)) if is_asking() else None


def give_up() -> None:
    """Back to where the button was."""
    for key in (ASKED, CHANGED, TOLD, TICKED):
        st.session_state.pop(key, None)


def go_on() -> None:
    """Start the set that waits, unless there is still something to be asked, or the plan has it no more."""
    asked = waiting()
    if asked is None or step(asked, known(), datetime.now(UTC)) is not None:
        return
    st.session_state.pop(ASKED)
    now = planned(current_language(), asked.item) if asked.item else Asked(as_now(asked.settings))
    if now is not None:
        _start(now)


def _start(asked: Asked) -> None:
    settings = asked.settings if asked.item else _with_own_limits(asked.settings)
    live_set.start(settings, place=place(asked.item))


def _with_own_limits(settings: LiveSettings) -> LiveSettings:
    """A set that nobody planned is judged by the limits that the plan moved for this person, as one of the plan is."""
    try:
        known = visitor.desk().plans(visitor.person().id)
        plan = plans.plan_on(known, day_of(datetime.now(UTC)))
        moved = plans.limits_of(plan, settings.exercise.id, settings.side)
        if not moved:
            return settings
        line = replace(plans.item_of(settings.exercise, side=settings.side), tolerances=moved)
        exercise = plans.exercise_for(line, settings.exercise.language)
    except CoachError as error:
        note(error)
        return settings
    return replace(settings, exercise=exercise, tolerances=moved)


def as_now(settings: LiveSettings) -> LiveSettings:
    """The same set in the language, and with as much said aloud, as somebody likes it by now."""
    exercise = exercise_of(settings.exercise.id, current_language())
    return replace(settings, exercise=exercise or settings.exercise, spoken=preferences().spoken)


def planned(language: Language, item: str | None = None) -> Asked | None:
    """What is left of a line, without one of the first that is left, as the plan has it at this moment.

    A page may have stood open since yesterday, or since a therapist changed the plan.  None where it asks for it no
    more, where it rests, and for a line that a later version of the exercise's file does not allow.
    """
    try:
        today = today_of(visitor.desk(), visitor.person().id, datetime.now(UTC), language)
        lines = today.left if item is None else [line for line in today.lines if line.item.id == item]
        if today.stopped is not None or not lines:
            return None
        return Asked(settings_for(lines[0], language, preferences().spoken), lines[0].item.id)
    except CoachError as error:
        note(error)
        return None


def catch_up() -> None:
    """Answers of this visit that could not be kept go into the records as soon as these can be written."""
    if not st.session_state.get(UNKEPT):
        return
    try:
        desk, person = visitor.desk(), visitor.person().id
        while st.session_state[UNKEPT]:
            desk.save_screening(replace(st.session_state[UNKEPT][0], person=person))
            st.session_state[UNKEPT] = st.session_state[UNKEPT][1:]
    except CoachError as error:
        note(error)


def are_unkept() -> bool:
    """Whether answers to the safety questions are not in the records yet."""
    return bool(st.session_state.get(UNKEPT))


def known() -> Known:
    """What is known of whoever is here; of records that cannot be read, what was answered in this visit."""
    catch_up()
    unkept, numb = tuple(st.session_state.get(UNKEPT, ())), tuple(st.session_state.get(NUMB, {}).values())
    try:
        desk, person = visitor.desk(), visitor.person().id
        return Known((*desk.screenings(person), *unkept), (*desk.sessions(person), *numb))
    except CoachError as error:
        note(error)
        return Known(unkept, numb)


def step(asked: Asked | None, known: Known, now: datetime) -> Step | None:
    """What comes first; None: nothing, the set may begin."""
    if st.session_state.get(CHANGED):
        return Step.QUESTIONS
    if asked is None:
        return Step.ANSWER if st.session_state.get(TOLD) else None
    if safety.needs_screening(known.screenings, now, safety.has_changed(known.screenings, known.sessions)):
        return Step.QUESTIONS
    newest = max(known.screenings, key=lambda one: one.at)
    word = st.session_state.get(ON_OWN_WORD, ())
    if safety.still_first(newest) and newest.at not in word:
        return Step.ANSWER
    if safety.today_stopped(known.sessions, day_of(now)) and (asked.item or day_of(now) not in word):
        return Step.STOPPED
    not_told = st.session_state.get(NOT_TOLD) == day_of(now)
    if not (not_told or pain_was_told(known.sessions, now)):
        return Step.PAIN
    advised = safety.today_advised(known.sessions, day_of(now))
    return Step.ADVISED if advised and st.session_state.get(ADVISED) != day_of(now) else None


def something_changed() -> None:
    """The safety questions are asked anew."""
    st.session_state.pop(TOLD, None)
    st.session_state[CHANGED] = True


def answered(flags: tuple[str, ...]) -> None:
    """The safety questions were answered; a second click comes from a page whose questions are answered by now."""
    now = datetime.now(UTC)
    if step(waiting(), known(), now) is not Step.QUESTIONS:
        return
    st.session_state.pop(CHANGED, None)
    st.session_state.pop(TICKED, None)
    _keep(Screening("", now, flags))
    st.session_state[TOLD] = waiting() is None
    go_on()


def _keep(screening: Screening) -> None:
    """Into the records of whoever is here; into this visit where they cannot be written."""
    try:
        visitor.desk().save_screening(replace(screening, person=visitor.person().id))
    except CoachError as error:
        note(error)
        st.session_state[UNKEPT] = (*st.session_state.get(UNKEPT, ()), replace(screening, person=""))


def was_seen(at: datetime) -> None:
    """A physician has looked at what was ticked in the answers of this moment; other ones since are not meant by it,
    and what is for today stands.
    """
    newest = max(known().screenings, key=lambda one: one.at)
    if newest.at == at and safety.urgency(safety.still_first(newest)) == "physician":
        _keep(safety.as_seen(newest))
    st.session_state.pop(TOLD, None)
    go_on()


def take_word() -> None:
    """Whoever was told to be seen first goes on all the same."""
    newest = max(known().screenings, key=lambda one: one.at)
    st.session_state[ON_OWN_WORD] = {*st.session_state.get(ON_OWN_WORD, ()), newest.at}
    go_on()


def take_word_for_today() -> None:
    """Whoever was told to rest for the day does a set of their own choice all the same."""
    st.session_state[ON_OWN_WORD] = {*st.session_state.get(ON_OWN_WORD, ()), day_of(datetime.now(UTC))}
    go_on()


def take_advice() -> None:
    """Whoever was advised to do less, or to rest, read it and begins."""
    st.session_state[ADVISED] = day_of(datetime.now(UTC))
    go_on()


def tell_pain(before: Pain | None) -> None:
    """The pain before the first set of the day; None: rather not said.

    The same answer is told once a day: a second click comes from a page whose question was answered by the first.
    """
    now = datetime.now(UTC)
    try:
        if before is not None and not _is_told(before, known().sessions, now):
            visitor.desk().begin_session(visitor.person().id, now, before)
    except CoachError as error:
        note(error)
        keep_numbness(before, "before")
        before = None
    if before is None:
        st.session_state[NOT_TOLD] = day_of(now)
    go_on()


def _is_told(before: Pain, sessions: Iterable[Session], now: datetime) -> bool:
    """Whether this very answer is in the records of today; another one, as of numbness since, is none to pass over."""
    return any(one.before == before and day_of(one.started) == day_of(now) for one in sessions)


def keep_numbness(told: Pain | None, where: str) -> None:
    """New numbness that the records cannot be told of stops the day in this visit at least; until it is taken back."""
    known: dict[str, Session] = dict(st.session_state.get(NUMB, {}))
    known.pop(where, None)
    if told is not None and told.numb:
        now = datetime.now(UTC)
        known[where] = Session("", "", now, now, after=told)
    st.session_state[NUMB] = known


def place(item: str | None) -> InRecords | None:
    """Where in the records a set goes that begins now; None where they cannot be written, which stops nobody."""
    try:
        desk, person = visitor.desk(), visitor.person().id
        session = session_now(desk, person, datetime.now(UTC))
        tracks = may_keep(desk.consents(person), "tracks")
        return InRecords(session.id, item, desk.actor.id, desk.actor.role, tracks)
    except CoachError as error:
        note(error)
        return None


def session_now(desk: Desk, person: str, now: datetime) -> Session:
    """The session of the records that a set belongs to that begins now."""
    since = now - LOOK_BACK
    found = under_way(desk.sessions(person, since), desk.summaries(person, since), now)
    return found or desk.begin_session(person, now)


def note(error: CoachError) -> None:
    """Something could not be kept: told at the next summary.  A therapist who tries an exercise has no records."""
    if not isinstance(error, NotYours):
        st.session_state[PROBLEM] = error


def problem(language: Language) -> str | None:
    """Why something of this visit could not be kept, told once."""
    found = st.session_state.pop(PROBLEM, None)
    return found.told(language) if isinstance(found, CoachError) else None
