"""The plan: its exercises, how much, on which days; changed here, and kept with one button."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final, Protocol, Self, cast

import streamlit as st

from coach.care import plans
from coach.care.days import day_of
from coach.care.plans import LEAST, LEAST_REST_S, MOST_REST_S
from coach.care.progression import last_step
from coach.care.types import Plan, PlanItem
from coach.errors import CoachError
from coach.judge import Exercise, exercise_ids
from coach.judge.file_dose import MOST_HOLD_S, MOST_REPS, MOST_SETS
from coach.language import Language, Words
from coach.pose import Side
from coach.web import pages, visitor
from coach.web.plan.limits import limits
from coach.web.plan.parts import look
from coach.web.plan.seconds import STEP_S, seconds_of, whole
from coach.web.plan.wording import day_and_month, messages, weekday
from coach.web.session import exercise_in, exercise_name, exercise_of, here, tell_wrong_files


class PlanDesk(Protocol):
    """What of a desk of the records it takes to keep a plan."""

    def save_plan(
        self,
        person_id: str,
        items: Sequence[PlanItem],
        from_day: date,
        note: str = "",
        at: datetime | None = None,
        instead_of: str | None = None,
    ) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A person's plan as it was changed so far.

    plan       the id of the plan that it is to replace; None: there is none yet
    began      the lines and the note of that plan
    lines, note  those of the draft
    edition    another one for each new beginning: fields keep what was entered for as long as they have the same key
    overtaken  whether the plan was changed elsewhere after the draft was begun
    """

    person: str
    plan: str | None
    began: tuple[tuple[PlanItem, ...], str]
    lines: tuple[PlanItem, ...]
    note: str
    edition: int = 0
    overtaken: bool = False

    @classmethod
    def of(cls, person: str, plan: Plan | None, edition: int) -> Self:
        """Nothing is changed yet."""
        began = ((), "") if plan is None else (plan.items, plan.note.strip())
        return cls(person, None if plan is None else plan.id, began, *began, edition)

    @property
    def note_key(self) -> str:
        """Of the field for a note about the whole."""
        return f"plan-note-{self.person}-{self.edition}"

    @property
    def changed(self) -> bool:
        """Whether anything is another one than where it began."""
        return (self.lines, self.note) != self.began

    def as_typed(self) -> Self:
        """With the note as it stands in its field, if that is there: a field is forgotten with its page."""
        return replace(self, note=str(st.session_state.get(self.note_key, self.note)).strip())


DRAFTS: Final = "plan_drafts"  # person -> draft: a therapist may look at another one's meanwhile
EDITED: Final = "plan_draft_of"  # the person whose is on the page
EVERY_DAY: Final = tuple(range(7))


def show(language: Language) -> None:
    """The page."""
    pages.follow()
    look()
    say = messages(language)
    st.title(say("plan.title"), anchor=False)
    try:
        pages.need_records()
        desk = visitor.desk()
        plan = desk.plan(visitor.person().id)
    except CoachError as error:
        st.error(error.told(language))
        return
    if plan is not None and plan.from_day > day_of(datetime.now(UTC)):
        st.markdown(say("plan.from", day=day_and_month(plan.from_day, say)))
    if plan is not None and plan.by != desk.actor.id:
        st.info(say("plan.by_other"))
    kept, changed = edit(desk, visitor.person().id, plan, language)
    if kept:
        pages.go_to("today")
    if plan is not None and not changed and st.button(say("to_today"), key="to-today"):
        pages.go_to("today")


def edit(
    desk: PlanDesk, person_id: str, plan: Plan | None, language: Language, own_limits: bool = False
) -> tuple[bool, bool]:
    """The lines of somebody's plan, to be changed: whether they were kept just now, whether they are changed.

    own_limits  whether limits may be moved too, which is a therapist's
    """
    say = messages(language)
    draft, overtaken_now = _draft(person_id, plan)
    lines = draft.lines
    if draft.overtaken:
        st.warning(say("plan.overtaken"))
    if not lines:
        st.markdown(say("plan.empty"))
    for n, line in enumerate(lines):
        _line(n, line, draft, language, say, own_limits)
    _add(language, say)
    if lines:
        _note(draft, say)
    draft = _put(_now().as_typed())
    note, changed = (draft.note, draft.changed) if lines else ("", (lines, "") != draft.began)
    wrong = plans.problems(lines, language) if lines else ()
    for sentence in wrong:
        st.warning(sentence)
    with st.container(horizontal=True):
        unfit = not changed or not lines or bool(wrong)
        pressed = st.button(say("plan.keep"), type="primary", disabled=unfit, key="keep-plan")
        # Who pressed without having seen that it was changed elsewhere is shown that first.
        kept = pressed and not overtaken_now and _keep(desk, person_id, plan, lines, note, language)
        if changed and plan is not None:
            st.button(say("plan.undo"), key="undo-plan", on_click=_undo)
    return kept, changed


