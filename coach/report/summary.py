"""The set in two or three sentences: what a therapist reads first."""

from collections.abc import Iterator
from typing import Final

from coach.judge import HeldPose
from coach.report.model import ReportInput, judged
from coach.report.words import count, inside, isolated, label, quantity, seconds

NAMED_FAULTS: Final = 2  # more than two things to work on is none
_TIMES: Final = {1: "once", 2: "twice"}


def summary(report: ReportInput) -> str:
    """Plain text: what counted, what was missed most often, the range."""
    if not report.attempts:
        return " ".join(_nothing(report))
    outcome = _holds(report.result.holds, report) if report.held else _repetitions(report)
    return " ".join((*outcome, _faults(report), *_range(report)))


def _nothing(report: ReportInput) -> Iterator[str]:
    yield "The pose was not held." if report.held else "No repetition was seen."
    if report.result.seen_share == 0:
        yield "Nobody could be seen well enough to judge."
    if report.result.advice:
        yield f"Next time: “{isolated(report.result.advice[0].rstrip('.'))}.”"


def _repetitions(report: ReportInput) -> Iterator[str]:
    yield f"{_of(report.counted, len(report.attempts), 'repetition')} counted."


def _holds(holds: tuple[HeldPose, ...], report: ReportInput) -> Iterator[str]:
    target = f" {seconds(report.exercise.hold.target_s)}" if report.exercise.hold else " its time"
    yield f"{_of(report.counted, len(holds), 'hold')} reached{target}."
    yield f"Longest: {_longest(holds)}."
    pauses = sum(len(hold.pauses) for hold in holds)
    if pauses:
        yield f"The timer paused {_TIMES.get(pauses, f'{pauses} times')}."


def _of(done: int, tried: int, noun: str) -> str:
    return f"{done} of {count(tried, noun)}"


def _longest(holds: tuple[HeldPose, ...]) -> str:
    best: dict[str, float] = {}
    for hold in holds:
        best[hold.side] = max(hold.held_s, best.get(hold.side, 0.0))
    return ", ".join(seconds(held) + ("" if side == "both" else f" {side}") for side, held in best.items())


def _faults(report: ReportInput) -> str:
    often = sorted(report.result.faults.items(), key=lambda item: -item[1])
    named = [f"{inside(label(name))} ({number})" for name, number in often if number][:NAMED_FAULTS]
    if named:
        return f"Most often missed: {', then '.join(named)}."
    if not report.checks:
        return "It was guided and timed, not judged."
    if any(judged(report.verdicts(name)) for name in report.checks):
        return "No fault was seen in what could be judged."
    return "No check could be judged."


def _range(report: ReportInput) -> Iterator[str]:
    sides = report.result.range_of_motion
    if sides:
        told = (quantity(r.median_deg, "deg") + ("" if r.side == "both" else f" {r.side}") for r in sides)
        yield f"Range typically {', '.join(told)}."
