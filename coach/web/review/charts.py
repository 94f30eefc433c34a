"""The charts of the review, as Altair charts.  Sides are told apart by shape and line too, not by colour alone."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

import altair as alt
import numpy as np
from altair.utils.schemapi import debug_mode

from coach.care.curves import POINTS, Curves
from coach.care.days import day_of
from coach.care.progress import WeekDone
from coach.care.trends import Point, Trend
from coach.care.types import Session
from coach.language import Language
from coach.web.review.wording import messages

COLOURS: Final = ("#1f8a94", "#d9722e", "#7a6fc0")
SHAPES: Final = ("circle", "square", "diamond")
DASHES: Final = ([1, 0], [6, 3], [2, 2])
HEIGHT: Final = 230
INK: Final = "#7d8a8f"  # between light and dark, read on both
SIDES: Final = ("left", "right", "both")
LABEL: Final = 15
DATA: Final = "rows"
Row = dict[str, Any]
Drawn = dict[str, Any]  # Vega-Lite
P = ParamSpec("P")
R = TypeVar("R")


def _quick(draw: Callable[P, R]) -> Callable[P, R]:
    """Without Altair's own checks, which take longer than all the rest; the tests make them."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        with debug_mode(False):
            return draw(*args, **kwargs)

    return drawn


@_quick
def range_chart(
    trends: Mapping[str, Trend], title: str, language: Language, from_zero: bool = False
) -> Drawn:
    """What was measured in each session, a side each, with its error band and the line of its trend."""
    own = messages(language)
    rows = [row for side in SIDES if side in trends for row in _points(trends[side], own(f"over.{side}"))]
    sides = list(dict.fromkeys(row["side"] for row in rows))
    scheme = _sides(sides)
    day = alt.X("day:T", title=None, axis=_days(language))
    base = alt.Chart(alt.NamedData(DATA))
    band = base.mark_area(opacity=0.16).encode(
        x=day,
        y=alt.Y("low:Q", title=title, scale=alt.Scale(zero=from_zero, nice=True)),
        y2="high:Q",
        color=scheme["color"],
    )
    dots = base.mark_point(filled=True, size=42, opacity=0.95).encode(
        x=day,
        y=alt.Y("value:Q", title=title),
        color=scheme["color"],
        shape=scheme["shape"],
        tooltip=[
            alt.Tooltip("when:N", title=" "),
            alt.Tooltip("side:N", title=" "),
            alt.Tooltip("told:N", title=" "),
        ],
    )
    fitted = [
        base.transform_filter(alt.datum.side == name)
        .mark_line(size=2.5, strokeDash=dash)
        .encode(x=day, y="fitted:Q", color=scheme["color"])
        for name, dash in zip(sides, DASHES, strict=False)
    ]
    return _sized(alt.layer(band, dots, *fitted), rows)


def _points(told: Trend, side: str) -> list[Row]:
    """A row a session; the trend's line goes through the middle of all."""
    days = np.array([(point.at - told.points[0].at).total_seconds() / 86400 for point in told.points])
    values = np.array([point.value for point in told.points])
    slope = told.per_week / 7 if np.isfinite(told.per_week) and told.moved != "unknown" else np.nan
    fitted = np.median(values - slope * days) + slope * days
    return [
        {
            "day": _iso(day_of(point.at)),
            "when": f"{day_of(point.at)}",
            "side": side,
            "value": round(point.value, 1),
            "low": round(point.value - point.band, 1),
            "high": round(point.value + point.band, 1),
            "told": f"{point.value:.0f} ± {point.band:.0f}" if point.band else f"{point.value:.0f}",
            "fitted": round(float(at), 2) if np.isfinite(at) else None,
        }
        for point, at in zip(told.points, fitted, strict=True)
    ]


@_quick
def symmetry_chart(points: Sequence[Point], language: Language) -> Drawn:
    """How alike the sides are; 100 percent is alike."""
    rows = [{"day": _iso(day_of(point.at)), "value": round(point.value, 1)} for point in points]
    base = alt.Chart(alt.NamedData(DATA)).encode(
        x=alt.X("day:T", title=None, axis=_days(language)),
        y=alt.Y(
            "value:Q", title=messages(language)("over.percent"), scale=alt.Scale(domainMax=100, zero=False)
        ),
        tooltip=[alt.Tooltip("value:Q", title=" ")],
    )
    rule = alt.Chart().mark_rule(strokeDash=[2, 3], opacity=0.6).encode(y=alt.YDatum(100))
    return _sized(
        alt.layer(rule, base.mark_line(color=COLOURS[0]), base.mark_point(filled=True, color=COLOURS[0])),
        rows,
    )


@_quick
def pain_chart(sessions: Sequence[Session], language: Language) -> Drawn | None:
    """Pain before and after each session; None where none was told."""
    own = messages(language)
    rows = [
        {
            "day": _iso(day_of(one.started)),
            "at": one.started.isoformat(),
            "when": own(f"over.{name}"),
            "pain": pain.score,
        }
        for one in sessions
        for name, pain in (("before", one.before), ("after", one.after))
        if pain is not None
    ]
    if not rows:
        return None
    scheme = _sides([own("over.before"), own("over.after")], "when")
    chart = (
        alt.Chart(alt.NamedData(DATA))
        .mark_line(point={"filled": True, "size": 30}, size=1.8)
        .encode(
            x=alt.X("at:T", title=None, axis=_days(language)),
            y=alt.Y(
                "pain:Q",
                title=own("over.pain"),
                scale=alt.Scale(domain=[0, 10]),
                axis=alt.Axis(values=[0, 5, 10]),
            ),
            color=scheme["color"],
            shape=scheme["shape"],
            tooltip=[
                alt.Tooltip("day:N", title=" "),
                alt.Tooltip("when:N", title=" "),
                alt.Tooltip("pain:Q", title=" "),
            ],
        )
    )
    return _sized(chart, rows)


