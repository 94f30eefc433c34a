"""A course: its weeks, what is followed, its words, its charts, its JSON."""

import dataclasses
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, timedelta

import jsonschema
import pytest

from coach.care.faults import Tally
from coach.care.safety import place_name, questions
from coach.care.safety import say as care
from coach.care.types import Pain, PlanItem, Screening, Session, SetSummary
from coach.judge import Judgement
from coach.language import LANGUAGES, Language
from coach.report import CourseInput, course_schema, flat, kept_weeks
from coach.report.course_page import course_page
from coach.report.course_text import (
    course_figures,
    course_summary,
    day_told,
    fault_rows,
    followed_rows,
    lately,
    look_first,
    reviewed_rows,
    session_rows,
    unjudged,
    work_on,
)
from coach.report.fhir import render_course_fhir
from coach.report.json import render_course_json
from coach.report.trend import kept_chart, pain_chart, range_charts
from tests.care.making import NOW, a_set, person
from tests.report.courses import BEGAN, course, nobody, the_plan
from tests.report.reading import of_fhir


def test_weeks_tell_what_was_planned_and_done() -> None:
    weeks = course(4).weeks
    assert [week.monday for week in weeks] == [date(2026, 8, 31) + timedelta(weeks=n) for n in range(4)]
    assert [(week.planned, week.done, week.sessions) for week in weeks] == [
        (10, 10, 3), (10, 10, 3), (10, 7, 2), (10, 10, 3),
    ]  # fmt: skip
    assert kept_weeks((), (), (), date(2026, 11, 22)) == ()


def a_day(n: int) -> tuple[Session, SetSummary]:
    """One session with one whole set of the plan of every day, n days after it began."""
    at = BEGAN + timedelta(days=n)
    done = SetSummary(f"t{n}", f"s{n}", "p-1", "i", "bridge", at, "camera", True, 10, 10)
    return Session(f"s{n}", "p-1", at), done


def kept_on(days: range, today: int) -> list[tuple[int, int]]:
    """Planned and done by week, told so many days after the plan of every day began."""
    every_day = dataclasses.replace(the_plan(), items=(PlanItem("i", "bridge", reps=10),))
    sessions, sets = zip(*(a_day(n) for n in days), strict=True)
    weeks = kept_weeks((every_day,), sets, sessions, BEGAN.date() + timedelta(days=today), UTC)
    return [(week.planned, week.done) for week in weeks]


def test_what_is_to_come_was_not_missed_and_what_was_left_out_since_is_told() -> None:
    assert kept_on(range(1), today=0) == [(1, 1)], "one session on a Monday, told on that Monday"
    assert kept_on(range(1), today=2) == [(2, 1)], "of today nothing is done yet"
    assert kept_on(range(7), today=21) == [(7, 7), (7, 0), (7, 0)], "stopped after a week"
    assert kept_on(range(10, 11), today=10) == [(7, 0), (4, 1)], "from the plan's own first day on"


def test_one_day_of_a_week_makes_up_for_another_as_on_the_page_of_progress() -> None:
    asked = dataclasses.replace(the_plan(), items=(PlanItem("i", "bridge", reps=10, days=(0, 2, 4)),))
    sessions, sets = zip(*(a_day(n) for n in (1, 3, 5)), strict=True)
    (week,) = kept_weeks((asked,), sets, sessions, BEGAN.date() + timedelta(days=7), UTC)
    assert (week.planned, week.done) == (3, 3)
    (week,) = kept_weeks((asked,), sets[:2], sessions[:2], BEGAN.date() + timedelta(days=3), UTC)
    assert (week.planned, week.done) == (2, 2)


def test_the_change_is_told_only_beyond_the_error() -> None:
    moved = {row.name: (row.moved, row.change) for row in followed_rows(course(12))}
    assert moved["Bridge: hip extension"] == ("up", "more: 14°")
    assert moved["Hip hiker: pelvic drop, left"][0] == "up"
    assert moved["Hip hiker: pelvic drop, right"] == ("steady", "none beyond the error")
    assert {row.moved for row in followed_rows(course(1))} == {"unknown"}


def whole(told: str) -> int:
    """The first number of a cell."""
    return int(re.match(r"\d+", told)[0])  # type: ignore[index]


@pytest.mark.parametrize("weeks", range(2, 13))
def test_the_change_is_what_lies_between_the_values_beside_it(weeks: int) -> None:
    rows = [row for row in followed_rows(course(weeks)) if row.moved in ("up", "down") and "°" in row.first]
    for row in rows:
        assert f"{abs(whole(row.last) - whole(row.first))}°" == row.change.removeprefix("more: "), row
    assert rows or weeks < 3


