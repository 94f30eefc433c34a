"""Another view on the same page begins at its top."""

import streamlit as st

from coach.web.beside import COMPONENTS, beside


def begin_at_top(view: str) -> None:
    """Scroll up whenever `view` is another one than before."""
    st.components.v2.component("form_coach_top", js=beside(COMPONENTS, "top.js"))(
        key="top", data={"view": view}
    )
