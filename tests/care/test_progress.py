"""How it went, told to the person."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.progress import (
    WeekDone,
    adherence,
    keep_it_up,
    pain_course,
    pain_told,
    range_told,
    range_trends,
    week_told,
)
from coach.care.types import SetSummary
from coach.language import LANGUAGES, Language
from tests.care.making import NOW, a_set, plan, session

TODAY = NOW.date()
MONDAY = date(2026, 11, 16)
BLAME = ("only", "missed", "failed", "should have", "nur ", "verpasst", "solo ", "fall")


def test_a_week_tells_days_done_of_days_planned() -> None:
    sets = [a_set(d) for d in (0, 0.01, 2, 8)]
    weeks = adherence([plan(0, 2, 4, from_day=MONDAY - timedelta(days=7))], sets, TODAY, zone=UTC)
    assert weeks == (WeekDone(MONDAY - timedelta(days=7), 1, 3, False), WeekDone(MONDAY, 2, 3))
    assert weeks[1].share == pytest.approx(2 / 3)


def test_a_changed_plan_counts_from_its_day_on() -> None:
    first = plan(0, from_day=MONDAY)
    second = replace(plan(2, 3, 4, from_day=MONDAY + timedelta(days=3)), made_at=NOW)
    assert adherence([first, second], (), TODAY, zone=UTC)[-1].planned == 1 + 2


def test_without_a_plan_nothing_was_missed() -> None:
    weeks = adherence((), [a_set(1)], TODAY, zone=UTC)
    assert weeks == (WeekDone(MONDAY, 1, 0),)
    assert weeks[0].share is None
    assert adherence((), (), TODAY, zone=UTC) == (WeekDone(MONDAY, 0, 0),)


def test_a_set_in_which_nothing_was_done_and_a_sample_clip_are_no_day() -> None:
    sets = [a_set(1, counted=0), replace(a_set(2), source="sample")]
    assert adherence((), sets, TODAY, zone=UTC)[-1].done == 0


@given(st.integers(0, 7), st.integers(0, 7), st.sampled_from(LANGUAGES))
def test_a_week_is_never_told_with_blame(done: int, planned: int, language: Language) -> None:
    told = week_told(WeekDone(MONDAY, done, planned), language)
    assert not any(word in told.lower() for word in BLAME)
    if planned > done:
        assert str(planned) not in told or planned == done


def test_all_that_was_planned_is_praised() -> None:
    assert "Well done" in week_told(WeekDone(MONDAY, 3, 3), "en")
    assert "Well done" not in week_told(WeekDone(MONDAY, 2, 3), "en")
    assert week_told(WeekDone(MONDAY, 0, 0), "en") == "No exercise was planned this week."


def test_a_day_on_which_less_was_done_than_half_is_not_told_as_planned() -> None:
    line = replace(plan(0, 2, from_day=MONDAY).items[0], sets=2)
    asked = [replace(plan(from_day=MONDAY), items=(line,))]
    little = [a_set(d, counted=2) for d in (4, 2)]
    (week,) = adherence(asked, little, TODAY, zone=UTC)
    assert (week.done, week.planned, week.whole) == (2, 2, False)
    assert week_told(week, "en") == "You exercised on 2 days this week."
    half = [a_set(d, counted=5) for d in (3.1, 3, 1.1, 1)]
    (week,) = adherence(asked, half, TODAY, zone=UTC)
    assert week.whole and "as planned" in week_told(week, "en"), "on whatever days"
    (week,) = adherence(asked, half[1:], TODAY, zone=UTC)
    assert not week.whole, "a set is left"


def ranges(*values: float, band: float = 4.0) -> list[SetSummary]:
    n = len(values)
    return [
        a_set(4.0 * (n - i), range_deg={"left": v}, spread_deg={"left": band}) for i, v in enumerate(values)
    ]


def test_a_range_that_grew_is_told_with_its_error() -> None:
    found = range_trends(ranges(40, 44, 48, 52, 56, 60, 64), "bridge")
    assert range_told(found["left"], "en").startswith("24° more than at the beginning")
    shrunk = range_trends(ranges(64, 60, 56, 52, 48, 44, 40), "bridge")
    assert "weniger" in range_told(shrunk["left"], "de")


@given(st.lists(st.floats(58, 62), min_size=4, max_size=12))
def test_a_change_smaller_than_the_error_is_not_told_as_one(values: list[float]) -> None:
    found = range_trends(ranges(*values), "bridge")["left"]
    assert range_told(found, "en") == "No change that can be told apart from the measurement's error (6°)."


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_error_is_not_known_no_change_and_no_error_is_told(language: Language) -> None:
    sets = [replace(one, spread_deg={}) for one in ranges(64, 60, 56, 52, 48, 44, 40)]
    told = range_told(range_trends(sets, "bridge")["left"], language)
    assert told and "°" not in told and not any(sign.isdigit() for sign in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sessions_that_differ_much_are_not_told_as_within_the_error(language: Language) -> None:
    told = range_told(range_trends(ranges(80, 98, 83, 101, band=3), "bridge")["left"], language)
    assert told and not any(sign.isdigit() for sign in told)


def test_few_sessions_tell_no_change_and_other_exercises_are_left_out() -> None:
    assert range_told(range_trends(ranges(40, 90), "bridge")["left"], "en").startswith("Too few")
    assert range_trends(ranges(40, 90), "squat") == {}


@pytest.mark.parametrize(
    ("scores", "moved", "word"),
    [
        ((6, 6, 5, 4, 3, 2), "down", "down from 6 to 3"),
        ((2, 2, 2, 3, 5, 5), "up", "speak to your therapist"),
        ((4, 3, 4, 3, 3, 4), "steady", "about the same"),
        ((9, 0), "unknown", "Too few"),
        ((), "unknown", "Too few"),
    ],
)
def test_pain_is_told_from_a_change_of_two_on(scores: tuple[int, ...], moved: str, word: str) -> None:
    course = pain_course([session(float(len(scores) - i), score) for i, score in enumerate(scores)])
    assert course.moved == moved
    assert word in pain_told(course, "en")
    for language in LANGUAGES:
        assert pain_told(course, language)


def test_the_pain_after_goes_by_the_same_rule() -> None:
    told = [session(float(9 - i), 1, score) for i, score in enumerate((9, 5, 5, 4, 4, 0))]
    course = pain_course(told, after=True)
    assert (course.first, course.last, course.moved) == (5, 4, "steady")


def test_who_has_been_free_of_pain_is_told_to_keep_at_it() -> None:
    free = [session(float(day), 0, 1) for day in (80, 60, 40, 20, 1)]
    assert "few times a week" in keep_it_up(free, TODAY, "en", UTC)
    assert keep_it_up(free[2:], TODAY, "en", UTC) == ""
    assert keep_it_up([*free, session(0, 3)], TODAY, "en", UTC) == ""
    assert keep_it_up((), TODAY, "en", UTC) == ""
    assert keep_it_up([*free, session(0.5, 0, 0, numb=True)], TODAY, "en", UTC) == ""


def test_one_good_day_is_no_while() -> None:
    assert keep_it_up([session(70, 8, 8), session(1, 1, 1)], TODAY, "en", UTC) == ""
    same_day = [session(1 + n / 24, 1, 1) for n in range(3)]
    assert keep_it_up([session(70, 8, 8), *same_day], TODAY, "en", UTC) == ""