def _draft(person_id: str, plan: Plan | None) -> tuple[Draft, bool]:
    """What was changed so far, and whether just now the plan turned out to be another one.

    A draft in which nothing is changed begins anew then; one that is changed is kept, for whoever made it to decide.
    """
    drafts: dict[str, Draft] = st.session_state.setdefault(DRAFTS, {})
    st.session_state[EDITED] = person_id
    before = drafts[person_id].as_typed() if person_id in drafts else None
    for other in [one for one, draft in drafts.items() if one != person_id and not draft.changed]:
        del drafts[other]
    fresh = Draft.of(person_id, plan, 0 if before is None else before.edition + 1)
    if before is None:
        return _put(fresh), False
    if before.plan == fresh.plan:
        return _put(before), False
    kept = replace(before, plan=fresh.plan, began=fresh.began, overtaken=True)
    draft = _put(kept if before.changed and kept.changed else fresh)
    return draft, draft.overtaken


def _now() -> Draft:
    return cast(Draft, st.session_state[DRAFTS][st.session_state[EDITED]])


def _put(draft: Draft) -> Draft:
    st.session_state[DRAFTS][draft.person] = draft
    return draft


def _change(lines: Sequence[PlanItem]) -> None:
    _put(replace(_now(), lines=tuple(lines)))


def _undo() -> None:
    """The plan as it is now, in fields of its own."""
    draft = _now()
    lines, note = draft.began
    _put(replace(draft, lines=lines, note=note, edition=draft.edition + 1, overtaken=False))


def _note(draft: Draft, say: Words) -> None:
    """What is to be known about the plan as a whole."""
    st.text_area(
        say("plan.whole_note"),
        draft.note,
        max_chars=1000,
        height="content",
        placeholder=say("plan.whole_note_hint"),
        key=draft.note_key,
    )


def _keep(
    desk: PlanDesk,
    person_id: str,
    plan: Plan | None,
    lines: tuple[PlanItem, ...],
    note: str,
    language: Language,
) -> bool:
    """A plan that is to come keeps its day."""
    today = day_of(datetime.now(UTC))
    try:
        from_day = today if plan is None else max(plan.from_day, today)
        desk.save_plan(person_id, lines, from_day, note, instead_of=None if plan is None else plan.id)
    except CoachError as error:
        st.error(error.told(language))
        return False
    _undo()
    return True


# --- one line ---------------------------------------------------------------------------------------


def _line(n: int, line: PlanItem, draft: Draft, language: Language, say: Words, own_limits: bool) -> None:
    exercise = exercise_of(line.exercise, language)
    side = f" · {plans.side_name(line.side, language)}" if line.side else ""
    name, dose = exercise_name(line.exercise, language), plans.dose_told(line, language)
    told = f"**{name}**{side} · {dose} · {days_told(line, say)}"
    if line.tolerances:
        told += f" · {say('plan.limits_moved')}"
    with st.expander(told, key=f"plan-line-{line.id}"):
        if exercise is not None:
            changed = _fields(line, exercise, say, f"{line.id}-{draft.edition}")
            if own_limits:
                moved = limits(line, exercise, language, say, f"{line.id}-{draft.edition}")
                changed = replace(changed, tolerances=moved)
            if changed != line:
                _change([changed if one.id == line.id else one for one in _now().lines])
                st.rerun()
            last = last_step(line, exercise)
            if last:
                st.caption(last)
        with st.container(horizontal=True):
            st.button(
                say("plan.up"), key=f"up-{line.id}", on_click=_move, args=(line.id, -1), disabled=n == 0
            )
            st.button(
                say("plan.down"),
                key=f"down-{line.id}",
                on_click=_move,
                args=(line.id, 1),
                disabled=n == len(draft.lines) - 1,
            )
            st.button(
                say("plan.remove"),
                key=f"remove-{line.id}",
                icon=":material/delete:",
                on_click=_remove,
                args=(line.id,),
            )


