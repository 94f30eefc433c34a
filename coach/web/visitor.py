"""Who is at the page, and what they may reach: the only way from the pages to the records and to live sets."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Literal, cast

import streamlit as st

from coach.care.types import Person, Role
from coach.live.hub import Own
from coach.records import OWNER, Actor, Desk, NotYours
from coach.web.clinic import Login, door
from coach.web.clinic.visit import login, whose
from coach.web.session import forget_preferences
from coach.web.state import HUB, records

Mode = Literal["alone", "clinic"]
KEY: Final = "clinic_actor"


def mode() -> Mode:
    """Alone: a laptop of one's own, without a login."""
    return "alone" if door() is None else "clinic"


def desk() -> Desk:
    """The records, as far as this visitor may see and change them.

    Raises RecordsError with one sentence; LoggedOut, in a clinic, where nobody is logged in, or no longer.
    """
    found, of_clinic = login(), door()
    if found is None:
        return records().desk(OWNER)
    assert of_clinic is not None
    return cast(Desk, _While(partial(of_clinic.hold, found), records().desk(_of_clinic(found))))


class _While:
    """A desk while a login holds: a button or a download that was made before its end gives nothing after it."""

    def __init__(self, hold: Callable[[], None], desk: Desk) -> None:
        self._hold, self._desk = hold, desk

    def __getattr__(self, name: str) -> Any:
        self._hold()
        return getattr(self._desk, name)


def person() -> Person:
    """Whoever exercises here; in a clinic anew, where somebody was deleted while this page stood open."""
    try:
        return desk().me()
    except NotYours:
        kept = st.session_state.get(KEY)
        if kept is None or kept[1].role is not Role.PERSON:
            raise
        del st.session_state[KEY]
        return desk().me()


def _of_clinic(login: Login) -> Actor:
    """Who it is in the records; looked up once a login."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] != login.mark:
        entered = records().enter(login.id, login.name, login.role, login.language or "en")
        kept = st.session_state[KEY] = (login.mark, entered)
    found: Actor = kept[1]
    return found


def forget() -> None:
    """What is known of this visitor beside the records, after they were erased there.  Raises LoggedOut."""
    st.session_state.pop(KEY, None)
    forget_preferences()


def live_sets() -> Own:
    """The live sets of this visitor, and no others.  Raises LoggedOut."""
    return HUB.of(whose())
