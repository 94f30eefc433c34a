"""Who is at the page, and what they may reach: the only way from the pages to the records and to live sets."""

from typing import Final, Literal

import streamlit as st

from coach.care.types import Person
from coach.live.hub import Own
from coach.records import OWNER, Actor, Desk
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
    return records().desk(actor())


def person() -> Person:
    """Whoever exercises here."""
    return desk().me()


def actor() -> Actor:
    """In whose name the records are asked.  Raises LoggedOut."""
    found = login()
    return OWNER if found is None else _of_clinic(found)


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
