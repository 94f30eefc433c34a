"""What is kept about somebody: allowed or not, taken along, deleted."""

from datetime import UTC, datetime
from functools import partial
from typing import Final, Literal

import streamlit as st

from coach.care.types import Consent
from coach.errors import CoachError
from coach.folders import data_folder
from coach.language import Language, Words, words
from coach.records import Desk, TracesLeft
from coach.web import live_set, pages, visitor
from coach.web.clinic import entrusting
from coach.web.clinic.page import WHOSE
from coach.web.clinic.visit import placed, whose
from coach.web.plan.day import may_keep
from coach.web.plan.parts import look
from coach.web.plan.wording import messages
from coach.web.state import records
from coach.web.video.folder import remove_left
from coach.web.video.jobs import jobs
from coach.web.video.uploads import uploads

DAYS: Final = (7, 30, 90, 365)
USUAL_DAYS: Final = 30
ERASED: Final = "erased"
FAILED: Final = "records_failed"
What = Literal["tracks", "video"]
KEPT: Final[dict[What, str]] = {"tracks": "consent-tracks", "video": "consent-video"}  # the toggle of each
KEEP_DAYS: Final = "consent-days"
OF_THE_VISIT: Final = {pages.KNOWN, WHOSE}  # what stays of it when all that was told in it is deleted


def show(language: Language) -> None:
    """The page."""
    look()
    say = messages(language)
    st.title(say("records.title"), anchor=False)
    try:
        desk, person = visitor.desk(), visitor.person().id
        consents = desk.consents(person)
    except CoachError as error:
        st.error(error.told(language))
        return
    told, failed = st.session_state.pop(ERASED, None), st.session_state.pop(FAILED, None)
    if told:
        st.success(told)
    if failed is not None:
        st.error(failed.told(language))
    st.markdown(placed(say, "records.text"))
    try:
        _consent(desk, person, consents, say)
        _export(desk, person, say)
        if visitor.mode() == "alone":  # a clinic's is its administrator's
            _backup(say)
        else:
            _seen_by(desk, language)
        _erase(desk, person, say)
    except CoachError as error:
        st.error(error.told(language))


def _consent(desk: Desk, person: str, consents: tuple[Consent, ...], say: Words) -> None:
    """What the records have is shown, whatever an older page showed; only a click changes it."""
    st.subheader(say("consent.title"), anchor=False)
    kept = [one.keep_days for one in consents if one.what == "video" and one.given]
    days = kept[-1] if kept and kept[-1] in DAYS else USUAL_DAYS
    for what, key in KEPT.items():
        st.session_state[key] = may_keep(consents, what)
        st.toggle(
            say(f"consent.{what}"),
            key=key,
            help=say(f"consent.{what}_help"),
            wrap=True,
            on_change=_save,
            args=(desk, person, what, days),
        )
    if may_keep(consents, "video"):
        st.session_state[KEEP_DAYS] = days
        st.segmented_control(
            say("consent.days"),
            DAYS,
            required=True,
            format_func=lambda n: say("consent.n_days", n=n),
            key=KEEP_DAYS,
            on_change=_save,
            args=(desk, person, "video", days),
        )


def _save(desk: Desk, person: str, what: What, days: int) -> None:
    """What was clicked just now; days: for how long a video is kept where nobody chose."""
    given = bool(st.session_state[KEPT[what]])
    keep_days = st.session_state.get(KEEP_DAYS, days) if what == "video" and given else None
    try:
        desk.save_consent(Consent(person, what, given, datetime.now(UTC), keep_days))
    except CoachError as error:
        st.session_state[FAILED] = error


def _export(desk: Desk, person: str, say: Words) -> None:
    st.subheader(say("export.title"), anchor=False)
    st.markdown(say("export.text"))
    st.download_button(
        say("export.take"),
        partial(_packed, desk, person),
        "form-coach.zip",
        "application/zip",
        on_click="ignore",
        icon=":material/download:",
        key="export",
    )


def _packed(desk: Desk, person: str) -> bytes:
    """Made where what a crash leaves of it is known and deleted, and not in a folder of the system's."""
    with desk.shelves.making() as folder:
        return desk.export(person, folder / "everything.zip").read_bytes()


def _backup(say: Words) -> None:
    st.subheader(say("backup.title"), anchor=False)
    st.markdown(say("backup.text"))
    if st.button(say("backup.now"), icon=":material/save:", key="backup-now"):
        folder = data_folder() / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        written = records().backup(folder / f"form-coach-{datetime.now():%Y-%m-%d-%H%M%S}.zip")
        st.success(say("backup.done", file=f"`{written}`"))


def _seen_by(desk: Desk, language: Language) -> None:
    st.subheader(words(language, entrusting.HERE)("team.person"), anchor=False)
    entrusting.shown(desk, desk.me(), language)


def _erase(desk: Desk, person: str, say: Words) -> None:
    st.subheader(say("erase.title"), anchor=False)
    st.markdown(say("erase.text"))
    word = say("erase.word")
    typed = st.text_input(say("erase.type", word=word), key="erase-word")
    sure = typed.strip().casefold() == word.casefold()
    if st.button(say("erase.now"), disabled=not sure, icon=":material/delete_forever:", key="erase-now"):
        live_set.leave()
        done: dict[str, object] = {ERASED: say("erase.done")}
        try:
            desk.erase(person)
        except TracesLeft as error:  # they are gone: so is what is kept of them beside the records
            done = {FAILED: error}
        jobs().of(whose()).drop_all()
        uploads().of(whose()).clear_all()
        remove_left()
        visitor.forget()
        for key in st.session_state.keys() - OF_THE_VISIT:  # answers not kept yet would be somebody else's
            del st.session_state[key]
        st.session_state.update(done)
        st.rerun()
