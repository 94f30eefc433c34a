"""The charts of the review.  Sides are told apart by shape and line too, not by colour alone.

They are drawn here, as HTML with SVG, since a chart library takes the browser longer than all the rest of the page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Literal

import numpy as np

from coach.care.curves import POINTS, Curves, Floats
from coach.care.days import day_of
from coach.care.progress import WeekDone
from coach.care.trends import Point, Trend
from coach.care.types import Session
from coach.language import Language
from coach.report.axes import Scale, ticks, value_label
from coach.report.wording import percent
from coach.web.review import drawing
from coach.web.review.drawing import KINDS, ROOM
from coach.web.review.wording import ALIKE, alike, day_among, messages

SIDES: Final = ("left", "right", "both")
LEAST: Final[Mapping[str, float]] = {
    "deg": 20.0,
    "s": 10.0,
    "ratio": 0.2,
}  # less would show noise as movement
LEAST_PERCENT: Final = 10.0
MOST_MARKS: Final = 5
MOST_WEEKS: Final = 7  # that are called by their date
PAIN_MARKS: Final = (0.0, 5.0, 10.0)
DAY_MARKS: Final = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0)


def range_chart(
    trends: Mapping[str, Trend],
    unit: Literal["deg", "s"],
    language: Language,
    from_zero: bool = False,
) -> str:
    """What was measured in each session, a side each, with its error band and the line of its trend."""
    own = messages(language)
    told = {side: trends[side] for side in SIDES if side in trends}
    sessions = {
        side: sorted((*one.beside, *one.points), key=lambda point: point.at) for side, one in told.items()
    }
    points = [point for some in sessions.values() for point in some]
    drawn = [*points, *(end for one in told.values() for piece in one.pieces for end in piece)]
    lows, highs = ([point.value + sign * point.band for point in drawn] for sign in (-1, 1))
    marks = _marks(
        0.0 if from_zero else min(lows), max(highs), LEAST[unit], floor=0.0 if min(lows) >= 0 else None
    )
    x, dates = _time(points, language)
    y = drawing.upwards(marks[0], marks[-1])
    kinds = dict(zip(told, KINDS, strict=False))
    plot = [*drawing.rows(marks, y)]
    plot += [_band(kinds[side], some, x, y) for side, some in sessions.items()]
    for side, one in told.items():
        for piece in one.pieces:
            spots = [(x(drawing.day_at(point.at)), y(point.value)) for point in piece]
            plot.append(drawing.line(f"trend {kinds[side]}", spots))
    for side, some in sessions.items():
        for point in some:
            value = _value(point, unit, language)
            said = f"{_day(point, points, language)} · {own(f'over.{side}')} · {value}"
            plot.append(drawing.dot(kinds[side], x(drawing.day_at(point.at)), y(point.value), said))
    labels = [*drawing.row_labels(marks, y, lambda value: value_label(value, unit, language)), *dates]
    return drawing.chart(plot, labels, [drawing.key(kinds[side], own(f"over.{side}")) for side in told])


def _value(point: Point, unit: str, language: Language) -> str:
    told = value_label(round(point.value), unit, language)
    band = round(point.band)
    return f"{told} ± {value_label(band, unit, language)}" if band else told


def _band(kind: str, points: Sequence[Point], x: Scale, y: Scale) -> str:
    if len(points) < 2 or not any(point.band for point in points):
        return ""
    above, below = (
        [(x(drawing.day_at(point.at)), y(point.value + sign * point.band)) for point in points]
        for sign in (1, -1)
    )
    return drawing.band(kind, above, below)


def symmetry_chart(points: Sequence[Point], language: Language) -> str:
    """How alike the sides are; 100 percent is alike, and so is what stands in the band below it."""
    own, edges = messages(language), [ALIKE - point.band for point in points]
    marks = _marks(min(*(point.value for point in points), *edges, ALIKE), ALIKE, LEAST_PERCENT, floor=0.0)
    x, dates = _time(points, language)
    y = drawing.upwards(marks[0], marks[-1])
    spots = [(x(drawing.day_at(point.at)), y(point.value)) for point in points]
    dots = [
        drawing.dot(
            "one",
            *spot,
            f"{_day(point, points, language)} · "
            f"{own('symmetry.same') if alike(point) else percent(point.value / 100, language)}",
        )
        for point, spot in zip(points, spots, strict=True)
    ]
    plot = [
        *drawing.rows(marks, y),
        f'<path class="alike" d="M0 {y(ALIKE):g}H{ROOM}"/>',
        _below(points, edges, x, y),
        drawing.line("one", spots),
        *dots,
    ]
    return drawing.chart(
        plot, [*drawing.row_labels(marks, y, lambda value: percent(value / 100, language)), *dates]
    )


def _below(points: Sequence[Point], edges: Sequence[float], x: Scale, y: Scale) -> str:
    if len(points) < 2 or not any(point.band for point in points):
        return ""
    days = [x(drawing.day_at(point.at)) for point in points]
    lower = [(day, y(max(edge, y.low))) for day, edge in zip(days, edges, strict=True)]
    return drawing.band("one", [(day, y(ALIKE)) for day in days], lower)


def pain_chart(sessions: Sequence[Session], language: Language) -> str | None:
    """Pain before and after each session, 0 to 10; None where none was told."""
    own = messages(language)
    before = [Point(one.started, one.score_before) for one in sessions if one.score_before is not None]
    after = [Point(one.started, one.score_after) for one in sessions if one.score_after is not None]
    if not before and not after:
        return None
    told = [*before, *after]
    x, dates = _time(told, language)
    y = drawing.upwards(PAIN_MARKS[0], PAIN_MARKS[-1])
    plot, keys = [*drawing.rows(PAIN_MARKS, y)], []
    for kind, name, points in zip(KINDS, ("before", "after"), (before, after), strict=False):
        spots = [(x(drawing.day_at(point.at)), y(point.value)) for point in points]
        plot.append(drawing.line(kind, spots))
        plot += [
            drawing.dot(
                kind, *spot, f"{_day(point, told, language)} · {own(f'over.{name}')} · {point.value:g}"
            )
            for point, spot in zip(points, spots, strict=True)
        ]
        keys.append(drawing.key(kind, own(f"over.{name}")))
    return drawing.chart(plot, [*drawing.row_labels(PAIN_MARKS, y, _plain), *dates], keys)


def done_chart(weeks: Sequence[WeekDone], language: Language) -> str:
    """Days exercised in each week as bars; what the plan asked for as a line across."""
    own, mondays = messages(language), [week.monday for week in weeks]
    y = drawing.upwards(DAY_MARKS[0], DAY_MARKS[-1])
    room = ROOM / max(len(weeks), 1)
    wide = min(0.55 * room, 60.0)
    plot = [*drawing.rows(DAY_MARKS, y)]
    for n, week in enumerate(weeks):
        middle = room * (n + 0.5)
        of = f"{own('over.done')}: {week.done} · {own('over.planned')}: {week.planned}"
        said = f"{day_among(week.monday, mondays, language)} · {of}"
        plot.append(drawing.bar("one", middle - wide / 2, wide, y(week.done), said))
        if week.planned:
            ends = [(middle - 0.75 * wide, y(week.planned)), (middle + 0.75 * wide, y(week.planned))]
            plot.append(drawing.line("mark", ends))
    every = -(-len(weeks) // MOST_WEEKS)
    dates = [
        drawing.column_label(n // every, room * (n + 0.5), day_among(week.monday, mondays, language))
        for n, week in enumerate(weeks)
        if n % every == 0
    ]
    keys = [drawing.key("one", own("over.done"), "bar"), drawing.key("mark", own("over.planned"), "line")]
    return drawing.chart(plot, [*drawing.row_labels(DAY_MARKS, y, _plain), *dates], keys)


def curves_chart(told: Curves, chosen: int, language: Language) -> str:
    """All repetitions over each other, stretched to one length; the chosen one and the mean stand out."""
    own = messages(language)
    seen = told.each[np.isfinite(told.each)]
    marks = _marks(float(seen.min()), float(seen.max()), LEAST.get(told.unit, 0.0))
    x, y = drawing.across(0, 100), drawing.upwards(marks[0], marks[-1])
    share = np.linspace(0, 100, POINTS)

    def drawn(kind: str, curve: Floats) -> str:
        spots = zip(share, curve, strict=True)
        return drawing.line(kind, [(x(at), y(value) if np.isfinite(value) else value) for at, value in spots])

    each = [drawn("each", curve) for n, curve in enumerate(told.each) if n != chosen]
    plot = [*drawing.rows(marks, y), *each, drawn("mean", told.mean), drawn("own", told.each[chosen])]
    labels = [
        *drawing.row_labels(marks, y, lambda value: value_label(value, told.unit, language)),
        *(drawing.column_label(0, x(at), percent(at / 100, language)) for at in (0, 25, 50, 75, 100)),
    ]
    keys = [drawing.key(kind, own(f"session.curve_{kind}"), "line") for kind in ("own", "mean", "each")]
    return drawing.chart(plot, labels, keys, below=own("session.curve_x"))


# --- what they have in common ---------------------------------------------------------------------------


def _marks(low: float, high: float, least: float, floor: float | None = None) -> list[float]:
    """Round numbers around what is shown, which is at least so much; none below `floor`."""
    missing = max(0.0, least - (high - low)) / 2
    low, high = low - missing, high + missing
    if floor is not None and low < floor:
        low, high = floor, max(high, floor + least)
    return ticks(low, high, MOST_MARKS)


def _time(points: Sequence[Point], language: Language) -> tuple[Scale, Iterator[str]]:
    """Across: whole days, from that of the first point to that of the last; and some of their dates."""
    days = [day_of(point.at) for point in points]
    first, last = min(days), max(days)
    x = drawing.across(first.toordinal(), last.toordinal() + 1)
    return x, drawing.dates(first, last, x, language)


def _day(point: Point, points: Sequence[Point], language: Language) -> str:
    return day_among(day_of(point.at), [day_of(one.at) for one in points], language)


_plain: Callable[[float], str] = "{:g}".format
