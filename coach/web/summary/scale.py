"""Pain as somebody tells it: whether numbness is new, a number with one tap, then where."""

from html import escape

import streamlit as st

from coach.care.safety import SCALE, places
from coach.care.types import Pain
from coach.language import Language
from coach.web.beside import beside
from coach.web.summary.words_of_set import HERE, messages


def scale(key: str, language: Language) -> Pain | None:
    """The box for numbness, and the scale below it, so that who reads on meets the box before anything is tapped.

    None until something is told; numbness is told by its box alone.  It stays in the session as `told-{key}`.
    """
    say = messages(language)
    before: Pain | None = st.session_state.get(
        f"told-{key}"
    )  # a widget's own value is forgotten with the widget
    st.html(f"<style>{beside(HERE, 'scale.css')}</style>")
    if before is not None:
        st.session_state.setdefault(f"scale-{key}", before.score)
        st.session_state.setdefault(f"numb-{key}", before.numb)
    st.checkbox(say("pain_numb"), key=f"numb-{key}", wrap=True)
    score = st.segmented_control(
        say("pain_scale"), SCALE, key=f"scale-{key}", label_visibility="collapsed", width="stretch"
    )
    st.html(
        f'<div class="sum ends"><span>0: {escape(say("pain_none"))}</span>'
        f"<span>10: {escape(say('pain_worst'))}</span></div>"
    )
    if score:
        _where(key, language, None if before is None else before.place)
    told = told_now(key)
    st.session_state[f"told-{key}"] = told
    return told


def told_now(key: str) -> Pain | None:
    """What is ticked and tapped at this moment, in a callback too; a Pain of nothing where it was taken back."""
    state = st.session_state
    score: int | None = state.get(f"scale-{key}")
    told = Pain(score, state.get(f"where-{key}") if score else None, bool(state.get(f"numb-{key}")))
    return None if told == Pain(None) and state.get(f"told-{key}") is None else told


def forget(key: str) -> None:
    """What was told is kept elsewhere: who is asked again begins anew."""
    st.session_state.pop(f"told-{key}", None)


def _where(key: str, language: Language, before: str | None) -> None:
    known = places(language)
    st.session_state.setdefault(f"where-{key}", before)
    st.pills(
        messages(language)("pain_where"),
        list(known),
        format_func=known.__getitem__,
        key=f"where-{key}",
    )
