"""Somebody's course over weeks, to take along: on paper, or for a clinic's record."""

from datetime import datetime
from functools import partial
from typing import Final

import streamlit as st

from coach.language import Language
from coach.records import Desk
from coach.report import course_files, course_of
from coach.web.session import here

KINDS: Final = {".pdf": "pdf", ".html": "html", ".fhir.json": "fhir"}
NAME: Final = "form-coach"  # no person's name: files lie about


def course_downloads(desk: Desk, person_id: str, language: Language, key: str) -> None:
    """A button that opens onto the reports; each is made when it is asked for."""
    say = here(language)
    with st.popover(say("course.take"), icon=":material/description:", width="stretch"):
        for ending, name in KINDS.items():
            st.download_button(
                say(f"course.{name}"),
                partial(_made, desk, person_id, ending),
                f"{NAME}{ending}",
                key=f"course-{name}-{key}",
                on_click="ignore",
                width="stretch",
            )


def _made(desk: Desk, person_id: str, ending: str) -> bytes:
    course = course_of(desk, person_id, datetime.now().astimezone())
    return course_files(course, NAME, (ending,))[0].content
