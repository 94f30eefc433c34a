"""The settings: language, voice, what is spoken, the mirror."""

from dataclasses import replace
from typing import Final, get_args

import streamlit as st

from coach.language import LANGUAGES, NATIVE, Language
from coach.live.settings import Spoken
from coach.web import pages
from coach.web.clinic.visit import placed
from coach.web.session import here, prefer, preferences
from coach.web.voices import voices

KEPT: Final = "preferences_kept"  # whether the last change was


def show(language: Language) -> None:
    """The page; every change is kept at once."""
    say, chosen = here(language), preferences()
    st.title(say("settings.title"), anchor=False)
    picked = st.radio(
        say("settings.language"),
        (None, *LANGUAGES),
        index=(None, *LANGUAGES).index(chosen.language),
        format_func=lambda code: say("settings.language_browser") if code is None else NATIVE[code],
        horizontal=True,
    )
    voice = st.toggle(say("settings.voice"), chosen.voice)
    percent = st.slider(say("settings.volume"), 0, 100, round(100 * chosen.volume), 10, "%d %%")
    picked_voice = voices(chosen, language) if voice else None
    spoken = st.radio(
        say("settings.spoken"),
        get_args(Spoken),
        index=get_args(Spoken).index(chosen.spoken),
        format_func=lambda what: say(f"settings.spoken_{what}"),
    )
    mirror = st.toggle(say("settings.mirror"), chosen.mirror)
    now = replace(chosen, language=picked, voice=voice, volume=percent / 100, mirror=mirror, spoken=spoken)
    if picked_voice is not None:
        now = replace(now, speaker=picked_voice)
    if now != chosen:
        st.session_state[KEPT] = prefer(now)
        if now.language != chosen.language:
            st.query_params.clear()
        st.rerun()
    if st.session_state.get(KEPT, True):
        st.caption(placed(say, "settings.kept"))
    else:
        st.warning(say("settings.not_kept"))
    if st.button(say("page.records"), icon=":material/folder_shared:", key="to-records"):
        pages.go_to("records")
