"""Rating without seeing the machine: repetitions in random order, one question at a time, answered with keys."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from random import Random
from typing import Final

import streamlit as st

from coach.care.draw import EACH, in_order, pick, sets_in_order
from coach.care.plans import as_judged
from coach.care.types import KeptSet, Rating
from coach.errors import CoachError
from coach.judge import Judgement
from coach.language import Language
from coach.pose import PoseTrack
from coach.records import Desk, NotYours
from coach.report.wording import asked
from coach.web.markdown import plain
from coach.web.review import agreed, file
from coach.web.review.moving import player_data, replay_of
from coach.web.review.places import ANEW, go
from coach.web.review.verdicts import checks_of
from coach.web.review.wording import check_told, messages, name_told
from coach.web.session import exercise_name, exercise_of
from coach.web.summary.replay import replays

SETS: Final = 6  # the newest with landmarks
EVERYBODY: Final = ""  # in the place of a person
LOOK_BACK: Final = timedelta(weeks=26)  # in which sets of everybody are drawn
MOST_PEOPLE: Final = 40  # that are drawn
MOST_SETS: Final = 80  # that are opened for a draw
MOST: Final = 120  # questions of a round
KEYS: Final = {"1": Judgement.PASS, "2": Judgement.FAULT, "3": Judgement.CANNOT_JUDGE}
NAMES: Final = {Judgement.PASS: "fine", Judgement.FAULT: "fault", Judgement.CANNOT_JUDGE: "cannot"}


@dataclass(frozen=True, slots=True)
class Question:
    """One check of one part of a set."""

    set: str
    part: int
    check: str


def questions(sets: Iterable[tuple[KeptSet, tuple[str, ...]]], seed: str) -> tuple[Question, ...]:
    """Repetitions in random order, the same for the same seed; the checks of one come one after the other."""
    parts = [
        (kept.summary.id, n, [check for check in checks if check in part.verdicts])
        for kept, checks in sets
        for n, part in enumerate(kept.parts)
    ]
    return _shuffled(parts, seed)


def _shuffled(parts: list[tuple[str, int, list[str]]], seed: str) -> tuple[Question, ...]:
    """Sets, parts and their checks."""
    Random(seed).shuffle(parts)
    return tuple(Question(set_id, n, check) for set_id, n, checks in parts for check in checks)[:MOST]


def unanswered(asked: Sequence[Question], ratings: Iterable[Rating], who: str) -> tuple[Question, ...]:
    """Those that somebody has not rated yet."""
    known = {(one.set, one.part, one.check) for one in ratings if one.by == who}
    return tuple(one for one in asked if (one.set, one.part, one.check) not in known)


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """What is rated in one go, with the landmarks it takes."""

    questions: tuple[Question, ...]
    sets: dict[str, KeptSet]
    tracks: dict[str, PoseTrack]

    def only(self, sets: Collection[str]) -> "Round":
        """The same without what is not among these sets."""
        return Round(
            tuple(one for one in self.questions if one.set in sets),
            {id: kept for id, kept in self.sets.items() if id in sets},
            {id: track for id, track in self.tracks.items() if id in sets},
        )


def show(desk: Desk, person_id: str, language: Language) -> None:
    """The page."""
    own = messages(language)
    person = desk.person(person_id)
    st.button(f"← {plain(name_told(person, language))}", on_click=go, args=(person_id,), type="tertiary")
    st.title(own("rate.title"), anchor=False)
    _begin(desk, person_id, language)
    _rate(desk, person_id, language)


def show_everybody(desk: Desk, language: Language) -> None:
    """The page of a draw over all people that whoever asks may see."""
    own = messages(language)
    st.button(f"← {own('people.agreement')}", on_click=go, args=(None, None, "agreement"), type="tertiary")
    st.title(own("rate.title"), anchor=False)
    _begin(desk, EVERYBODY, language)
    _rate(desk, EVERYBODY, language)


def _begin(desk: Desk, person_id: str, language: Language) -> None:
    """Put together at the start, and kept in the visit: what is done meanwhile does not shuffle it anew.

    What is gone meanwhile is left out.  Who asks for it anew gets another one where all of the last is rated, as far
    as there is anything to rate.
    """
    key, anew = _round(desk, person_id, language), st.session_state.pop(ANEW, False)
    if key in st.session_state:
        left = _left(desk, person_id, key)
        if not anew or unanswered(left.questions, desk.ratings(person_id or None), desk.actor.id):
            return
    made = _of_person(desk, person_id, language) if person_id else draw(desk, language)
    if made.questions or key not in st.session_state:
        st.session_state[key] = made
        for of in (_answered, _once_more, _stopped):
            st.session_state.pop(of(person_id), None)


def _round(desk: Desk, person_id: str, language: Language) -> str:
    """Under which key the round is kept."""
    return f"review-round-{desk.actor.id}-{person_id}-{language}"


def _left(desk: Desk, person_id: str, key: str) -> Round:
    """What is left of it: whoever was erased or withdrawn is not looked at from the memory of the visit."""
    known: Round = st.session_state[key]
    seen = {one.id for one in desk.people()}
    return _only(person_id, key, [id for id, kept in known.sets.items() if kept.summary.person in seen])


def _only(person_id: str, key: str, sets: Collection[str]) -> Round:
    left: Round = st.session_state[key].only(sets)
    st.session_state[key] = left
    for of in (_answered, _once_more):
        question: Question | None = st.session_state.get(of(person_id))
        if question is not None and question.set not in left.sets:
            st.session_state.pop(of(person_id))
    return left


def _of_person(desk: Desk, person_id: str, language: Language) -> Round:
    sets: dict[str, KeptSet] = {}
    tracks: dict[str, PoseTrack] = {}
    for one in reversed(desk.summaries(person_id)):
        if len(sets) == SETS:
            break
        track = desk.track(one.id) if one.closed and one.attempts else None
        if track is not None and len(track):
            sets[one.id], tracks[one.id] = desk.kept_set(one.id), track
    known = [(kept, _checks(kept, language)) for kept in sets.values()]
    return Round(questions(known, f"{desk.actor.id} {person_id}"), sets, tracks)


def draw(desk: Desk, language: Language) -> Round:
    """Repetitions of all people, half of them with a fault by the machine; none that whoever asks has rated."""
    rated: dict[str, set[int]] = {}
    for one in desk.ratings(None):
        if one.by == desk.actor.id:
            rated.setdefault(one.set, set()).add(one.part)
    sets: dict[str, KeptSet] = {}
    tracks: dict[str, PoseTrack] = {}
    chosen: dict[bool, list[tuple[str, int, list[str]]]] = {True: [], False: []}
    tracked, since = desk.tracked(), file.now() - LOOK_BACK
    known = {
        person: [one for one in desk.summaries(person, since) if one.id in tracked[person]]
        for person in in_order(tracked)[:MOST_PEOPLE]
    }
    for summary in sets_in_order(known)[:MOST_SETS]:
        if all(len(some) >= EACH for some in chosen.values()):
            break
        track = desk.track(summary.id)
        if track is None or not len(track):
            continue
        kept = desk.kept_set(summary.id)
        for faulty, n in pick(summary.id, kept.parts, rated.get(summary.id, ())).items():
            checks = [check for check in _checks(kept, language) if check in kept.parts[n].verdicts]
            if len(chosen[faulty]) < EACH and checks:
                chosen[faulty].append((summary.id, n, checks))
                sets[summary.id], tracks[summary.id] = kept, track
    return Round(_shuffled([*chosen[True], *chosen[False]], desk.actor.id), sets, tracks)


def _checks(kept: KeptSet, language: Language) -> tuple[str, ...]:
    return checks_of(kept, exercise_of(kept.summary.exercise, language))


@st.fragment
def _rate(desk: Desk, person_id: str, language: Language) -> None:
    wrong: CoachError | None = st.session_state.pop(_wrong(person_id), None)
    if wrong is not None:
        st.error(wrong.told(language))
    try:
        left = _left(desk, person_id, _round(desk, person_id, language))
        _asked(desk, person_id, left, language)
    except CoachError as error:  # a fragment runs without the page around it, which would tell it
        if wrong is None:
            st.error(error.told(language))


def _asked(desk: Desk, person_id: str, asked_of: Round, language: Language) -> None:
    own, stopped = messages(language), _stopped(person_id)
    ratings = desk.ratings(person_id or None)
    left = unanswered(asked_of.questions, ratings, desk.actor.id)
    again = st.session_state.get(_once_more(person_id))
    if again is not None:
        left = (again, *(one for one in left if one != again))
    if not asked_of.questions:
        st.info(own("rate.nothing"))
    elif not left or st.session_state.get(stopped):
        done, of = len(asked_of.questions) - len(left), len(asked_of.questions)
        st.success(own("rate.progress", n=done, of=of) if left else own("rate.done"))
        mine = [one for one in ratings if one.by == desk.actor.id]
        if not person_id:
            drawn = {(one.set, one.part, one.check) for one in asked_of.questions}
            mine = [one for one in mine if (one.set, one.part, one.check) in drawn]
            st.html(f'<p class="rv quiet">{escape(own("rate.drawn"))}</p>')
        agreed.blind(desk, mine, language)
        if left:
            st.button(own("rate.go_on"), on_click=_set_stopped, args=(stopped, False), type="primary")
    else:
        _ask(desk, person_id, asked_of, left, language)
        st.button(own("rate.stop"), on_click=_set_stopped, args=(stopped, True), type="tertiary")


def _set_stopped(key: str, value: bool) -> None:
    st.session_state[key] = value


def _ask(desk: Desk, person_id: str, asked_of: Round, left: Sequence[Question], language: Language) -> None:
    own, question, of = messages(language), left[0], len(asked_of.questions)
    done = of - len(left)
    st.html(
        f'<div class="rv"><p class="quiet">{escape(own("rate.intro"))}</p>'
        f'<div class="bar"><i style="width:{100 * done / of:.0f}%"></i></div>'
        f'<p class="quiet">{escape(own("rate.progress", n=done, of=of))}</p></div>'
    )
    kept = asked_of.sets[question.set]
    exercise = as_judged(kept.summary, desk.plans(kept.summary.person), language)
    part = kept.parts[question.part]
    left_side, right = st.columns(2, gap="large")
    with left_side:
        replay = replay_of(asked_of.tracks[question.set], part)
        if replay is None:
            st.info(own("session.no_track"))
        else:
            title = exercise_name(kept.summary.exercise, language) + own(f"side.{part.side}")
            data = player_data([(title, part, replay)], exercise, language, blind=True)
            replays(data, key=f"rate-{question.set}-{question.part}")
    known = exercise.checks.get(question.check) if exercise is not None else None
    wanted = ""
    if known is not None and known.range is not None:
        unit = part.verdicts[question.check].unit
        wanted = own("rate.asked", asked=asked(known.range, unit, language))
    with right:
        st.html(
            f'<div class="rv"><p class="quiet">{escape(own("rate.question"))}</p>'
            f'<p class="question">{escape(check_told(question.check, exercise, language))}</p>'
            f'<p class="quiet">{escape(wanted)}</p></div>'
        )
        for key, says in KEYS.items():
            st.button(
                own(f"rate.{NAMES[says]}"),
                key=f"rate-key-{key}",
                shortcut=key,
                width="stretch",
                on_click=_answer,
                args=(desk, person_id, question, says, language),
            )
        if st.session_state.get(_answered(person_id)) is not None:
            undo = own("rate.undo")
            st.button(
                undo, key="rate-undo", shortcut="z", on_click=_again, args=(person_id,), type="tertiary"
            )


def _stopped(person_id: str) -> str:
    return f"review-stopped-{person_id}"


def _wrong(person_id: str) -> str:
    return f"review-rate-wrong-{person_id}"


def _answered(person_id: str) -> str:
    return f"review-answered-{person_id}"


def _once_more(person_id: str) -> str:
    return f"review-once-more-{person_id}"


def _again(person_id: str) -> None:
    """The last question is asked once more; its new answer is the one that holds."""
    st.session_state[_once_more(person_id)] = st.session_state.pop(_answered(person_id))


def _answer(desk: Desk, person_id: str, question: Question, says: Judgement, language: Language) -> None:
    """What could not be kept is asked again; a set that is gone is not."""
    try:
        desk.rate(Rating(question.set, question.part, question.check, says, desk.actor.id, file.now()))
    except CoachError as error:
        st.session_state[_wrong(person_id)] = error
        if isinstance(error, NotYours):
            key = _round(desk, person_id, language)
            _only(person_id, key, st.session_state[key].sets.keys() - {question.set})
        return
    st.session_state[_answered(person_id)] = question
    st.session_state.pop(_once_more(person_id), None)
