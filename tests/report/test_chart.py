"""The chart as SVG."""

import dataclasses
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from coach.judge import Judgement, Verdict, load_exercise
from coach.report import Curve, ReportInput, chart_svg
from coach.report.layout import layout_of
from coach.report.wording import measure_name
from tests.report.conftest import long_report

SVG = "{http://www.w3.org/2000/svg}"


def parsed(report: ReportInput) -> ET.Element:
    return ET.fromstring(chart_svg(report))


def of_class(root: ET.Element, tag: str, kind: str) -> list[ET.Element]:
    return [e for e in root.iter(f"{SVG}{tag}") if kind in e.get("class", "").split()]


def texts(root: ET.Element) -> list[str]:
    return ["".join(e.itertext()) for e in root.iter(f"{SVG}text")]


def test_the_same_report_gives_the_same_picture(bridge: ReportInput) -> None:
    assert chart_svg(bridge) == chart_svg(bridge)


def test_it_has_a_title_and_a_description(bridge: ReportInput) -> None:
    root = parsed(bridge)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Bridge: hip extension over time"
    told = root.findtext(f"{SVG}desc") or ""
    assert "Hip extension went from 116° to 173°. 7 repetitions, of which 6 counted." in told
    assert "Fault, knees over ankles: at 0:15, 0:23, 0:45." in told


def test_attempts_marks_and_target_are_drawn(bridge: ReportInput) -> None:
    root = parsed(bridge)
    assert len(of_class(root, "rect", "counted")) == 6 + 1, "and one in the legend"
    assert len(of_class(root, "rect", "missed")) == 1 + 1
    assert len(of_class(root, "path", "mark")) == 7 + 1
    assert "target 157°" in texts(root)
    assert {"1", "7", "20 s", "180°"} <= {text.replace("\xa0", " ") for text in texts(root)}


def test_the_target_is_that_of_the_view(bridge: ReportInput) -> None:
    """A squat from the front is deep enough where one from the side is not."""
    exercise = load_exercise("squat")
    curve = dataclasses.replace(bridge.curve, label=measure_name("hip_height", "en"), unit="ratio")
    for view, edge in (("side", 0.5), ("front", 0.8)):
        result = bridge.result.model_copy(update={"view": view})
        squat = dataclasses.replace(bridge, exercise=exercise, curve=curve, result=result)
        assert layout_of(squat).target == edge


def test_a_change_from_ones_own_level_has_no_target_line(bridge: ReportInput) -> None:
    exercise = load_exercise("hip_hiker")
    assert exercise.repetition is not None and exercise.repetition.relative
    curve = dataclasses.replace(bridge.curve, label=measure_name(exercise.repetition.signal, "en"))
    assert layout_of(dataclasses.replace(bridge, exercise=exercise, curve=curve)).target is None


def test_no_target_on_another_angle(bridge: ReportInput) -> None:
    curve = dataclasses.replace(bridge.curve, label="knee flexion")
    assert not of_class(parsed(dataclasses.replace(bridge, curve=curve)), "path", "target")


def test_holds_and_pauses_are_shaded(pigeon: ReportInput) -> None:
    root = parsed(pigeon)
    assert len(of_class(root, "rect", "pause")) == 2 + 1
    assert {"hold, counted", "hold, not counted", "timer paused"} <= set(texts(root))


def test_gaps_stay_open(bridge: ReportInput) -> None:
    assert (of_class(parsed(bridge), "path", "curve")[0].get("d") or "").count("M") == 2


def test_sixty_repetitions_have_room_for_their_numbers(sixty: ReportInput) -> None:
    numbers = of_class(parsed(sixty), "text", "number")
    places = [float(e.get("x", "0")) for e in numbers]
    assert min(np.diff(places)) > 20
    assert [e.text for e in numbers][:4] == ["1", "5", "10", "15"]
    assert len(chart_svg(sixty)) < 120_000


@pytest.mark.parametrize("number", [100, 200])
def test_many_repetitions_are_drawn_with_thin_lines(number: int, sixty: ReportInput) -> None:
    """Triangles of 12 pixels would run into one bar."""
    crowded, roomy = parsed(long_report(number)), parsed(sixty)
    assert (roomy.get("class"), crowded.get("class")) == ("chart", "chart crowded")
    marks = of_class(crowded, "path", "mark")
    assert all((mark.get("d") or "").endswith("h1.5v-11z") for mark in marks)
    places = sorted({float((mark.get("d") or "M0 ")[1:].split()[0]) for mark in marks[:-1]})
    assert min(np.diff(places)) > 3, "each stands alone, the last is in the legend"
    assert ".chart.crowded .curve{stroke-width:.9}" in chart_svg(sixty)


def test_an_empty_set_is_still_a_picture(empty: ReportInput) -> None:
    root = parsed(empty)
    assert "The angle was not seen" in texts(root)
    assert root.findtext(f"{SVG}desc") == "Hip extension was not seen. 0 repetitions, of which 0 counted."


def test_nothing_is_told_of_a_curve_that_was_not_kept(bridge: ReportInput) -> None:
    nothing = Curve(np.empty(0), np.empty(0), "hip extension", kept=False)
    root = parsed(dataclasses.replace(bridge, curve=nothing))
    assert len(of_class(root, "rect", "counted")) == 7
    assert not any("not seen" in told for told in [*texts(root), root.findtext(f"{SVG}desc") or ""])
    assert root.findtext(f"{SVG}title") == "Bridge"


def test_attempts_without_a_curve_are_drawn(bridge: ReportInput) -> None:
    nothing = Curve(np.arange(3.0), np.full(3, np.nan), "hip extension")
    assert len(of_class(parsed(dataclasses.replace(bridge, curve=nothing)), "rect", "counted")) == 7


def test_a_still_angle_is_not_blown_up(bridge: ReportInput) -> None:
    t = np.arange(0, 60, 0.1)
    still = Curve(t, 100 + 0.4 * np.sin(t), "knee flexion")
    shown = [
        float(text[:-1])
        for text in texts(parsed(dataclasses.replace(bridge, curve=still)))
        if text[-1] == "°"
    ]
    assert max(shown) - min(shown) >= 20


def test_a_mark_without_a_time_stands_at_the_peak(bridge: ReportInput) -> None:
    rep = bridge.result.reps[0].model_copy(update={"verdicts": {"hold": Verdict(verdict=Judgement.FAULT)}})
    report = dataclasses.replace(bridge, result=bridge.result.model_copy(update={"reps": (rep,)}))
    (mark, _) = of_class(parsed(report), "path", "mark")
    assert mark.findtext(f"{SVG}title") == "Hold: repetition 1 at 0:06"


def test_long_and_foreign_names_stay_within_the_picture(bridge: ReportInput) -> None:
    name = "الركبة_" * 40 + "<b>&\x00\x1b"
    rep = bridge.result.reps[1]
    rep = rep.model_copy(update={"verdicts": {name: rep.verdicts["knees_over_ankles"]}})
    report = dataclasses.replace(bridge, result=bridge.result.model_copy(update={"reps": (rep,)}))
    root = parsed(report)
    assert max(len(text) for text in texts(root)) <= 62
    assert re.search("ركبة", chart_svg(report))
