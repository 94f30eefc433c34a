"""The script that Streamlit runs for every visit: the language, the look, the pages."""

from functools import partial

import streamlit as st

from coach.web import look, own_words
from coach.web.session import current_language, here

language = current_language()
say = here(language)
st.set_page_config(page_title="Form Coach", page_icon=look.ICON, layout="wide")
st.html(look.style(say))
own_words.rename(language)


def _page(module: str, name: str) -> None:
    """Show a page; what goes wrong is told in words."""
    from importlib import import_module

    import_module(module).show(current_language())


PAGES = (
    ("coach.web.coach_page", "coach", ":material/directions_run:"),
    ("coach.web.video.page", "video", ":material/movie:"),
    ("coach.web.settings_page", "settings", ":material/tune:"),
    ("coach.web.about_page", "about", ":material/info:"),
)


def _named(module: str, name: str) -> "partial[None]":
    page = partial(_page, module, name)
    page.__name__ = name  # type: ignore[attr-defined]  # Streamlit names a page by its function
    return page


st.navigation(
    [
        st.Page(
            _named(module, name), title=say(f"page.{name}"), icon=icon, url_path=name, default=name == "coach"
        )
        for module, name, icon in PAGES
    ],
    position="top",
).run()
