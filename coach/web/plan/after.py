"""After a set: what comes next, the summary, the pain, what could not be kept."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from coach.care import plans, safety
from coach.care.days import day_of
from coach.care.types import Pain, Plan, PlanItem
from coach.errors import CoachError
from coach.judge import Exercise
from coach.language import Language, Words
from coach.live import DeskKeeper, Ended, InRecords, LiveSession, LiveSettings
from coach.web import live_set, visitor
from coach.web.plan import begin
from coach.web.plan.changing import change_plans
from coach.web.plan.next import next_one
from coach.web.plan.today import Today, following, settings_for, today_of
from coach.web.plan.wording import messages
from coach.web.session import exercise_of, here, preferences
from coach.web.summary import page as summary

SWAPPED: Final = "swapped"
TO_EXERCISES: Final = "chosen_exercise"
AT_ONCE_S: Final = 5.0  # a page that is slow to come is none that is opened again


@dataclass(frozen=True, slots=True)
class Answered:
    """The pain that was told after this set, what was kept of the session before, and what is kept since."""

    pain: Pain
    earlier: Pain | None = None
    kept: Pain | None = None


def live(token: str, language: Language) -> None:
    """The set while it lasts, and what is told after it."""
    live_set.show(token, language, partial(_over, token, language), lambda: _buttons(None, None, language))


def _over(token: str, language: Language, session: LiveSession) -> None:
    told = _told_of(session)
    _numb_still(session)
    today = _ended(session, language)
    _not_kept(session, language)
    if today is not None:
        _next(session, today, language)
    clip = live_set.clip()
    summary.show(
        session.coached,
        session.settings.exercise,
        token,
        preferences().mirror and clip is None,
        told,
        partial(_keep_pain, session, language),
        clip is not None,
    )
    _buttons(session, today, language)


def _numb_still(session: LiveSession) -> None:
    """Numbness that was kept before the page was loaded again stays ticked, as it stays in the records."""
    if session.place is None or f"told-{session.token}" in st.session_state:
        return
    try:
        after = visitor.desk().session(session.place.session).after
    except CoachError:
        return
    if after is not None and after.numb:
        st.session_state[f"told-{session.token}"] = after


def _told_of(session: LiveSession) -> Pain | None:
    """The pain before the first set of the day, or of the session of this one, which may have begun before midnight."""
    if session.place is None:
        return None
    try:
        known = visitor.desk().sessions(visitor.person().id)
        today = day_of(datetime.now(UTC))
        of_it = [one for one in known if one.id == session.place.session or day_of(one.started) == today]
        return next((one.before for one in of_it if one.score_before is not None), None)
    except CoachError:
        return None


def _ended(session: LiveSession, language: Language) -> Today | None:
    """The day after this set; the session of the records ends with it, until another set begins."""
    if session.place is None:
        return None
    now, ended = datetime.now(UTC), f"ended-{session.token}"
    try:
        if ended not in st.session_state:
            _end(session, session.place.session, now)
            st.session_state[ended] = now
        return today_of(visitor.desk(), visitor.person().id, now, language)
    except CoachError as error:
        begin.note(error)
        return None


def _end(session: LiveSession, id: str, now: datetime) -> None:
    """End the session of the records with this set: a summary that is looked at hours later moves no end."""
    desk, at = visitor.desk(), now - timedelta(seconds=session.idle_s)
    known = desk.session(id)
    if known.ended is None or known.ended < at:
        desk.end_session(id, at)


def _not_kept(session: LiveSession, language: Language) -> None:
    """Why something of it is not in the records, said once, and in nobody's way."""
    problems = [one.problem for one in session.keepers if isinstance(one, DeskKeeper)]
    found = next((one.told(language) for one in problems if one is not None), None)
    told = found or begin.problem(language)
    if told:
        st.warning(messages(language)("not_kept", why=told))


# --- what comes next --------------------------------------------------------------------------------


def _next(session: LiveSession, today: Today, language: Language) -> None:
    """The next exercise of the plan; nothing where the plan rests for today."""
    item, say = session.place.item if session.place is not None else None, messages(language)
    if item is None or today.stopped is not None:
        return
    line = following(today.lines, item)
    exercise = None if line is None else exercise_of(line.item.exercise, language)
    if line is None or exercise is None:
        if not today.left:
            st.html(f'<p class="plan large">{escape(say("today.done"))}</p>')
            st.markdown(say("today.done_pain"))
        return
    dose, settings = plans.dose_told(line.item, language), settings_for(line, language, preferences().spoken)
    if next_one(exercise, dose, _rest_s(session, settings, line.item.id), preferences(), session.token):
        live_set.leave()  # what is asked before it is shown in its place
        begin.ask(settings, line.item.id)
        st.rerun()