def test_values_stand_with_their_days_and_a_hold_adds_up_to_a_tenth() -> None:
    rows = {row.name: row for row in followed_rows(course(12))}
    assert rows["Bridge: hip extension"].first.endswith(", 31 Aug")
    assert rows["Bridge: hip extension"].last.endswith(", 20 Nov")
    held = rows["Pigeon: longest hold, left"]
    first, last, change = (
        float(re.search(r"[\d.]+", told)[0])  # type: ignore[index]
        for told in (held.first, held.last, held.change)
    )
    assert last - first == pytest.approx(change) and held.moved == "up"


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", "31 Aug 2026", "22 Oct 2027"),
        ("de", "31. Aug 2026", "22. Okt 2027"),
        ("es", "31 ago 2026", "22 oct 2027"),
    ],
)
def test_in_a_course_of_years_no_day_comes_twice(language: Language, first: str, last: str) -> None:
    given = course(60, language=language)
    row = followed_rows(given)[0]
    assert row.first.endswith(f", {first}") and row.last.endswith(f", {last}")
    heads = [week for part in course_page(given)["faults"] for week in part["weeks"]]
    assert len(heads) == len(set(heads)) == 60
    for picture in (*(one for _, one in range_charts(given)), pain_chart(given), kept_chart(given)):
        labels = re.findall(rf"<text[^>]*>({first[:-5]}[^<]*)<", picture)
        assert labels == [first]


def test_sessions_that_differ_much_are_not_told_as_within_the_error() -> None:
    given = course(4)
    values = (80.0, 98.0, 83.0, 101.0)
    sets = tuple(
        dataclasses.replace(given.sets[0], session=f"s{n}", started=BEGAN + timedelta(days=4 * n),
                            range_deg={"both": value})
        for n, value in enumerate(values)
    )  # fmt: skip
    (row,) = followed_rows(dataclasses.replace(given, sets=sets))
    assert (row.moved, row.change) == ("steady", "none that lasts")


def test_the_chart_tells_the_same_ends_as_the_table_and_draws_the_line() -> None:
    given = course(12)
    row = followed_rows(given)[0]
    picture = range_charts(given)[0][1]
    told = picture.split("<desc>", 1)[1].split("</desc>", 1)[0]
    first, last = (int(one) for one in re.findall(r"(\d+)°", told))
    assert (first, last) == (whole(row.first), whole(row.last))
    assert picture.count('class="fit first"') == 1


def test_what_to_work_on_is_what_is_missed_lately() -> None:
    """Over all weeks the knees were worse; in the last ones the hold is."""
    given = course(12)
    assert given.faults["bridge", "knees_over_ankles"].faults > given.faults["bridge", "hold"].faults * 0.8
    assert work_on(given) == ("bridge", "hold")
    assert work_on(nobody()) is None
    later = dataclasses.replace(given, made_at=given.made_at + timedelta(weeks=5))
    assert work_on(later) is None and "four weeks" not in course_summary(later), "that is long ago"


def test_the_summary() -> None:
    assert course_summary(course(1)).startswith("3 sessions from 31 August 2026 to 4 September 2026.")
    assert course_summary(nobody()) == "No session has been recorded yet."
    assert course_figures(nobody()) == {"Sessions": "0", "Sets recorded": "0"}


def with_last(before: Pain | None, after: Pain | None, language: Language = "en") -> CourseInput:
    """Three weeks, and one session more, two days after."""
    given = course(3, language=language)
    last = Session("s-x", "p-1", given.sessions[-1].started + timedelta(days=1), None, before, after)
    return dataclasses.replace(given, sessions=(*given.sessions, last))


def test_pain_is_told_with_its_days() -> None:
    told = course_summary(course(3))
    assert (
        "Pain after exercising, the middle of 3 sessions each: 5 of 10 at first (from 31 August 2026), "
        "4 lately (up to 18 September 2026)." in told
    )
    assert course_figures(course(3))["Pain after exercising"] == "5, lately 4"
    few = dataclasses.replace(course(3), sessions=course(3).sessions[:5])
    assert "Pain after exercising: 5 of 10 on 31 August 2026, 6 on 9 September 2026." in course_summary(few)
    assert course_figures(few)["Pain after exercising"] == "5, now 6"


def test_one_odd_day_at_each_end_is_not_the_course_of_pain() -> None:
    given = course(3)
    odd = [dataclasses.replace(given.sessions[n], after=Pain(score)) for n, score in ((0, 9), (-1, 0))]
    given = dataclasses.replace(given, sessions=(odd[0], *given.sessions[1:-1], odd[1]))
    told = course_summary(given)
    assert "5 of 10 at first" in told and "4 lately" in told
    assert "After the last of these sessions it was 0." in told
    assert course_figures(given)["Pain after exercising"] == "5, lately 4"


