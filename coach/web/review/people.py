"""The list of people: what needs eyes first, a line each, with the reason in plain words."""

from datetime import date, timedelta
from html import escape
from typing import Final, cast

import streamlit as st

from coach.care.days import day_of
from coach.care.review import Line, matching
from coach.language import Language
from coach.records import Desk
from coach.web.review import file
from coach.web.review.offer import offer
from coach.web.review.opening import Opens, opened
from coach.web.review.places import follow, go
from coach.web.review.turning import Turning, begin
from coach.web.review.wording import (
    REASON_SIGNS,
    URGENT_TO,
    day_told,
    messages,
    name_told,
    reason_told,
)

PAGE: Final = 20
PAGE_AT: Final = "review-page"
KEPT: Final = "review-lines"
FRESH: Final = timedelta(
    seconds=60
)  # while somebody types and turns pages the lines need not be fetched anew
MOST_REASONS: Final = 2


def show(desk: Desk, language: Language) -> None:
    """The page."""
    own = messages(language)
    head, view = st.columns((3, 1), vertical_alignment="bottom")
    head.title(own("people.title"), anchor=False)
    view.button(own("people.agreement"), on_click=go, args=(None, None, "agreement"), width="stretch")
    lines = fresh_lines(desk)
    if not any(line.sessions for line in lines) and offer(desk, language):
        forget()
        st.rerun()
    if not lines:
        st.info(own("people.none"))
        return
    _list(lines, language)


def fresh_lines(desk: Desk) -> tuple[Line, ...]:
    """The lines of whoever is at the page, kept in the visit for a minute."""
    now = file.now()
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != desk.actor.id or not timedelta() <= now - kept[1] < FRESH:
        kept = st.session_state[KEPT] = (desk.actor.id, now, file.lines(desk, now))
    return cast(tuple[Line, ...], kept[2])


def forget() -> None:
    """Something changed: the lines are fetched anew."""
    st.session_state.pop(KEPT, None)


@st.fragment
def _list(lines: tuple[Line, ...], language: Language) -> None:
    follow()
    own, today = messages(language), day_of(file.now())
    needing = sum(bool(line.reasons) for line in lines)
    look = own("people.needing", n=needing, of=len(lines)) if needing else own("people.needing_none")
    search, told = st.columns((2, 3), vertical_alignment="bottom")
    wanted = search.text_input(
        own("people.search"), key="review-search", icon=":material/search:", on_change=begin, args=(PAGE_AT,)
    )
    told.html(f'<p class="rv quiet">{escape(look)}</p>')
    found = matching(lines, wanted or "")
    if not found:
        st.info(own("people.none_found"))
        return
    turning = Turning(PAGE_AT, len(found), PAGE)
    with st.container(key="review-lines"):
        chosen = opened([opens(line, today, language) for line in found[turning.shown]], "review-opening")
    if chosen is not None:
        go(chosen)
        st.rerun()
    turning.show(own)


def opens(line: Line, today: date, language: Language) -> Opens:
    """The line of one person."""
    tag = messages(language)("people.sample") if line.person.sample else ""
    return Opens(line.person.id, name_told(line.person, language), line_html(line, today, language), tag)


def line_html(line: Line, today: date, language: Language) -> str:
    """The reasons of one person, the last session, the pain."""
    own = messages(language)
    last = own("people.never") if line.last is None else day_told(day_of(line.last), today, language)
    pain = own("people.pain_none") if line.pain is None else own("people.pain", n=line.pain)
    return (
        f'<div class="rv line"><div>{reasons_html(line, language)}</div>'
        f"<div>{escape(last)}</div><div>{escape(pain)}</div></div>"
    )


def reasons_html(line: Line, language: Language) -> str:
    """The most urgent ones, each with its sign; more are told by their number."""
    own = messages(language)
    if not line.reasons:
        return f'<span class="calm">{escape(own("people.calm"))}</span>'
    told = "".join(
        f'<span class="reason{" urgent" if reason.priority <= URGENT_TO else ""}">'
        f'<span aria-hidden="true">{REASON_SIGNS[reason.code]}</span> {escape(reason_told(reason, language))}</span>'
        for reason in line.reasons[:MOST_REASONS]
    )
    more = len(line.reasons) - MOST_REASONS
    return told + (f'<span class="calm">{escape(own("reason.more", n=more))}</span>' if more > 0 else "")
