"""The two parts of the page that the browser draws: the way in for a file, and the player."""

from pathlib import Path
from typing import Any, Final

import streamlit as st

from coach.web.beside import beside

HERE: Final = Path(__file__).parent


_uploader = st.components.v2.component(
    "coach_uploader", js=beside(HERE, "uploader.js"), css=beside(HERE, "uploader.css")
)
_player = st.components.v2.component(
    "coach_player", js=beside(HERE, "player.js"), css=beside(HERE, "player.css")
)


def uploader(data: dict[str, Any], key: str) -> bool:
    """A place to choose or drop a file, which is sent to `data["url"]`; true on the run after it came."""
    return bool(_uploader(key=key, data=data, on_sent_change=lambda: None).sent)


def player(data: dict[str, Any], key: str) -> None:
    """The annotated video with its timeline."""
    _player(key=key, data=data)
