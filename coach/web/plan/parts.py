"""What several of these pages show alike."""

from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from coach.web.beside import beside

HERE: Final = Path(__file__).parent


def look() -> None:
    """The style of these pages."""
    st.html(f"<style>{beside(HERE, 'plan.css')}</style>")


def block(name: str, *paragraphs: str, title: str = "") -> str:
    """Some sentences set apart, as HTML."""
    head = f"<h3>{escape(title)}</h3>" if title else ""
    return f'<div class="plan {name}">{head}{"".join(f"<p>{escape(text)}</p>" for text in paragraphs)}</div>'
