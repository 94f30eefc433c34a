"""What this is, what it is not, and what happens to the pictures."""

import streamlit as st

from coach.language import Language
from coach.web.clinic.visit import placed
from coach.web.session import here


def show(language: Language) -> None:
    """The page."""
    say = here(language)
    st.title(say("about.title"), anchor=False)
    st.markdown(say("about.text", stays=placed(say, "about.stays")))
