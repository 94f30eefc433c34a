"""The page that takes a video: choose it, wait for it, look at what came out."""

import math
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, cast

import streamlit as st

from coach.errors import CoachError, OutputError
from coach.judge import Exercise, FoundSet, exercise_ids
from coach.language import Language, Words, words
from coach.pose import Side
from coach.report.wording import clock
from coach.video import Analysis, Workout
from coach.web.clinic.visit import placed, whose
from coach.web.markdown import plain
from coach.web.plan import uploaded
from coach.web.session import exercise_in
from coach.web.top import begin_at_top
from coach.web.video.jobs import OwnJobs, QueueFull, Status, jobs
from coach.web.video.parts import player, uploader
from coach.web.video.timeline import SIGNS, timeline
from coach.web.video.uploads import MAX_BYTES, MAX_MINUTES, OwnUploads, uploads
from coach.web.video.work import ANNOTATED, PAPER, REPORT, RESULT, Outcome, Task, check, report_name

HERE: Final = Path(__file__).parent
JOB: Final = "video_job"  # in the session; the same in the address, so that a reload finds it again
TICKET: Final = "video_ticket"
WRONG: Final = "video_wrong"
ALL: Final = "video_all"  # in the session: see _found_in
CHOICE: Final = "video_choice"  # exercise and side: Streamlit forgets a box that is not shown
ADDRESS: Final = "video"
ACCEPT: Final = ".mp4,.m4v,.mov,.webm,.mkv,.avi,video/*"


def show(language: Language) -> None:
    """The whole page."""
    asked = [token for token in (st.query_params.get(ADDRESS), st.session_state.get(JOB)) if token]
    token = _known(asked)
    status = None if token is None else _jobs().status(token)
    begin_at_top(f"{token} {status is not None and status.ended}")
    say = words(language if token is None else _told_in(token, language), HERE)
    st.title(say("title"), anchor=False)
    if asked and status is None:
        _forget()
        st.warning(say("gone"))
    if token is not None and status is not None:
        _watch(token)
        _of_job(token, status, say)
    else:
        _choosing(say)


def _known(asked: list[str]) -> str | None:
    """The first that is known.  The address is asked first: by it the browser leads back from one set to all."""
    return next((token for token in asked if _jobs().status(token) is not None), None)


def _told_in(token: str, language: Language) -> Language:
    """A result is told in the language in which it was judged: half of its sentences are there in no other."""
    task = _jobs().task(token)
    if task is None or _jobs().outcome(token) is None:
        return language
    watched = (task.exercise, *task.known)
    return next((exercise.language for exercise in watched if exercise is not None), language)


def _jobs() -> OwnJobs:
    return jobs().of(whose())


def _uploads() -> OwnUploads:
    return uploads().of(whose())


# --- the way in -------------------------------------------------------------------------------------


def _choosing(say: Words) -> None:
    st.write(f"{placed(say, 'intro')} {say('speed')}")
    _choice(say)
    if _take(say):
        st.session_state.pop(WRONG, None)
    if wrong := st.session_state.get(WRONG):
        st.error(wrong)
    video = _uploads().video(_ticket())
    if video is None:
        return
    try:
        length_s = check(video)
    except CoachError as error:
        st.session_state[WRONG] = plain(error.told(say.language))
        _uploads().clear(_ticket())
        st.rerun()
    st.success(_ready(video.name, length_s, say))
    st.button(say("start"), type="primary", on_click=_submit, args=(video, say))


def _choice(say: Words) -> None:
    """As long as no video is in line, the choice outlasts a look at another page; the side is that of its exercise."""
    before, side_before = st.session_state.get(CHOICE, ("", "any"))
    st.session_state.setdefault("video_exercise", before)
    exercise = _exercise(say, say("find_out"), "video_exercise")
    chosen = exercise.id if exercise else ""
    side = _side(say, exercise, side_before if chosen == before else None)
    st.session_state[CHOICE] = (chosen, side or "any")


