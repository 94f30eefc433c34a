"""The set in two or three sentences: what a therapist reads first."""

from collections.abc import Iterator
from typing import Final

from coach.judge import HeldPose
from coach.language import Language
from coach.report.model import ReportInput, judged
from coach.report.wording import check_inside, isolated, quantity, say, seconds

NAMED_FAULTS: Final = 2  # more than two things to work on is none
_PAUSED: Final = {1: "summary.paused_once", 2: "summary.paused_twice"}


def summary(report: ReportInput) -> str:
    """Plain text: whether all of the video was read, what counted, what was missed most often, the range."""
    told = (say(report.language)("summary.damaged"),) if report.result.damaged else ()
    if not report.attempts:
        return " ".join((*told, *_nothing(report)))
    outcome = _holds(report.result.holds, report) if report.held else _repetitions(report)
    return " ".join((*told, *outcome, _faults(report), *_range(report)))


def _nothing(report: ReportInput) -> Iterator[str]:
    own = say(report.language)
    yield own(f"summary.none.{report.kind}")
    if report.result.seen_share == 0:
        yield own("summary.nobody")
    if report.result.advice:
        yield own("summary.next_time", advice=isolated(report.result.advice[0].rstrip(".")))


def _repetitions(report: ReportInput) -> Iterator[str]:
    yield say(report.language)("summary.counted.rep", done=report.counted, n=len(report.attempts))


def _holds(holds: tuple[HeldPose, ...], report: ReportInput) -> Iterator[str]:
    own, hold = say(report.language), report.exercise.hold
    assert hold is not None  # or there are no holds
    target = seconds(hold.target_s, report.language)
    yield own("summary.counted.hold", done=report.counted, n=len(holds), target=target)
    yield own("summary.longest", times=_longest(holds, report.language))
    pauses = sum(len(held.pauses) for held in holds)
    if pauses:
        yield own(_PAUSED.get(pauses, "summary.paused"), n=pauses)


def _longest(holds: tuple[HeldPose, ...], language: Language) -> str:
    best: dict[str, float] = {}
    for hold in holds:
        best[hold.side] = max(hold.held_s, best.get(hold.side, 0.0))
    return ", ".join(_sided(seconds(held, language), side, language) for side, held in best.items())


def _sided(value: str, side: str, language: Language) -> str:
    own = say(language)
    return value if side == "both" else own("sided", value=value, side=own(f"side.{side}"))


def _faults(report: ReportInput) -> str:
    own = say(report.language)
    named = [
        f"{check_inside(name, report.language)} ({report.result.faults[name]})" for name in report.faulty
    ]
    if named:
        return own("summary.missed", checks=own("summary.then").join(named[:NAMED_FAULTS]))
    if not report.checks:
        return own("summary.guided")
    if any(judged(report.verdicts(name)) for name in report.checks):
        return own("summary.no_fault")
    return own("summary.unjudged")


def _range(report: ReportInput) -> Iterator[str]:
    language = report.language
    sides = report.result.range_of_motion
    if sides:
        told = (_sided(quantity(r.median_deg, "deg", language=language), r.side, language) for r in sides)
        yield say(language)("summary.range", ranges=", ".join(told))
