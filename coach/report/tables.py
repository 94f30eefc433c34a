"""The rows of the report's tables: plain text, worded, in the order in which they are shown."""

from dataclasses import dataclass

from coach.judge import HeldPose, NotJudged, Rep, Verdict
from coach.judge.exercise import Check
from coach.judge.results import RangeOfMotion
from coach.report.model import Evidence, ReportInput, judged
from coach.report.words import (
    SYMBOLS,
    VERDICT_WORDS,
    asked,
    clock,
    count,
    label,
    limit,
    opened,
    percent,
    quantity,
    seconds,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One verdict: a symbol and a word, the value ± its band, and the reason; `kind` is for its style."""

    kind: str = "none"
    symbol: str = "–"
    word: str = "not judged"
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
    """A check's range in words, and the values between pass and fault."""

    name: str
    asked: str
    unsure: str
    band: str


def rows(report: ReportInput) -> list[Row]:
    """One row an attempt, numbered from 1."""
    return [_row(number, a, report.checks) for number, a in enumerate(report.attempts, start=1)]


def _row(number: int, attempt: Rep | HeldPose, checks: tuple[str, ...]) -> Row:
    return Row(
        number=number,
        time=clock(attempt.start_s),
        side=attempt.side,
        counted=attempt.counted,
        why_not=opened(attempt.why_not or ""),
        cells=tuple(cell(attempt.verdicts.get(check)) for check in checks),
        **(_of_rep(attempt) if isinstance(attempt, Rep) else _of_hold(attempt)),
    )


def _of_rep(rep: Rep) -> dict[str, str]:
    return {
        "lasted": seconds(rep.hold_s),
        "range": quantity(rep.range_deg, "deg"),
        "tempo": f"{rep.out_s:.1f} / {seconds(rep.back_s)}",
    }


def _of_hold(hold: HeldPose) -> dict[str, str]:
    return {"lasted": seconds(hold.held_s), "pauses": _pauses(hold.pauses)}


def _pauses(pauses: tuple[tuple[float, float], ...]) -> str:
    total_s = sum(end - start for start, end in pauses)
    return f"{len(pauses)} ({seconds(total_s)})" if pauses else "none"


def cell(verdict: Verdict | None) -> Cell:
    """A verdict as it is shown; without one nothing was judged."""
    if verdict is None:
        return Cell()
    kind = verdict.verdict
    figure = quantity(verdict.value, verdict.unit, verdict.band)
    return Cell(kind.value, SYMBOLS[kind], VERDICT_WORDS[kind], figure, verdict.reason)


def findings(report: ReportInput) -> list[Finding]:
    """Checks at fault, the most frequent and then the most severe first; then others that have a picture."""
    faults, checks = report.result.faults, report.exercise.checks
    names = dict.fromkeys((*(n for n in faults if faults[n]), *(e.check for e in report.evidence)))

    def weight(name: str) -> tuple[int, int]:
        return -faults.get(name, 0), -checks[name].severity if name in checks else 0

    return [_finding(name, report) for name in sorted(names, key=weight)]


def _finding(name: str, report: ReportInput) -> Finding:
    check = report.exercise.checks.get(name)
    return Finding(
        name=label(name),
        often=_often(report.result.faults.get(name, 0), judged(report.verdicts(name)), report),
        what=check.what if check else "",
        why=check.why if check else "",
        cue=check.cue if check else "",
        pictures=tuple(evidence for evidence in report.evidence if evidence.check == name),
    )


def _often(faults: int, of: int, report: ReportInput) -> str:
    if not faults:
        return ""
    noun = "hold" if report.held else "repetition"
    often = f"{faults} of {count(of, f'judged {noun}')}" if of >= faults else count(faults, noun)
    return f"Fault in {often}"


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
    return [Gap(label(gap.check), opened(gap.reason), percent(gap.share)) for gap in told]


def bands(report: ReportInput) -> list[Band]:
    """The unsure band of every check that was measured; the widest where it differed between views."""
    told = ((n, c, _widest(report.verdicts(n))) for n, c in report.exercise.checks.items())
    return [_band(name, check, *found) for name, check, found in told if found]


def _widest(verdicts: list[Verdict]) -> tuple[float, str] | None:
    found = [(verdict.band, verdict.unit) for verdict in verdicts if verdict.band]
    return max(found, default=None)


def _band(name: str, check: Check, band: float, unit: str) -> Band:
    wanted = check.range
    edges = []
    if wanted and wanted.min is not None:
        edges.append((wanted.min - band, wanted.min))
    if wanted and wanted.max is not None:
        edges.append((wanted.max, wanted.max + band))
    between = " or ".join(f"between {limit(low, unit)} and {limit(high, unit)}" for low, high in edges)
    against = {
        "rest": ", against the person’s own value at rest",
        "share_of_rest": " of the person’s own value at rest",
    }.get(check.against, "")
    told = asked(wanted, unit) + against if wanted else ""
    return Band(label(name), told, between, limit(band, unit))


def sides_differ(report: ReportInput) -> bool:
    """Whether a column for the side tells anything."""
    return any(attempt.side != "both" for attempt in report.attempts)


def key_figures(report: ReportInput) -> dict[str, str]:
    """The few numbers under the summary, by name; those that nobody measured are left out."""
    result = report.result
    shown = {
        "Holds in full" if report.held else "Counted": f"{report.counted} of {len(report.attempts)}",
        **{
            _range_name(r): f"{quantity(r.median_deg, 'deg')}, best {quantity(r.best_deg, 'deg')}"
            for r in result.range_of_motion
        },
        "Symmetry": "" if result.symmetry_percent is None else f"{result.symmetry_percent:.0f}%",
        "Length": f"{clock(result.duration_s)} min",
        "Person seen": f"{percent(result.seen_share)} of the time",
        "Camera view": (result.view or "").replace("_", "-"),
    }
    return {name: value for name, value in shown.items() if value}


def _range_name(side: RangeOfMotion) -> str:
    return "Typical range" if side.side == "both" else f"Typical range, {side.side}"
