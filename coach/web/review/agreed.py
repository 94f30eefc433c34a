"""How a therapist and the machine agree, as percent and kappa, from blind ratings and from corrections."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from coach.care.agreement import Agreement, Kappa, Pair, agreement, pairs
from coach.care.types import Correction, KeptSet, Rating
from coach.errors import CoachError
from coach.judge import Judgement
from coach.language import Language, decimal
from coach.records import Desk
from coach.report.wording import check_inside
from coach.web.review.places import go, rate
from coach.web.review.wording import messages, percent
from coach.web.session import exercise_name

# What the machine said, then the therapist.
COUNTS: Final = {
    "both_fault": (Judgement.FAULT, Judgement.FAULT),
    "machine_fault": (Judgement.FAULT, Judgement.PASS),
    "your_fault": (Judgement.PASS, Judgement.FAULT),
    "both_fine": (Judgement.PASS, Judgement.PASS),
}


def show(desk: Desk, language: Language) -> None:
    """The page: of everybody that whoever asks may see."""
    own = messages(language)
    st.button(f"← {own('person.back')}", on_click=go, type="tertiary")
    st.title(own("agree.title"), anchor=False)
    ratings = desk.ratings(None)
    st.subheader(own("agree.blind"), anchor=False)
    blind(desk, ratings, language)
    st.button(own("agree.draw"), on_click=rate, key="review-draw")
    st.subheader(own("agree.corrected"), anchor=False)
    said = desk.corrections(None)
    if not said:
        st.html(f'<p class="rv quiet">{escape(own("agree.corrected_none"))}</p>')
        return
    st.html(f'<p class="rv quiet">{escape(own("agree.corrected_help"))}</p>')
    st.html(tables_html(pairs(said, sets_of(desk, said)), language))


def blind(desk: Desk, ratings: Sequence[Rating], language: Language) -> None:
    """The agreement of these ratings with the machine."""
    own = messages(language)
    if not ratings:
        st.html(f'<p class="rv quiet">{escape(own("agree.blind_none"))}</p>')
        return
    sets = sets_of(desk, ratings)
    st.html(f'<p class="rv quiet">{escape(size_told(ratings, sets, language))}</p>')
    st.html(tables_html(pairs(ratings, sets), language))


def size_told(ratings: Sequence[Rating], sets: Mapping[str, KeptSet], language: Language) -> str:
    """How much was rated: what figures from it are worth."""
    there = [one for one in ratings if one.set in sets]
    return messages(language)(
        "agree.size",
        n=len({(one.set, one.part, one.check, one.by) for one in there}),
        parts=len({(one.set, one.part) for one in there}),
        people=len({sets[one.set].summary.person for one in there}),
        raters=len({one.by for one in there}),
    )


def sets_of(desk: Desk, words: Iterable[Rating | Correction]) -> dict[str, KeptSet]:
    """The sets that were spoken of; those that are gone are left out."""
    found: dict[str, KeptSet] = {}
    for set_id in dict.fromkeys(word.set for word in words):
        try:
            found[set_id] = desk.kept_set(set_id)
        except CoachError:
            continue
    return found


def tables_html(found: Mapping[tuple[str, str], Sequence[Pair]], language: Language) -> str:
    """A row for all together, then one for each check."""
    own = messages(language)
    everything = agreement(pair for some in found.values() for pair in some)
    rows = _row(own("agree.all"), everything, language)
    rows += "".join(
        _row(
            f"{exercise_name(exercise, language)}: {check_inside(check, language)}", agreement(some), language
        )
        for (exercise, check), some in sorted(found.items())
    )
    names = ("check", "n", "same", "kappa", *COUNTS)
    heads = "".join(
        f'<th scope="col"{" class=count" if name in COUNTS else ""}>{escape(own(f"agree.{name}"))}</th>'
        for name in names
    )
    left_out = everything.left_out
    out = own("agree.left_out", share=percent(left_out, language)) if left_out else ""
    return (
        f'<div class="rv"><div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p class="quiet">{escape(out)}</p><p class="quiet">{escape(own("agree.about"))}</p></div>'
    )


def _row(name: str, found: Agreement, language: Language) -> str:
    own = messages(language)
    same = "–"
    if found.share is not None:
        low, high = (percent(end, language) for end in (found.low, found.high))
        same = own("agree.interval", value=percent(found.share, language), low=low, high=high)
    cells = (str(found.n), same, kappa_told(found.kappa, language))
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    told += "".join(f'<td class="count">{found.table[pair]}</td>' for pair in COUNTS.values())
    return f'<tr><th scope="row">{escape(name)}</th>{told}</tr>'


def kappa_told(kappa: Kappa, language: Language) -> str:
    """Kappa with its interval, or in words why it has no meaning here."""
    own = messages(language)
    if kappa.value is None or kappa.low is None or kappa.high is None:
        return own(f"agree.why_{kappa.why}")
    value, low, high = (
        decimal(number, language, 2).replace("-", "−") for number in (kappa.value, kappa.low, kappa.high)
    )
    return own("agree.interval", value=value, low=low, high=high)
