"""What is shown before the login, and the way out."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from coach.care.types import Role
from coach.language import Language, Words, words
from coach.web.clinic.door import Door, LoggedOut, door
from coach.web.clinic.login import Login, Why
from coach.web.clinic.visit import login as login_here
from coach.web.markdown import plain
from coach.web.state import HUB

HERE: Final = Path(__file__).parent
STYLE: Final = (
    "<style>.st-key-login-bar { margin: -1.6rem 0 -1.4rem; }.st-key-log-out button { min-height: 0; }</style>"
)
WHOSE: Final = "whose_visit"
LIVE: Final = "live_token"
WARN_MIN: Final = 10  # before its end it is told, so that nobody is cut off in the middle of a set
LOOK_S: Final = 60.0  # between two looks whether the login still holds, while nobody touches the page


def enter() -> Login | None:
    """Who is at the page; None: nobody is, and the page is to offer the login.  For a clinic."""
    try:
        login = login_here()
    except LoggedOut as out:
        st.session_state.clear()
        st.session_state[WHOSE] = out.why
        return None
    assert login is not None
    if st.session_state.get(WHOSE) != login.whose:
        st.session_state.clear()  # whatever was here was of somebody else
        st.session_state[WHOSE] = login.whose
    return login


def show_login(language: Language) -> None:
    """The page of who is not logged in."""
    say = words(language, HERE)
    why: Why = st.session_state.get(WHOSE, "nobody")
    _, middle, _ = st.columns((1, 2, 1))
    with middle, st.container(border=True, key="login"):
        st.title(say("title"), anchor=False)
        st.markdown(say("intro"))
        if why != "nobody":
            st.info(say(f"why_{why}"))
        if why == "refused":
            st.button(say("out"), on_click=st.logout, width="stretch")
        else:
            st.button(say("in"), type="primary", on_click=st.login, width="stretch")
        st.caption(say("pictures"))
        st.caption(say("not_medical"))


def bar(login: Login, language: Language) -> None:
    """Who is logged in, and the way out; goes back to the login by itself when the time is over."""
    say, of_clinic = words(language, HERE), door()
    assert of_clinic is not None
    with st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="login-bar"
    ):
        told = say("therapist" if login.role is Role.THERAPIST else "person", name=plain(login.name))
        st.caption(told, width="content")
        st.button(say("out"), type="tertiary", icon=":material/logout:", on_click=leave, key="log-out")
    _look(login, of_clinic, say)


def leave() -> None:
    """End the login, the live set and everything that this visit knew."""
    of_clinic = door()
    try:
        login = login_here()
    except LoggedOut:
        login = None
    if login is not None and of_clinic is not None:
        end_live(login.whose, st.session_state.get(LIVE) or st.query_params.get("set"))
        of_clinic.end(login)
    st.session_state.clear()
    st.query_params.clear()
    st.logout()


def end_live(whose: str, token: str | None) -> None:
    """Stop somebody's set: what was done is kept in the records, and its page gives nothing any more."""
    session = HUB.find(token, whose) if token else None
    if token and session is not None:
        session.stop()
        HUB.drop(token, whose)


def _look(login: Login, of_clinic: Door, say: Words) -> None:
    looking: Callable[[], None] = st.fragment(
        lambda: _still(login, of_clinic, say), run_every=min(of_clinic.left_s(login) + 1.0, LOOK_S)
    )
    looking()


def _still(login: Login, of_clinic: Door, say: Words) -> None:
    if not of_clinic.still(login):
        st.rerun()
    left_min = int(of_clinic.left_s(login) // 60)
    if left_min < WARN_MIN:
        who = "therapist" if login.role is Role.THERAPIST else "person"
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            st.caption(say(f"soon_{who}", n=max(left_min, 1)), width="content")
            # Where the provider still knows them, this asks for nothing.
            st.button(say("again"), type="tertiary", on_click=st.login, key="log-in-again")
