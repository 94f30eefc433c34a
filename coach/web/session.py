"""What one visit knows: its language and preferences."""

import shutil
from functools import cache
from pathlib import Path
from typing import Final, cast

import streamlit as st

from coach.folders import data_folder
from coach.judge import Exercise, load_exercise
from coach.language import Language, Words, words
from coach.web.clinic.door import LoggedOut
from coach.web.clinic.visit import whose
from coach.web.preferences import Preferences, language_of, load, save

HERE: Final = Path(__file__).parent
KEY: Final = "preferences"


def preferences() -> Preferences:
    """As they were chosen in this visit, or kept from the last; as at the beginning where nobody is logged in."""
    try:
        folder = own_folder()
    except LoggedOut:
        return Preferences()
    if KEY not in st.session_state:
        st.session_state[KEY] = load(folder)
    return cast(Preferences, st.session_state[KEY])


def prefer(chosen: Preferences) -> None:
    """Take and keep other ones."""
    folder = own_folder()
    st.session_state[KEY] = chosen
    save(chosen, folder)


def forget_preferences() -> None:
    """Of somebody of a clinic who wants nothing kept; a laptop's are the laptop's.  Raises LoggedOut."""
    if whose():
        st.session_state.pop(KEY, None)
        shutil.rmtree(own_folder(), ignore_errors=True)


def own_folder() -> Path:
    """Where the preferences of this visit are kept: in a clinic each has their own.  Raises LoggedOut."""
    own = whose()
    return data_folder() / "preferences" / own if own else data_folder()


def current_language() -> Language:
    """The language of this visit: `?lang=de` in the address, else as chosen, else the browser's."""
    asked = st.query_params.get("lang")
    browser = st.context.locale
    return language_of(preferences(), asked or browser)


@cache
def exercise_in(name: str, language: Language) -> Exercise:
    """An exercise of the library in a language; the files are read once."""
    return load_exercise(name, language=language)


def here(language: Language) -> Words:
    """The messages of the pages."""
    return words(language, HERE)
