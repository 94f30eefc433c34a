"""The charts: sound markup, everything that was measured is in it, nothing is written that was not escaped."""

import re
from datetime import date, timedelta
from math import nan
from xml.etree import ElementTree

import numpy as np

from benchmarks.months import judged
from coach.care.curves import Curves, curves
from coach.care.faults import Tally, Week
from coach.care.progress import WeekDone
from coach.care.trends import Point, trend
from coach.judge import load_exercise
from coach.web.review import charts, drawing
from coach.web.review.faults_table import faults_html
from coach.web.review.wording import percent
from tests.care.making import ago, session

POINTS = [Point(ago(20 - n), 50.0 - n, 4.0) for n in range(8)]


def elements(drawn: str | None, kind: str) -> list[ElementTree.Element]:
    """Those of a class; the whole must be sound."""
    assert drawn is not None and "nan" not in drawn
    return [one for one in ElementTree.fromstring(drawn).iter() if kind in one.get("class", "").split()]


def placed(spot: ElementTree.Element) -> tuple[float, float]:
    x, y = spot.attrib["d"].removeprefix("M").removesuffix("h.01").split()
    return float(x), float(y)


def test_the_range_has_a_dot_a_session_a_band_and_the_line_of_its_trend() -> None:
    drawn = charts.range_chart({"left": trend(POINTS), "right": trend(POINTS[:1])}, "deg", "de")
    left, right = (elements(drawn, f"dot {kind}".split()[1]) for kind in ("one", "two"))
    dots = [one for one in left if "dot" in one.attrib["class"].split()]
    assert len(dots) == len(POINTS) + 1  # and one in the legend
    assert [one.attrib["class"] for one in right].count("dot two") == 2
    assert len(elements(drawn, "band")) == 1  # one point has none
    lines = [one for one in elements(drawn, "line") if one.attrib["d"].count("L") == 1]
    assert len(lines) == 1  # too few points on the right for a trend
    assert "20. Nov" not in drawn and "± 4°" in drawn


def test_a_late_turn_is_drawn_at_both_ends_and_not_as_a_line_that_hides_it() -> None:
    values = [60.0] * 20 + [58.0, 55.0, 54.0, 53.0, 50.0]
    late = trend([Point(ago(80 - 3 * n), value, 2.9) for n, value in enumerate(values)])
    drawn = charts.range_chart({"left": late}, "deg", "en")
    levels = [re.findall(r"[ML]\S+ (\S+?)(?=L|$)", one.attrib["d"]) for one in elements(drawn, "trend")]
    assert len(levels) == 2 and all(a == b for a, b in levels) and levels[0] != levels[1]


def test_what_was_held_at_another_dose_is_shown_too() -> None:
    held = [Point(ago(30 - n), value, 0.3, asked=asked) for n, value, asked in ((0, 20.1, 20), (9, 15.1, 15))]
    drawn = charts.range_chart({"left": trend(held)}, "s", "en", from_zero=True)
    assert len(elements(drawn, "dot")) == len(held) + 1  # and one in the legend
    assert "±" not in drawn, "in whole seconds its error is none"


def test_the_band_in_which_sides_are_alike_stands_below_a_hundred_percent() -> None:
    points = [Point(ago(9), 70.0, 18.0), Point(ago(1), 85.0, 20.0)]
    drawn = charts.symmetry_chart(points, "en")
    (band,) = elements(drawn, "band")
    ys = [float(y) for y in re.findall(r"[ML]\S+ ([\d.]+)", band.attrib["d"])]
    (spot, alike) = (placed(one)[1] for one in elements(drawn, "dot"))
    assert min(ys) < alike < max(ys) < spot, "downwards on the screen"
    told = re.findall(r"<title>.*? · (.*?)</title>", drawn)
    assert told == ["70%", "no difference beyond the error"]
    assert not elements(charts.symmetry_chart([Point(ago(9), 70.0), Point(ago(1), 85.0)], "en"), "band")


