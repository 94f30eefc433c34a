"""The plan as a calendar file."""

from datetime import UTC, datetime, time
from typing import Final

import streamlit as st

from coach.care.calendar import reminders
from coach.care.types import Plan
from coach.errors import CoachError
from coach.language import Language
from coach.web.plan.wording import messages

USUAL: Final = time(18, 0)


def offer(plan: Plan, language: Language) -> None:
    """Choose a time of day, and take the file along."""
    say = messages(language)
    with st.popover(say("remind.title"), icon=":material/notifications:"):
        st.markdown(say("remind.text"))
        at = st.time_input(say("remind.at"), USUAL, key="remind-at", step=900)
        try:
            file = reminders(plan, at or USUAL, datetime.now(UTC), language)
        except CoachError as error:
            st.error(error.told(language))
            return
        st.download_button(
            say("remind.take"),
            file,
            "form-coach.ics",
            "text/calendar",
            on_click="ignore",
            icon=":material/download:",
            key="remind-take",
        )
