"""A set of an uploaded video, put into the records when the person says so."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from coach.errors import CoachError
from coach.judge import SetResult
from coach.language import Language
from coach.live import keep_whole
from coach.live.desk_keeper import set_id, slim
from coach.pose import PoseTrack, repair_track
from coach.records import Desk
from coach.web import visitor
from coach.web.plan.day import may_keep
from coach.web.plan.wording import messages


def offer(token: str, result: SetResult, track: Path | None, video: Path, language: Language) -> None:
    """One button; afterwards what came of it.

    token  names the video: kept twice, its set is there once
    track  the landmarks as they were saved, where they were
    """
    say, asked = messages(language), f"keep-video-{token}"
    try:
        desk, person = visitor.desk(), visitor.person().id
        if st.session_state.get(asked) != "kept":
            wanted = st.button(say("video.keep"), icon=":material/bookmark_add:", key=asked + "-button")
            if not wanted:
                return
            _keep(desk, person, token, result, track, video)
            st.session_state[asked] = "kept"
            st.rerun()
        st.success(say("video.kept"))
    except CoachError as error:
        st.warning(error.told(language))


def _keep(desk: Desk, person: str, token: str, result: SetResult, track: Path | None, video: Path) -> None:
    if _is_kept(desk, token):
        return
    now = datetime.now(UTC)
    session = desk.begin_session(person, now)
    consents = desk.consents(person)
    points = None if track is None or not may_keep(consents, "tracks") else repaired(track)
    kept = keep_whole(desk, session.id, token, result, points, now, "video")
    if may_keep(consents, "video"):
        desk.keep_video(kept, video)
    desk.end_session(session.id, now)


def _is_kept(desk: Desk, token: str) -> bool:
    try:
        desk.kept_set(set_id(token, 1))
    except CoachError:
        return False
    return True


def repaired(track: Path) -> PoseTrack | None:
    """The landmarks of a video as they are kept of a live set; None where they cannot be read any more."""
    try:
        return PoseTrack.of([slim(frame) for frame in repair_track(PoseTrack.load(track))])
    except CoachError:
        return None
