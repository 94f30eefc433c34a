"""How the week went in words, and what the plan may grow or shrink by: proposed, and never done by itself."""

from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from coach.care import progress, progression, safety
from coach.care.days import day_of
from coach.care.progression import Proposal
from coach.care.types import PutOff
from coach.errors import CoachError
from coach.language import Language
from coach.records import Desk
from coach.records.problems import problem
from coach.web import visitor
from coach.web.plan import begin
from coach.web.plan.parts import block
from coach.web.plan.wording import messages
from coach.web.session import exercise_name

LOOK_BACK: Final = timedelta(weeks=26)


def week(language: Language) -> None:
    """The week of today in words; what was left out is passed over."""
    desk, person = visitor.desk(), visitor.person().id
    now = datetime.now(UTC)
    today = day_of(now)
    weeks = progress.adherence(desk.plans(person), desk.summaries(person, now - timedelta(days=8)), today, 1)
    if weeks:
        st.markdown(progress.week_told(weeks[-1], language))
    keep = progress.keep_it_up(desk.sessions(person, now - LOOK_BACK), today, language)
    if keep:
        st.markdown(keep)


def proposals(language: Language) -> None:
    """What may be changed, why, and two buttons."""
    desk, person = visitor.desk(), visitor.person().id
    now = datetime.now(UTC)
    found = _found(desk, person, now, language)
    put_off = desk.put_offs(person) if found else ()
    for one in progression.still_proposed(found, put_off, desk.sessions(person, now - LOOK_BACK), now):
        _proposal(one, language)


def _found(desk: Desk, person: str, now: datetime, language: Language = "en") -> tuple[Proposal, ...]:
    since = now - LOOK_BACK
    return progression.proposals(
        desk.plans(person),
        desk.summaries(person, since),
        desk.sessions(person, since),
        now,
        language,
        safety.newest_flags(desk.screenings(person)),
    )


def _proposal(one: Proposal, language: Language) -> None:
    say = messages(language)
    title = say(f"grow.{one.way}", name=exercise_name(one.item.exercise, language))
    with st.container(border=True, key=f"proposal-{one.item_id}"):
        st.html(block("why", one.why, title=title))
        with st.container(horizontal=True):
            st.button(say("grow.accept"), key=f"accept-{one.item_id}", on_click=accept, args=(one,))
            st.button(
                say("grow.not_now"),
                key=f"not-now-{one.item_id}",
                type="tertiary",
                on_click=not_now,
                args=(one,),
            )


def accept(one: Proposal) -> None:
    """The plan is made anew with the dose that is proposed in the line as it is now.

    A page may be old: where that dose is not proposed any more, the plan stays, and it is said why.
    """
    desk, person, now = visitor.desk(), visitor.person().id, datetime.now(UTC)
    try:
        plan = desk.plan(person)
        dose = one.item_id, progression.asked(one.item)
        still = {(new.item_id, progression.asked(new.item)): new.item for new in _found(desk, person, now)}
        if plan is None or dose not in still:
            raise problem("plan_changed")
        items = tuple(still[dose] if item.id == one.item_id else item for item in plan.items)
        desk.save_plan(person, items, max(plan.from_day, day_of(now)), plan.note, instead_of=plan.id)
    except CoachError as error:
        begin.note(error)


def not_now(one: Proposal) -> None:
    """It is not shown again for some days."""
    item, now = one.item, datetime.now(UTC)
    try:
        desk = visitor.desk()
        desk.put_off(PutOff(desk.me().id, item.id, item.sets, item.reps, item.hold_s, now))
    except CoachError as error:
        begin.note(error)
