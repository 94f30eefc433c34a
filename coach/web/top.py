"""Another view on the same page begins at its top."""

from pathlib import Path

import streamlit as st

SCRIPT = (Path(__file__).parent / "components" / "top.js").read_text("utf-8")


def begin_at_top(view: str) -> None:
    """Scroll up whenever `view` is another one than before."""
    st.components.v2.component("form_coach_top", js=SCRIPT)(key="top", data={"view": view})
