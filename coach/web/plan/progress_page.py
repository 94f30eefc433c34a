"""How it goes over weeks: the weeks, the range of each exercise and side with its error, pain."""

from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from coach.care import progress
from coach.care.days import day_of, own_sets
from coach.care.types import Session, SetSummary
from coach.errors import CoachError
from coach.judge.holds import whole_seconds
from coach.language import Language, Words
from coach.web import pages, visitor
from coach.web.course import course_downloads
from coach.web.plan.parts import look
from coach.web.plan.wording import day_and_month, messages
from coach.web.review.charts import pain_chart, range_chart
from coach.web.review.picture import picture
from coach.web.session import exercise_name

LOOK_BACK: Final = timedelta(weeks=26)
WEEKS: Final = 12
FEWEST: Final = 2  # points that make a line
SIDES: Final = ("left", "right", "both")


def show(language: Language) -> None:
    """The page."""
    look()
    say = messages(language)
    st.title(say("progress.title"), anchor=False)
    try:
        desk, person = visitor.desk(), visitor.person().id
        now = datetime.now(UTC)
        summaries = own_sets(desk.summaries(person, now - LOOK_BACK))
        sessions, plans = desk.sessions(person, now - LOOK_BACK), desk.plans(person)
    except CoachError as error:
        st.error(error.told(language))
        return
    weeks = progress.adherence(plans, summaries, day_of(now), WEEKS)
    _weeks(weeks, language, say)
    if not summaries:
        st.markdown(say("progress.nothing"))
    else:
        _ranges(summaries, language, say)
    _pain(sessions, language, say)
    if sessions:
        with st.container(width=320):
            course_downloads(desk, person, language, "own")
    if st.button(say("records.title"), icon=":material/folder_shared:", key="to-records"):
        pages.go_to("records")


def _weeks(weeks: tuple[progress.WeekDone, ...], language: Language, say: Words) -> None:
    if not weeks:
        return
    st.markdown(f"**{progress.week_told(weeks[-1], language)}**")
    done = sum(week.done for week in weeks[-4:])
    if len(weeks) > 1 and done:
        st.markdown(say("progress.weeks", n=done, weeks=min(4, len(weeks))))
    if len(weeks) > 1:
        st.html(weeks_html(weeks, say))


def weeks_html(weeks: tuple[progress.WeekDone, ...], say: Words) -> str:
    """A column a week: on how many days something was done."""
    columns = "".join(
        f'<li role="img" aria-label="{day_and_month(week.monday, say)}: {say("progress.days", n=week.done)}">'
        f'<b aria-hidden="true" style="--n:{week.done}">{week.done or ""}</b>'
        f'<span aria-hidden="true">{day_and_month(week.monday, say)}</span></li>'
        for week in weeks
    )
    return f'<div class="weeks-room"><ul class="weeks">{columns}</ul></div>'


def _ranges(summaries: tuple[SetSummary, ...], language: Language, say: Words) -> None:
    names = sorted(
        {one.exercise for one in summaries if one.range_deg}, key=lambda n: exercise_name(n, language)
    )
    held = sorted({one.exercise for one in summaries if any(one.hold_s.values())} - set(names))
    if names:
        st.subheader(say("progress.range"), anchor=False)
        st.caption(say("progress.range_help"))
    for name in names:
        trends = progress.range_trends(summaries, name)
        if not trends:
            continue
        st.markdown(f"**{exercise_name(name, language)}**")
        for side in SIDES:
            if side in trends:
                told = progress.range_told(trends[side], language)
                st.markdown(told if side == "both" else f"{say(f'side.{side}')}: {told}")
        if max(len(one.points) for one in trends.values()) >= FEWEST:
            drawn = range_chart(trends, "deg", language)
            picture(drawn, say("progress.range_alt", name=exercise_name(name, language)), f"range-{name}")
    if held:
        st.subheader(say("progress.held"), anchor=False)
        for name in held:
            longest = max(
                one.longest_hold_s(side) for one in summaries if one.exercise == name for side in one.hold_s
            )
            st.markdown(
                f"**{exercise_name(name, language)}** · {say('progress.longest', n=whole_seconds(longest))}"
            )


def _pain(sessions: tuple[Session, ...], language: Language, say: Words) -> None:
    course = progress.pain_course(sessions)
    chart = pain_chart(sessions, language) if len(course.points) >= FEWEST else None
    if chart is None:
        return
    st.subheader(say("progress.pain"), anchor=False)
    st.markdown(progress.pain_told(course, language))
    picture(chart, say("progress.pain"), "pain-chart")
