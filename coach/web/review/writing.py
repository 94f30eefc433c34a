"""The place for a note: what is typed there stays in the visit until it stands in the records."""

from typing import Final

import streamlit as st

from coach.errors import CoachError
from coach.language import Language
from coach.records import Desk
from coach.web.review import file
from coach.web.review.people import forget
from coach.web.review.places import whole
from coach.web.review.wording import messages

MOST_LETTERS: Final = 4000
LOW_PX: Final = 80


def writing(desk: Desk, person_id: str, about: str | None, label: str, language: Language) -> None:
    """A field and its button.  Told before this is called, the notes have what was kept just now.

    about  the session that the note is about; None: the person as a whole

    Not a fragment: who leaves the field by a click on something outside it would have the fragment told anew alone.
    """
    own, field = messages(language), f"note-{desk.actor.id}-{about or person_id}"
    # A widget's own memory ends when it is not shown: another view is looked at, or the page could not be told.
    st.session_state.setdefault(field, st.session_state.get(_typed(field), ""))
    st.text_area(
        label,
        key=field,
        max_chars=MOST_LETTERS,
        height=None if about is None else LOW_PX,
        on_change=_remember,
        args=(field,),
    )
    st.button(own("note.keep"), key=f"{field}-keep", on_click=_keep, args=(desk, person_id, about, field))
    wrong: CoachError | None = st.session_state.pop(_wrong(field), None)
    if wrong is not None:
        st.error(wrong.told(language))


def _typed(field: str) -> str:
    return f"{field}-typed"


def _wrong(field: str) -> str:
    return f"{field}-wrong"


def _remember(field: str) -> None:
    st.session_state[_typed(field)] = st.session_state[field]


def _keep(desk: Desk, person_id: str, about: str | None, field: str) -> None:
    """The field is emptied when the note is on the disk, and not before."""
    whole()
    text = str(st.session_state[field]).strip()
    if not text:
        return
    try:
        desk.add_note(person_id, text, about, file.now())
    except CoachError as error:
        st.session_state[_wrong(field)] = error
        return
    st.session_state[field] = st.session_state[_typed(field)] = ""
    forget()
