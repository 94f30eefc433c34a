"""Pain as somebody tells it: a number with one tap, then where, and whether numbness is new."""

from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from coach.care.safety import SCALE, places
from coach.care.types import Pain
from coach.language import Language
from coach.web.summary.words_of_set import messages


def scale(key: str, language: Language) -> Pain | None:
    """The scale; None until a number is tapped.  What is told stays in the session as `told-{key}`."""
    say = messages(language)
    before: Pain | None = st.session_state.get(
        f"told-{key}"
    )  # a widget's own value is forgotten with the widget
    st.html(f"<style>{_look()}</style>")
    if before is not None:
        st.session_state.setdefault(f"scale-{key}", before.score)
        st.session_state.setdefault(f"numb-{key}", before.numb)
    score = st.segmented_control(
        say("pain_scale"), SCALE, key=f"scale-{key}", label_visibility="collapsed", width="stretch"
    )
    st.html(
        f'<div class="sum ends"><span>0: {escape(say("pain_none"))}</span>'
        f"<span>10: {escape(say('pain_worst'))}</span></div>"
    )
    place = _where(key, language, None if before is None else before.place) if score else None
    numb = st.checkbox(say("pain_numb"), key=f"numb-{key}", wrap=True)
    told = None if score is None else Pain(score, place, numb)
    st.session_state[f"told-{key}"] = told
    return told


def _where(key: str, language: Language, before: str | None) -> str | None:
    known = places(language)
    st.session_state.setdefault(f"where-{key}", before)
    return st.pills(
        messages(language)("pain_where"),
        list(known),
        format_func=known.__getitem__,
        key=f"where-{key}",
    )


@cache
def _look() -> str:
    return (Path(__file__).parent / "scale.css").read_text("utf-8")
