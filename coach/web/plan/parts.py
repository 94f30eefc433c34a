"""What several of these pages show alike."""

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from coach.errors import CoachError
from coach.judge import Exercise, load_exercise
from coach.language import Language

HERE: Final = Path(__file__).parent


@cache
def _look() -> str:
    return (HERE / "plan.css").read_text("utf-8")


def look() -> None:
    """The style of these pages."""
    st.html(f"<style>{_look()}</style>")


def block(name: str, *paragraphs: str, title: str = "") -> str:
    """Some sentences set apart, as HTML."""
    head = f"<h3>{escape(title)}</h3>" if title else ""
    return f'<div class="plan {name}">{head}{"".join(f"<p>{escape(text)}</p>" for text in paragraphs)}</div>'


def exercise_named(name: str, language: Language) -> Exercise | None:
    """An exercise of the library; None for one whose file is gone."""
    try:
        return load_exercise(name, language=language)
    except CoachError:
        return None


def name_of(name: str, language: Language) -> str:
    """What an exercise is called; its id where its file is gone."""
    found = exercise_named(name, language)
    return found.name if found is not None else name
