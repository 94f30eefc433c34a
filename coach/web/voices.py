"""Which of the machine's voices speaks: only the browser knows them, so a small component shows them."""

from typing import Any, Final

import streamlit as st

from coach.language import Language
from coach.web.beside import COMPONENTS, beside
from coach.web.preferences import Preferences
from coach.web.session import here
from coach.web.stage import speaking, voice_data

KEYS: Final = ("speaker", "speaker_own", "speaker_try", "speaker_sample", "speaker_none")


def voices(preferences: Preferences, language: Language) -> str | None:
    """Show the voices of the visit's language, to choose from and to try; the name of the one that was just chosen.

    "" is the machine's own choice; None: nothing was chosen just now.
    """
    component = st.components.v2.component(
        "form_coach_voices",
        css=beside(COMPONENTS, "voices.css"),
        js=speaking(beside(COMPONENTS, "voices.js")),
    )
    told = component(
        key="voices", data=[voices_data(preferences, language)], on_chosen_change=lambda: None
    )  # in a list: see own_words.py
    return told.chosen if isinstance(told.chosen, str) else None


def voices_data(preferences: Preferences, language: Language) -> dict[str, Any]:
    """What the browser needs to know."""
    say = here(language)
    return {
        "words": {key: say(f"settings.{key}") for key in KEYS},
        "voice": voice_data(preferences, language) | {"on": True},
    }
