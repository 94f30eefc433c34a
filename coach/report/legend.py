"""The legend under the chart: an entry for each kind of thing that the picture has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from coach.report.layout import LEFT, LETTER, WIDTH, Layout, mark_path
from coach.report.model import ReportInput
from coach.report.svg import text
from coach.report.wording import isolated, limit, say, shortened

ROW: Final = 26
SWATCH: Final = 22
NAME_LETTERS: Final = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the kind of thing (its class in the picture), its words, its row and left edge in pixels."""

    kind: str
    words: str
    row: int
    x: float


def legend(report: ReportInput, layout: Layout) -> list[Entry]:
    """The entries from left to right, in as many rows as they need."""
    entries: list[Entry] = []
    row, x = 0, float(LEFT)
    for kind, words in _kinds(report, layout):
        width = SWATCH + 8 + LETTER * len(words) + 22
        if entries and x + width > WIDTH:
            row, x = row + 1, float(LEFT)
        entries.append(Entry(kind, words, row, x))
        x += width
    return entries


def _kinds(report: ReportInput, layout: Layout) -> Iterator[tuple[str, str]]:
    own = say(report.language)
    counted = {attempt.counted for attempt in report.attempts}
    if report.curve.seen.size:
        yield "curve", isolated(shortened(report.curve.label, NAME_LETTERS))
        if layout.target is not None:
            yield (
                "target",
                own("chart.target", value=limit(layout.target, report.curve.unit, report.language)),
            )
    if True in counted:
        yield "counted", own(f"chart.counted.{report.kind}")
    if False in counted:
        yield "missed", own(f"chart.missed.{report.kind}")
    if report.held and any(hold.pauses for hold in report.result.holds):
        yield "pause", own("chart.pause")
    if layout.lanes:
        yield "mark", own("chart.faulty")


def drawn(entry: Entry, top: float, crowded: bool = False) -> str:
    """An entry as SVG; `top` is the upper edge of the legend, `crowded` as in the layout."""
    x, y = entry.x, top + ROW * entry.row
    shapes = {
        "curve": f'<path class="curve" d="M{x:g} {y + 8:g}h{SWATCH}"/>',
        "target": f'<path class="target" d="M{x:g} {y + 8:g}h{SWATCH}"/>',
        "mark": f'<path class="mark" d="{mark_path(x + SWATCH / 2, y + 3, crowded)}"/>',
    }
    box = f'<rect class="{entry.kind}" x="{x:g}" y="{y + 1:g}" width="{SWATCH}" height="14"/>'
    return shapes.get(entry.kind, box) + text(x + SWATCH + 8, y + 13, entry.words)
