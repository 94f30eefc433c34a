"""The pieces of a chart as HTML with one SVG in it: the plot takes whatever room there is, its words keep their size.

Places in the plot go from 0 to ROOM in both directions, and are stretched; lines and dots are not, for a dot is a
line of no length with a round or square end.  Everything that is written comes out escaped.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from html import escape
from math import isfinite
from typing import Final

from coach.language import Language
from coach.report.axes import Scale
from coach.web.review.wording import day_among

ROOM: Final = 1000
KINDS: Final = ("one", "two", "three")  # told apart by colour, by dash and by the shape of their dots
MOST_DATES: Final = 6
MANY: Final = 120  # elements in a plot; more of them are drawn finer
Spot = tuple[float, float]


def across(low: float, high: float) -> Scale:
    """From values to places, left to right."""
    return Scale(low, high, 0, ROOM)


def upwards(low: float, high: float) -> Scale:
    """From values to places, the larger the higher."""
    return Scale(low, high, ROOM, 0)


def chart(plot: Iterable[str], labels: Iterable[str], keys: Iterable[str] = (), below: str = "") -> str:
    """The whole of it.  keys: of the legend; below: what the lower axis is called."""
    parts, legend = list(plot), "".join(keys)
    kind = "cc many" if len(parts) > MANY else "cc"
    told = f'<p class="keys">{legend}</p>' if legend else ""
    axis = f'<p class="below">{escape(below)}</p>' if below else ""
    return (
        f'<div class="{kind}">{told}<div class="plot">'
        f'<svg viewBox="0 0 {ROOM} {ROOM}" preserveAspectRatio="none">{"".join(parts)}</svg>'
        f"{''.join(labels)}</div>{axis}</div>"
    )


# --- axes -----------------------------------------------------------------------------------------------


def rows(marks: Sequence[float], y: Scale) -> Iterator[str]:
    """A line across at each mark."""
    for n, value in enumerate(marks):
        yield f'<path class="{"axis" if n == 0 else "grid"}" d="M0 {y(value):g}H{ROOM}"/>'


def row_labels(marks: Sequence[float], y: Scale, told: Callable[[float], str]) -> Iterator[str]:
    """What stands at the left of the lines."""
    for value in marks:
        yield f'<span class="y" style="top:{y(value) / 10:g}%">{escape(told(value))}</span>'


def column_label(n: int, at: float, told: str) -> str:
    """What stands below the plot at a place, as the label number `n`; where room is scarce every second one does."""
    kind = "x more" if n % 2 else "x"
    return f'<span class="{kind}" style="left:{at / 10:g}%">{escape(told)}</span>'


def day_at(at: datetime) -> float:
    """A moment in days, on the clock of whoever looks."""
    local = at.astimezone()
    return local.toordinal() + (local.hour * 60 + local.minute) / 1440


def dates(first: date, last: date, x: Scale, language: Language) -> Iterator[str]:
    """A few days from the first to the last; `x` takes what `day_at` tells."""
    span = (last - first).days
    step = max(1, -(-span // (MOST_DATES - 1)))
    for n in range(span // step + 1):
        day = first + timedelta(days=n * step)
        yield column_label(n, x(day.toordinal() + 0.5), day_among(day, (first, last), language))


# --- what is drawn --------------------------------------------------------------------------------------


def line(kind: str, spots: Sequence[Spot]) -> str:
    """From spot to spot; one that is nowhere (NaN) leaves a gap."""
    told, begun = [], False
    for x, y in spots:
        if not isfinite(y):
            begun = False
            continue
        told.append(f"{'L' if begun else 'M'}{x:g} {y:g}")
        begun = True
    return f'<path class="line {kind}" d="{"".join(told)}"/>' if told else ""


def band(kind: str, above: Sequence[Spot], below: Sequence[Spot]) -> str:
    """The field between two lines."""
    around = "L".join(f"{x:g} {y:g}" for x, y in (*above, *reversed(below)))
    return f'<path class="band {kind}" d="M{around}z"/>'


def dot(kind: str, x: float, y: float, told: str) -> str:
    """A spot that says something when it is pointed at."""
    return f'<path class="dot {kind}" d="M{x:g} {y:g}h.01"><title>{escape(told)}</title></path>'


def bar(kind: str, x: float, wide: float, y: float, told: str) -> str:
    """From the bottom up to `y`."""
    return (
        f'<rect class="bar {kind}" x="{x:g}" y="{y:g}" width="{wide:g}" height="{ROOM - y:g}">'
        f"<title>{escape(told)}</title></rect>"
    )


def key(kind: str, told: str, mark: str = "line dot") -> str:
    """One entry of the legend.  mark: "line", "dot" or "bar", or several of them."""
    drawn = {
        "line": f'<path class="line {kind}" d="M1 7H27"/>',
        "dot": f'<path class="dot {kind}" d="M14 7h.01"/>',
        "bar": f'<rect class="bar {kind}" x="6" y="1" width="16" height="12"/>',
    }
    signs = "".join(drawn[one] for one in mark.split())
    return f'<span><svg width="28" height="14">{signs}</svg>{escape(told)}</span>'
