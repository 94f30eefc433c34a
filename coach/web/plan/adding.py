"""Putting an exercise into the plan from where it is set up."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from coach.care import plans
from coach.care.days import day_of
from coach.care.types import Plan, PlanItem
from coach.errors import CoachError
from coach.language import Language
from coach.live import LiveSettings
from coach.web import pages, visitor
from coach.web.plan.changing import change_plans
from coach.web.plan.wording import messages

ADDED: Final = "added_to_plan"  # the exercise that was put there last, or why it could not be


def add_to_plan(settings: LiveSettings, language: Language) -> None:
    """One button; afterwards what came of it, and the way to the plan."""
    say, name = messages(language), settings.exercise.id
    added = st.session_state.get(ADDED)
    stands = _stands(settings) if added == name else None
    if stands is not None:
        if stands:
            st.success(say("add.done"))
        else:
            st.info(say("add.otherwise"))
        if st.button(say("add.see"), key="see-plan"):
            st.session_state.pop(ADDED)
            pages.go_to("plan")
        return
    if isinstance(added, CoachError):
        st.session_state.pop(ADDED)
        st.warning(added.told(language))
    label = say("add.to_plan")
    if st.button(label, type="tertiary", icon=":material/playlist_add:", key="add-to-plan"):
        _add(settings)
        pages.go_to("coach")  # where it is from now on: with the first plan another page is the first


def line_of(settings: LiveSettings) -> PlanItem:
    """A line of a plan that asks for what was set up."""
    dose = settings.dose
    line = plans.item_of(settings.exercise, side=settings.side)
    held = line.hold_s if dose.hold_s is None else dose.hold_s
    return replace(line, sets=dose.sets, reps=dose.reps, hold_s=held, rest_s=dose.rest_s)


def _add(settings: LiveSettings) -> None:
    try:
        desk, person = visitor.desk(), visitor.person().id
        line = line_of(settings)
        if desk.plan(person) is None:
            desk.save_plan(person, (line,), day_of(datetime.now(UTC)))
        else:
            change_plans(desk, person, lambda plan: _with(plan, line, desk.actor.id) or plan.items)
        st.session_state[ADDED] = settings.exercise.id
    except CoachError as error:
        st.session_state[ADDED] = error


def _with(plan: Plan, line: PlanItem, who: str) -> tuple[PlanItem, ...] | None:
    """The lines of a plan with another one; None where it asks for the same exercise otherwise.

    Of a line of one's own the dose is changed, and nothing else.  What somebody else asked for, and what stands in
    several lines, is changed where the whole plan is seen.
    """
    same = [n for n, one in enumerate(plan.items) if _same(one, line)]
    if not same:
        return (*plan.items, line)
    old = plan.items[same[0]]
    if _asked(old) == _asked(line) and len(same) == 1:
        return plan.items
    if len(same) > 1 or old.side != line.side or plan.by != who:
        return None
    new = replace(old, sets=line.sets, reps=line.reps, hold_s=line.hold_s, rest_s=line.rest_s)
    return (*plan.items[: same[0]], new, *plan.items[same[0] + 1 :])


def _stands(settings: LiveSettings) -> bool | None:
    """Whether the plan asks for what is set up now, or for the same exercise otherwise; None: it can be put there.

    So it is where the plan cannot be read.
    """
    try:
        desk, person = visitor.desk(), visitor.person().id
        held = plans.held_from(desk.plans(person), day_of(datetime.now(UTC)))
    except CoachError:
        return None
    line = line_of(settings)
    if bool(held) and all(_asked(line) in map(_asked, plan.items) for plan in held):
        return True
    return False if any(_with(plan, line, desk.actor.id) is None for plan in held) else None


def _asked(line: PlanItem) -> tuple[object, ...]:
    """What a line asks for, on whichever days."""
    return line.exercise, line.side, line.sets, line.reps, line.hold_s, line.rest_s


def _same(one: PlanItem, other: PlanItem) -> bool:
    """Whether two lines ask for the same exercise, of a side that both have."""
    return one.exercise == other.exercise and (one.side == other.side or None in (one.side, other.side))
