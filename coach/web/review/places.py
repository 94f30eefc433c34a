"""Where somebody is in the review: it stands in the address, so that a page can be loaded again and gone back from."""

from typing import Final

import streamlit as st

PERSON, SESSION, VIEW = "person", "session", "view"
PLACES: Final = (PERSON, SESSION, VIEW)


def go(person: str | None = None, session: str | None = None, view: str | None = None) -> None:
    """Show another view; for the callbacks of buttons."""
    for name, value in zip(PLACES, (person, session, view), strict=True):
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value
