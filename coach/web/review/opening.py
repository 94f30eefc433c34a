"""A list of which each line opens something: one component, since a page of so many buttons takes the browser long."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from coach.web.beside import beside

HERE: Final = Path(__file__).parent
_list = st.components.v2.component(
    "coach_opening",
    js=beside(HERE, "opening.js"),
    css=beside(HERE, "opening.css"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Opens:
    """One line: `id` of what it opens, the button's `name`, a small `tag` beside it, and HTML that is `told`."""

    id: str
    name: str
    told: str
    tag: str = ""


def opened(lines: Iterable[Opens], key: str) -> str | None:
    """Show the lines; the id of the one that was opened just now, of those that are shown and of no other."""
    data = [asdict(line) for line in lines]
    chosen = _list(key=key, data={"lines": data}, on_opened_change=lambda: None).opened
    return next((line["id"] for line in data if line["id"] == chosen), None)
