"""The way through the review: the list of people, one of them, one of their sessions, rating blindly."""

import streamlit as st

from coach.errors import CoachError
from coach.language import Language
from coach.records import Desk
from coach.web.beside import beside
from coach.web.pages import need_records
from coach.web.review import agreed, people, person, rating, session
from coach.web.review.places import PERSON, SESSION, VIEW, begun, go
from coach.web.review.wording import HERE, messages
from coach.web.top import begin_at_top


def show(language: Language) -> None:
    """Whatever the address names; what is not there, or somebody else's, is told in one sentence."""
    st.html(f"<style>{beside(HERE, 'review.css')}</style>")
    begun()
    asked = st.query_params
    who, which, view = asked.get(PERSON), asked.get(SESSION), asked.get(VIEW)
    begin_at_top(f"{who} {which} {view}")
    with st.container(key="review"):
        try:
            need_records()
            _shown(current_desk(), who, which, view, language)
        except CoachError as error:
            st.error(error.told(language))
            st.button(messages(language)("person.back"), on_click=go)


def current_desk() -> Desk:
    """The records, as far as this visitor may see them."""
    from coach.web import visitor

    return visitor.desk()


def _shown(desk: Desk, who: str | None, which: str | None, view: str | None, language: Language) -> None:
    if who is None:
        views = {"agreement": agreed.show, "rate": rating.show_everybody}
        views.get(view or "", people.show)(desk, language)
    elif view == "rate":
        rating.show(desk, who, language)
    elif which is not None:
        session.show(desk, who, which, language)
    else:
        person.show(desk, who, language)