def _rest_s(session: LiveSession, settings: LiveSettings, item: str) -> float | None:
    """Seconds of rest that are left before the next one begins by itself, as they were at the first look.

    None: it waits for the button.  Who stopped, or left, says when it goes on; who has to answer first comes to the
    screen anyway; and where the rest is long over, a tab that a browser opens again must not start the camera.
    """
    rest = f"rest-{session.token}"
    if rest not in st.session_state:
        gone_s = session.idle_s if session.idle_s > AT_ONCE_S else 0.0
        left_s = session.settings.dose.rest_s - gone_s
        goes_on = session.coached.ended is Ended.DOSE and (left_s > 0 or not gone_s)
        st.session_state[rest] = left_s if goes_on and not begin.is_due(settings, item) else None
    seconds: float | None = st.session_state[rest]
    return seconds


# --- pain after -------------------------------------------------------------------------------------


def _keep_pain(session: LiveSession, language: Language, pain: Pain) -> None:
    """Keep it with the session, once for each answer, and offer another exercise where this one hurts.

    An answer after this set corrects the one before it, and takes back nothing that was told after an earlier set.
    """
    kept = f"kept-pain-{session.token}"
    answer: Answered | None = st.session_state.get(kept)
    if answer is None or answer.pain != pain:
        try:
            answer = _answered(session.place, pain, answer)
            begin.keep_numbness(pain if session.place is None else None, session.token)
        except CoachError as error:
            begin.keep_numbness(pain, session.token)
            st.warning(messages(language)("not_kept", why=error.told(language)))
            return
        st.session_state[kept] = answer
        st.rerun()
    before = _told_of(session)
    if safety.needs_rest(before, pain) or safety.rose(before, pain):
        _swap(session, language)


def _answered(place: InRecords | None, pain: Pain, corrects: Answered | None) -> Answered:
    """Keep an answer, as far as there are records."""
    if place is None:
        return Answered(pain)
    desk = visitor.desk()
    known = desk.session(place.session)
    earlier = known.after if corrects is None else corrects.earlier
    stood = None if corrects is None else corrects.kept
    told, ended = safety.worst(earlier, pain), known.ended or datetime.now(UTC)
    return Answered(pain, earlier, desk.end_session(place.session, ended, told, stood).after)


def _swap(session: LiveSession, language: Language) -> None:
    item, say = session.place.item if session.place else None, messages(language)
    if item is None:
        return
    swapped = st.session_state.get(f"{SWAPPED}-{session.token}")
    if swapped:
        st.success(say("swap.done", name=swapped))
        return
    plan = plans.plan_on(visitor.desk().plans(visitor.person().id), day_of(datetime.now(UTC)))
    line = next((one for one in plan.items if one.id == item), None) if plan is not None else None
    planned = () if plan is None else tuple(one.exercise for one in plan.items)
    instead = safety.instead_of(session.settings.exercise, planned)
    other = None if instead is None or instead.exercise is None else exercise_of(instead.exercise, language)
    if line is None or other is None:
        return
    st.button(
        say("swap.offer", name=other.name),
        key=f"swap-{session.token}",
        on_click=swap,
        args=(line, other, session.token),
    )


def swap(line: PlanItem, other: Exercise, token: str) -> None:
    """The plan is made anew, with another exercise in place of the one that hurts; one that is to come, too."""
    side = line.side if other.sides == "each" else None
    instead = replace(plans.item_of(other, side=side, days=line.days), rest_s=line.rest_s)

    def swapped(plan: Plan) -> tuple[PlanItem, ...]:
        items = tuple(instead if one.id == line.id else one for one in plan.items)
        return plan.items if plans.problems(items) else items

    if change_plans(visitor.desk(), visitor.person().id, swapped):
        st.session_state[f"{SWAPPED}-{token}"] = other.name


# --- on from here -----------------------------------------------------------------------------------


def _buttons(session: LiveSession | None, today: Today | None, language: Language) -> None:
    if session is not None and session.place is not None and session.place.item is not None:
        st.button(messages(language)("to_today"), width="stretch", on_click=live_set.leave, key="to-today")
        return
    say: Words = here(language)
    again, other = st.columns(2)
    if session is not None:
        stopped = today is not None and today.stopped is not None
        again.button(
            say("after.again"),
            type="primary",
            width="stretch",
            on_click=_again,
            args=(session,),
            disabled=stopped,
        )
    other.button(say("after.other"), width="stretch", on_click=_others)


def _again(session: LiveSession) -> None:
    clip, settings = live_set.clip(), begin.as_now(session.settings)
    if clip is not None:
        live_set.start(settings, clip)
    else:
        live_set.leave()
        begin.ask(settings)


def _others() -> None:
    st.session_state[TO_EXERCISES] = None
    live_set.leave()
