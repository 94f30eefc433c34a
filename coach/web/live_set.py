"""The set that is live in this visit: begun, shown while it lasts, told of when it is over."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from coach.language import Language
from coach.live import InRecords, LiveSession, LiveSettings
from coach.web.session import here, preferences
from coach.web.stage import stage
from coach.web.visitor import live_sets

ADDRESS, CLIP = "set", "clip"  # in the address, so that a page that is loaded again finds its set
TOKEN: Final = "live_token"


def token() -> str | None:
    """The token of the set, live or over; None where there is none."""
    return st.session_state.get(TOKEN) or st.query_params.get(ADDRESS)


def is_over(token: str | None) -> bool:
    """Whether the set has ended and is still known."""
    session = None if token is None else live_sets().find(token)
    return session is not None and session.done


def start(settings: LiveSettings, clip: str | None = None, place: InRecords | None = None) -> None:
    """Begin a set.

    clip   the name of a sample clip that stands in for the camera
    place  where in the records it belongs; None: nowhere
    """
    leave()
    st.session_state[TOKEN] = st.query_params[ADDRESS] = live_sets().open(settings, place).token
    if clip is not None:
        st.query_params[CLIP] = clip


def leave() -> None:
    """Nothing is live any longer, and the address says so."""
    live_sets().drop(token() or "")
    st.session_state[TOKEN] = None
    for name in (ADDRESS, CLIP):
        st.query_params.pop(name, None)


def clip() -> str | None:
    """The sample clip that stands in for the camera, if one does."""
    return st.query_params.get(CLIP)


def show(
    token: str, language: Language, over: Callable[[LiveSession], None], gone: Callable[[], None]
) -> None:
    """The stage while the set lasts, then `over`; `gone` where it is no longer known."""
    session = live_sets().find(token)
    if session is None:
        st.info(here(language)("after.gone"))
        gone()
        return
    if not session.done:
        told = stage(session, clip(), preferences(), language, session.settings.exercise.name)
        if told.left:
            leave()
            st.rerun()
        if not told.finished:
            return
        session.stop()
        st.rerun()
    over(session)
