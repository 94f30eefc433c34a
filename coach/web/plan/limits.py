"""Limits of somebody's own: how far those of the exercise's file are moved outwards for this person."""

from math import floor
from typing import Final

import streamlit as st

from coach.care.plans import TARGET, Movable, movable
from coach.care.types import PlanItem
from coach.judge import Exercise
from coach.language import Language, Words
from coach.report.wording import asked, scale_of, sign_of
from coach.web.markdown import plain

STEPS: Final = {"deg": 1.0, "s": 0.1}  # in the unit of a measure; what is finer than this nobody can tell
FINE: Final = 0.01  # of a ratio
FORMATS: Final = {"deg": "%.0f", "s": "%.1f", "ratio": "%.0f"}


def limits(line: PlanItem, exercise: Exercise, language: Language, say: Words, key: str) -> dict[str, float]:
    """Fields for all limits that may be moved, told from others by `key`; by how much each is now, if it is moved."""
    known = movable(exercise)
    can = {name: one for name, one in known.items() if most_of(one) > 0}
    if not can:
        return line.tolerances
    finer = {name: by for name, by in line.tolerances.items() if name in known}
    with st.popover(say("plan.limits"), icon=":material/tune:"):
        st.caption(say("plan.limits_help"))
        moved = {name: _field(line, name, one, language, say, key) for name, one in can.items()}
    return {name: by for name, by in (finer | moved).items() if by}


def _field(line: PlanItem, name: str, one: Movable, language: Language, say: Words, key: str) -> float:
    what = say("plan.limits_target") if name == TARGET else one.what
    limits, unit, scale = asked(one.limits, one.unit, language), sign_of(one.unit).strip(), scale_of(one.unit)
    label = plain(say("plan.limits_by", what=what, asked=limits, unit=unit))
    told = line.tolerances.get(name, 0.0)
    most, shown, step = (
        round(value * scale, 2)
        for value in (most_of(one), min(told, most_of(one)), STEPS.get(one.unit, FINE))
    )
    by = st.number_input(label, 0.0, most, shown, step, FORMATS[one.unit], key=f"limit-{key}-{name}")
    # What nobody moved stays, however fine it is.
    return told if by == shown and told <= one.most else round(by / scale, 2)


def most_of(one: Movable) -> float:
    """The furthest that a limit may be moved, in whole steps."""
    step = STEPS.get(one.unit, FINE)
    return round(floor(one.most / step + 1e-9) * step, 2)
