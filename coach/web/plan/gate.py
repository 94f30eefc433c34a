"""What is asked before a set in front of the camera: calm pages in place of the one with the button."""

from datetime import UTC, datetime
from math import ceil
from typing import Final

import streamlit as st

from coach.care import safety
from coach.care.days import day_of
from coach.care.types import Pain
from coach.language import Language, Words
from coach.web.plan import begin
from coach.web.plan.begin import Step
from coach.web.plan.parts import look
from coach.web.plan.wording import messages
from coach.web.summary.scale import forget, scale, told_now

PAIN: Final = "pain-before"
PAIN_OF: Final = "pain_day"  # the day of which it is asked


def show(language: Language) -> bool:
    """Ask what is to be asked before the page goes on, and before the set that waits; whether there was anything."""
    begin.catch_up()
    if not begin.is_asking():
        return False
    asked = begin.waiting()
    known = begin.known()
    step = begin.step(asked, known, datetime.now(UTC))
    say = messages(language)
    look()
    st.button(f"← {say('back')}", on_click=_back, args=(step,), type="tertiary")
    if step is Step.QUESTIONS:
        questions(language, say)
    elif step is Step.ANSWER:
        _answer(asked, known, language, say)
    elif asked is None:
        begin.give_up()
        st.rerun()
    elif step is Step.STOPPED:
        _stopped(asked, known, language, say)
    elif step is Step.PAIN:
        _pain(language, say)
    elif step is Step.ADVISED:
        _advised(known, language, say)
    else:
        begin.go_on()
        st.rerun()
    return True


def questions(language: Language, say: Words) -> None:
    """The safety questions."""
    st.title(say("questions.title"), anchor=False)
    st.markdown(say("questions.intro"))
    asked = safety.questions(language)
    half = ceil(len(asked) / 2)
    with st.container(key="questions"):
        columns = [column for column in st.columns(2, gap="large") for _ in range(half)]
    kept = st.session_state.setdefault(begin.TICKED, set())  # a widget's own value goes with the widget
    for one, column in zip(asked, columns, strict=False):
        st.session_state.setdefault(f"flag-{one.code}", one.code in kept)
        (kept.add if column.checkbox(one.text, key=f"flag-{one.code}", wrap=True) else kept.discard)(one.code)
    st.markdown(say("questions.ask_first"))
    label = say("questions.go_on") if kept else say("questions.none")
    st.button(label, type="primary", key="questions-done", on_click=_answered)
    st.caption(f"{safety.say(language)('not_medical')} {say('questions.kept')}")


def _answered() -> None:
    """With what is ticked at the click: a box that was ticked just before may not have come back to the page yet."""
    begin.answered(tuple(code for code in safety.FLAGS if st.session_state.get(f"flag-{code}")))


def _answer(asked: begin.Asked | None, known: begin.Known, language: Language, say: Words) -> None:
    told = safety.standing(known.screenings, language)
    st.title(say(f"answer.{told.see}"), anchor=False)
    st.markdown(told.text)
    st.markdown("\n".join(f"- {reason}" for reason in told.reasons))
    if begin.are_unkept():
        st.warning(say("answer.not_kept"))
    st.markdown(say("answer.read_on"))
    with st.container(horizontal=True):
        st.button(say("answer.back"), type="primary", on_click=begin.give_up, key="answer-back")
        if told.see == "physician":
            at = max(one.at for one in known.screenings)
            seen = safety.say(language)("answer.seen")
            st.button(seen, on_click=begin.was_seen, args=(at,), key="answer-seen")
        if asked is not None and told.see == "physician":
            st.button(say("own_word"), on_click=begin.take_word, key="answer-own-word")
        st.button(say("answer.again"), on_click=begin.something_changed, key="answer-again")
    st.caption(safety.say(language)("not_medical"))


def _stopped(asked: begin.Asked, known: begin.Known, language: Language, say: Words) -> None:
    why = safety.today_stopped(known.sessions, day_of(datetime.now(UTC)), language)
    st.title(say("stopped.title"), anchor=False)
    if why is not None:
        st.markdown(why.text)
    with st.container(horizontal=True):
        st.button(say("answer.back"), type="primary", on_click=begin.give_up, key="stopped-back")
        if asked.item is None and why is not None and why.why == "rise":
            st.button(say("own_word"), on_click=begin.take_word_for_today, key="stopped-own-word")


def _advised(known: begin.Known, language: Language, say: Words) -> None:
    why = safety.today_advised(known.sessions, day_of(datetime.now(UTC)), language)
    st.title(say("advised.title"), anchor=False)
    if why is not None:
        st.markdown(why.text)
    with st.container(horizontal=True):
        st.button(say("answer.back"), type="primary", on_click=begin.give_up, key="advised-back")
        st.button(say("pain.begin"), on_click=begin.take_advice, key="advised-begin")


def _pain(language: Language, say: Words) -> None:
    st.title(say("pain.before"), anchor=False)
    st.markdown(say("pain.before_help"))
    today = day_of(datetime.now(UTC))
    if (
        st.session_state.get(PAIN_OF) != today
    ):  # what was tapped on another day, and not told then, is none of today
        forget(PAIN)
        st.session_state[PAIN_OF] = today
    told = scale(PAIN, language)
    numb, numbered = told is not None and told.numb, told is not None and told.score is not None
    if told == Pain(0):
        _tell()
        st.rerun()
    if numb and not numbered:
        st.markdown(f"**{say('pain.how_strong')}**")
    with st.container(horizontal=True):
        if numbered:
            label = say("questions.go_on" if numb else "pain.begin")
            st.button(label, type="primary", key="pain-begin", on_click=_tell)
        st.button(
            say("pain.not_told"),
            type="tertiary",
            key="pain-not-told",
            on_click=_tell,
            kwargs={"number": False},
        )


def _tell(number: bool = True) -> None:
    """What is ticked and tapped by now; numbness without a number too, where that is rather not said."""
    told = told_now(PAIN)
    if told is not None and (told.score is None or not number):
        told = Pain(None, numb=True) if told.numb else None
    begin.tell_pain(told)
    forget(PAIN)


def _back(step: Step | None) -> None:
    """Back to where the button was; numbness that was ticked is told all the same."""
    begin.give_up()
    told = told_now(PAIN) if step is Step.PAIN else None
    if told is not None and told.numb:
        _tell()
    elif step is Step.PAIN:
        forget(PAIN)
