"""Numbers, times and names as they are written."""

from datetime import UTC, datetime

import pytest

from coach.judge.exercise import Range
from coach.report import words

NBSP = words.NBSP


@pytest.mark.parametrize(
    ("t_s", "told"), [(0, "0:00"), (7.9, "0:07"), (64.9, "1:04"), (3723, "1:02:03"), (-0.2, "0:00")]
)
def test_clock(t_s: float, told: str) -> None:
    assert words.clock(t_s) == told


@pytest.mark.parametrize(
    ("value", "unit", "band", "told"),
    [
        (170.6, "deg", None, "171°"),
        (-22.4, "°", 4, f"−22{NBSP}±{NBSP}4°"),
        (-0.2, "deg", 2.5, f"0{NBSP}±{NBSP}2.5°"),
        (1.84, "s", 0.3, f"1.8{NBSP}±{NBSP}0.3{NBSP}s"),
        (0.842, "ratio", 0.1, f"0.84{NBSP}±{NBSP}0.1"),
        (2.0, "cm", None, f"2.00{NBSP}cm"),
        (None, "deg", 5, ""),
        (float("nan"), "deg", 5, ""),
    ],
)
def test_quantity(value: float | None, unit: str, band: float | None, told: str) -> None:
    assert words.quantity(value, unit, band) == told


def test_a_range_keeps_what_its_author_wrote() -> None:
    assert words.asked(Range(min=-12.5, max=12), "deg") == "−12.5° to 12°"
    assert words.asked(Range(min=1.5), "s") == f"at least 1.5{NBSP}s"
    assert words.asked(Range(max=0), "deg") == "at most 0°"


def test_what_is_seen_at_all_is_never_no_percent() -> None:
    assert [words.percent(share) for share in (0, 0.004, 0.12, 1)] == ["0%", "under 1%", "12%", "100%"]


def test_durations_are_as_exact_as_they_need_to_be() -> None:
    assert [words.seconds(s) for s in (3.42, 34.2, 150)] == [f"3.4{NBSP}s", f"34{NBSP}s", f"2:30{NBSP}min"]


def test_names_for_reading() -> None:
    assert words.label("knees_over_ankles") == "Knees over ankles"
    assert words.inside("Knees over ankles") == "knees over ankles"
    assert words.inside("ROM kept") == "ROM kept"
    assert words.shortened("a long name", 7) == "a long…"


def test_right_to_left_names_are_set_apart() -> None:
    assert words.label("ركبة") == "\u2068ركبة\u2069"
    assert words.isolated(words.label("ركبة")) == words.label("ركبة")
    assert words.isolated("knee") == "knee"


def test_the_date_is_in_english_with_its_zone() -> None:
    assert words.date_and_time(datetime(2026, 11, 2, 6, 5, tzinfo=UTC)) == "2 November 2026, 06:05 UTC"
    assert words.date_and_time(datetime(2026, 1, 2, 6, 5)) == "2 January 2026, 06:05"
