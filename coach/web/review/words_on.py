"""The therapist's word on one repetition: to agree, to correct, to comment, check by check."""

from collections.abc import Iterable
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from coach.care.types import Correction, KeptSet
from coach.judge import Exercise, HeldPose, Judgement, Verdict
from coach.language import Language
from coach.records import Desk
from coach.web.review import file
from coach.web.review.verdicts import Words, checks_of, counted_html, faults_of, verdict_html
from coach.web.review.wording import check_told, messages

SAYS: Final = (Judgement.PASS, Judgement.FAULT, Judgement.CANNOT_JUDGE)
COUNTS: Final = (Judgement.PASS, Judgement.FAULT)
MOST_LETTERS: Final = 500


def words_on(
    desk: Desk, kept: KeptSet, exercise: Exercise | None, n: int, words: Words, language: Language
) -> None:
    """What can be said of part n; each word is kept at once."""
    own, part, key = messages(language), kept.parts[n], kept.summary.id
    st.html(
        f'<h3 class="rv part">{escape(own("session.your_word"))}</h3>'
        f'<p class="rv quiet">{escape(own("session.your_word_help"))}</p>'
    )
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
    _one(desk, key, n, None, label, counted_html(part, None, language), known, language)
    for check in checks_of(kept, exercise):
        verdict: Verdict | None = part.verdicts.get(check)
        if verdict is not None:
            told = verdict_html(verdict, None, language)
            name = check_told(check, exercise, language)
            _one(desk, key, n, check, name, told, words.get((key, n, check)), language)


def _one(
    desk: Desk,
    set_id: str,
    n: int,
    check: str | None,
    name: str,
    machine: str,
    word: Correction | None,
    language: Language,
) -> None:
    own, field = messages(language), f"word-{set_id}-{n}-{check}"
    comment = f"{field}-comment"
    # What is kept holds, whoever said it: a widget's own memory may be older.
    st.session_state[field] = None if word is None else word.says
    if word is not None:
        st.session_state.setdefault(comment, word.comment)
    told, control, remark = st.columns((5, 4, 4), vertical_alignment="center")
    told.html(f'<div class="rv word"><b>{escape(name)}</b><div>{machine}</div></div>')
    keep = partial(_keep, desk, set_id, n, check, field, comment)
    names = {Judgement.PASS: "yes", Judgement.FAULT: "no"} if check is None else {}
    control.segmented_control(
        name,
        COUNTS if check is None else SAYS,
        format_func=lambda says: own(f"session.says_{names.get(says, says.value)}"),
        key=field,
        on_change=keep,
        label_visibility="collapsed",
    )
    remark.text_input(
        f"{own('session.comment')}: {name}",
        key=comment,
        on_change=keep,
        max_chars=MOST_LETTERS,
        placeholder=own("session.comment" if word is not None else "session.comment_after"),
        disabled=word is None,
        label_visibility="collapsed",
    )


def _keep(desk: Desk, set_id: str, n: int, check: str | None, field: str, comment: str) -> None:
    says = st.session_state.get(field)
    if says is not None:  # pressed once more a word is not taken back: what was said stays in the records
        _correct(desk, set_id, n, [(check, Judgement(says))], str(st.session_state.get(comment) or ""))


def _agree(desk: Desk, kept: KeptSet, n: int, checks: Iterable[str]) -> None:
    part = kept.parts[n]
    sure = [
        (check, part.verdicts[check].verdict)
        for check in checks
        if check in part.verdicts and part.verdicts[check].verdict in COUNTS
    ]
    counts = Judgement.PASS if part.counted else Judgement.FAULT
    _correct(desk, kept.summary.id, n, [(None, counts), *sure])


def _was_fine(desk: Desk, kept: KeptSet, n: int, checks: Iterable[str]) -> None:
    """What the machine was right about is said too: of faults alone there would be no agreement to count."""
    part = kept.parts[n]
    fine = [
        (check, Judgement.PASS)
        for check in checks
        if check in part.verdicts and part.verdicts[check].verdict in COUNTS
    ]
    _correct(desk, kept.summary.id, n, [(None, Judgement.PASS), *fine])


def _correct(
    desk: Desk,
    set_id: str,
    n: int,
    said: Iterable[tuple[str | None, Judgement]],
    comment: str = "",
) -> None:
    for check, says in said:
        word = Correction(set_id, n, check, says, comment.strip(), desk.actor.id, file.now())
        desk.correct(word)
