"""The chart of a set as one SVG picture: the main angle, the repetitions or holds, the faults.

It needs no script, file or font of its own, and the same report gives the same text.  Its colours are CSS
variables of the page (`--ink`, `--fault` …) with fallbacks, so that it also stands alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.judge import HeldPose, Judgement, Rep
from coach.report.axes import Scale, ticks, time_label, time_ticks, value_label
from coach.report.model import Curve, ReportInput
from coach.report.svg import STYLE, element, text
from coach.report.trace import path
from coach.report.words import (
    clock,
    count,
    inside,
    isolated,
    label,
    limit,
    opened,
    quantity,
    shortened,
)

WIDTH: Final = 900
LEFT: Final = 58
RIGHT: Final = 16
TOP: Final = 52  # over the plot: the name of the angle, and the numbers of the repetitions
PLOT: Final = 240
LANE: Final = 38  # for the marks of one check and its name above them
AXIS: Final = 26
LEGEND: Final = 26
LETTER: Final = 7.6  # width of a letter at the chart's size of type: an estimate, for room only
NAME_LETTERS: Final = 60
LEAST_SPAN: Final = {"°": 20.0}  # less of an angle would show the camera's own error as movement
LEAST_SPAN_RATIO: Final = 0.2


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault: when, and what it says when pointed at."""

    at_s: float
    says: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: the scales, the ticks, the faults by check (a lane each), the target."""

    x: Scale
    y: Scale
    y_ticks: tuple[float, ...]
    lanes: dict[str, list[Mark]]
    target: float | None

    @property
    def bottom(self) -> float:
        """Lower edge of the plot and the lanes under it."""
        return TOP + PLOT + LANE * len(self.lanes)


def chart_svg(report: ReportInput) -> str:
    """The whole picture, as an `svg` element with its title and description."""
    layout = _layout(report)
    legend = list(_legend(report, layout))
    height = layout.bottom + AXIS + 12 + LEGEND * (1 + max((row for row, _, _, _ in legend), default=0))
    parts = [
        element("title", shortened(f"{report.exercise.name}: {report.curve.label} over time", 200), id="chart-title"),
        element("desc", describe(report, layout.lanes), id="chart-desc"),
        STYLE,
        *_attempts(report, layout),
        *_grid(report.curve, layout),
        *_target(report.curve, layout),
        *_trace(report.curve, layout),
        *_lanes(layout),
        *(_legend_item(*item, layout.bottom + AXIS + 12) for item in legend),
    ]
    return (
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="chart-title chart-desc">{"".join(parts)}</svg>'
    )


def describe(report: ReportInput, lanes: dict[str, list[Mark]]) -> str:
    """The chart in sentences, for those who do not see it."""
    seen = report.curve.seen
    unit, name = report.curve.unit, label(report.curve.label)
    noun = "hold" if report.held else "repetition"
    told = [
        f"{name} went from {quantity(float(seen.min()), unit)} to {quantity(float(seen.max()), unit)}."
        if seen.size
        else f"{name} was not seen.",
        f"{count(len(report.attempts), noun)}, of which {report.counted} counted.",
        *(f"Fault, {inside(name)}: at {', '.join(clock(m.at_s) for m in marks)}." for name, marks in lanes.items()),
    ]
    return " ".join(told)


def _layout(report: ReportInput) -> Layout:
    low_s, high_s = _times(report)
    target = _target_value(report)
    y_ticks = _value_ticks(report.curve, target)
    return Layout(
        x=Scale(low_s, high_s, LEFT, WIDTH - RIGHT),
        y=Scale(y_ticks[0], y_ticks[-1], TOP + PLOT, TOP),
        y_ticks=tuple(y_ticks),
        lanes=_marks(report),
        target=target,
    )


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
    """The edge of the target range, when the curve is the signal that has to reach it."""
    movement = report.exercise.repetition
    same = movement is not None and movement.signal.replace("_", " ") == report.curve.label.lower()
    return movement.target_edge if movement is not None and same else None


def _marks(report: ReportInput) -> dict[str, list[Mark]]:
    """The faults of each check, by its name, in the order of time."""
    lanes: dict[str, list[Mark]] = {}
    noun = "hold" if report.held else "repetition"
    for check in report.checks:
        for number, attempt in enumerate(report.attempts, start=1):
            found = attempt.verdicts.get(check)
            if found is not None and found.verdict is Judgement.FAULT:
                at_s = _middle_s(attempt) if found.at_s is None else found.at_s
                figure = quantity(found.value, found.unit, found.band)
                says = f"{noun} {number} at {clock(at_s)}{f', {figure}' if figure else ''}"
                lanes.setdefault(label(check), []).append(Mark(at_s, says))
    return lanes


def _middle_s(attempt: Rep | HeldPose) -> float:
    return attempt.peak_s if isinstance(attempt, Rep) else (attempt.start_s + attempt.end_s) / 2


def _attempts(report: ReportInput, layout: Layout) -> Iterator[str]:
    labelled = _labelled(report.attempts, layout.x)
    for number, attempt in enumerate(report.attempts, start=1):
        kind = "counted" if attempt.counted else "missed"
        yield _band(attempt.start_s, attempt.end_s, kind, layout)
        if isinstance(attempt, HeldPose):
            yield from (_band(start, end, "pause", layout) for start, end in attempt.pauses)
        if number in labelled:
            middle = (layout.x(attempt.start_s) + layout.x(attempt.end_s)) / 2
            yield text(middle, TOP - 8, str(number), kind=f"number {kind}", anchor="middle")


def _band(start_s: float, end_s: float, kind: str, layout: Layout) -> str:
    left, right = layout.x(start_s), layout.x(end_s)
    return (
        f'<rect class="{kind}" x="{left:g}" y="{TOP}" width="{max(right - left, 1):g}" '
        f'height="{layout.bottom - TOP:g}"/>'
    )


def _labelled(attempts: tuple[Rep | HeldPose, ...], x: Scale) -> set[int]:
    """The numbers that have room: all of them, or 1 and every second, fifth, tenth …"""
    middles = [x((attempt.start_s + attempt.end_s) / 2) for attempt in attempts]
    room = LETTER * len(str(len(attempts))) + 6
    for step in (1, 2, 5, 10, 20, 50, 100):
        shown = [n for n in range(1, len(middles) + 1) if n % step == 0 or n == 1]
        places = sorted(middles[n - 1] for n in shown)
        if all(b - a >= room for a, b in zip(places, places[1:], strict=False)):
            return set(shown)
    return {1, len(middles)}


def _grid(curve: Curve, layout: Layout) -> Iterator[str]:
    right, bottom = WIDTH - RIGHT, layout.bottom
    if curve.seen.size:
        yield text(0, 16, isolated(shortened(opened(curve.label), NAME_LETTERS)), kind="name")
        for value in layout.y_ticks:
            y = layout.y(value)
            yield f'<path class="grid" d="M{LEFT} {y:g}H{right}"/>'
            yield text(LEFT - 8, y + 5, value_label(value, curve.unit), anchor="end")
    for at_s in time_ticks(layout.x.low, layout.x.high):
        x = layout.x(at_s)
        yield f'<path class="axis" d="M{x:g} {bottom:g}v6"/>'
        yield text(x, bottom + 22, time_label(at_s, layout.x.high), anchor="middle")
    yield f'<path class="axis" d="M{LEFT} {bottom:g}H{right}"/>'


def _target(curve: Curve, layout: Layout) -> Iterator[str]:
    if layout.target is not None and curve.seen.size:
        yield f'<path class="target" d="M{LEFT} {layout.y(layout.target):g}H{WIDTH - RIGHT}"/>'


def _trace(curve: Curve, layout: Layout) -> Iterator[str]:
    line = path(curve, layout.x, layout.y)
    if line:
        yield f'<path class="curve" d="{line}"/>'
    else:
        yield text((LEFT + WIDTH - RIGHT) / 2, TOP + PLOT / 2, "The angle was not seen", anchor="middle", kind="halo")


def _lanes(layout: Layout) -> Iterator[str]:
    for row, (name, marks) in enumerate(layout.lanes.items()):
        top = TOP + PLOT + LANE * row
        yield f'<path class="grid" d="M{LEFT} {top}H{WIDTH - RIGHT}"/>'
        yield text(LEFT + 6, top + 15, shortened(name, NAME_LETTERS), kind="halo fault")
        for mark in marks:
            x = layout.x(min(max(mark.at_s, layout.x.low), layout.x.high))
            says = element("title", f"{name}: {mark.says}")
            yield f'<path class="mark" d="M{x:g} {top + 21}l6 11h-12z">{says}</path>'


def _legend(report: ReportInput, layout: Layout) -> Iterator[tuple[int, float, str, str]]:
    """Row, x, kind and words of each entry that the picture has."""
    noun = "hold" if report.held else "repetition"
    kinds = {attempt.counted for attempt in report.attempts}
    seen = report.curve.seen.size > 0
    entries = {
        "curve": isolated(shortened(report.curve.label, 30)) if seen else "",
        "target": f"target {limit(layout.target, report.curve.unit)}" if seen and layout.target is not None else "",
        "counted": f"{noun}, counted" if True in kinds else "",
        "missed": f"{noun}, not counted" if False in kinds else "",
        "pause": "timer paused" if any(h.pauses for h in report.result.holds) and report.held else "",
        "mark": "fault" if layout.lanes else "",
    }
    row, x = 0, float(LEFT)
    for kind, words in entries.items():
        width = 30 + LETTER * len(words) + 22
        if words and x + width > WIDTH and x > LEFT:
            row, x = row + 1, float(LEFT)
        if words:
            yield row, x, kind, words
            x += width


def _legend_item(row: int, x: float, kind: str, words: str, top: float) -> str:
    y = top + LEGEND * row
    shapes = {
        "curve": f'<path class="curve" d="M{x:g} {y + 8:g}h22"/>',
        "target": f'<path class="target" d="M{x:g} {y + 8:g}h22"/>',
        "mark": f'<path class="mark" d="M{x + 11:g} {y + 3:g}l6 11h-12z"/>',
    }
    box = f'<rect class="{kind}" x="{x:g}" y="{y + 1:g}" width="22" height="14"/>'
    return shapes.get(kind, box) + text(x + 30, y + 13, words)
