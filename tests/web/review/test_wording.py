"""What became of a range in a sentence: its figures add up."""

import re
from datetime import timedelta

import pytest

from coach.care.review import needs_eyes
from coach.care.trends import Point, ranges, trend
from coach.language import LANGUAGES, Language
from coach.web.review.wording import messages, reason_told, symmetry_told, trend_told
from tests.care.making import NOW, a_set, ago

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