def _chosen(language: Language) -> tuple[Exercise | None, Side | None]:
    """What is chosen at this moment, in a callback too: a box that was left just before may be ahead of the page."""
    chosen, (shown, _) = st.session_state.get("video_exercise"), st.session_state.get(CHOICE, ("", "any"))
    exercise = exercise_in(chosen, language) if chosen else None
    of_it = exercise is not None and exercise.sides == "each" and chosen == shown
    side = st.session_state.get("video_side", "any") if of_it else "any"
    return exercise, None if side == "any" else cast(Side, side)


def _exercises(language: Language) -> dict[str, Exercise]:
    return {name: exercise_in(name, language) for name in exercise_ids()}


def _exercise(say: Words, nothing: str, key: str) -> Exercise | None:
    known = _exercises(say.language)
    by_name = sorted(known, key=lambda name: known[name].name.casefold())
    chosen = st.selectbox(
        say("exercise"),
        ["", *by_name],  # None would let the box be cleared, and then speak English
        format_func=lambda name: known[name].name if name else nothing,
        key=key,
        placeholder=nothing,
        filter_mode=None,
    )
    return known[chosen] if chosen else None


def _side(say: Words, exercise: Exercise | None, before: str | None) -> Side | None:
    """before  what was chosen for the same exercise; None: it is another one, and any side is chosen."""
    if exercise is None or exercise.sides != "each":
        return None
    if before is None:
        st.session_state["video_side"] = "any"
    else:
        st.session_state.setdefault("video_side", before)
    chosen = st.radio(
        say("side"),
        ("any", "left", "right"),
        format_func=lambda side: say(f"side_{side}"),
        horizontal=True,
        key="video_side",
    )
    return None if chosen == "any" else cast(Side, chosen)


def _ticket() -> str:
    token = st.session_state.get(TICKET)
    if token is None or not _uploads().known(token):
        token = st.session_state[TICKET] = _uploads().ticket()
    return cast(str, token)


