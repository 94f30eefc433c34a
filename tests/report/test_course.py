"""A course: its weeks, what is followed, its words, its charts, its JSON."""

import dataclasses
import json
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

import jsonschema
import pytest

from coach.judge import Judgement
from coach.report import course_schema, kept_weeks
from coach.report.course_text import (
    course_figures,
    course_summary,
    fault_rows,
    followed_rows,
    reviewed_rows,
    unjudged,
    work_on,
)
from coach.report.json import render_course_json
from coach.report.trend import kept_chart, pain_chart, range_charts
from tests.report.courses import course, nobody


def test_weeks_tell_what_was_planned_and_done() -> None:
    weeks = course(4).weeks
    assert [week.monday for week in weeks] == [date(2026, 8, 31) + timedelta(weeks=n) for n in range(4)]
    assert [(week.planned, week.done, week.sessions) for week in weeks] == [
        (10, 10, 3), (10, 10, 3), (10, 7, 2), (10, 10, 3),
    ]  # fmt: skip
    assert kept_weeks((), (), ()) == ()


def test_the_change_is_told_only_beyond_the_error() -> None:
    moved = {row.name: (row.moved, row.change) for row in followed_rows(course(12))}
    assert moved["Bridge: hip extension"] == ("up", "more: 14°")
    assert moved["Hip hiker: pelvic drop, right"] == ("steady", "none beyond the error")
    assert {row.moved for row in followed_rows(course(1))} == {"unknown"}


def test_what_to_work_on_is_what_is_missed_lately() -> None:
    """Over all weeks the knees were worse; in the last ones the hold is."""
    given = course(12)
    assert given.faults["bridge", "knees_over_ankles"].faults > given.faults["bridge", "hold"].faults * 0.8
    assert work_on(given) == ("bridge", "hold")
    assert work_on(nobody()) is None


def test_the_summary() -> None:
    assert course_summary(course(1)).startswith("3 sessions from 31 August 2026 to 4 September 2026.")
    assert course_summary(nobody()) == "No session has been recorded yet."
    assert course_figures(nobody()) == {"Sessions": "0", "Sets recorded": "0"}


def test_a_week_in_which_nothing_was_judged_is_a_gap() -> None:
    rows = {(row.exercise, row.check): row.weeks for row in fault_rows(course(6))}
    assert rows["Bridge", "Hold"][0] == ("18/60", pytest.approx(0.3))
    assert rows["Pigeon", "Hips square"][5] == ("–", None)


def test_what_could_not_be_judged() -> None:
    told = unjudged(course(1))
    assert any(line.startswith("Bridge, feet flat: ") for line in told)
    assert "Bridge, slow lowering: judged in none of the sets" in told


def test_the_therapists_word_stands_beside_the_machines() -> None:
    rows = reviewed_rows(course(2))
    assert {(row.check, row.machine, row.therapist, row.agreed) for row in rows} == {
        ("Knees over ankles", "fault", "pass", False),
        ("Counts", "yes", "no", False),
    }
    unknown = dataclasses.replace(course(2).reviewed[0], machine=None)
    assert reviewed_rows(dataclasses.replace(course(2), reviewed=(unknown,)))[0].machine == "–"


def test_charts_are_pictures() -> None:
    given = course(12)
    charts = [picture for _, picture in range_charts(given)] + [pain_chart(given), kept_chart(given)]
    assert len(charts) == 5
    for picture in charts:
        root = ElementTree.fromstring(picture)
        assert root.find("{http://www.w3.org/2000/svg}title") is not None
        assert "nan" not in picture
    sides = charts[1]
    assert sides.count('class="dot first"') > 30 and sides.count('class="dot second"') > 30


def test_no_chart_of_nothing() -> None:
    assert range_charts(nobody()) == [] and pain_chart(nobody()) == "" and kept_chart(nobody()) == ""


def test_one_session_is_a_dot() -> None:
    given = course(1)
    one = dataclasses.replace(given, sets=given.sets[:1], sessions=given.sessions[:1])
    ((_, picture),) = range_charts(one)
    assert picture.count("<circle") == 1 and "nan" not in picture


@pytest.mark.parametrize("given", [course(3), course(1, "محمد", "es"), nobody()])
def test_json_is_as_its_schema_says(given: object) -> None:
    told = json.loads(render_course_json(given))  # type: ignore[arg-type]
    jsonschema.Draft202012Validator.check_schema(course_schema())
    jsonschema.Draft202012Validator(course_schema()).validate(told)
    assert told["format_version"] == 1


def test_json_has_the_numbers_as_they_were_measured() -> None:
    given = course(3)
    told = json.loads(render_course_json(given))
    assert [one["range_deg"] for one in told["sets"]] == [dict(one.range_deg) for one in given.sets]
    assert told["reviewed"][0]["machine"] == Judgement.FAULT.value


def test_an_exercise_that_is_gone_is_told_by_its_id() -> None:
    given = dataclasses.replace(course(2), exercises={})
    assert {row.name.split(":")[0] for row in followed_rows(given)} == {"Bridge", "Hip hiker", "Pigeon"}
    assert course_summary(given)
