"""A chart on the page: the component, which puts in what was drawn."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from coach.web.beside import beside

HERE: Final = Path(__file__).parent
_chart = st.components.v2.component(
    "coach_chart", js=beside(HERE, "chart.js"), css=beside(HERE, "chart.css"), isolate_styles=False
)


def picture(drawn: str, told: str, key: str) -> None:
    """Show a chart of `coach.web.review.charts`.  told: the same in words, for who does not see it."""
    named = f'<figure class="cc-figure" role="img" aria-label="{escape(told)}">{drawn}</figure>'
    _chart(key=key, data={"chart": named})
