"""The chart of a set as one SVG picture: the main angle, the repetitions or holds, the faults.

It needs no script, file or font of its own, and the same report gives the same text.  Its colours are CSS
variables of the page (`--ink`, `--fault` …) with fallbacks, so that it also stands alone.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from coach.judge import HeldPose, Rep
from coach.report.axes import Scale, time_label, time_ticks, value_label
from coach.report.layout import (
    AXIS,
    LANE,
    LEFT,
    LETTER,
    PLOT,
    RIGHT,
    TOP,
    WIDTH,
    Layout,
    Mark,
    layout_of,
    mark_path,
)
from coach.report.legend import ROW, drawn, legend
from coach.report.model import Curve, ReportInput
from coach.report.svg import HATCHES, STYLE, element, text
from coach.report.trace import path
from coach.report.wording import (
    check_inside,
    check_name,
    clock,
    isolated,
    label,
    opened,
    quantity,
    say,
    shortened,
)

NAME_LETTERS: Final = 60


def chart_svg(report: ReportInput) -> str:
    """The whole picture, as an `svg` element with its title and description."""
    own = say(report.language)
    layout = layout_of(report)
    entries = legend(report, layout)
    title = own("chart.title", name=report.exercise.name, angle=report.curve.label)
    below = layout.bottom + AXIS + 12
    height = below + ROW * (1 + max((entry.row for entry in entries), default=0))
    parts = [
        element("title", title if report.curve.kept else report.exercise.name, id="chart-title"),
        element("desc", describe(report, layout.lanes), id="chart-desc"),
        STYLE + HATCHES,
        *_attempts(report, layout),
        *_grid(report, layout),
        *_target(report.curve, layout),
        *_trace(report, layout),
        *_lanes(report, layout),
        *(drawn(entry, below, layout.crowded) for entry in entries),
    ]
    kind = "chart crowded" if layout.crowded else "chart"
    return (
        f'<svg class="{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" '
        f'aria-labelledby="chart-title chart-desc">{"".join(parts)}</svg>'
    )


def describe(report: ReportInput, lanes: dict[str, list[Mark]]) -> str:
    """The chart in sentences, for those who do not see it."""
    own = say(report.language)
    told = [
        *([_angle(report)] if report.curve.kept else []),
        own(f"chart.attempts.{report.kind}", n=len(report.attempts), counted=report.counted),
        *(
            own(
                "chart.fault",
                check=check_inside(check, report.language),
                times=", ".join(clock(mark.at_s) for mark in marks),
            )
            for check, marks in lanes.items()
        ),
    ]
    return " ".join(told)


def _angle(report: ReportInput) -> str:
    """From where to where the angle went."""
    own, curve = say(report.language), report.exercised
    name = label(curve.label)
    if not curve.seen.size:
        return own("chart.angle_unseen", angle=name)
    low, high = (
        quantity(float(end), curve.unit, language=report.language)
        for end in (curve.seen.min(), curve.seen.max())
    )
    return own("chart.angle", angle=name, low=low, high=high)


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
        if all(b - a >= room for a, b in pairwise(places)):
            return set(shown)
    return {1, len(middles)}


def _grid(report: ReportInput, layout: Layout) -> Iterator[str]:
    curve, language = report.curve, report.language
    right, bottom = WIDTH - RIGHT, layout.bottom
    if curve.seen.size:
        yield text(0, 16, isolated(shortened(opened(curve.label), NAME_LETTERS)), kind="name")
        for value in layout.y_ticks:
            y = layout.y(value)
            yield f'<path class="grid" d="M{LEFT} {y:g}H{right}"/>'
            yield text(LEFT - 8, y + 5, value_label(value, curve.unit, language), anchor="end")
    for at_s in time_ticks(layout.x.low, layout.x.high):
        x = layout.x(at_s)
        yield f'<path class="axis" d="M{x:g} {bottom:g}v6"/>'
        yield text(x, bottom + 22, time_label(at_s, layout.x.high, language), anchor="middle")
    yield f'<path class="axis" d="M{LEFT} {bottom:g}H{right}"/>'


def _target(curve: Curve, layout: Layout) -> Iterator[str]:
    if layout.target is not None and curve.seen.size:
        yield f'<path class="target" d="M{LEFT} {layout.y(layout.target):g}H{WIDTH - RIGHT}"/>'


def _trace(report: ReportInput, layout: Layout) -> Iterator[str]:
    line = path(report.curve, layout.x, layout.y)
    if line:
        plot = f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{PLOT}"/>'
        yield f'<clipPath id="chart-plot">{plot}</clipPath>'
        yield f'<path class="curve" clip-path="url(#chart-plot)" d="{line}"/>'
    elif report.curve.kept:
        unseen = say(report.language)("chart.unseen")
        yield text((LEFT + WIDTH - RIGHT) / 2, TOP + PLOT / 2, unseen, anchor="middle", kind="halo")


def _lanes(report: ReportInput, layout: Layout) -> Iterator[str]:
    for row, (check, marks) in enumerate(layout.lanes.items()):
        name = check_name(check, report.language)
        top = TOP + PLOT + LANE * row
        yield f'<path class="grid" d="M{LEFT} {top}H{WIDTH - RIGHT}"/>'
        yield text(LEFT + 6, top + 15, isolated(shortened(name, NAME_LETTERS)), kind="halo fault")
        for mark in marks:
            x = layout.x(min(max(mark.at_s, layout.x.low), layout.x.high))
            says = element("title", f"{name}: {mark.says}")
            yield f'<path class="mark" d="{mark_path(x, top + 21, layout.crowded)}">{says}</path>'
