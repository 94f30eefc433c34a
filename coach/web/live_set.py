"""The set that is live in this visit: begun, shown while it lasts, told of when it is over."""

from collections.abc import Callable

import streamlit as st

from coach.language import Language
from coach.live import InRecords, LiveSession, LiveSettings
from coach.web.session import here, preferences
from coach.web.stage import stage
from coach.web.visitor import live_sets

ADDRESS, CLIP = "set", "clip"  # in the address, so that a page that is loaded again finds its set
TOKEN, SHOWN = "live_token", "live_clip"  # in the session


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
    token = live_sets().open(settings, place).token
    _remember(token, clip)
    _stand_in_address(token, clip)


def leave() -> None:
    """Nothing is live any longer, and the address says so."""
    live_sets().drop(token() or "")
    _remember(None, None)
    for name in (ADDRESS, CLIP):
        st.query_params.pop(name, None)


def clip() -> str | None:
    """The sample clip that stands in for the camera, if one does; it is told where the token is."""
    return st.session_state.get(SHOWN) if st.session_state.get(TOKEN) else st.query_params.get(CLIP)


def _remember(token: str | None, clip: str | None) -> None:
    """For as long as this visit lasts: the address is lost with a look at another page."""
    st.session_state[TOKEN], st.session_state[SHOWN] = token, clip


def _stand_in_address(token: str, clip: str | None) -> None:
    """For a page that is loaded again, which is another visit; what stands there already is not written anew."""
    for name, told in ((ADDRESS, token), (CLIP, clip)):
        if told is not None and st.query_params.get(name) != told:
            st.query_params[name] = told


def show(
    token: str, language: Language, over: Callable[[LiveSession], None], gone: Callable[[], None]
) -> None:
    """The stage while the set lasts, then `over`; `gone` where it is no longer known."""
    session = live_sets().find(token)
    if session is None:
        st.info(here(language)("after.gone"))
        gone()
        return
    _remember(token, clip())
    _stand_in_address(token, clip())
    if not session.done:
        told = stage(session, clip(), preferences())
        if told.left:
            leave()
            st.rerun()
        if not told.finished:
            return
        session.stop()
        st.rerun()
    over(session)
