"""Today: what the plan has for it, one button to begin, the week."""

from datetime import UTC, date, datetime
from html import escape

import streamlit as st

from coach.care import plans
from coach.care.plans import Done
from coach.care.types import Plan
from coach.errors import CoachError
from coach.language import Language, Words
from coach.report.figure import load_figure, pose_svg
from coach.web import live_set, pages, visitor
from coach.web.plan import after, begin, gate, growth, reminders
from coach.web.plan.parts import block, look
from coach.web.plan.today import Today, today_of
from coach.web.plan.week import week_html
from coach.web.plan.wording import day_and_month, messages, weekday
from coach.web.session import exercise_name, exercise_of
from coach.web.top import begin_at_top


def show(language: Language) -> None:
    """The page, or the set that was begun from it."""
    look()
    token = live_set.token()
    begin_at_top(f"{token} {live_set.is_over(token)} {begin.step_now()}")
    if token is not None:
        after.live(token, language)
    elif not gate.show(language):
        _today(language)


def _today(language: Language) -> None:
    say = messages(language)
    try:
        today = today_of(visitor.desk(), visitor.person().id, datetime.now(UTC), language)
    except CoachError as error:
        st.title(say("today.title"), anchor=False)
        st.error(error.told(language))
        return
    named = weekday(today.day.weekday(), say)
    st.title(say("today.title_of", weekday=named, day=day_and_month(today.day, say)), anchor=False)
    if today.plan is None:
        _none_yet(today, say)
        return
    if today.plan.note:
        st.html(f'<div class="plan"><p class="own">{escape(today.plan.note)}</p></div>')
    _head(today, language, say)
    for line in today.lines:
        _line(line, today, language, say)
    st.subheader(say("today.week"), anchor=False)
    st.html(week_html(today.week, today.day, say))
    try:
        growth.week(language)
        growth.proposals(language)
    except CoachError as error:  # the way to the safety questions, below, stays
        st.error(error.told(language))
    _links(today.plan, language, say)


def _none_yet(today: Today, say: Words) -> None:
    if today.later is not None:
        st.markdown(say("today.later", day=day_and_month(today.later.from_day, say)))
    else:
        st.markdown(say("today.none"))
    if st.button(say("today.make"), type="primary"):
        pages.go_to("plan")


def _head(today: Today, language: Language, say: Words) -> None:
    """The one button, or why there is none."""
    if today.stopped is not None:
        st.html(block("stop", today.stopped.text, title=say("stopped.title")))
    elif today.left:
        if today.advised is not None:
            st.html(block("stop", today.advised.text, title=say("advised.title")))
        begun = len(today.left) < len(today.lines) or today.sets_left < sum(
            one.item.sets for one in today.lines
        )
        st.button(
            say("today.go_on" if begun else "today.start"),
            type="primary",
            width="stretch",
            icon=":material/play_arrow:",
            key="start-today",
            on_click=start,
            args=(language,),
        )
        st.caption(say("today.guided"))
    elif today.lines:
        st.html(f'<p class="plan large">{escape(say("today.done"))}</p>')
        st.markdown(say("today.done_more"))
    else:
        st.markdown(_next_day(today, say))


def start(language: Language, item: str | None = None) -> None:
    """Begin with a line, without one with the first that is left, if the plan still asks for it."""
    asked = begin.planned(language, item)
    if asked is not None:
        begin.ask(asked.settings, asked.item)


def _next_day(today: Today, say: Words) -> str:
    coming = [date.fromordinal(today.day.toordinal() + n) for n in range(1, 8)]
    found = next((day for day in coming if plans.due(today.plan, day)), None)
    if found is None:
        return say("today.nothing")
    return say("today.next", weekday=weekday(found.weekday(), say))


def _line(line: Done, today: Today, language: Language, say: Words) -> None:
    exercise = exercise_of(line.item.exercise, language)
    with st.container(border=True, key=f"line-{line.item.id}"):
        picture, told, state = st.columns((2, 5, 2), vertical_alignment="center")
        figure = None if exercise is None else load_figure(exercise.id)
        if exercise is not None and figure is not None:
            picture.image(pose_svg(exercise, figure), width="stretch", alt=exercise.description)
        own = f'<p class="own">{escape(line.item.note)}</p>' if line.item.note else ""
        side = f" · {plans.side_name(line.item.side, language)}" if line.item.side else ""
        told.html(
            f'<div class="plan"><p class="name">{escape(exercise_name(line.item.exercise, language))}{escape(side)}</p>'
            f'<p class="dose">{escape(plans.dose_told(line.item, language))}</p>{own}</div>'
        )
        done = say("today.whole") if line.whole else say("today.part", n=line.item.sets, done=line.sets)
        kind = "state whole" if line.whole else "state"
        with state:
            st.html(f'<div class="plan"><p class="{kind}">{escape(done)}</p></div>')
            several = len(today.lines) > 1 or line.whole
            if exercise is not None and several and today.stopped is None:
                st.button(
                    say("today.again" if line.whole else "today.only"),
                    key=f"only-{line.item.id}",
                    width="stretch",
                    on_click=start,
                    args=(language, line.item.id),
                )


def _links(plan: Plan, language: Language, say: Words) -> None:
    with st.container(horizontal=True):
        if st.button(say("today.change"), icon=":material/edit_calendar:", key="to-plan"):
            pages.go_to("plan")
        reminders.offer(plan, language)
        st.button(
            say("questions.changed"),
            icon=":material/health_and_safety:",
            key="changed",
            on_click=begin.something_changed,
        )
    told = begin.problem(language)
    if told:
        st.warning(told)
