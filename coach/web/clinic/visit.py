"""Who is at the page that Streamlit runs just now."""

import streamlit as st

from coach.language import Words
from coach.web.clinic.door import door
from coach.web.clinic.login import Login


def login() -> Login | None:
    """Who is logged in; None on a laptop of one's own.  Raises LoggedOut, in a clinic, for everybody else."""
    of_clinic = door()
    return None if of_clinic is None else of_clinic.login(st.user.to_dict())


def placed(say: Words, key: str) -> str:
    """A sentence that says where something is kept or goes to: in a clinic that is not the person's own machine."""
    return say(key if door() is None else f"{key}_clinic")


def whose() -> str:
    """Whose the live sets, videos and preferences of this visit are; "" on a laptop.  Raises LoggedOut."""
    found = login()
    return "" if found is None else found.whose