def test_a_last_session_of_which_only_the_pain_before_is_known() -> None:
    given = with_last(Pain(9), None)
    told, figures = course_summary(given), course_figures(given)
    assert "4 lately (up to 18 September 2026)." in told
    assert "Pain before the last session, on 19 September 2026: 9 of 10" in told
    assert figures["Pain after exercising"] == "5, then 4 (18 Sep)"
    assert figures["Pain before the last session"] == "9"
    untold = course_summary(with_last(None, None))
    assert "4 lately (up to 18 September 2026)." in untold and "the last session" not in untold


@pytest.mark.parametrize("language", LANGUAGES)
def test_new_numbness_is_told_in_the_summary_and_beside_the_pain(language: Language) -> None:
    given = with_last(Pain(3, "low_back"), Pain(4, "left_groin", numb=True), language)
    word = {"en": "new numbness", "de": "neue Taubheit", "es": "adormecimiento nuevo"}[language]
    assert word.casefold() in course_summary(given).casefold()
    row = session_rows(given)[0]
    assert row.pain == "3 / 4" and row.where.endswith(f", {word}") and row.where.count(",") == 2
    old = dataclasses.replace(given, made_at=given.made_at + timedelta(weeks=5))
    assert word.casefold() not in course_summary(old).casefold()


# --- what comes before any exercise's form ------------------------------------------------------------------