def _take(say: Words) -> bool:
    here = _uploads().video(_ticket()) is not None
    gb = {"gb": MAX_BYTES // 1024**3}
    told = {
        **{key: say(key) for key in ("drop", "sending", "sending_cancel", "no_room", "lost", "stale")},
        "choose": say("choose_other" if here else "choose"),
        "too_large": say("too_large", **gb),
        "limits": say("limits", **gb, minutes=MAX_MINUTES),
    }
    data = {
        "url": f"/uploads/{_ticket()}",
        "max_bytes": MAX_BYTES,
        "accept": ACCEPT,
        "language": say.language,
        "words": told,
    }
    return uploader(data, key="video_uploader")


def _ready(name: str, length_s: float, say: Words) -> str:
    if math.isnan(length_s) or length_s < 1:  # "0:00 minutes" tells nobody anything
        return say("ready", name=plain(name))
    return say("ready_length", name=plain(name), length=clock(length_s))


def _submitted(task: Task, shown: str | None, say: Words) -> str | None:
    """Its token once it is in line; None where it cannot be, and what to tell then is kept for the next run.

    shown  the job that was on the page; None: none was.  A button that is pressed twice puts one in line.
    """
    if st.session_state.get(JOB) != shown:
        return None
    st.session_state.pop(WRONG, None)
    try:
        return _jobs().submit(task)
    except QueueFull:
        st.session_state[WRONG] = say("full")
    except FileNotFoundError:
        st.session_state[WRONG] = say("gone")
    except OSError:
        st.session_state[WRONG] = say("no_room")
    return None


def _submit(video: Path, say: Words) -> None:
    exercise, side = _chosen(say.language)
    known = tuple(_exercises(say.language).values()) if exercise is None else ()
    token = _submitted(Task(video, exercise, side, known), None, say)
    if token is not None:
        st.session_state.pop(CHOICE, None)
        _uploads().clear(_ticket())
        _watch(token)


def _watch(token: str) -> None:
    """Also in the address, which is lost with a look at another page; what stands there already is not written anew."""
    st.session_state[JOB] = token
    if st.query_params.get(ADDRESS) != token:
        st.query_params[ADDRESS] = token


def _forget() -> None:
    st.session_state.pop(JOB, None)
    st.query_params.pop(ADDRESS, None)


def _other(token: str) -> None:
    """Nothing of this video is needed any longer."""
    found = _found_in()
    for job in {token, *found, *found.values()}:
        _jobs().drop(job)
    st.session_state.pop(ALL, None)
    _forget()


def _back(token: str, all_sets: str) -> None:
    """From one set to all of them."""
    _jobs().drop(token)
    _watch(all_sets)


def _found_in() -> dict[str, str]:
    """The job of one set -> the job that found it among others."""
    return dict(st.session_state.get(ALL, {}))


# --- the wait ---------------------------------------------------------------------------------------


def _of_job(token: str, status: Status, say: Words) -> None:
    task = _jobs().task(token)
    if task is None:
        return
    named = f" · {task.exercise.name}" if task.exercise else ""
    st.subheader(f"{plain(task.video.name)}{named}", anchor=False)
    if not status.ended:
        _waiting(token, say)
        return
    outcome = _jobs().outcome(token)
    if outcome is not None:
        _result(token, task, outcome, say)
    elif status.state == "cancelled":
        st.info(say("cancelled"))
    else:
        st.error(failure_words(status.problem, say))
    with st.container(horizontal=True):
        if outcome is None:
            st.button(say("again"), on_click=_again, args=(token, task, say))
        all_sets = _found_in().get(token)
        if all_sets is not None and _jobs().status(all_sets) is not None:
            st.button(say("all_sets"), on_click=_back, args=(token, all_sets))
        st.button(say("other_video"), on_click=_other, args=(token,), key="video_other")
    if wrong := st.session_state.get(WRONG):
        st.error(wrong)


@st.fragment(run_every=1.0)
def _waiting(token: str, say: Words) -> None:
    status = _jobs().status(token)
    if status is None or status.ended:
        st.rerun()
    st.write(progress_words(status, say))
    st.progress(status.share or 0.0)
    st.button(say("cancel"), on_click=_jobs().cancel, args=(token,), key="video_cancel")


def progress_words(status: Status, say: Words) -> str:
    """How a job stands, in words."""
    if status.state == "waiting":
        return say("waiting", n=status.ahead) if status.ahead else say("waiting_next")
    if status.gives_way:
        return say("gives_way")
    if status.share is None:
        return say("running_unknown")
    if status.share >= 1.0:
        return say("finishing")
    told = say("running", percent=math.floor(100 * status.share))
    return told if status.left_s is None else f"{told}, {time_words(status.left_s, say)}"


def failure_words(problem: CoachError | None, say: Words) -> str:
    """Why a job failed, in one sentence."""
    if isinstance(problem, OutputError):  # tells of files that the person knows nothing of
        return say("not_written")
    return plain(problem.told(say.language)) if problem else say("failed")


def time_words(left_s: float, say: Words) -> str:
    """Time left, as exactly as an estimate is."""
    if left_s > 90:
        return say("left_minutes", n=round(left_s / 60))
    return say("left_seconds", n=max(round(left_s), 1) if left_s < 10 else 5 * round(left_s / 5))


def _one_set(token: str, task: Task, say: Words) -> None:
    """One set of a video, beside all of them."""
    anew = _submitted(task, token, say)
    if anew is not None:
        st.session_state[ALL] = _found_in() | {anew: token}
        _watch(anew)


def _again(token: str, task: Task, say: Words) -> None:
    """The same video once more, perhaps as another exercise."""
    anew = _submitted(task, token, say)
    if anew is not None:
        _jobs().drop(token)
        found = _found_in()
        if token in found:
            st.session_state[ALL] = found | {anew: found[token]}
        _watch(anew)


# --- the result -------------------------------------------------------------------------------------


def _result(token: str, task: Task, outcome: Outcome, say: Words) -> None:
    if outcome.damaged:
        st.warning(say("damaged"))
    if outcome.analysis is not None:
        _one(token, task, outcome.analysis, say)
        uploaded.offer(task, outcome.analysis.result, outcome.track, say.language)
    elif outcome.workout is not None:
        _several(token, task, outcome.workout, outcome.nobody, say)


def _one(token: str, task: Task, analysis: Analysis, say: Words) -> None:
    if task.exercise is None:
        st.write(f"**{analysis.exercise.name}**")
    told = timeline(analysis, say)
    st.markdown(f"#### {told.headline}")
    player(player_data(token, analysis, say), key=f"video_player_{token}")


def player_data(token: str, analysis: Analysis, say: Words) -> dict[str, Any]:
    """What the player is given: plain data, all texts in the person's language."""
    told = timeline(analysis, say)
    keys = ("timeline", "list", "no_video", "take", "take_video")
    legend = [f"{sign} {say(kind, n=1)}" for kind, sign in SIGNS.items()] + [f"◆ {say('fault_mark')}"]
    more = [(say("next_time"), told.advice), (say("not_judged"), told.not_judged)]
    files = (("take_paper", PAPER), ("take_report", REPORT), ("take_json", RESULT), ("take_video", ANNOTATED))
    return {
        "language": say.language,
        "src": f"/files/{token}/{ANNOTATED}",
        "duration_s": told.duration_s,
        "bars": [{**asdict(bar), "label": bar.label} for bar in told.bars],
        "lanes": [asdict(lane) for lane in told.lanes],
        "more": [{"title": title, "lines": list(lines)} for title, lines in more if lines],
        "downloads": [{"text": say(key), "url": f"/files/{token}/{name}?download"} for key, name in files],
        "words": {
            **{key: say(key) for key in keys},
            "bars": say("holds" if analysis.exercise.hold else "repetitions"),
            "legend": " · ".join(legend),
        },
    }


def _several(token: str, task: Task, workout: Workout, nobody: bool, say: Words) -> None:
    sets = workout.result.sets
    st.write(say("nobody" if nobody else "several" if any(one.exercise for one in sets) else "none_found"))
    for number, (one, analysis) in enumerate(zip(sets, workout.analyses, strict=True), start=1):
        with st.container(border=True):
            _set(token, task, number, one, analysis, say)
    st.link_button(say("take_json"), f"/files/{token}/{RESULT}?download")
    if not nobody and (not sets or None in workout.analyses):
        _other_exercise(token, task, say)


def _set(token: str, task: Task, number: int, one: FoundSet, analysis: Analysis | None, say: Words) -> None:
    time = f"{clock(one.start_s)} – {clock(one.end_s)}"
    if analysis is None:
        known = _exercises(say.language)
        st.markdown(f"**? {say('set_unsure', number=number)}** · {time}")
        if one.candidates:
            st.write(say("could_be", names=", ".join(known[name].name for name in one.candidates)))
        if one.why:
            st.write(f"{one.why[:1].upper()}{one.why[1:]}.")
        return
    told = timeline(analysis, say)
    st.markdown(f"**{say('set', number=number, name=analysis.exercise.name)}** · {time}")
    st.write(told.headline)
    between = (float(analysis.curve.t[0]), float(analysis.curve.t[-1]))
    shown = Task(task.video, analysis.exercise, task.side, between=between)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say("show_set"),
            on_click=_one_set,
            args=(token, shown, say),
            key=f"video_set_{number}",
            type="primary",
        )
        for key, name in (("report_set_paper", PAPER), ("report_set", REPORT)):
            st.link_button(say(key), f"/files/{token}/{report_name(number, name)}?download")


def _other_exercise(token: str, task: Task, say: Words) -> None:
    chosen = _exercise(say, "–", "video_exercise_again")
    shown = Task(task.video, chosen, task.side)
    if st.button(say("watch_as"), disabled=chosen is None, key="video_watch_as"):
        _again(token, shown, say)
        st.rerun()
