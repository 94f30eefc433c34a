"""The table of all repetitions: each verdict as a sign, a word and a number, a therapist's word beside it."""

from collections.abc import Mapping
from html import escape

from coach.care.agreement import Said
from coach.care.types import KeptSet
from coach.judge import Exercise, HeldPose, Judgement, Rep, Verdict
from coach.judge.file_fields import Range
from coach.language import Language
from coach.report.wording import check_name, quantity, seconds
from coach.web.review.wording import SIGNS, messages

Words = Mapping[tuple[str, int, str | None], Said]
Part = Rep | HeldPose


def faults_of(part: Part) -> tuple[str, ...]:
    """The checks at fault, by name."""
    return tuple(name for name, v in part.verdicts.items() if v.verdict is Judgement.FAULT)


def checks_of(kept: KeptSet, exercise: Exercise | None) -> tuple[str, ...]:
    """The checks with a verdict to tell: the exercise's in its order, then those only the set knows.

    One that no camera sees is left out.
    """
    found = dict.fromkeys(name for part in kept.parts for name in part.verdicts)
    if exercise is None:
        return tuple(found)
    unseen = {name for name, check in exercise.checks.items() if check.unseen is not None}
    return tuple(
        name for name in dict.fromkeys([*exercise.checks, *found]) if name in found and name not in unseen
    )


def table_html(
    kept: KeptSet, exercise: Exercise | None, words: Words, chosen: int, language: Language
) -> str:
    """A row for each repetition or hold; the chosen one stands out."""
    own, checks = messages(language), checks_of(kept, exercise)
    held = any(isinstance(part, HeldPose) for part in kept.parts)
    sided = any(part.side != "both" for part in kept.parts)
    names = [
        own("session.number"),
        *([own("session.side")] if sided else []),
        own("session.counted"),
        *([own("session.held")] if held else [own("session.range"), own("session.tempo")]),
        *(check_name(check, language) for check in checks),
    ]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    wanted = {check: wanted_of(exercise, check) for check in checks}
    rows = "".join(_row(kept, n, wanted, sided, words, n == chosen, language) for n in range(len(kept.parts)))
    title = own("session.holds" if held else "session.reps")
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return (
        f'<div class="rv"><h3 class="rv part">{escape(title)}</h3><div class="scroll tall">{table}</div>'
        f'<p class="quiet">{escape(own("verdict.legend"))}</p></div>'
    )


def _row(
    kept: KeptSet,
    n: int,
    wanted: Mapping[str, Range | None],
    sided: bool,
    words: Words,
    chosen: bool,
    language: Language,
) -> str:
    own, part, key = messages(language), kept.parts[n], kept.summary.id
    cells = [own(part.side)] if sided else []
    counted = counted_html(part, words.get((key, n, None)), language)
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells) + f"<td>{counted}</td>"
    told += "".join(f"<td>{escape(cell)}</td>" for cell in _times(part, language))
    told += "".join(
        f"<td>{verdict_html(part.verdicts.get(check), words.get((key, n, check)), language, asked)}</td>"
        for check, asked in wanted.items()
    )
    return f'<tr{" class=chosen" if chosen else ""}><th scope="row">{n + 1}</th>{told}</tr>'


def _times(part: Part, language: Language) -> tuple[str, ...]:
    if isinstance(part, HeldPose):
        return (seconds(part.held_s, language),)
    tempo = " · ".join(
        "–" if time_s is None else seconds(time_s, language).replace("\N{NO-BREAK SPACE}s", "")
        for time_s in (part.out_s, part.hold_s, part.back_seen_s)
    )
    return quantity(part.range_deg, "deg", None, language) or "–", f"{tempo} s"


def counted_html(part: Part, word: Said | None, language: Language) -> str:
    """Whether it counted, and why not."""
    own = messages(language)
    sign, kind, key = ("✓", "pass", "yes") if part.counted else ("○", "cannot_judge", "no")
    told = f'<span class="v {kind}"><b aria-hidden="true">{sign}</b>{escape(own(f"verdict.{key}"))}</span>'
    if part.why_not:
        told += f'<br><span class="value">{escape(part.why_not)}</span>'
    return told + _word_html(word, language, counts=True)


def wanted_of(exercise: Exercise | None, check: str) -> Range | None:
    """The range that a check asks for; None where it has none, or is not known."""
    known = exercise.checks.get(check) if exercise is not None else None
    return None if known is None else known.range


def verdict_html(verdict: Verdict | None, word: Said | None, language: Language, wanted: Range | None) -> str:
    """One verdict: its sign, its word, its number, and a therapist's word beside it.  wanted: the range asked for."""
    own = messages(language)
    if verdict is None:
        return "" + _word_html(word, language)
    value = quantity(verdict.value, verdict.unit, verdict.band, language, wanted)
    told = (
        f'<span class="v {verdict.verdict.value}"><b aria-hidden="true">{SIGNS[verdict.verdict]}</b>'
        f"{escape(own(f'verdict.{verdict.verdict.value}'))}</span>"
    )
    if value:
        told += f'<br><span class="value">{escape(value)}</span>'
    return told + _word_html(word, language)


def _word_html(word: Said | None, language: Language, counts: bool = False) -> str:
    if word is None:
        return ""
    own = messages(language)
    says = word.word.says
    key = {Judgement.PASS: "verdict.yes", Judgement.FAULT: "verdict.no"}.get(says) if counts else None
    told = own("session.therapist", verdict=own(key or f"verdict.{says.value}"))
    remark = remark_told(word, language)
    comment = f'<span class="comment">{escape(remark)}</span>' if remark else ""
    return f'<span class="said">⟶ {escape(told)}</span>{comment}'


def remark_told(said: Said, language: Language) -> str:
    """The comment that stands, and whose it is where it is not of who had the last word."""
    if said.remark is None:
        return ""
    comment = said.remark.comment
    return messages(language)("session.by_another", comment=comment) if said.by_another else comment
