"""Made-up people to try the review with, where there is nobody yet: on a laptop of one's own, never in a clinic."""

from typing import cast

import streamlit as st

from coach.language import Language
from coach.records import Desk
from coach.web import visitor
from coach.web.review.file import ReviewDesk
from coach.web.review.wording import messages

PEOPLE = 6  # enough to see each kind of reason


def offer(desk: ReviewDesk, language: Language) -> bool:
    """A button that fills them in; whether it just did."""
    if visitor.mode() != "alone":
        return False
    own = messages(language)
    st.info(own("people.offer"), icon=":material/science:")
    if not st.button(own("people.fill"), type="primary", key="review-fill"):
        return False
    from coach.records.samples import fill

    with st.spinner(own("people.filling")):
        fill(cast(Desk, desk), PEOPLE)
    return True
