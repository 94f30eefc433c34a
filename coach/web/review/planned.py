"""The plan of a person, as the therapist reads it and changes it: with the editor that the person has too."""

from datetime import date
from html import escape

import streamlit as st

from coach.language import Language
from coach.records import Desk
from coach.web.plan.parts import look
from coach.web.plan.plan_page import edit
from coach.web.review.file import PersonFile
from coach.web.review.people import forget
from coach.web.review.wording import date_beside, messages


def plan_of(desk: Desk, known: PersonFile, today: date, language: Language) -> None:
    """The newest plan, line by line; a changed one holds from today on, or from its own day if that is to come."""
    own = messages(language)
    look()
    if known.plan is None:
        st.html(f'<p class="rv quiet">{escape(own("plan.none"))}</p>')
    else:
        since = own("plan.since", day=date_beside(known.plan.from_day, today, language))
        st.html(f'<div class="rv"><p class="quiet">{escape(since)}</p></div>')
    kept, _ = edit(desk, known.person.id, known.plan, language, own_limits=True)
    if kept:
        forget()
        st.rerun()
