"""One session: every repetition with its verdicts, its replay and its evidence, and the therapist's word on each."""

from base64 import b64encode
from dataclasses import dataclass
from html import escape
from typing import Final, cast

import streamlit as st

from coach.care.agreement import all_said
from coach.care.curves import Curves, curves
from coach.care.plans import as_judged
from coach.care.types import KeptSet, Session
from coach.errors import CoachError
from coach.judge import Exercise, HeldPose, Judgement, Rep, Verdict
from coach.language import LANGUAGES, Language
from coach.pose import PoseTrack
from coach.records import Desk
from coach.report.wording import asked, quantity
from coach.video.evidence import Moment, pictures
from coach.web.review import charts
from coach.web.review.evidence import angle_of, frame_at, picture_html, skeleton_svg
from coach.web.review.moving import player_data, replay_of, shown_beside
from coach.web.review.picture import picture
from coach.web.review.places import follow, go
from coach.web.review.verdicts import Words, faults_of, table_html, wanted_of
from coach.web.review.wording import SIGNS, check_told, date_told, messages, pain_told
from coach.web.review.words_on import words_on
from coach.web.review.writing import writing
from coach.web.session import exercise_name
from coach.web.summary.replay import replays
from coach.web.summary.rows import peak_s

LOOKED_AT: Final = "review-set"
MOST_SHOTS: Final = 2  # pictures of one repetition


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A set with what is worked out from its landmarks, once; track None: none was kept."""

    kept: KeptSet
    exercise: Exercise | None
    track: PoseTrack | None
    curves: Curves | None


def show(desk: Desk, person_id: str, session_id: str, language: Language) -> None:
    """The page.  Raises CoachError for a session of somebody else than the address says."""
    own = messages(language)
    session = desk.session(session_id)
    if session.person != person_id:
        raise gone()
    st.button(f"← {own('session.back')}", on_click=_back, args=(person_id,), type="tertiary")
    st.title(own("session.title", day=date_told(session.started, language)), anchor=False)
    _pain(session, language)
    sets = desk.sets(session_id)
    if not sets:
        st.info(own("session.no_reps"))
        return
    _set(desk, session, sets, language)
    _note(desk, session, language)


def gone() -> CoachError:
    """What is said of what is not there."""
    told: dict[str, str] = {language: messages(language)("wrong.gone") for language in LANGUAGES}
    return CoachError(told["en"], told)


def _back(person_id: str) -> None:
    go(person_id)
    st.session_state[f"review-view-{person_id}"] = "sessions"


def _pain(session: Session, language: Language) -> None:
    told = pain_told(session, language)
    if told:
        st.html(f'<p class="rv quiet">{escape(told)}</p>')


def _note(desk: Desk, session: Session, language: Language) -> None:
    own = messages(language)
    about = [note for note in desk.notes(session.person) if note.about == session.id]
    told = "".join(
        f"<li><p>{escape(note.text)}</p><span>{escape(date_told(note.at, language))}</span></li>"
        for note in about
    )
    st.html(f'<ul class="rv notes">{told}</ul>')
    writing(desk, session.person, session.id, own("session.note"), language)


# --- one set --------------------------------------------------------------------------------------------


@st.fragment
def _set(desk: Desk, session: Session, sets: tuple[KeptSet, ...], language: Language) -> None:
    follow()
    try:
        _chosen(desk, session, sets, language)
    except CoachError as error:  # a fragment runs without the page around it, which would tell it
        st.error(error.told(language))


def _chosen(desk: Desk, session: Session, sets: tuple[KeptSet, ...], language: Language) -> None:
    own = messages(language)
    n = 0
    if len(sets) > 1:
        chosen = st.segmented_control(
            own("session.sets"),
            range(len(sets)),
            default=0,
            required=True,
            format_func=lambda n: _set_told(n, sets[n], language),
            label_visibility="collapsed",
            key=f"review-set-of-{session.id}",
        )
        n = int(chosen or 0)
    else:
        st.subheader(_set_told(0, sets[0], language), anchor=False)
    kept = sets[n]
    if not kept.summary.closed:
        st.warning(own("session.open"), icon=":material/content_cut:")
    if not kept.parts:
        st.info(own("session.no_reps"))
        return
    words = all_said(word for word in desk.corrections(session.person) if word.set == kept.summary.id)
    _parts(desk, looked_at(desk, kept, language), words, language)


def _set_told(n: int, kept: KeptSet, language: Language) -> str:
    one = kept.summary
    name = exercise_name(one.exercise, language)
    return messages(language)(
        "session.set", n=n + 1, exercise=name, counted=one.counted, attempts=one.attempts
    )


def looked_at(desk: Desk, kept: KeptSet, language: Language) -> Shown:
    """The set with its landmarks, kept in the visit while it is looked at."""
    key = (desk.actor.id, kept.summary.id, len(kept.parts), language)
    known = st.session_state.get(LOOKED_AT)
    if known is None or known[0] != key:
        track = desk.track(kept.summary.id)
        exercise = as_judged(kept.summary, desk.plans(kept.summary.person), language)
        found = None
        if track is not None and exercise is not None and len(track):
            found = curves(track, kept.parts, exercise)
        known = st.session_state[LOOKED_AT] = (key, Shown(kept, exercise, track, found))
    return cast(Shown, known[1])


def _parts(desk: Desk, shown: Shown, words: Words, language: Language) -> None:
    own, parts = messages(language), shown.kept.parts
    held = isinstance(parts[0], HeldPose)
    table = st.empty()  # above, though it is told last which one is chosen
    chosen = st.segmented_control(
        own("session.pick_hold" if held else "session.pick"),
        range(len(parts)),
        default=_first(parts),
        required=True,
        format_func=lambda n: f"{n + 1} {sign(parts[n])}",
        key=f"review-part-{shown.kept.summary.id}",
    )
    n = int(chosen or 0)
    table.html(table_html(shown.kept, shown.exercise, words, n, language))
    left, right = st.columns((2, 1), gap="large")
    with left:
        _moving(shown, n, held, language)
    with right:
        _evidence(desk, shown, n, language)
    words_on(desk, shown.kept, shown.exercise, n, words, language)
    if shown.curves is not None and shown.curves.seen:
        st.html(f'<h3 class="rv part">{escape(own("session.curves"))}</h3>')
        drawn = charts.curves_chart(shown.curves, n, language)
        picture(drawn, own("session.curves"), f"curves-{shown.kept.summary.id}")


def _first(parts: tuple[Rep | HeldPose, ...]) -> int:
    """The one to look at first: the first with a fault, else the first that did not count, else the first."""
    faulty = (n for n, part in enumerate(parts) if faults_of(part))
    uncounted = (n for n, part in enumerate(parts) if not part.counted)
    return next(faulty, next(uncounted, 0))


def sign(part: Rep | HeldPose) -> str:
    """Of all its checks: one at fault, else one that is fine, else an unsure one, else none that could be judged."""
    if not part.counted:
        return "○"
    found = {verdict.verdict for verdict in part.verdicts.values()}
    telling = (Judgement.FAULT, Judgement.PASS, Judgement.UNSURE)
    return SIGNS[next((one for one in telling if one in found), Judgement.CANNOT_JUDGE)]


def _moving(shown: Shown, n: int, held: bool, language: Language) -> None:
    """The replay of the chosen one, and beside it the best of the same side."""
    own, parts, track = messages(language), shown.kept.parts, shown.track
    st.html(f'<h3 class="rv part">{escape(own("session.replay"))}</h3>')
    replay = None if track is None else replay_of(track, parts[n])
    if track is None or replay is None:
        st.html(f'<p class="rv quiet">{escape(own("session.no_track"))}</p>')
        return
    players = [(own("session.hold" if held else "session.rep", n=n + 1), parts[n], replay)]
    other = shown_beside(parts, n)
    beside = None if other is None else replay_of(track, parts[other])
    if other is not None and beside is not None:
        title = own("session.best_hold" if held else "session.best", n=other + 1)
        players.append((title, parts[other], beside))
    replays(player_data(players, shown.exercise, language), key=f"review-replay-{shown.kept.summary.id}-{n}")


# --- evidence -------------------------------------------------------------------------------------------


def _evidence(desk: Desk, shown: Shown, n: int, language: Language) -> None:
    """Of each fault its moment, with the angle; of a clean one its end range."""
    own, part = messages(language), shown.kept.parts[n]
    if shown.track is None or not len(shown.track):
        return
    faults = [
        (name, v) for name, v in part.verdicts.items() if v.verdict is Judgement.FAULT and v.at_s is not None
    ][:MOST_SHOTS]
    figures = [_figure(desk, shown, n, name, verdict, language) for name, verdict in faults]
    if not faults and (frame := frame_at(shown.track, peak_s(part))) is not None:
        title = own("session.evidence")
        figures = [f"<figure>{picture_html(skeleton_svg(frame, (), dark=_dark()), title)}</figure>"]
    st.html(
        f'<div class="rv"><h3 class="rv part">{escape(own("session.evidence"))}</h3>'
        f'<div class="shots">{"".join(figures)}</div></div>'
    )


def _figure(desk: Desk, shown: Shown, n: int, check: str, verdict: Verdict, language: Language) -> str:
    own = messages(language)
    assert shown.track is not None and verdict.at_s is not None  # only such are chosen
    frame = frame_at(shown.track, verdict.at_s)
    if frame is None:
        return ""
    told = check_told(check, shown.exercise, language)
    wanted = wanted_of(shown.exercise, check)
    value = quantity(verdict.value, verdict.unit, verdict.band, language, wanted)
    limits = "" if wanted is None else asked(wanted, verdict.unit, language)
    measured = own("session.measured", value=value, asked=limits) if limits else value
    picture = _photograph(desk, shown, Moment(check, n + 1, frame, verdict.joints))
    source = ""
    if not picture:
        lines = angle_of(check, verdict, shown.exercise, shown.kept.parts[n].side) if shown.exercise else ()
        short = quantity(verdict.value, verdict.unit, None, language)
        drawn = skeleton_svg(frame, verdict.joints, lines, short, _dark())
        picture = picture_html(drawn, f"{told}. {measured}")
        source = f'<span class="value">{escape(own("session.from_joints"))}</span>'
    return (
        f'<figure>{picture}<figcaption><b><span aria-hidden="true">✕</span> {escape(told)}</b><br>'
        f"{escape(measured)}<br>{source}</figcaption></figure>"
    )


def _dark() -> bool:
    return bool(st.context.theme.type == "dark")


def _photograph(desk: Desk, shown: Shown, moment: Moment) -> str:
    """The video's own picture, where one was kept and can still be read."""
    path = desk.video(shown.kept.summary.id)
    if path is None:
        return ""
    key = f"review-shot-{shown.kept.summary.id}-{moment.number}-{moment.check}"
    if key not in st.session_state:
        try:
            found = pictures(path, [moment])
        except CoachError:
            found = []
        st.session_state[key] = b64encode(found[0][1]).decode() if found else ""
    data = st.session_state[key]
    return f'<img class="evidence" alt="" src="data:image/jpeg;base64,{data}">' if data else ""
