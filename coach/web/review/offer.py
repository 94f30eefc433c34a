"""Made-up people to try the review with, where there is nobody yet: on a laptop of one's own, never in a clinic."""

from typing import Final

import streamlit as st

from coach.language import Language
from coach.records import Desk
from coach.web import visitor
from coach.web.review.wording import messages

PEOPLE: Final = 6  # enough to see most kinds of reasons
MONTHS: Final = 2.5


def offer(desk: Desk, language: Language) -> bool:
    """A button that fills them in; whether it just did."""
    if visitor.mode() != "alone":
        return False
    own = messages(language)
    st.info(own("people.offer"), icon=":material/science:")
    if not st.button(own("people.fill"), type="primary", key="review-fill"):
        return False
    from coach.records.samples import fill

    bar = st.progress(0.0, own("people.filling"))

    def on_progress(done: float, of: float) -> None:
        bar.progress(min(1.0, done / of), own("people.filling"))

    fill(desk, PEOPLE, MONTHS, on_progress=on_progress)
    return True
