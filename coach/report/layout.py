"""Where everything stands in the chart: sizes, scales, ticks, and a lane for the faults of each check."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.judge import HeldPose, Judgement, Rep, Verdict
from coach.report.axes import Scale, ticks
from coach.report.model import Curve, ReportInput
from coach.report.wording import clock, measure_name, quantity, say

WIDTH: Final = 900
LEFT: Final = 58
RIGHT: Final = 16
TOP: Final = 52  # over the plot: the name of the angle, and the numbers of the repetitions
PLOT: Final = 240
LANE: Final = 38  # for the marks of one check and its name above them
AXIS: Final = 26
LETTER: Final = 7.6  # width of a letter at the chart's size of type: an estimate, for room only
CROWDED: Final = 10.0  # pixels an attempt: closer together, lines and triangles run into one block
LEAST_SPAN: Final = {"°": 20.0}  # less of an angle would show the camera's own error as movement
LEAST_SPAN_RATIO: Final = 0.2


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault: when, and what it says when pointed at."""

    at_s: float
    says: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: the scales, the ticks, the faults by check (a lane each), the target.

    crowded  so many attempts that they are drawn with thinner lines
    """

    x: Scale
    y: Scale
    y_ticks: tuple[float, ...]
    lanes: dict[str, list[Mark]]
    target: float | None
    crowded: bool

    @property
    def bottom(self) -> float:
        """Lower edge of the plot and the lanes under it."""
        return TOP + PLOT + LANE * len(self.lanes)


def layout_of(report: ReportInput) -> Layout:
    """Where everything stands for this report."""
    x = Scale(*_times(report), LEFT, WIDTH - RIGHT)
    target = _target_value(report)
    y_ticks = _value_ticks(report.exercised, target)
    return Layout(
        x=x,
        y=Scale(y_ticks[0], y_ticks[-1], TOP + PLOT, TOP),
        y_ticks=tuple(y_ticks),
        lanes=_marks(report),
        target=target,
        crowded=_crowded(report, x),
    )


def mark_path(x: float, top: float, crowded: bool) -> str:
    """A fault as the `d` of a path, 11 pixels high: a triangle, or a stroke where there is no room for one."""
    return f"M{x - 0.75:g} {top:g}v11h1.5v-11z" if crowded else f"M{x:g} {top:g}l6 11h-12z"


def _crowded(report: ReportInput, x: Scale) -> bool:
    steps = np.diff([x(attempt.start_s) for attempt in report.attempts])
    return steps.size > 0 and float(np.median(steps)) < CROWDED


def _times(report: ReportInput) -> tuple[float, float]:
    known = [float(t) for t in report.curve.t if np.isfinite(t)]
    known += [t for attempt in report.attempts for t in (attempt.start_s, attempt.end_s)]
    low_s, high_s = min(known, default=0.0), max(known, default=report.result.duration_s)
    return low_s, max(high_s, low_s + 1)


def _value_ticks(curve: Curve, target: float | None) -> list[float]:
    seen = curve.seen
    if not seen.size:
        return [0.0, 1.0]
    values = [float(seen.min()), float(seen.max())] + ([] if target is None else [target])
    low, high = min(values), max(values)
    missing = LEAST_SPAN.get(curve.unit, LEAST_SPAN_RATIO) - (high - low)
    return ticks(low - max(missing, 0) / 2, high + max(missing, 0) / 2)


def _target_value(report: ReportInput) -> float | None:
    """The edge of the target range, when the curve is the signal that has to reach it.

    There is none to be drawn where the target is told from each one's own level.
    """
    movement = report.exercise.repetition
    if movement is None or movement.relative:
        return None
    signal = measure_name(movement.signal, report.language)
    if signal.lower() != report.curve.label.lower():
        return None
    view = next((view for view in movement.views if view == report.result.view), None)
    return movement.target_edge if view is None else movement.edge_from(view)


def _marks(report: ReportInput) -> dict[str, list[Mark]]:
    """The faults by check, in the order of the attempts; checks without a fault are left out."""
    lanes: dict[str, list[Mark]] = {}
    for check in report.checks:
        for number, attempt in enumerate(report.attempts, start=1):
            found = attempt.verdicts.get(check)
            if found is not None and found.verdict is Judgement.FAULT:
                lanes.setdefault(check, []).append(_mark(number, attempt, found, report))
    return lanes


def _mark(number: int, attempt: Rep | HeldPose, found: Verdict, report: ReportInput) -> Mark:
    middle_s = attempt.peak_s if isinstance(attempt, Rep) else (attempt.start_s + attempt.end_s) / 2
    at_s = middle_s if found.at_s is None else found.at_s
    figure = quantity(found.value, found.unit, found.band, report.language)
    which = say(report.language)(f"chart.mark.{report.kind}", number=number, time=clock(at_s))
    return Mark(at_s, f"{which}, {figure}" if figure else which)
