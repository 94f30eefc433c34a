"""One person: what changed since the last look, then trends, sessions, plan and notes."""

from datetime import date, timedelta
from html import escape
from typing import Final

import streamlit as st

from coach.care import faults, trends
from coach.care.days import day_of
from coach.care.progress import adherence
from coach.care.review import news, pain_now
from coach.care.safety import questions
from coach.care.safety import say as care_say
from coach.care.types import Screening, Session, SetSummary
from coach.language import Language, Words
from coach.records import Desk
from coach.report.wording import check_inside
from coach.web import visitor
from coach.web.clinic import entrusting
from coach.web.course import course_downloads
from coach.web.markdown import plain
from coach.web.review import charts, file
from coach.web.review.faults_table import faults_html
from coach.web.review.file import PersonFile
from coach.web.review.opening import Opens, opened
from coach.web.review.people import forget
from coach.web.review.picture import picture
from coach.web.review.places import go, rate
from coach.web.review.planned import plan_of
from coach.web.review.turning import Turning
from coach.web.review.wording import (
    REASON_SIGNS,
    URGENT_TO,
    date_told,
    day_told,
    messages,
    name_told,
    pain_told,
    reason_told,
    symmetry_told,
    trend_told,
)
from coach.web.review.writing import writing
from coach.web.session import exercise_name

VIEWS: Final = ("overview", "sessions", "plan", "notes")
TEAM: Final = "team"  # a view more, in a clinic
PAGE: Final = 15
WEEKS: Final = 14  # that are shown as a column each
SPANS: Final = {"weeks": timedelta(weeks=6), "months": timedelta(weeks=13), "all": timedelta(days=36500)}


def show(desk: Desk, person_id: str, language: Language) -> None:
    """The page."""
    own, now = messages(language), file.now()
    known = file.person_file(desk, person_id, now)
    today = day_of(now)
    st.button(f"← {own('person.back')}", on_click=go, type="tertiary")
    head, rating, report = st.columns((6, 2, 2), vertical_alignment="center")
    head.title(plain(name_told(known.person, language)), anchor=False)
    rating.button(own("person.rate"), on_click=rate, args=(person_id,), width="stretch")
    with report:
        course_downloads(desk, person_id, language, person_id)
    st.html(head_html(known, today, language))
    counts = {"sessions": len(known.sessions), "notes": len(known.notes)}
    view = st.segmented_control(
        own("person.view"),
        (*VIEWS, TEAM) if visitor.mode() == "clinic" else VIEWS,
        default="overview",
        required=True,
        format_func=lambda name: own(f"person.{name}", n=counts.get(name, 0)),
        label_visibility="collapsed",
        key=f"review-view-{person_id}",
    )
    if view == "sessions":
        _sessions(known, language)
    elif view == "plan":
        plan_of(desk, known, today, language)
    elif view == "notes":
        notes(desk, known, language)
    elif view == TEAM:
        _team(desk, known, language)
    elif known.sessions:
        _overview(known, today, language)
    else:
        st.info(own("person.nothing"))


def head_html(known: PersonFile, today: date, language: Language) -> str:
    """Age, what is new since the last look, and the reasons to look."""
    own = messages(language)
    told = [] if known.person.born is None else [own("person.age", n=_age(known.person.born, today))]
    told.append(_news(known, today, language))
    if known.person.sample:
        told.insert(0, own("people.sample"))
    reasons = "".join(
        f'<li class="{"urgent" if reason.priority <= URGENT_TO else ""}">'
        f'<span aria-hidden="true">{REASON_SIGNS[reason.code]}</span>{escape(reason_told(reason, language))}</li>'
        for reason in known.reasons
    )
    calm = f'<p class="quiet">{escape(own("person.calm"))}</p>' if not known.reasons else ""
    return (
        f'<div class="rv head"><p>{escape(" · ".join(told))}</p>{calm}<ul class="reasons">{reasons}</ul>'
        f"{_flags_html(known.screening, today, language)}</div>"
    )


