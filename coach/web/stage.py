"""The live stage: the component that takes the camera, shows and speaks."""

from typing import Any, Final

import streamlit as st

from coach.language import Language
from coach.live import LiveSession
from coach.pose.landmarks import BONES, INDEX
from coach.web.beside import COMPONENTS, beside
from coach.web.preferences import Preferences
from coach.web.session import here

PICTURE_PX: Final = 640  # the longer side of what is sent; docs/measured/jpeg.md
QUALITY: Final = 0.9
PREFIX: Final = "stage."


def speaking(script: str) -> str:
    """A script that can use the Voice."""
    return beside(COMPONENTS, "voice.js") + script


def stage(session: LiveSession, clip: str | None, preferences: Preferences) -> Any:
    """Show the stage of a session; its `finished` and `left` tell when it is over.

    clip  the name of a sample clip that stands in for the camera
    """
    component = st.components.v2.component(
        "form_coach_stage",
        html=beside(COMPONENTS, "stage.html"),
        css=beside(COMPONENTS, "stage.css"),
        js=speaking(beside(COMPONENTS, "pictures.js") + beside(COMPONENTS, "stage.js")),
    )
    return component(
        key=f"stage-{session.token}",
        data=[stage_data(session, clip, preferences)],  # see own_words.py
        on_finished_change=lambda: None,
        on_left_change=lambda: None,
    )


def stage_data(session: LiveSession, clip: str | None, preferences: Preferences) -> dict[str, Any]:
    """What the browser needs to know, in the language that the set is coached in."""
    language = session.settings.language
    say = here(language)
    messages = {key.removeprefix(PREFIX): say(key) for key in say.messages if key.startswith(PREFIX)}
    if clip is not None:
        messages["starting"] = messages["starting_clip"]
    return {
        "token": session.token,
        "title": session.settings.exercise.name,
        "clip": None if clip is None else f"/clips/{clip}",
        "words": messages,
        "bones": [[INDEX[a], INDEX[b]] for a, b in BONES],
        "size": PICTURE_PX,
        "quality": QUALITY,
        "mirror": preferences.mirror,
        "voice": voice_data(preferences, language),
    }


def voice_data(preferences: Preferences, language: Language) -> dict[str, Any]:
    """What the Voice needs to know."""
    return {
        "language": language,
        "on": preferences.voice and preferences.spoken != "nothing",
        "volume": preferences.volume,
        "speaker": preferences.speaker,
    }