@_quick
def done_chart(weeks: Sequence[WeekDone], language: Language) -> Drawn:
    """Days exercised in each week as bars; what the plan asked for as a line across."""
    own = messages(language)
    rows: list[Row] = []
    for week in weeks:
        rows.append({"week": _iso(week.monday), "days": week.done, "what": own("over.done")})
        if week.planned:
            rows.append({"week": _iso(week.monday), "days": week.planned, "what": own("over.planned")})
    base = alt.Chart(alt.NamedData(DATA)).encode(
        x=alt.X("week:O", title=None, axis=_weeks(language)),
        y=alt.Y(
            "days:Q", title=own("over.days"), axis=alt.Axis(tickMinStep=1), scale=alt.Scale(domain=[0, 7])
        ),
        tooltip=[alt.Tooltip("what:N", title=" "), alt.Tooltip("days:Q", title=" ")],
    )
    scheme = alt.Color(
        "what:N",
        title=None,
        legend=_legend(),
        scale=alt.Scale(domain=[own("over.done"), own("over.planned")], range=list(COLOURS[:2])),
    )
    bars = base.transform_filter(alt.datum.what == own("over.done")).mark_bar(
        size=18, cornerRadiusEnd=3, opacity=0.85
    )
    marks = base.transform_filter(alt.datum.what == own("over.planned")).mark_tick(thickness=4, size=26)
    return _sized(alt.layer(bars.encode(color=scheme), marks.encode(color=scheme)), rows)


@_quick
def curves_chart(told: Curves, chosen: int, language: Language) -> Drawn:
    """All repetitions over each other, stretched to one length; the chosen one and the mean stand out."""
    own = messages(language)
    share = np.linspace(0, 100, POINTS)
    names = {
        "each": own("session.curve_each"),
        "mean": own("session.curve_mean"),
        "own": own("session.curve_own"),
    }
    rows = [
        {
            "x": float(x),
            "y": round(float(y), 2),
            "part": part + 1,
            "which": names["own" if part == chosen else "each"],
        }
        for part, curve in enumerate(told.each)
        for x, y in zip(share, curve, strict=True)
        if np.isfinite(y)
    ]
    rows += [
        {"x": float(x), "y": round(float(y), 2), "part": 0, "which": names["mean"]}
        for x, y in zip(share, told.mean, strict=True)
        if np.isfinite(y)
    ]
    order = [names["own"], names["mean"], names["each"]]
    base = alt.Chart(alt.NamedData(DATA)).encode(
        x=alt.X("x:Q", title=own("session.curve_x"), scale=alt.Scale(domain=[0, 100])),
        y=alt.Y("y:Q", title=own("over.deg") if told.unit == "deg" else "", scale=alt.Scale(zero=False)),
        detail="part:N",
        color=alt.Color(
            "which:N",
            title=None,
            sort=order,
            legend=_lines(),
            scale=alt.Scale(domain=order, range=[COLOURS[1], COLOURS[0], INK]),
        ),
    )
    each = base.transform_filter(alt.datum.which == names["each"]).mark_line(size=1.2, opacity=0.55)
    mean = base.transform_filter(alt.datum.which == names["mean"]).mark_line(size=3, strokeDash=[7, 3])
    mine = base.transform_filter(alt.datum.which == names["own"]).mark_line(size=3.5)
    return _sized(alt.layer(each, mean, mine), rows, 260)


# --- what they have in common ---------------------------------------------------------------------------


def _sides(names: Sequence[str], field: str = "side") -> dict[str, Any]:
    """Colour, shape and dash by side, told once in the legend."""
    count = len(names)
    colours = alt.Scale(domain=list(names), range=list(COLOURS[:count]))
    return {
        "color": alt.Color(
            f"{field}:N",
            title=None,
            legend=_legend(),
            scale=colours,
        ),
        "shape": alt.Shape(
            f"{field}:N",
            title=None,
            legend=_legend(),
            scale=alt.Scale(domain=list(names), range=list(SHAPES[:count])),
        ),
    }


def _legend() -> alt.Legend:
    return alt.Legend(
        orient="top",
        labelFontSize=LABEL,
        symbolSize=110,
        symbolOpacity=1,
        symbolDash=[1, 0],
        symbolStrokeWidth=2,
    )


def _lines() -> alt.Legend:
    return alt.Legend(
        orient="top",
        labelFontSize=LABEL,
        symbolType="stroke",
        symbolSize=400,
        symbolStrokeWidth=3,
        symbolOpacity=1,
    )


def _days(language: Language) -> alt.Axis:
    return alt.Axis(format=messages(language)("chart.day"), tickCount=6, labelFontSize=LABEL, grid=False)


def _weeks(language: Language) -> alt.Axis:
    shown = f"timeFormat(toDate(datum.value), '{messages(language)('chart.day')}')"
    return alt.Axis(labelExpr=shown, labelFontSize=LABEL, labelAngle=0, labelOverlap=True)


def _iso(day: date) -> str:
    """Noon, so that it is the same day in the browser wherever it stands."""
    return f"{day.isoformat()}T12:00:00"


def _sized(chart: Any, rows: Sequence[Row], height: int = HEIGHT) -> Drawn:
    """The chart as Vega-Lite; the rows go in at the end, for Altair copies what it holds again and again."""
    sized = chart.properties(height=height).configure_axis(labelFontSize=LABEL, titleFontSize=LABEL)
    spec: Drawn = sized.to_dict(validate=False)
    return {**spec, "datasets": {DATA: list(rows)}}
