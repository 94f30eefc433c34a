"""The charts are sound Vega-Lite, which the pages themselves do not check."""

from datetime import date

import altair as alt

from benchmarks.months import judged
from coach.care.curves import curves
from coach.care.faults import Tally, Week
from coach.care.progress import WeekDone
from coach.care.trends import Point, trend
from coach.judge import load_exercise
from coach.web.review import charts
from coach.web.review.faults_table import faults_html
from coach.web.review.wording import percent
from tests.care.making import ago, session


def test_every_chart_is_sound() -> None:
    points = [Point(ago(20 - n), 50.0 - n, 4.0) for n in range(8)]
    monday = date(2026, 11, 16)
    result, track = judged("lunge")
    drawn = (
        charts.range_chart({"left": trend(points), "right": trend(points[:1])}, "degrees", "de"),
        charts.symmetry_chart(points, "en"),
        charts.pain_chart([session(2, 3, 4), session(1, None, 2)], "es"),
        charts.done_chart([WeekDone(monday, 2, 3), WeekDone(monday, 0, 0)], "en"),
        charts.curves_chart(curves(track, result.parts, load_exercise("lunge")), 0, "en"),
    )
    for spec in drawn:
        assert spec is not None and spec["datasets"][charts.DATA]
        alt.LayerChart.from_dict(spec) if "layer" in spec else alt.Chart.from_dict(spec)


def test_what_is_not_there_is_not_drawn() -> None:
    assert charts.pain_chart([session(1)], "en") is None
    assert faults_html({"hold": [Week(date(2026, 11, 16), Tally())]}, "en") is None


def test_faults_are_a_share_of_what_was_judged_and_gaps_are_no_zeros() -> None:
    first, second = date(2026, 11, 9), date(2026, 11, 16)
    told = faults_html(
        {"hold": [Week(first, Tally(0, 3)), Week(second, Tally())], "no_arch": [Week(second, Tally(1, 4))]},
        "de",
    )
    assert told is not None and told.index(percent(0.25, "de")) < told.index(f">{percent(0, 'de')}<")
    assert told.count("<td>–</td>") == 2 and 'title="1 / 4"' in told
