"""What comes after a set: the next exercise, by itself when the rest is over, for somebody with busy hands."""

from pathlib import Path
from typing import Any, Final

import streamlit as st

from coach.judge import Exercise
from coach.language import Language
from coach.web.beside import beside
from coach.web.plan.wording import messages
from coach.web.preferences import Preferences
from coach.web.stage import speaking, voice_data

HERE: Final = Path(__file__).parent


def next_one(exercise: Exercise, dose: str, rest_s: float | None, preferences: Preferences, key: str) -> bool:
    """Show what comes next; whether it is to begin now.

    rest_s  seconds until it begins by itself; None: it waits for the button
    """
    component = st.components.v2.component(
        "form_coach_next", css=beside(HERE, "next.css"), js=speaking(beside(HERE, "next.js"))
    )
    told = component(
        key=f"next-{key}",
        data=next_data(exercise, dose, rest_s, preferences, exercise.language),
        on_go_change=lambda: None,
    )
    return bool(told.go)


def next_data(
    exercise: Exercise, dose: str, rest_s: float | None, preferences: Preferences, language: Language
) -> dict[str, Any]:
    """What the browser is given."""
    say = messages(language)
    seconds = None if rest_s is None else max(1, round(rest_s))
    keys = ("next.title", "next.now", "next.wait", "next.on", "next.waiting", "next.rest", "next.soon")
    return {
        "name": exercise.name,
        "dose": dose,
        "camera": exercise.camera.how,
        "seconds": seconds,
        "words": {key.removeprefix("next."): say(key) for key in keys},
        "say": say("next.say" if seconds else "next.say_ready", name=exercise.name, n=seconds),
        "voice": voice_data(preferences, language),
    }
