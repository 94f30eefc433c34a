"""Putting an exercise into the plan from where it is set up."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from coach.care import plans
from coach.care.days import day_of
from coach.care.types import PlanItem
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
    if added == name and _is_there(settings):
        st.success(say("add.done"))
        if st.button(say("add.see"), key="see-plan"):
            st.session_state.pop(ADDED)
            pages.go_to("plan")
        return
    if isinstance(added, CoachError):
        st.session_state.pop(ADDED)
        st.warning(added.told(language))
    st.button(
        say("add.to_plan"),
        type="tertiary",
        icon=":material/playlist_add:",
        key="add-to-plan",
        on_click=_add,
        args=(settings,),
    )


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
            change_plans(desk, person, lambda plan: (*(i for i in plan.items if not _same(i, line)), line))
        st.session_state[ADDED] = settings.exercise.id
    except CoachError as error:
        st.session_state[ADDED] = error


def _is_there(settings: LiveSettings) -> bool:
    """Whether the plan still asks for what is set up now; not where it cannot be read."""
    try:
        held = plans.held_from(visitor.desk().plans(visitor.person().id), day_of(datetime.now(UTC)))
    except CoachError:
        return False
    wanted = _asked(line_of(settings))
    return bool(held) and all(wanted in map(_asked, plan.items) for plan in held)


def _asked(line: PlanItem) -> tuple[object, ...]:
    """What a line asks for, on whichever days."""
    return line.exercise, line.side, line.sets, line.reps, line.hold_s, line.rest_s


def _same(one: PlanItem, other: PlanItem) -> bool:
    """Whether two lines ask for the same: the new one then stands for both."""
    return one.exercise == other.exercise and (one.side == other.side or None in (one.side, other.side))
