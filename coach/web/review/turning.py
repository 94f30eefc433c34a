"""Turning the pages of a long list."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from coach.language import Words


@dataclass(frozen=True, slots=True)
class Turning:
    """A list of `count` lines, `size` a page; the page it stands at is kept in the visit under `key`."""

    key: str
    count: int
    size: int

    @property
    def page(self) -> int:
        """From 0; the last one where the list became shorter meanwhile."""
        last = max(0, (self.count - 1) // self.size)
        return min(int(st.session_state.get(self.key, 0)), last)

    @property
    def shown(self) -> slice:
        """The lines of this page."""
        return slice(self.page * self.size, (self.page + 1) * self.size)

    def show(self, own: Words) -> None:
        """Where one is in the list, and the ways back and on; nothing where all of it is shown."""
        if self.count <= self.size:
            return
        page, last = self.page, min(self.count, self.shown.stop)
        before, told, after = st.columns((1, 2, 1), vertical_alignment="center")
        back, on = f"← {own('people.before')}", f"{own('people.next')} →"
        before.button(
            back,
            key=f"{self.key}-back",
            disabled=page == 0,
            on_click=self._turn,
            args=(page - 1,),
            width="stretch",
        )
        shown = own("people.shown", first=self.shown.start + 1, last=last, of=self.count)
        told.html(f'<p class="rv middle">{escape(shown)}</p>')
        after.button(
            on,
            key=f"{self.key}-on",
            disabled=last == self.count,
            on_click=self._turn,
            args=(page + 1,),
            width="stretch",
        )

    def _turn(self, page: int) -> None:
        st.session_state[self.key] = page


def begin(key: str) -> None:
    """Another list under the same key is shown from its first page."""
    st.session_state.pop(key, None)
