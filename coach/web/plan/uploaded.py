"""A set of an uploaded video, put into the records when the person says so."""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import streamlit as st

from coach.care.days import day_of
from coach.care.types import SetSummary
from coach.errors import CoachError
from coach.judge import SetResult
from coach.language import Language, Words
from coach.live import keep_whole
from coach.live.desk_keeper import set_id, slim
from coach.pose import PoseTrack, repair_track
from coach.records import Desk
from coach.records.problems import problem
from coach.video.filmed import filmed_at
from coach.web import visitor
from coach.web.plan.day import may_keep
from coach.web.plan.wording import full_date, messages
from coach.web.video.work import Task


def offer(task: Task, result: SetResult, track: Path | None, language: Language) -> None:
    """One button, until the records have all of the set; then that they have it.

    task   what was watched
    track  the landmarks as they were saved, where they were
    """
    say = messages(language)
    try:
        desk, person = visitor.desk(), visitor.person().id
        name = name_of(person, task, result.exercise)
        if _is_kept(desk, person, set_id(name, 1)):
            st.success(say("video.kept"))
            return
        key = f"keep-video-{set_id(name, 1)}"
        at = _done_at(task, f"{key}-filmed", say)
        if st.button(say("video.keep"), icon=":material/bookmark_add:", key=key):
            _keep(desk, person, name, result, track, task.video, at)
            st.rerun()
    except CoachError as error:
        st.warning(error.told(language))


def _done_at(task: Task, key: str, say: Words) -> datetime | None:
    """When the set was done, where its film tells another day than today and nobody says no; None: now."""
    now = datetime.now(UTC)
    filmed = filmed_at(task.video, now)
    if filmed is None or day_of(filmed) == day_of(now):
        return None
    label = say("video.filmed", day=full_date(day_of(filmed), say))
    return filmed + timedelta(seconds=task.between[0]) if st.checkbox(label, True, key=key) else None


def name_of(person: str, task: Task, exercise: str) -> str:
    """What names the set: it is the same however often its video is uploaded and watched.

    Raises RecordsError where the video is no longer there.
    """
    try:
        known = task.video.stat()
        digest = _digest(task.video, known.st_size, known.st_mtime_ns)
    except OSError as error:
        raise problem("no_video", name=task.video.name) from error
    return "/".join((person, exercise, task.side or "any", *(f"{at_s}" for at_s in task.between), digest))


@lru_cache(maxsize=64)  # a page asks at every run, and a video may have 2 GB
def _digest(video: Path, size: int, changed_ns: int) -> str:
    with video.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(
    desk: Desk,
    person: str,
    name: str,
    result: SetResult,
    track: Path | None,
    video: Path,
    done_at: datetime | None,
) -> None:
    """Keep what the records lack of it: an attempt before this one may have failed half way."""
    now, id = datetime.now(UTC), set_id(name, 1)
    at, over = (now, now) if done_at is None else (done_at, done_at + timedelta(seconds=result.duration_s))
    found = _found(desk, person, id)
    session = _session(desk, person, id, at) if found is None else found.session
    if found is None or not found.closed:
        wanted = may_keep(desk.consents(person), "tracks") and id not in desk.tracked().get(person, ())
        points = repaired(track) if wanted and track is not None else None
        keep_whole(desk, session, name, result, points, at, "video")
    if desk.session(session).ended is None:
        desk.end_session(session, over)
    if _lacks_video(desk, person, id):
        desk.keep_video(id, video)


def _session(desk: Desk, person: str, id: str, at: datetime) -> str:
    """A new session; the one of an attempt that did not come to a set."""
    begun = f"session-of-{id}-{at.date()}"
    if st.session_state.get(begun) not in {one.id for one in desk.sessions(person)}:
        st.session_state[begun] = desk.begin_session(person, at).id
    return str(st.session_state[begun])


def _is_kept(desk: Desk, person: str, id: str) -> bool:
    """Whether nothing is missing: neither its result, nor the end of its session, nor a video that is to be kept."""
    found = _found(desk, person, id)
    if found is None or not found.closed or desk.session(found.session).ended is None:
        return False
    return not _lacks_video(desk, person, id)


def _found(desk: Desk, person: str, id: str) -> SetSummary | None:
    return next((one for one in desk.summaries(person) if one.id == id), None)


def _lacks_video(desk: Desk, person: str, id: str) -> bool:
    return may_keep(desk.consents(person), "video") and desk.video(id) is None


def repaired(track: Path) -> PoseTrack | None:
    """The landmarks of a video as they are kept of a live set; None where they cannot be read any more."""
    try:
        return PoseTrack.of([slim(frame) for frame in repair_track(PoseTrack.load(track))])
    except CoachError:
        return None
