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

FIRST = "first"  # told of the page at the root, whose address nobody sees

language = current_language()
say = here(language)
st.set_page_config(page_title="Form Coach", page_icon=look.ICON, layout="wide")
st.html(look.style(say))
own_words.rename(language)


def _show(page: Page) -> None:
    """Show a page; what goes wrong is told in words."""
    import_module(page.module).show(current_language())


def _named(page: Page, show: Callable[[], None]) -> Callable[[], None]:
    shown = partial(show)
    shown.__name__ = page.name  # type: ignore[attr-defined]  # Streamlit names a page by its function
    return shown


def _navigate(pages: tuple[Page, ...], show: Callable[[Page], None], hidden: bool = False) -> st.Page:
    shown = [_page(page, show, first=page is pages[0], hidden=page.hidden) for page in pages]
    remember({page.name: one for page, one in zip(pages, shown, strict=True)})
    # The first page is at the root, and which one is first changes: its own address leads to it all the same.
    own_address = _page(pages[0], show, first=False, hidden=True)
    return st.navigation([*shown, own_address], position="hidden" if hidden else "top")


def _page(page: Page, show: Callable[[Page], None], first: bool, hidden: bool) -> st.Page:
    return st.Page(
        _named(page, partial(show, page)),
        title=say(f"page.{page.name}"),
        icon=page.icon,
        url_path=FIRST if first else page.name,
        default=first,
        visibility="hidden" if hidden else "visible",
    )


if door() is None:
    _navigate(pages_of(Role.OWNER), _show).run()
elif (login := clinic.enter(language)) is None:
    # At every address the same: the pages are there, and none of them says anything.
    _navigate((LOGIN, *PAGES), lambda page: clinic.show_login(language), hidden=True).run()
else:
    shown = _navigate(pages_of(login.role), _show)
    clinic.bar(login, language)
    shown.run()
