"""A chart on the page: the component, which puts in what was drawn."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

HERE: Final = Path(__file__).parent
SCRIPT: Final = """// Every word of it was escaped where the chart was drawn.
export default function ({ parentElement, data }) {
  const place = parentElement.formCoachChart ??= parentElement.appendChild(document.createElement("div"));
  if (place.drawn !== data.chart) place.innerHTML = place.drawn = data.chart;
}
"""
_chart = st.components.v2.component(
    "coach_chart", js=SCRIPT, css=(HERE / "chart.css").read_text("utf-8"), isolate_styles=False
)


def picture(drawn: str, told: str, key: str) -> None:
    """Show a chart of `coach.web.review.charts`.  told: the same in words, for who does not see it."""
    named = f'<figure class="cc-figure" role="img" aria-label="{escape(told)}">{drawn}</figure>'
    _chart(key=key, data={"chart": named})