def _flags_html(screening: Screening | None, today: date, language: Language) -> str:
    """Which answers ask for a physician, in the words that were ticked, and since when."""
    if screening is None or not screening.flags:
        return ""
    ticked = "".join(
        f"<li>{escape(question.text)}</li>"
        for question in questions(language)
        if question.code in screening.flags
    )
    day = messages(language)("person.flags", day=day_told(day_of(screening.at), today, language))
    seen = f"<p>{escape(care_say(language)('answer.seen'))}.</p>" if screening.seen else ""
    return f'<div class="flags"><p>{escape(day)}</p><ul>{ticked}</ul>{seen}</div>'


def _news(known: PersonFile, today: date, language: Language) -> str:
    own = messages(language)
    if known.looked is None:
        now = pain_now(known.sessions)
        pain = "" if now is None else f" {own('person.pain_is', now=now)}"
        return f"{own('person.first_look')} {own('person.total', n=len(known.sessions))}{pain}"
    fresh = news(known.summaries, known.sessions, known.looked)
    day = day_told(day_of(known.looked), today, language)
    if not fresh.sessions:
        return own("person.since_none", day=day)
    told = own("person.since", day=day, n=fresh.sessions)
    if fresh.pain_now is None:
        return told
    if fresh.pain_was is None or fresh.pain_was == fresh.pain_now:
        return f"{told} {own('person.pain_is', now=fresh.pain_now)}"
    return f"{told} {own('person.pain_from', was=fresh.pain_was, now=fresh.pain_now)}"


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


# --- the overview ---------------------------------------------------------------------------------------


def _overview(known: PersonFile, today: date, language: Language) -> None:
    own = messages(language)
    span = st.segmented_control(
        own("over.span"),
        SPANS,
        default="weeks",  # as long as the reasons to look reach back
        required=True,
        format_func=lambda name: own(f"over.{name}"),
        label_visibility="collapsed",
        key="review-span",
    )
    known = known.since(file.now() - SPANS[str(span)])
    left, right = st.columns(2, gap="large")
    with left:
        _chart(charts.pain_chart(known.sessions, language), own("over.pain"), own("over.pain_none"))
    with right:
        shown = min(
            WEEKS, SPANS[str(span)].days // 7
        )  # a week whose sets are not shown would look like a missed one
        weeks = adherence(known.plans, known.summaries, today, shown)
        note = "" if any(week.planned for week in weeks) else own("over.no_plan")
        _chart(charts.done_chart(weeks, language), own("over.adherence"), "", note)
    if known.exercises:
        _by_exercise(known, language)
    else:
        st.info(own("person.nothing_lately"))


@st.fragment
def _by_exercise(known: PersonFile, language: Language) -> None:
    own = messages(language)
    chosen = st.segmented_control(
        own("over.exercise"),
        known.exercises,
        default=known.exercise_first,
        required=True,
        format_func=lambda name: exercise_name(name, language),
        key=f"review-exercise-{known.person.id}",
    )
    sets = tuple(one for one in known.own if one.exercise == chosen)
    left, right = st.columns(2, gap="large")
    with left:
        _range(sets, language)
    with right:
        points = trends.symmetry(sets).get(str(chosen), ())
        alike = charts.symmetry_chart(points, language) if points else None
        _chart(alike, own("over.symmetry"), own("over.no_symmetry"), symmetry_told(points, language))
    missed = {
        check: weeks[-WEEKS:] for (_, check), weeks in faults.weeks(faults.by_present_rules(sets)).items()
    }
    table = faults_html(missed, language)
    if table is None:
        _chart(None, own("over.faults"), own("over.faults_none"))
    else:
        st.html(f'<h3 class="rv part">{escape(own("over.faults"))}</h3>{table}')
        st.html(f'<p class="rv quiet">{escape(own("over.gaps"))}</p>')


def _range(sets: tuple[SetSummary, ...], language: Language) -> None:
    """The range of each side; of a held pose the time."""
    own = messages(language)
    ranges = {side: trends.trend(points) for (_, side), points in trends.ranges(sets).items()}
    if ranges:
        drawn = charts.range_chart(ranges, "deg", language)
        said = [trend_told(ranges[side], side, language) for side in charts.SIDES if side in ranges]
        told = [] if all(one.moved == "unknown" for one in ranges.values()) else [own("over.line")]
        _chart(drawn, own("over.range"), "", " ".join([*said, *told, own("over.band")]))
        return
    held = {side: trends.trend(points) for (_, side), points in trends.holds(sets).items()}
    times = charts.range_chart(held, "s", language, from_zero=True) if held else None
    _chart(times, own("over.held" if held else "over.range"), own("over.no_range"))


