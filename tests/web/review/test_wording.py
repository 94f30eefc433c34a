"""What became of a range in a sentence: its figures add up."""

import re
from datetime import timedelta

import pytest

from coach.care.review import needs_eyes
from coach.care.trends import Point, ranges, trend
from coach.judge import Judgement, Verdict, load_exercise
from coach.judge.file_fields import Range
from coach.language import LANGUAGES, Language
from coach.web.review.person import session_html
from coach.web.review.session import sign
from coach.web.review.verdicts import verdict_html
from coach.web.review.wording import messages, reason_told, symmetry_told, trend_told
from tests.care.making import NOW, a_set, ago, session
from tests.web.summary.sets import rep

DOWN = (104.2, 103.0, 101.5, 97.9, 96.0, 93.4, 91.1, 90.0, 86.3, 86.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_less_to_is_the_change_and_the_list_tells_the_same(language: Language) -> None:
    sets = [
        a_set(40 - 4 * n, range_deg={"left": value}, spread_deg={"left": 4.0}) for n, value in enumerate(DOWN)
    ]
    told = trend_told(trend(ranges(sets)["bridge", "left"]), "left", language)
    was, now, change = sorted((int(n) for n in re.findall(r"(\d+)°", told.split("±")[0])), reverse=True)
    assert was - now == change and abs(now - DOWN[-1]) < 2
    (reason,) = (one for one in needs_eyes(sets, (), (), NOW) if one.code == "range_down")
    assert f"{change}°" in reason_told(reason, language)


def some(*values: float, known: bool = True) -> list[Point]:
    return [
        Point(ago(60) + timedelta(days=4 * n), v, 4.0 if known else 0.0, known) for n, v in enumerate(values)
    ]


def test_without_a_trend_the_last_session_is_told_as_such() -> None:
    assert trend_told(trend(some(70, 80, 91)), "both", "en").startswith("Both sides: 91° last time, too few")
    told = trend_told(trend(some(70, 80, 91, 95, 99, known=False)), "left", "en")
    assert told.startswith("Left: 99° last time, no change is told")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sessions_that_differ_much_are_not_told_as_within_the_error(language: Language) -> None:
    told = trend_told(trend(some(80, 98, 83, 101)), "left", language)
    assert "±" not in told and told.count("°") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_sides_that_cannot_be_told_apart_have_no_percentage(language: Language) -> None:
    own = messages(language)
    told = [
        symmetry_told([Point(ago(3), 70.0, 18.0), Point(ago(1), value, band, known)], language)
        for value, band, known in ((84.8, 21.4, True), (70.0, 21.4, True), (99.0, 0.0, False))
    ]
    band = own("symmetry.band")
    assert told[0] == f"{own('symmetry.alike')} {band}"
    assert told[1:] == [f"{own('symmetry.now', n=n)} {band}" for n in (70, 99)]
    assert symmetry_told([Point(ago(1), 99.0, 0.0, False)], language) == own("symmetry.now", n=99)
    assert symmetry_told((), language) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_since_when_is_told_by_the_date(language: Language) -> None:
    """Of days that passed between two sessions a reader of today cannot count back."""
    told = trend_told(trend(some(40, 42, 46, 49, 52, 55, 57, 60)), "left", language)
    day = {"en": "since 21 September,", "de": "seit dem 21. September ", "es": "desde el 21 de septiembre,"}
    assert day[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_missed_is_said_of_what_was_judged_alone(language: Language) -> None:
    own, done = messages(language), session(1)
    judged = {"knees": 8}
    fine, blind, none, missed = (
        session_html(done, sets, language)
        for sets in (
            [a_set(1, judged=judged), a_set(1)],
            [a_set(1, judged={"knees": 0}), a_set(1)],
            [],
            [a_set(1, judged=judged, faults={"knees": 3})],
        )
    )
    assert own("list.no_fault") in fine and own("list.not_judged") in blind and "3" in missed
    for told in (blind, none, missed):
        assert own("list.no_fault") not in told
    assert own("list.not_judged") not in none and "<div>–</div>" in none


def test_a_value_beside_a_limit_does_not_contradict_its_verdict() -> None:
    verdict = Verdict(verdict=Judgement.UNSURE, value=12.2, unit="deg", band=4)
    assert "12.2" in verdict_html(verdict, None, "en", Range(max=12))
    assert "12.2" not in verdict_html(verdict, None, "en", None)


def test_a_repetition_has_a_tick_where_something_was_fine_and_nothing_at_fault() -> None:
    squat = load_exercise("squat")
    blind, unsure = (dict.fromkeys(squat.checks, j) for j in (Judgement.CANNOT_JUDGE, Judgement.UNSURE))
    one, other = list(squat.checks)[:2]
    parts = (
        rep(squat, 0),
        rep(squat, 0, **{**blind, one: Judgement.PASS}),
        rep(squat, 0, other, **{one: Judgement.PASS}),
        rep(squat, 0, **{**blind, one: Judgement.UNSURE}),
        rep(squat, 0, **unsure),
        rep(squat, 0, **blind),
        rep(squat, 0, why_not="too shallow"),
    )
    assert [sign(part) for part in parts] == ["✓", "✓", "✕", "?", "?", "–", "○"]
    assert "○" in messages("en")("verdict.legend")
