"""The pages by their names: who sees which, and how one leads to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

import streamlit as st

from coach.care.types import Role
from coach.errors import CoachError

WANTED: Final = "page_wanted"
UNREAD: Final = "records_unread"  # in the session: why they could not be read for the pages of this run
KNOWN: Final = "pages"  # in the session: the pages of this visit as Streamlit knows them, by name
WHO_EXERCISES: Final = frozenset({Role.PERSON, Role.OWNER})
WHO_REVIEWS: Final = frozenset({Role.THERAPIST, Role.OWNER})
EVERYBODY: Final = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    module  whose `show(language)` shows it
    roles   who has it; hidden: others lead to it, and it does not stand in the navigation
    """

    name: str
    module: str
    icon: str
    roles: frozenset[Role] = field(default=EVERYBODY)
    hidden: bool = False


PAGES: Final = (
    Page("today", "coach.web.plan.today_page", ":material/today:", WHO_EXERCISES),
    Page("coach", "coach.web.coach_page", ":material/directions_run:"),
    Page("progress", "coach.web.plan.progress_page", ":material/show_chart:", WHO_EXERCISES),
    Page("review", "coach.web.review.page", ":material/clinical_notes:", WHO_REVIEWS),
    Page("video", "coach.web.video.page", ":material/movie:"),
    Page("settings", "coach.web.settings_page", ":material/tune:"),
    Page("about", "coach.web.about_page", ":material/info:"),
    Page("plan", "coach.web.plan.plan_page", ":material/edit_calendar:", WHO_EXERCISES, hidden=True),
    Page("records", "coach.web.plan.records_page", ":material/folder_shared:", WHO_EXERCISES, hidden=True),
)
LOGIN: Final = Page("login", "coach.web.clinic.page", ":material/login:", frozenset())  # before all others


def pages_of(role: Role) -> tuple[Page, ...]:
    """The pages of somebody, the first one first: today's exercises where there is a plan; a therapist's review."""
    without: set[str] = set()
    if role in WHO_EXERCISES:
        planned, exercised = _has_plan_and_sets()
        without = {name for name, has in (("today", planned), ("progress", planned or exercised)) if not has}
    own = (page for page in PAGES if role in page.roles and page.name not in without)
    return tuple(sorted(own, key=lambda page: role is Role.THERAPIST and page.name != "review"))


def remember(known: Mapping[str, Any]) -> None:
    """Keep what Streamlit made of the pages of this visit."""
    st.session_state[KNOWN] = dict(known)


def go_to(name: str) -> None:
    """Leave this page for another one; one that is there from now on is gone to in the next run (`follow`)."""
    known = st.session_state[KNOWN]
    if name not in known:
        st.session_state[WANTED] = name
        st.rerun()
    st.switch_page(known[name])


def has(name: str) -> bool:
    """Whether this visit has the page."""
    return name in st.session_state.get(KNOWN, ())


def follow() -> None:
    """Go to the page that was wanted and was not there yet."""
    name = st.session_state.pop(WANTED, "")
    if has(name):
        go_to(name)


def unread() -> CoachError | None:
    """Why the records could not be read when the pages of this run were put together."""
    return cast(CoachError | None, st.session_state.get(UNREAD))


def need_records() -> None:
    """Raise why they could not be read: records that are locked would be waited for once more in the same run."""
    error = unread()
    if error is not None:
        raise error


def _has_plan_and_sets() -> tuple[bool, bool]:
    """Neither where the records cannot be read, which the page that is shown instead tells (`unread`)."""
    from coach.web import visitor

    st.session_state.pop(UNREAD, None)
    try:
        desk, person = visitor.desk(), visitor.person().id
        return desk.plan(person) is not None, bool(desk.sessions(person))
    except CoachError as error:
        st.session_state[UNREAD] = error
        return False, False