def days_told(line: PlanItem, say: Words) -> str:
    """On which days, in words."""
    if not line.days or set(line.days) == set(EVERY_DAY):
        return say("plan.every_day")
    return ", ".join(weekday(day, say, short=True) for day in sorted(line.days))


def _fields(line: PlanItem, exercise: Exercise, say: Words, key: str) -> PlanItem:
    """The line as the fields have it now; `key` tells them from those of other lines and of an earlier draft."""
    led = exercise.hold is not None and exercise.hold.guide is not None
    first, second, third = st.columns(3)
    sets = first.number_input(say("plan.sets"), LEAST, MOST_SETS, line.sets, key=f"sets-{key}")
    reps, hold_s = line.reps, line.hold_s
    if reps is not None:
        each = exercise.dose.each_side and line.side is None
        label = say("plan.reps_side" if each else "plan.reps")
        reps = int(second.number_input(label, LEAST, MOST_REPS, reps, key=f"reps-{key}"))
    elif hold_s is not None and not led:
        field = second.number_input(
            say("plan.hold"), LEAST, MOST_HOLD_S, whole(hold_s), STEP_S, key=f"hold-{key}"
        )
        hold_s = seconds_of(field, hold_s)
    rest_s = third.number_input(
        say("plan.rest"), LEAST_REST_S, MOST_REST_S, whole(line.rest_s), STEP_S, key=f"rest-{key}"
    )
    side = _side(line, exercise, say, key)
    days = st.pills(
        say("plan.days"),
        EVERY_DAY,
        selection_mode="multi",
        default=line.days or EVERY_DAY,
        format_func=lambda day: weekday(day, say, short=True),
        key=f"days-{key}",
    )
    note = st.text_input(say("plan.note"), line.note, max_chars=300, key=f"note-{key}")
    return replace(
        line,
        sets=int(sets),
        reps=reps,
        hold_s=hold_s,
        rest_s=seconds_of(rest_s, line.rest_s),
        side=side,
        days=_days(line, days),
        note=note,
    )


def _days(line: PlanItem, chosen: Sequence[int]) -> tuple[int, ...]:
    """As they were told, unless others are chosen; no day at all is none to exercise on."""
    if not chosen or set(chosen) == set(line.days or EVERY_DAY):
        return line.days
    return () if set(chosen) == set(EVERY_DAY) else tuple(sorted(chosen))


def _side(line: PlanItem, exercise: Exercise, say: Words, key: str) -> Side | None:
    if exercise.sides != "each":
        return None
    side = st.segmented_control(
        say("plan.side"),
        ("both", "left", "right"),
        default=line.side or "both",
        format_func=lambda name: say(f"plan.side_{name}"),
        key=f"side-{key}",
    )
    if exercise.of_side is not None:
        st.caption(here(exercise.language)("setup.of_side", what=exercise.of_side))
    return None if side in (None, "both") else cast(Side, side)


def _move(line: str, by: int) -> None:
    lines = list(_now().lines)
    at = next(n for n, one in enumerate(lines) if one.id == line)
    lines.insert(at + by, lines.pop(at))
    _change(lines)


def _remove(line: str) -> None:
    _change([one for one in _now().lines if one.id != line])


# --- another line -----------------------------------------------------------------------------------


def _add(language: Language, say: Words) -> None:
    tell_wrong_files(language)
    known = {name: exercise_in(name, language) for name in exercise_ids()}
    by_name = sorted(known, key=lambda name: known[name].name.casefold())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            say("plan.exercise"),
            by_name,
            format_func=lambda name: known[name].name,
            key="plan-add",
            filter_mode=None,
        )
        st.button(
            say("plan.add"),
            icon=":material/add:",
            key="plan-add-it",
            on_click=_added,
            args=(language,),
        )


def _added(language: Language) -> None:
    """The exercise that is chosen at the click."""
    _change([*_now().lines, plans.item_of(exercise_in(st.session_state["plan-add"], language))])
