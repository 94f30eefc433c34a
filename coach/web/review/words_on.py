"""The therapist's word on one repetition: to agree, to correct, to comment, check by check."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from coach.care.agreement import Said, all_said
from coach.care.types import Correction, KeptSet
from coach.errors import CoachError
from coach.judge import Exercise, HeldPose, Judgement, Verdict
from coach.language import Language
from coach.records import Desk
from coach.web.review import file
from coach.web.review.verdicts import Words, checks_of, counted_html, faults_of, verdict_html, wanted_of
from coach.web.review.wording import check_told, messages

SAYS: Final = (Judgement.PASS, Judgement.FAULT, Judgement.CANNOT_JUDGE)
COUNTS: Final = (Judgement.PASS, Judgement.FAULT)
MOST_LETTERS: Final = 500
WRONG: Final = "review-word-wrong"  # the set, and why a word on it could not be kept, to be told once


@dataclass(frozen=True, slots=True)
class Place:
    """What a word is on: a check of part n of a set; None: whether the part counts."""

    set: str
    n: int
    check: str | None

    @property
    def field(self) -> str:
        """Of the verdict."""
        return f"word-{self.set}-{self.n}-{self.check}"

    @property
    def comment(self) -> str:
        """Of the field for the comment."""
        return f"{self.field}-comment"

    @property
    def unkept(self) -> str:
        """Of the comment that was typed and does not stand in the records yet."""
        return f"{self.field}-unkept"


def words_on(
    desk: Desk, kept: KeptSet, exercise: Exercise | None, n: int, words: Words, language: Language
) -> None:
    """What can be said of part n; each word is kept at once."""
    own, part, key = messages(language), kept.parts[n], kept.summary.id
    st.html(
        f'<h3 class="rv part">{escape(own("session.your_word"))}</h3>'
        f'<p class="rv quiet">{escape(own("session.your_word_help"))}</p>'
    )
    set_id, wrong = st.session_state.pop(WRONG, (key, None))
    if wrong is not None and set_id == key:
        st.error(wrong.told(language))
    with st.container(horizontal=True):
        agree = partial(_agree, desk, kept, n, checks_of(kept, exercise))
        st.button(
            own("session.all_agree"), icon=":material/done_all:", on_click=agree, key=f"agree-{key}-{n}"
        )
        if faults_of(part) or not part.counted:
            fine = partial(_was_fine, desk, kept, n, checks_of(kept, exercise))
            st.button(own("session.was_fine"), icon=":material/check:", on_click=fine, key=f"fine-{key}-{n}")
    held = isinstance(part, HeldPose)
    label = own("session.count_hold" if held else "session.count_check")
    known = words.get((key, n, None))
    _one(desk, kept, Place(key, n, None), label, counted_html(part, None, language), known, language)
    for check in checks_of(kept, exercise):
        verdict: Verdict | None = part.verdicts.get(check)
        if verdict is not None:
            told = verdict_html(verdict, None, language, wanted_of(exercise, check))
            name = check_told(check, exercise, language)
            _one(desk, kept, Place(key, n, check), name, told, words.get((key, n, check)), language)


def _one(
    desk: Desk,
    kept: KeptSet,
    place: Place,
    name: str,
    machine: str,
    said: Said | None,
    language: Language,
) -> None:
    own = messages(language)
    # What is kept holds, whoever said it: a widget's own memory may be older.  A comment that could not be kept
    # stays where it was typed; another one's is told beside the field.
    st.session_state[place.field] = None if said is None else said.word.says
    unkept = st.session_state.get(place.unkept)
    mine = "" if said is None else said.comment_of(desk.actor.id)
    _fill(place.comment, mine if unkept is None else unkept)
    verdict, control, remark = st.columns((5, 4, 4), vertical_alignment="center")
    verdict.html(f'<div class="rv word"><b>{escape(name)}</b><div>{machine}</div></div>')
    names = {Judgement.PASS: "yes", Judgement.FAULT: "no"} if place.check is None else {}
    control.segmented_control(
        name,
        COUNTS if place.check is None else SAYS,
        format_func=lambda says: own(f"session.says_{names.get(says, says.value)}"),
        key=place.field,
        on_change=_say,
        args=(desk, kept, place),
        label_visibility="collapsed",
    )
    remark.text_input(
        f"{own('session.comment')}: {name}",
        key=place.comment,
        on_change=_comment,
        args=(desk, kept, place),
        max_chars=MOST_LETTERS,
        placeholder=own("session.comment" if said is not None else "session.comment_after"),
        disabled=said is None,
        label_visibility="collapsed",
    )
    if said is not None and said.remark is not None and said.remark.by != desk.actor.id:
        told = own("session.by_another", comment=said.remark.comment)
        remark.html(f'<div class="rv"><p class="quiet">{escape(told)}</p></div>')
    if unkept is not None:
        again = own("session.comment_unkept")
        remark.button(
            again, key=f"{place.field}-again", on_click=_comment, args=(desk, kept, place), type="tertiary"
        )


def _fill(field: str, text: str) -> None:
    """Set only where it is another text: what is set goes to the browser, over what is being typed there."""
    if st.session_state.get(field, "") != text:
        st.session_state[field] = text


def _say(desk: Desk, kept: KeptSet, place: Place) -> None:
    says = st.session_state.get(place.field)
    if says is not None:  # pressed once more a word is not taken back: what was said stays in the records
        _correct(desk, kept, place.n, [(place.check, Judgement(says))])


def _comment(desk: Desk, kept: KeptSet, place: Place) -> None:
    says = st.session_state.get(place.field)
    st.session_state[place.unkept] = str(st.session_state.get(place.comment) or "").strip()
    _correct(desk, kept, place.n, [(place.check, None if says is None else Judgement(says))])


def _agree(desk: Desk, kept: KeptSet, n: int, checks: Iterable[str]) -> None:
    part = kept.parts[n]
    sure = [
        (check, part.verdicts[check].verdict)
        for check in checks
        if check in part.verdicts and part.verdicts[check].verdict in COUNTS
    ]
    counts = Judgement.PASS if part.counted else Judgement.FAULT
    _correct(desk, kept, n, [(None, counts), *sure])


def _was_fine(desk: Desk, kept: KeptSet, n: int, checks: Iterable[str]) -> None:
    """What the machine was right about is said too: of faults alone there would be no agreement to count."""
    part = kept.parts[n]
    fine = [
        (check, Judgement.PASS)
        for check in checks
        if check in part.verdicts and part.verdicts[check].verdict in COUNTS
    ]
    _correct(desk, kept, n, [(None, Judgement.PASS), *fine])


def _correct(desk: Desk, kept: KeptSet, n: int, said: Iterable[tuple[str | None, Judgement | None]]) -> None:
    """Keep what is said of part n; what somebody has said before, in the same words, is not said twice.

    said  checks, and what is said of each; None: what was said last

    The comment is the one that was typed and is not kept yet, else one's own of the word that holds in the records: the
    one on the page may be older.  Who agrees with a colleague says so, and not the colleague's comment.
    """
    set_id, who = kept.summary.id, desk.actor.id
    try:
        before = all_said(word for word in desk.corrections(kept.summary.person) if word.set == set_id)
        for check, says in said:
            known, unkept = before.get((set_id, n, check)), Place(set_id, n, check).unkept
            word = None if known is None else known.word
            last = None if word is None else word.says
            comment = st.session_state.get(unkept, "" if known is None else known.comment_of(who))
            verdict = last if says is None else says
            if verdict is None:
                continue
            new = Correction(set_id, n, check, verdict, comment, who, file.now())
            if word is None or replace(word, at=new.at) != new:
                desk.correct(new)
            st.session_state.pop(unkept, None)
    except CoachError as error:
        st.session_state[WRONG] = (set_id, error)
