"""The page right after a set, from large to small: what was done, what to work on, the pain, then the rest."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from coach.care.types import Pain
from coach.judge import Exercise
from coach.language import Words
from coach.live import Coached
from coach.report import FORMATS
from coach.web.beside import beside
from coach.web.summary.pain import PainAnswer, pain_answer
from coach.web.summary.replay import replay_data, replays
from coach.web.summary.report import report_file
from coach.web.summary.rows import FAILED, PASSED, Cell, Table, best_and_worst, table
from coach.web.summary.scale import scale
from coach.web.summary.words_of_set import (
    Attempt,
    Figure,
    Headline,
    WorkOn,
    attempts,
    headline,
    measured,
    messages,
    not_judged,
    ranges,
    work_on,
)

HERE: Final = Path(__file__).parent
SIGNS: Final = {"fault": "⚠", "uncounted": FAILED, "fine": PASSED}


def show(
    coached: Coached,
    exercise: Exercise,
    key: str,
    mirror: bool = False,
    before: Pain | None = None,
    on_pain: Callable[[Pain], None] | None = None,
    clip: bool = False,
) -> None:
    """The whole summary, in the language in which the set was judged, whatever that of the visit is since.

    key      names the set: the pain that is told stays in the session as `told-{key}`, None until it is told
    mirror   whether the person saw herself as in a mirror
    before   the pain before the day's first set, where it was told
    on_pain  what to do once pain is told, in each run; what it writes stands below the answer
    clip     whether a recorded person was watched: then nobody is asked for their pain
    """
    say = messages(exercise.language)
    tried, work = attempts(coached), work_on(coached, exercise)
    st.html(f"<style>{beside(HERE, 'page.css')}</style>")
    st.html(headline_html(headline(coached, exercise, clip)))
    st.html(work_html(work, say))
    if not clip:
        _pain(exercise, key, say, before, on_pain)
    _pair(tried, exercise, work.check, mirror, key)
    model = coached.results[-1].model if coached.results else ""
    _figures(ranges(tried, exercise, model), "range", say)
    _figures(measured(tried, exercise.language), "results", say)
    if tried:
        st.html(
            table_html(table(tried, exercise), say("each_reps" if exercise.repetition else "each_holds"), say)
        )
    gaps = not_judged(coached, exercise)
    if gaps:
        st.html(_block("quiet", _title(say("not_judged")) + _list(gaps)))
    _to_keep(coached, exercise, key, say, clip)


def as_json(coached: Coached) -> str:
    """The result as JSON; of several sets a list of them."""
    results = [result.model_dump(mode="json") for result in coached.results]
    return json.dumps(results[0] if len(results) == 1 else results, ensure_ascii=False, indent=2)


def _to_keep(coached: Coached, exercise: Exercise, key: str, say: Words, clip: bool) -> None:
    made_at = st.session_state.setdefault(f"made-{key}", datetime.now().astimezone())
    with st.container(horizontal=True):
        for n, result in enumerate(coached.results, start=1):
            label = say("take_report") if len(coached.results) == 1 else say("take_report_of", n=n)
            for kind in (".pdf", ".html"):
                _download(
                    f"{label} ({kind.removeprefix('.').upper()})",
                    partial(report_file, result, exercise, made_at, kind, clip),
                    f"{exercise.id}_{n}{kind}",
                    FORMATS[kind].media,
                    f"report-{key}-{n}{kind}",
                )
        _download(
            say("take_json"),
            partial(as_json, coached),
            f"{exercise.id}.json",
            "application/json",
            f"take-{key}",
        )


def _download(label: str, make: Callable[[], str | bytes], name: str, kind: str, key: str) -> None:
    """A file that is made when it is asked for."""
    st.download_button(label, make, name, kind, key=key, on_click="ignore", icon=":material/download:")


# --- pain ---------------------------------------------------------------------------------------------


def _pain(
    exercise: Exercise, key: str, say: Words, before: Pain | None, on_pain: Callable[[Pain], None] | None
) -> None:
    st.html(f'<div class="sum"><h3 class="part">{escape(say("pain"))}</h3></div>')
    pain = scale(key, exercise.language)
    if pain is None:
        return
    answer = pain_answer(pain, exercise, before)
    if answer.text:
        st.html(pain_html(answer, say))
    if on_pain is not None:
        on_pain(pain)


def pain_html(answer: PainAnswer, say: Words) -> str:
    """What is said to the pain."""
    inside = f"<p><b>{escape(answer.text)}</b></p>" + _title(say("pain_rules")) + _list(answer.rules)
    if answer.swap:
        inside += f"<p>{escape(answer.swap)}</p>"
    return _block("pain high" if answer.high else "pain", inside)


# --- the parts ----------------------------------------------------------------------------------------


def headline_html(told: Headline) -> str:
    """What was done, large."""
    beside = " · ".join(told.beside)
    return _block("done", f"<h2>{escape(told.done)}</h2><p>{escape(beside)}</p>")


def work_html(work: WorkOn, say: Words) -> str:
    """The one thing to work on."""
    sign = f'<span aria-hidden="true">{SIGNS[work.kind]}</span> ' if work.kind in SIGNS else ""
    inside = f'{_title(say(f"title_{work.kind}"))}<p class="what">{sign}{escape(work.text)}</p>'
    for name, text in (("why", work.why), ("often", work.often)):
        if text:
            inside += f'<p class="{name}">{escape(text)}</p>'
    return _block(f"work {work.kind}", inside)


def _pair(tried: tuple[Attempt, ...], exercise: Exercise, check: str | None, mirror: bool, key: str) -> None:
    pair = best_and_worst(tried, exercise, check)
    if pair is not None:
        several = len({attempt.set_number for attempt in tried}) > 1
        replays(replay_data(*pair, exercise, several, mirror), key=f"replays-{key}")


def _figures(figures: tuple[Figure, ...], title: str, say: Words) -> None:
    if not figures:
        return
    inside = "".join(
        f'<div class="figure"><b>{escape(figure.number)}</b><span>{escape(figure.what)}</span>'
        + (f'<span class="beneath">{escape(figure.beneath)}</span>' if figure.beneath else "")
        + "</div>"
        for figure in figures
    )
    st.html(_block("", f'<h3 class="part">{escape(say(title))}</h3><div class="figures">{inside}</div>'))


def table_html(shown: Table, title: str, say: Words) -> str:
    """Each repetition; on a narrow screen one below the other, each value with its name."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in shown.heads)
    rows = "".join(
        "<tr>"
        + "".join(_cells(cells, head, say) for cells, head in zip(row, shown.heads, strict=True))
        + "</tr>"
        for row in shown.rows
    )
    inside = (
        f'<h3 class="part">{escape(title)}</h3><div class="scroll"><table><thead><tr>{heads}</tr></thead>'
    )
    return _block("", f"{inside}<tbody>{rows}</tbody></table></div>")


def _cells(cells: tuple[Cell, ...], head: str, say: Words) -> str:
    inside = "".join(_cell(cell, say) for cell in cells)
    return f'<td data-head="{escape(head)}">{inside and f"<div>{inside}</div>"}</td>'


def _cell(cell: Cell, say: Words) -> str:
    if not cell.sign:
        return f"<div>{escape(cell.text)}</div>"
    kind, word = ("", say("met")) if cell.sign == PASSED else ("failed", say("not_met"))
    sign = f'<span class="sign {kind}" role="img" aria-label="{escape(word)}">{cell.sign}</span>'
    return f"<div>{sign}{escape(cell.text)}</div>"


def _title(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _block(name: str, inside: str) -> str:
    return f'<section class="{f"sum {name}".strip()}">{inside}</section>'
