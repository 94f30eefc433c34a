"""The script that Streamlit runs for every visit: the language, the look, who it is, their pages."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

import streamlit as st

from coach.care.types import Role
from coach.web import look, own_words
from coach.web.clinic import door
from coach.web.clinic import page as clinic
from coach.web.pages import LOGIN, PAGES, Page, pages_of, remember
from coach.web.session import current_language, here

AGAIN = "-again"

language = current_language()
say = here(language)
st.set_page_config(page_title="Form Coach", page_icon=look.ICON, layout="wide")
st.html(look.STYLE)
own_words.rename(language)


def _show(page: Page) -> None:
    """Show a page; what goes wrong is told in words."""
    import_module(page.module).show(current_language())


def _named(page: Page, show: Callable[[], None]) -> Callable[[], None]:
    shown = partial(show)
    shown.__name__ = page.name  # type: ignore[attr-defined]  # Streamlit names a page by its function
    return shown


class _ByItsName(st.Page):
    """The first page at the address of its own name: Streamlit knows it at the bare one alone."""

    @property
    def url_path(self) -> str:
        """As in the address; Streamlit tells the pages apart by what they were made with."""
        return super().url_path.removesuffix(AGAIN)


def _navigate(pages: tuple[Page, ...], show: Callable[[Page], None], hidden: bool = False) -> st.Page:
    shown = [
        st.Page(
            _named(page, partial(show, page)),
            title=say(f"page.{page.name}"),
            icon=page.icon,
            url_path=page.name,
            default=page is pages[0],
            visibility="hidden" if page.hidden else "visible",
        )
        for page in pages
    ]
    first = pages[0]
    named = _ByItsName(
        _named(first, partial(show, first)),
        title=say(f"page.{first.name}"),
        url_path=first.name + AGAIN,
        visibility="hidden",
    )
    remember({page.name: one for page, one in zip(pages, shown, strict=True)})
    return st.navigation([*shown, named], position="hidden" if hidden else "top")


if door() is None:
    _navigate(pages_of(Role.OWNER), _show).run()
elif (login := clinic.enter()) is None:
    # At every address the same: the pages are there, and none of them says anything.
    _navigate((LOGIN, *PAGES), lambda page: clinic.show_login(language), hidden=True).run()
else:
    shown = _navigate(pages_of(login.role), _show)
    clinic.bar(login, language)
    shown.run()
