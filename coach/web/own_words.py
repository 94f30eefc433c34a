"""Streamlit's own words in the language of the visit: it has them in English only, some for screen readers alone."""

from typing import Final

import streamlit as st

from coach.language import Language
from coach.web.beside import COMPONENTS, beside
from coach.web.session import here

WORDS: Final = {
    "Skip to main content": "skip",
    "App pages": "pages",
    "Sidebar": "pages",
    "Expand sidebar": "show_pages",
    "Collapse sidebar": "hide_pages",
    "Open": "open",
    "Close": "close",
    "Increment": "more",
    "Decrement": "less",
    "Dismiss": "close",
    "Notifications": "notices",
    "Choose an option": "option",
    "Help for ": "help",  # and what it is for
    "Error: Number is outside the allowed range": "range",
    "Connection error": "lost",
    "Is Streamlit still running?": "lost_why",
    "Connecting to Streamlit server": "lost_why",
    "Unable to connect to Streamlit server": "lost_why",
    "Page not found": "no_page",
    "The page that you have requested": "no_page_why",
}


def rename(language: Language) -> None:
    """Keep renaming them, and tell the browser which language the page is in."""
    say = here(language)
    words = {theirs: say(f"streamlit.{ours}") for theirs, ours in WORDS.items()}
    component = st.components.v2.component("form_coach_own_words", js=beside(COMPONENTS, "own_words.js"))
    # In a list: in a mapping Streamlit looks for tables, and imports pandas for that before the first page.
    component(key="own-words", data=[{"language": language, "words": words}])