def _chart(drawn: str | None, title: str, none: str, said: str = "") -> None:
    """A chart with its title, and in words what it shows; or why there is none."""
    st.html(f'<h3 class="rv part">{escape(title)}</h3>')
    if drawn is None:
        st.html(f'<p class="rv quiet">{escape(none)}</p>')
        return
    picture(drawn, f"{title}. {said}".strip(), f"chart-{title}")
    if said:
        st.html(f'<p class="rv quiet">{escape(said)}</p>')


# --- sessions -------------------------------------------------------------------------------------------


@st.fragment
def _sessions(known: PersonFile, language: Language) -> None:
    own = messages(language)
    newest = known.sessions[::-1]
    if not newest:
        st.info(own("person.nothing"))
        return
    by_session: dict[str, list[SetSummary]] = {}
    for one in known.summaries:
        by_session.setdefault(one.session, []).append(one)
    turning = Turning(f"review-sessions-{known.person.id}", len(newest), PAGE)
    lines = [
        Opens(
            session.id,
            date_told(session.started, language),
            session_html(session, by_session.get(session.id, []), language),
        )
        for session in newest[turning.shown]
    ]
    with st.container(key="review-sessions-list"):
        chosen = opened(lines, f"review-sessions-opening-{known.person.id}")
    if chosen is not None:
        go(known.person.id, chosen)
        st.rerun()
    turning.show(own)


def session_html(session: Session, sets: list[SetSummary], language: Language) -> str:
    """What was done in a session, what was missed most, and the pain before and after."""
    own = messages(language)
    done: dict[str, list[int]] = {}
    for one in sets:
        tally = done.setdefault(one.exercise, [0, 0])
        tally[0] += one.counted
        tally[1] += one.attempts
    told = ", ".join(
        f"{exercise_name(name, language)} {own('list.counted', counted=counted, attempts=attempts)}"
        for name, (counted, attempts) in done.items()
    )
    pain = pain_told(session, language) or own("people.pain_none")
    cut = "" if session.ended is not None else f' <span class="tag">{escape(own("list.cut"))}</span>'
    return (
        f'<div class="rv line sets"><div>{escape(told) or "–"}{cut}</div>'
        f"<div>{escape(_missed(sets, own, language))}</div><div>{escape(pain)}</div></div>"
    )


def _missed(sets: list[SetSummary], own: Words, language: Language) -> str:
    """The check that was missed most, with its exercise where there were several; nothing of what was not judged."""
    if not sets:
        return "–"
    found = faults.tallies(sets).items()
    (exercise, check), most = max(found, key=lambda one: one[1].faults, default=(("", ""), faults.Tally()))
    if not most.faults:
        return own("list.no_fault" if any(tally.judged for _, tally in found) else "list.not_judged")
    several = len({one.exercise for one in sets}) > 1
    name = f"{exercise_name(exercise, language)}: " if several else ""
    told = own(
        "list.missed", check=check_inside(check, language), n=most.faults, of=max(most.faults, most.judged)
    )
    return f"✕ {name}{told}"


# --- who sees it ----------------------------------------------------------------------------------------


def _team(desk: Desk, known: PersonFile, language: Language) -> None:
    """Who is handed over is not here any longer: back to the list."""
    if entrusting.shown(desk, known.person, language):
        forget()
        go()
        st.rerun()


# --- notes ----------------------------------------------------------------------------------------------


def notes(desk: Desk, known: PersonFile, language: Language) -> None:
    """All notes, the newest first, and a place for a new one."""
    own = messages(language)
    writing(desk, known.person.id, None, own("note.new"), language)
    if not known.notes:
        st.html(f'<p class="rv quiet">{escape(own("note.none"))}</p>')
    told = "".join(
        f"<li><p>{escape(note.text)}</p><span>{escape(date_told(note.at, language))}"
        + (f" · {escape(own('note.about_session'))}" if note.about else "")
        + "</span></li>"
        for note in reversed(known.notes)
    )
    st.html(f'<ul class="rv notes">{told}</ul>')