def test_over_more_than_a_year_every_date_has_its_year() -> None:
    many = [Point(ago(500 - 50 * n), 50.0 + n, 4.0) for n in range(11)]
    mondays = [date(2025, 3, 3) + timedelta(weeks=n) for n in range(70)]
    drawn = [
        charts.range_chart({"left": trend(many)}, "deg", "en"),
        charts.symmetry_chart(many, "en"),
        charts.done_chart([WeekDone(day, 2, 3) for day in mondays], "en"),
    ]
    for one in drawn:
        told = [*re.findall(r'<span class="x[^>]*>([^<]*)<', one), *re.findall(r"<title>(.*?) ·", one)]
        assert told and all(re.search(r" 20\d\d$", date) for date in told), told


def test_what_is_higher_stands_higher_and_what_is_later_further_right() -> None:
    drawn = charts.symmetry_chart([Point(ago(9), 70.0), Point(ago(4), 90.0), Point(ago(1), 95.0)], "en")
    spots = [placed(one) for one in elements(drawn, "dot")]
    assert [x for x, _ in spots] == sorted(x for x, _ in spots)
    assert [y for _, y in spots] == sorted((y for _, y in spots), reverse=True)
    assert all(0 <= place <= drawing.ROOM for spot in spots for place in spot)


def test_one_session_and_one_value_can_be_drawn() -> None:
    for drawn in (
        charts.range_chart({"both": trend(POINTS[:1])}, "deg", "es"),
        charts.range_chart({"left": trend([Point(ago(1), 0.0)])}, "s", "en", from_zero=True),
        charts.symmetry_chart([Point(ago(1), 100.0)], "en"),
        charts.pain_chart([session(1, None, 2)], "en"),
        charts.done_chart([], "en"),
    ):
        assert elements(drawn, "axis")


def test_pain_is_told_before_and_after() -> None:
    drawn = charts.pain_chart([session(2, 3, 4), session(1, None, 10)], "en")
    assert len([one for one in elements(drawn, "dot") if one.find("title") is not None]) == 3
    assert placed(elements(drawn, "two")[-1])[1] == 0  # 10 is the top


def test_a_week_that_was_planned_has_its_mark() -> None:
    monday = date(2026, 11, 16)
    drawn = charts.done_chart([WeekDone(monday, 2, 3), WeekDone(monday, 0, 0)], "en")
    assert len(elements(drawn, "mark")) == 2  # one of them in the legend
    assert len([one for one in elements(drawn, "bar") if one.find("title") is not None]) == 2


def test_the_curves_of_a_set_with_the_chosen_one_and_the_mean() -> None:
    result, track = judged("lunge")
    found = curves(track, result.parts, load_exercise("lunge"))
    drawn = charts.curves_chart(found, 0, "en")
    seen = sum(bool(np.isfinite(curve).any()) for curve in found.each)
    assert len(elements(drawn, "each")) == seen - 1 + 1  # but for the chosen one; and the legend
    assert len(elements(drawn, "own")) == 2


def test_a_curve_has_a_gap_where_nothing_was_seen() -> None:
    each = np.full((1, 51), 30.0)
    each[0, 20:30] = nan
    drawn = charts.curves_chart(Curves("hip_flexion", "deg", each, np.full(51, nan)), 0, "en")
    assert elements(drawn, "own")[-1].attrib["d"].count("M") == 2
    assert len(elements(drawn, "mean")) == 1  # in the legend alone


def test_what_is_written_is_escaped() -> None:
    drawn = drawing.chart(
        [drawing.dot("one", 1, 2, "<b>&")],
        [drawing.column_label(0, 5, "<i>")],
        [drawing.key("one", "<u>")],
        "<s>",
    )
    assert not any(sign in drawn for sign in ("<b>", "<i>", "<u>", "<s>"))
    ElementTree.fromstring(drawn)


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
