"""What one visit knows: its language and preferences."""

import shutil
from pathlib import Path
from threading import Lock
from typing import Final, cast

import streamlit as st

from coach.errors import CoachError
from coach.folders import data_folder
from coach.judge import Exercise, load_exercise
from coach.judge.library import wrong_files
from coach.language import Language, Words, words
from coach.report.figure import load_figure, pose_svg
from coach.web.clinic.door import LoggedOut
from coach.web.clinic.visit import whose
from coach.web.markdown import plain
from coach.web.preferences import Preferences, changed, language_of, load, save

HERE: Final = Path(__file__).parent
KEY: Final = "preferences"
_READING, _DRAWING = Lock(), Lock()
_DRAWN: Final[dict[tuple[str, Language], tuple[Exercise, str | None]]] = {}


def preferences() -> Preferences:
    """As they were chosen in this visit, or kept from the last; as at the beginning where nobody is logged in."""
    try:
        folder = own_folder()
    except LoggedOut:
        return Preferences()
    if KEY not in st.session_state:
        st.session_state[KEY] = load(folder)
    return cast(Preferences, st.session_state[KEY])


def prefer(chosen: Preferences) -> bool:
    """Take and keep other ones; what stays the same is as it was kept last, perhaps by another visit.

    False where they could not be kept: then they hold for this visit.
    """
    folder, before = own_folder(), preferences()
    merged = changed(load(folder), before, chosen)
    kept = save(merged, folder)
    st.session_state[KEY] = merged if kept else chosen
    return kept


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


def exercise_in(name: str, language: Language) -> Exercise:
    """An exercise of the library in a language; the same one until its file is edited."""
    with _READING:  # of two visits at once, or a visit and the warm-up, one reads and the other waits
        return load_exercise(name, language=language)


def tell_wrong_files(language: Language) -> None:
    """What is wrong with exercise files of one's own: for where exercises are chosen."""
    for wrong in wrong_files():
        st.warning(here(language)(f"own_file.{wrong.meanwhile}", said=plain(wrong.said)))


def exercise_of(name: str, language: Language) -> Exercise | None:
    """An exercise of the library; None for one whose file is gone."""
    try:
        return exercise_in(name, language)
    except CoachError:
        return None


def exercise_name(name: str, language: Language) -> str:
    """What an exercise is called; its id where its file is gone."""
    found = exercise_of(name, language)
    return name if found is None else found.name


def drawing(name: str, language: Language) -> str | None:
    """How an exercise of the library is done, as SVG, drawn once; None where there is no figure of it."""
    exercise = exercise_in(name, language)
    with _DRAWING:
        of, drawn = _DRAWN.get((name, language), (None, None))
        if of is not exercise:  # one of one's own is edited meanwhile
            figure = load_figure(name)
            drawn = None if figure is None else pose_svg(exercise, figure)
            _DRAWN[name, language] = exercise, drawn
        return drawn


def here(language: Language) -> Words:
    """The messages of the pages."""
    return words(language, HERE)
