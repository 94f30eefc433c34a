"""The rows of the report's tables: plain text, worded, in the order in which they are shown."""

from dataclasses import dataclass
from typing import Final

from coach.judge import HeldPose, Judgement, NotJudged, Rep, Verdict
from coach.judge.exercise import Check
from coach.judge.file_fields import Range
from coach.judge.results import RangeOfMotion, clean
from coach.language import Language, decimal
from coach.report.model import Evidence, ReportInput
from coach.report.wording import (
    SYMBOLS,
    asked,
    check_name,
    clock,
    limit,
    opened,
    percent,
    quantity,
    say,
    seconds,
    view_name,
)

AGAINST: Final = {"rest": "page.against_rest", "share_of_rest": "page.against_share"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One verdict: a symbol and a word, the value ± its band, and the reason; `kind` is for its style."""

    kind: str
    symbol: str
    word: str
    figure: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One repetition or hold.  `lasted` is the time at the end range, or in the pose without its pauses."""

    number: int
    time: str
    side: str
    counted: bool
    why_not: str
    cells: tuple[Cell, ...]
    lasted: str
    range: str = ""
    tempo: str = ""
    pauses: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """What one hold of a test measured: the value ± its error, and what it means, or why nobody can tell."""

    number: int
    side: str
    what: str
    figure: str
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What there is to tell of one check: how often, what was asked and why, the cue, the pictures."""

    name: str
    often: str
    what: str
    why: str
    cue: str
    pictures: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A check that could not be judged, why, and for which share of the time."""

    name: str
    reason: str
    share: str


@dataclass(frozen=True, slots=True)
class Band:
    """A check's range in words, the values between pass and fault, and why it never passes, where it does not."""

    name: str
    asked: str
    unsure: str
    band: str
    misses: str


def rows(report: ReportInput) -> list[Row]:
    """One row an attempt, numbered from 1."""
    return [_row(number, a, report) for number, a in enumerate(report.attempts, start=1)]


def _row(number: int, attempt: Rep | HeldPose, report: ReportInput) -> Row:
    language = report.language
    return Row(
        number=number,
        time=clock(attempt.start_s),
        side=say(language)(f"side.{attempt.side}"),
        counted=attempt.counted,
        why_not=opened(attempt.why_not or ""),
        cells=tuple(
            cell(attempt.verdicts.get(check), language, report.wanted(check)) for check in report.checks
        ),
        **(_of_rep(attempt, language) if isinstance(attempt, Rep) else _of_hold(attempt, language)),
    )


def _of_rep(rep: Rep, language: Language) -> dict[str, str]:
    back = "–" if rep.back_seen_s is None else seconds(rep.back_seen_s, language)
    return {
        "lasted": seconds(rep.hold_s, language),
        "range": quantity(rep.range_deg, "deg", language=language),
        "tempo": f"{decimal(rep.out_s, language)} / {back}",
    }


def _of_hold(hold: HeldPose, language: Language) -> dict[str, str]:
    return {"lasted": seconds(hold.held_s, language), "pauses": _pauses(hold.pauses, language)}


def _pauses(pauses: tuple[tuple[float, float], ...], language: Language) -> str:
    total_s = sum(end - start for start, end in pauses)
    return f"{len(pauses)} ({seconds(total_s, language)})" if pauses else say(language)("page.no_pauses")


def measured(report: ReportInput) -> list[MeasuredRow]:
    """A row for each thing that each hold of a test measured, in the order of the holds."""
    own = say(report.language)
    return [
        MeasuredRow(
            number=number,
            side=own(f"side.{hold.side}"),
            what=found.what,
            figure=quantity(found.value, found.unit, found.band, report.language) or own("page.not_measured"),
            says=found.says,
        )
        for number, hold in enumerate(report.result.holds, start=1)
        for name in report.results
        if (found := hold.measured.get(name)) is not None
    ]


def cell(verdict: Verdict | None, language: Language = "en", wanted: Range | None = None) -> Cell:
    """A verdict as it is shown, and the range that was asked for; without a verdict nothing was judged."""
    own = say(language)
    if verdict is None:
        return Cell("none", SYMBOLS[Judgement.CANNOT_JUDGE], own("verdict.cannot_judge"))
    kind = verdict.verdict
    figure = quantity(verdict.value, verdict.unit, verdict.band, language, wanted)
    return Cell(kind.value, SYMBOLS[kind], own(f"verdict.{kind.value}"), figure, verdict.reason)


def findings(report: ReportInput) -> list[Finding]:
    """Checks at fault, the most frequent and then the most severe first; then others that have a picture."""
    names = dict.fromkeys((*report.faulty, *(evidence.check for evidence in report.evidence)))
    return [_finding(name, report) for name in names]


def _finding(name: str, report: ReportInput) -> Finding:
    check = report.exercise.checks.get(name)
    return Finding(
        name=check_name(name, report.language),
        often=_often(report.result.faults.get(name, 0), report.of_how_many(name), report),
        what=check.what if check else "",
        why=check.why if check else "",
        cue=check.cue if check else "",
        pictures=tuple(evidence for evidence in report.evidence if evidence.check == name),
    )


def _often(faults: int, of: int, report: ReportInput) -> str:
    if not faults:
        return ""
    own = say(report.language)
    if of < faults:
        return own(f"page.faults.{report.kind}", n=faults)
    return own(f"page.often.{report.kind}", faults=faults, n=of)


def gaps(report: ReportInput) -> list[Gap]:
    """What was not judged, the longest first; a check that no camera sees is told even when nobody asked."""
    told = list(report.result.not_judged)
    known = {gap.check for gap in told}
    told += [
        NotJudged(check=name, reason=check.unseen, share=1.0)
        for name, check in report.exercise.checks.items()
        if check.unseen is not None and name not in known
    ]
    told.sort(key=lambda gap: -gap.share)
    language = report.language
    return [
        Gap(check_name(gap.check, language), opened(gap.reason), percent(gap.share, language)) for gap in told
    ]


def bands(report: ReportInput) -> list[Band]:
    """The unsure band of every check that was measured; the widest where it differed between views."""
    told = ((n, c, _widest(report.verdicts(n))) for n, c in report.exercise.checks.items())
    return [_band(name, check, *found, report.language) for name, check, found in told if found]


def _widest(verdicts: list[Verdict]) -> tuple[float, str] | None:
    found = [(verdict.band, verdict.unit) for verdict in verdicts if verdict.band]
    return max(found, default=None)


def _band(name: str, check: Check, band: float, unit: str, language: Language) -> Band:
    own, wanted = say(language), check.range
    edges = []
    if wanted and wanted.min is not None:
        edges.append((wanted.min - band, wanted.min))
    if wanted and wanted.max is not None:
        edges.append((wanted.max, wanted.max + band))
    between = own("or").join(
        own("between", low=limit(low, unit, language), high=limit(high, unit, language))
        for low, high in edges
    )
    told = asked(wanted, unit, language) if wanted else ""
    against = AGAINST.get(check.against)
    if told and against is not None:
        told = own(against, asked=told)
    return Band(check_name(name, language), told, between, limit(band, unit, language), check.misses or "")


def sides_differ(report: ReportInput) -> bool:
    """Whether a column for the side tells anything."""
    return any(attempt.side != "both" for attempt in report.attempts)


def key_figures(report: ReportInput) -> dict[str, str]:
    """The few numbers under the summary, by name; those that nobody measured are left out."""
    result, language = report.result, report.language
    own, hold = say(language), report.exercise.hold
    counted = own("figure.of", done=report.counted, tried=len(report.attempts))
    led = hold is not None and hold.guide is not None  # nobody was asked to hold it for that time
    shown = {
        own(f"figure.counted.{report.kind}"): "" if led else counted,
        **{_range_name(side, report): _range(side, report) for side in result.range_of_motion},
        own("figure.symmetry"): _symmetry(report),
        own("figure.length"): f"{clock(result.duration_s)} min",
        own("figure.seen"): own("figure.seen_share", share=percent(result.seen_share, language)),
        own("figure.view"): view_name(result.view or "", language),
    }
    return {name: value for name, value in shown.items() if value}


def _symmetry(report: ReportInput) -> str:
    """In percent, where the sides differ by more than the camera's own error."""
    own, symmetry = say(report.language), report.result.symmetry_percent
    if symmetry is None:
        return ""
    return own("figure.alike") if report.sides_alike else own("percent", n=f"{symmetry:.0f}")


def _range(side: RangeOfMotion, report: ReportInput) -> str:
    """The median, and of several the largest without a fault and without doubt, where there are such."""
    language, known = report.language, [clean(rep) for rep in report.ranged(side.side)]
    median = quantity(side.median_deg, "deg", report.range_band_deg, language)
    if len(known) < 2 or not any(known):
        return median
    best = quantity(side.best_deg, "deg", language=language)
    return say(language)("figure.best" if all(known) else "figure.best_clean", median=median, best=best)


def _range_name(side: RangeOfMotion, report: ReportInput) -> str:
    """A single repetition is not typical of anything."""
    own, once = say(report.language), "_once" if len(report.ranged(side.side)) == 1 else ""
    if side.side == "both":
        return own(f"figure.range{once}")
    return own(f"figure.range_side{once}", side=own(f"side.{side.side}"))