def with_pain(*after: int, language: Language = "en") -> CourseInput:
    """Sessions two days apart, after which the left hip hurt like that."""
    given = course(12, language=language)
    told = [
        dataclasses.replace(one, before=Pain(score), after=Pain(score, "left_hip"))
        for one, score in zip(given.sessions, after, strict=False)
    ]
    return dataclasses.replace(given, sessions=tuple(told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pain_that_rose_is_looked_at_first_and_no_form_cue_stands_there(language: Language) -> None:
    given = with_pain(2, 2, 2, 3, 4, 7, 7, 7, language=language)
    page = course_page(given)
    assert page["look_first"] and page["work_on"] is None
    (line,) = page["look_first"]
    assert "2 → 7" in line and place_name("left_hip", language) in line and "9" in line
    assert course_page(with_pain(7, 5, 2, 2, 2, 2, language=language))["work_on"] is not None


def test_the_day_since_which_pain_is_more_is_told() -> None:
    assert look_first(with_pain(2, 2, 2, 3, 4, 7, 7, 7)) == [
        "Pain after exercising: 2 → 7 (Left hip), since 9 September 2026."
    ]
    assert look_first(with_pain(2, 2, 5)) == [
        "Pain after exercising: 2 → 5 (Left hip), since 4 September 2026."
    ]
    assert look_first(with_pain(2, 2, 2, 6, 6, 1))[0].startswith(
        "Pain after exercising: 2 → 6 (Left hip), on "
    )


def test_strong_pain_is_looked_at_first_though_it_did_not_rise() -> None:
    assert look_first(with_pain(6, 6, 6)) == [
        "Pain after exercising: 6 of 10 (Left hip), on 4 September 2026."
    ]
    assert look_first(with_pain(6, 6, 5)) == [] == look_first(nobody()) == look_first(with_pain(4, 5))
    before = "Pain before exercising: 9 of 10 (Low back), on 19 September 2026."
    assert look_first(with_last(Pain(9), None)) == [before]


def test_new_numbness_is_looked_at_first() -> None:
    given = with_last(Pain(3), Pain(3, "left_groin", numb=True))
    assert look_first(given) == ["New numbness was told on 19 September 2026 (Left groin)."]
    assert course_page(given)["work_on"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_to_the_safety_questions_are_told_with_their_date(language: Language) -> None:
    given = course(3, language=language)
    asked = {question.code: question.text for question in questions(language)}
    none, flagged = (
        dataclasses.replace(given, screening=Screening("p-1", given.made_at, flags))
        for flags in ((), ("fever", "newer"))
    )
    date = day_told(given.made_at.date(), language)
    assert (
        date in course_summary(none) and not course_page(none)["look_first"] and course_page(none)["work_on"]
    )
    (line,) = course_page(flagged)["look_first"]
    assert line in course_summary(flagged) and date in line and asked["fever"] in line and "newer" in line
    assert course_page(flagged)["work_on"] is None
    seen = dataclasses.replace(given, screening=Screening("p-1", given.made_at, ("fever",), seen=True))
    assert care(language)("answer.seen") in course_summary(seen) and asked["fever"] in course_summary(seen)
    assert not course_page(seen)["look_first"] and care(language)("answer.seen") not in course_summary(
        flagged
    )
    begun = dataclasses.replace(nobody(), screening=Screening("p-1", given.made_at, ("fever",)))
    assert "Safety questions" in course_summary(begun)


def test_a_change_whose_error_nobody_knows_is_not_told() -> None:
    given = course(12)
    sets = tuple(dataclasses.replace(one, spread_deg={}) for one in given.sets)
    moved = {row.name: row for row in followed_rows(dataclasses.replace(given, sets=sets))}
    row = moved["Bridge: hip extension"]
    assert (row.moved, row.change) == ("unknown", "not told, for the error is not known")
    assert "±" not in row.first


def test_the_plan_in_force_is_told_and_the_coming_one_named() -> None:
    given, today = course(3), course(3).made_at.date()
    old = the_plan()
    new = dataclasses.replace(old, id="plan-2", made_at=given.made_at, from_day=today + timedelta(days=8))
    both = dataclasses.replace(given, plans=(old, new))
    assert both.plan is old and both.coming == (new,)
    page = course_page(both)
    assert page["plan_from"] == "From 31 August 2026"
    assert page["plan_next"] == ["From 28 September 2026 on another plan takes its place."]
    soon = dataclasses.replace(given, plans=(new,))
    assert soon.plan is None and course_page(soon)["plan_from"] == "From 28 September 2026"
    assert course_page(soon)["plan"] and not course_page(soon)["plan_next"]
    begun = dataclasses.replace(both, made_at=given.made_at + timedelta(days=8))
    assert begun.plan is new and begun.coming == ()


def test_a_week_in_which_nothing_was_judged_is_a_gap() -> None:
    rows = {(row.exercise, row.check): row.weeks for row in fault_rows(course(6))}
    assert rows["Bridge", "Hold"][0] == ("18/60", pytest.approx(0.3))
    assert rows["Pigeon", "Hips square"][5] == ("–", None)


def unsure_each_time() -> CourseInput:
    """The knees of the bridge."""
    given = course(3)
    sets = tuple(
        dataclasses.replace(
            one, faults=one.faults | {"knees_over_ankles": 0}, told_of=one.judged | {"knees_over_ankles": 0}
        )
        if one.exercise == "bridge"
        else one
        for one in given.sets
    )
    return dataclasses.replace(given, sets=sets)


def test_what_was_unsure_each_time_is_told_as_that_and_not_as_free_of_faults() -> None:
    given = unsure_each_time()
    rows = {(row.exercise, row.check): row.weeks for row in fault_rows(given)}
    assert set(rows["Bridge", "Knees over ankles"]) == {("–", None)}
    assert "Bridge, knees over ankles: unsure each time" in unjudged(given)
    assert flat.sets(given).of("faults.knees_over_ankles")[0] is None
    assert flat.sets(given).of("judged.knees_over_ankles")[0] == 0
    told = [
        part
        for one in of_fhir(render_course_fhir(given))["Observation"]
        for part in one.get("component", ())
        if part["code"]["coding"][0]["code"] == "knees_over_ankles"
    ]
    assert told and {part["dataAbsentReason"]["text"] for part in told} == {"unsure"}


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


def test_json_does_not_hand_on_the_login() -> None:
    whom = dataclasses.replace(course(1).person, login="sub-ada-123")
    given = dataclasses.replace(course(1), person=whom)
    told = render_course_json(given)
    assert "sub-ada-123" not in told and '"login"' not in json.dumps(course_schema())
    assert json.loads(told)["person"] == {
        "id": "p-1",
        "name": "Ada Example",
        "born": "1971-05-02",
        "language": "en",
        "sample": False,
    }


def test_json_has_the_numbers_as_they_were_measured() -> None:
    given = course(3)
    told = json.loads(render_course_json(given))
    assert [one["range_deg"] for one in told["sets"]] == [dict(one.range_deg) for one in given.sets]
    assert told["reviewed"][0]["machine"] == Judgement.FAULT.value


def test_an_exercise_that_is_gone_is_told_by_its_id() -> None:
    given = dataclasses.replace(course(2), exercises={})
    assert {row.name.split(":")[0] for row in followed_rows(given)} == {"Bridge", "Hip hiker", "Pigeon"}
    assert course_summary(given)


def test_faults_that_fell_with_a_wider_limit_are_no_progress() -> None:
    told = {"judged": {"hold": 10}, "faults": {"hold": 8}}
    before = a_set(16, **told, rules={"hold": "tight"})
    now = a_set(1, judged={"hold": 10}, faults={"hold": 2}, rules={"hold": "wide"})
    course = CourseInput(person(), NOW, sets=(before, now))
    (weeks,) = course.faults_by_week.values()
    assert [tally.share for tally in weeks.values()] == [None, None, 0.2]
    assert lately(course)["bridge", "hold"] == Tally(2, 10)
