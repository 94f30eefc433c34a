"""Charts of a course as SVG, in the look of a set's chart: range over weeks with its error, pain, what was done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from coach.care.days import day_of
from coach.care.trends import Point
from coach.report.axes import Scale, ticks, value_label
from coach.report.course import CourseInput, Followed
from coach.report.course_text import day_short, followed_name
from coach.report.layout import LEAST_SPAN, LETTER
from coach.report.svg import STYLE, element, text
from coach.report.wording import isolated, opened, say, shortened

WIDTH: Final = 900
LEFT: Final = 58
RIGHT: Final = 16
TOP: Final = 34
PLOT: Final = 150
AXIS: Final = 26
ROW: Final = 26
NAME_LETTERS: Final = 90
MOST_DATES: Final = 8
LEAST_SPAN_S: Final = 10.0
LINES: Final = ("first", "second", "third")
OWN_STYLE: Final = """<style>
.trend .first{stroke:var(--accent,#14606b);fill:none;stroke-width:2}
.trend .second{stroke:var(--unsure,#775600);fill:none;stroke-width:2;stroke-dasharray:7 3}
.trend .third{stroke:var(--muted,#52616a);fill:none;stroke-width:2;stroke-dasharray:2 3}
.trend .dot.first{fill:var(--accent,#14606b);stroke:none}
.trend .dot.second{fill:var(--paper,#fff);stroke-dasharray:none}
.trend .dot.third{fill:var(--muted,#52616a);stroke:none}
.trend .band.first{fill:var(--accent,#14606b);fill-opacity:.14;stroke:none}
.trend .band.second{fill:var(--unsure,#775600);fill-opacity:.14;stroke:none}
.trend .band.third{fill:var(--muted,#52616a);fill-opacity:.14;stroke:none}
.trend .fit.first{stroke-width:7;stroke-opacity:.3}
.trend .fit.second{stroke-width:7;stroke-opacity:.3;stroke-dasharray:none}
.trend .fit.third{stroke-width:7;stroke-opacity:.3;stroke-dasharray:none}
.trend rect.done{fill:var(--accent,#14606b);stroke:none}
.trend rect.planned{fill:var(--tint,#dfecec);stroke:var(--accent,#14606b);stroke-opacity:.6}
</style>"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: its words in the legend, its points, what its change is told by, and the values told."""

    words: str
    points: tuple[Point, ...]
    pieces: tuple[tuple[Point, Point], ...] = ()
    ends: tuple[float, float] | None = None  # None: those of the points


def range_charts(course: CourseInput) -> list[tuple[str, str]]:
    """A chart for each exercise and unit, with its sides: its name and its picture."""
    charts: dict[tuple[str, str], list[Followed]] = {}
    for one in course.followed:
        charts.setdefault((one.exercise, one.unit), []).append(one)
    return [(_name(group[0], course), _range_chart(group, course)) for group in charts.values()]


def _name(one: Followed, course: CourseInput) -> str:
    """What is measured, without the side."""
    side = say(course.language)(f"side.{one.side}")
    return followed_name(one, course).removesuffix(f", {side}")


def _range_chart(group: Sequence[Followed], course: CourseInput) -> str:
    own = say(course.language)
    lines = [
        Line(own(f"side.{one.side}"), one.trend.points, one.trend.pieces, one.rounded[:2]) for one in group
    ]
    drawn = [point for line in lines for some in (line.points, *line.pieces) for point in some]
    ends = [point.value + sign * point.band for point in drawn for sign in (-1, 1)]
    least = LEAST_SPAN["°"] if group[0].unit == "deg" else LEAST_SPAN_S
    missing = max(0.0, least - (max(ends) - min(ends))) / 2
    low = min(ends) - missing
    return _chart(
        _name(group[0], course),
        lines if len(lines) > 1 else [replace(lines[0], words="")],
        ticks(max(0.0, low) if min(ends) >= 0 else low, max(ends) + missing, 5),
        lambda value: value_label(value, group[0].unit, course.language),
        course,
    )


def pain_chart(course: CourseInput) -> str:
    """Pain before and after each session, 0 to 10; empty where none was told."""
    own = say(course.language)
    before = [Point(one.started, one.score_before) for one in course.sessions if one.score_before is not None]
    after = [Point(one.started, one.score_after) for one in course.sessions if one.score_after is not None]
    lines = [
        Line(own(f"course.{when}"), tuple(told)) for when, told in (("after", after), ("before", before))
    ]
    if not before and not after:
        return ""
    return _chart(
        own("course.pain"), [line for line in lines if line.points], [0, 2, 4, 6, 8, 10], _plain, course
    )


def _plain(value: float) -> str:
    return f"{value:g}"


def kept_chart(course: CourseInput) -> str:
    """Sets planned and done by week, as bars; empty where nothing was planned."""
    most = max((week.planned for week in course.weeks), default=0)
    if not most:
        return ""
    own, bottom = say(course.language), TOP + PLOT
    marks = ticks(0, most, 5) if most > 4 else [float(n) for n in range(most + 1)]
    y = Scale(0, marks[-1], bottom, TOP)
    room = (WIDTH - RIGHT - LEFT) / len(course.weeks)
    wide = min(46.0, 0.7 * room)
    parts: list[str] = []
    for number, week in enumerate(course.weeks):
        x = LEFT + room * (number + 0.5) - wide / 2
        for kind, value in (("planned", week.planned), ("done", week.done)):
            parts.append(
                f'<rect class="{kind}" x="{x:.1f}" y="{y(value):g}" width="{wide:.1f}" '
                f'height="{bottom - y(value):g}"/>'
            )
    every = -(-len(course.weeks) // MOST_DATES)
    labels = [
        text(LEFT + room * (n + 0.5), bottom + 22, day_short(week.monday, course), anchor="middle")
        for n, week in enumerate(course.weeks)
        if n % every == 0
    ]
    x, legend = float(LEFT), []
    for kind in ("done", "planned"):
        words = own(f"course.{kind}")
        legend.append(f'<rect class="{kind}" x="{x:g}" y="{bottom + AXIS + 13}" width="22" height="14"/>')
        legend.append(text(x + 30, bottom + AXIS + 25, words))
        x += 30 + LETTER * len(words) + 22
    title = own("course.kept_title")
    told = "; ".join(f"{day_short(week.monday, course)}: {week.done}/{week.planned}" for week in course.weeks)
    return _picture(
        title, told, bottom + AXIS + 12 + ROW, [*_grid(marks, y, _plain), *parts, *labels, *legend]
    )


def _chart(
    name: str,
    lines: Sequence[Line],
    marks: Sequence[float],
    told: Callable[[float], str],
    course: CourseInput,
) -> str:
    bottom = TOP + PLOT
    days = [day_of(point.at) for line in lines for point in line.points]
    first, last = min(days), max(days)
    x = Scale(0, max((last - first).days, 1), LEFT + 14, WIDTH - RIGHT - 14)
    y = Scale(marks[0], marks[-1], bottom, TOP)

    def place(at: datetime) -> float:
        return x((day_of(at) - first).days)

    parts = [*_grid(marks, y, told), *_dates(first, last, x, course)]
    kinds = list(zip(LINES, lines, strict=False))
    for kind, line in kinds:
        parts += _band(kind, line.points, place, y)
    for kind, line in kinds:
        parts += _fit(kind, line.pieces, place, y)
        parts += _drawn(kind, line.points, place, y)
    named = [(kind, line) for kind, line in kinds if line.words]
    parts += _legend(named, bottom + AXIS + 12)
    values = "; ".join(
        f"{line.words or name}: {told(first_value)} – {told(last_value)}"
        for _, line in kinds
        for first_value, last_value in (line.ends or (line.points[0].value, line.points[-1].value),)
    )
    return _picture(name, values, bottom + AXIS + 12 + (ROW if named else 0), parts)


def _picture(title: str, told: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg class="chart trend" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img">'
        f"{element('title', title)}{element('desc', told)}{STYLE}{OWN_STYLE}"
        f"{text(0, 16, isolated(shortened(opened(title), NAME_LETTERS)), kind='name')}{''.join(parts)}</svg>"
    )


def _grid(marks: Sequence[float], y: Scale, told: Callable[[float], str]) -> Iterator[str]:
    for value in marks:
        yield f'<path class="grid" d="M{LEFT} {y(value):g}H{WIDTH - RIGHT}"/>'
        yield text(LEFT - 8, y(value) + 5, told(value), anchor="end")
    yield f'<path class="axis" d="M{LEFT} {TOP + PLOT}H{WIDTH - RIGHT}"/>'


def _dates(first: date, last: date, x: Scale, course: CourseInput) -> Iterator[str]:
    span = (last - first).days
    step = max(7, -(-span // (MOST_DATES - 1) // 7) * 7) if span else 7
    for n in range(0, span + 1, step):
        at, day = x(n), first + timedelta(days=n)
        yield f'<path class="axis" d="M{at:g} {TOP + PLOT}v6"/>'
        yield text(at, TOP + PLOT + 22, day_short(day, course), anchor="middle")


def _band(kind: str, points: Sequence[Point], place: Callable[[datetime], float], y: Scale) -> Iterator[str]:
    if len(points) > 1 and any(point.band for point in points):
        above = [f"{place(point.at):g} {y(point.value + point.band):g}" for point in points]
        below = [
            f"{place(point.at):g} {y(max(point.value - point.band, y.low)):g}" for point in reversed(points)
        ]
        yield f'<path class="band {kind}" d="M{"L".join((*above, *below))}z"/>'


def _fit(
    kind: str, pieces: Iterable[tuple[Point, Point]], place: Callable[[datetime], float], y: Scale
) -> Iterator[str]:
    for a, b in pieces:
        yield f'<path class="fit {kind}" d="M{place(a.at):g} {y(a.value):g}L{place(b.at):g} {y(b.value):g}"/>'


def _drawn(kind: str, points: Sequence[Point], place: Callable[[datetime], float], y: Scale) -> Iterator[str]:
    spots = [(place(point.at), y(point.value)) for point in points]
    if len(spots) > 1:
        yield f'<path class="{kind}" d="M{"L".join(f"{a:g} {b:g}" for a, b in spots)}"/>'
    for a, b in spots:
        yield f'<circle class="dot {kind}" cx="{a:g}" cy="{b:g}" r="3.5"/>'


def _legend(named: Sequence[tuple[str, Line]], top: float) -> Iterator[str]:
    x = float(LEFT)
    for kind, line in named:
        yield f'<path class="{kind}" d="M{x:g} {top + 8:g}h22"/>'
        yield f'<circle class="dot {kind}" cx="{x + 11:g}" cy="{top + 8:g}" r="3.5"/>'
        yield text(x + 30, top + 13, line.words)
        x += 30 + LETTER * len(line.words) + 22
