"""Where somebody is in the review: it stands in the address, so that a page can be loaded again and gone back from."""

from typing import Final

import streamlit as st

PERSON, SESSION, VIEW = "person", "session", "view"
PLACES: Final = (PERSON, SESSION, VIEW)
ANEW: Final = "review-rate-anew"
WHOLE: Final = "review-whole"


def go(person: str | None = None, session: str | None = None, view: str | None = None) -> None:
    """Show another view; for the callbacks of buttons."""
    for name, value in zip(PLACES, (person, session, view), strict=True):
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value
    whole()


def whole() -> None:
    """All of the page is to be told anew, for the callbacks of what stands outside fragments.

    Who leaves a field of a fragment by such a click has the fragment run alone: both come in one message.
    """
    st.session_state[WHOLE] = True


def follow() -> None:
    """At the beginning of a fragment: run all of the page instead where something outside asks for it."""
    if st.session_state.get(WHOLE):
        st.rerun()


def begun() -> None:
    """All of the page runs."""
    st.session_state.pop(WHOLE, None)


def rate(person: str | None = None) -> None:
    """Rate blindly, somebody or a draw over all; where all of the last round is rated another one begins."""
    st.session_state[ANEW] = True
    go(person, None, "rate")
