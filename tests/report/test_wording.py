"""Numbers, times and names as they are written."""

from datetime import UTC, datetime

import pytest

from coach.judge.file_fields import Range
from coach.language import Language
from coach.report import wording

NBSP = wording.NBSP


@pytest.mark.parametrize(
    ("t_s", "told"), [(0, "0:00"), (7.9, "0:07"), (64.9, "1:04"), (3723, "1:02:03"), (-0.2, "0:00")]
)
def test_clock(t_s: float, told: str) -> None:
    assert wording.clock(t_s) == told


@pytest.mark.parametrize(
    ("value", "unit", "band", "told"),
    [
        (170.6, "deg", None, "171°"),
        (-22.4, "°", 4, f"−22{NBSP}±{NBSP}4°"),
        (-0.2, "deg", 2.5, f"0{NBSP}±{NBSP}2.5°"),
        (1.84, "s", 0.3, f"1.8{NBSP}±{NBSP}0.3{NBSP}s"),
        (0.842, "ratio", 0.1, f"84{NBSP}±{NBSP}10{NBSP}%"),
        (-0.0126, "ratio", 0.012, f"−1.3{NBSP}±{NBSP}1.2{NBSP}%"),
        (0.842, "", None, "0.84"),
        (2.0, "cm", None, f"2.00{NBSP}cm"),
        (None, "deg", 5, ""),
        (float("nan"), "deg", 5, ""),
    ],
)
def test_quantity(value: float | None, unit: str, band: float | None, told: str) -> None:
    assert wording.quantity(value, unit, band) == told


@pytest.mark.parametrize(
    ("value", "unit", "band", "wanted", "told"),
    [
        (164.6, "deg", 5, Range(min=165), f"164.6{NBSP}±{NBSP}5°"),  # unsure, and 165 would pass
        (159.8, "deg", 5, Range(min=165), f"159.8{NBSP}±{NBSP}5°"),  # a fault, and 160 would be unsure
        (12.02, "deg", 4, Range(max=12), f"12.02{NBSP}±{NBSP}4°"),
        (12.001, "deg", 4, Range(max=12), f"12.00{NBSP}±{NBSP}4°"),
        (164.4, "deg", 5, Range(min=165), f"164{NBSP}±{NBSP}5°"),
        (0.294, "ratio", 0.05, Range(max=0.29), f"29.4{NBSP}±{NBSP}5{NBSP}%"),
        (1.46, "s", 0.3, Range(min=1.5), f"1.46{NBSP}±{NBSP}0.3{NBSP}s"),
    ],
)
def test_rounding_contradicts_no_verdict(
    value: float, unit: str, band: float, wanted: Range, told: str
) -> None:
    assert wording.quantity(value, unit, band, wanted=wanted) == told


def test_a_range_keeps_what_its_author_wrote() -> None:
    assert wording.asked(Range(min=-12.5, max=12), "deg") == "−12.5° to 12°"
    assert wording.asked(Range(min=-0.008), "ratio") == f"at least −0.8{NBSP}%"
    assert wording.asked(Range(max=0.29), "ratio") == f"at most 29{NBSP}%"
    assert wording.asked(Range(min=1.5), "s") == f"at least 1.5{NBSP}s"
    assert wording.asked(Range(max=0), "deg") == "at most 0°"


def test_what_is_seen_at_all_is_never_no_percent() -> None:
    assert [wording.percent(share) for share in (0, 0.004, 0.12, 1)] == ["0%", "under 1%", "12%", "100%"]


def test_durations_are_as_exact_as_they_need_to_be() -> None:
    assert [wording.seconds(s) for s in (3.42, 34.2, 29.7, 150)] == [
        f"3.4{NBSP}s",
        f"34{NBSP}s",
        f"29{NBSP}s",
        f"2:30{NBSP}min",
    ]


def test_names_for_reading() -> None:
    assert wording.label("knees_over_ankles") == "Knees over ankles"
    assert wording.inside("Knees over ankles") == "knees over ankles"
    assert wording.inside("ROM kept") == "ROM kept"
    assert wording.shortened("a long name", 7) == "a long…"


def test_right_to_left_names_are_set_apart() -> None:
    assert wording.label("ركبة") == "\u2068ركبة\u2069"
    assert wording.isolated(wording.label("ركبة")) == wording.label("ركبة")
    assert wording.isolated("knee") == "knee"


def test_a_names_own_marks_of_direction_are_left_out() -> None:
    assert wording.isolated("a\u202eb\u2066c\u2069") == "abc"
    assert wording.isolated("\u202bركبة\u202c\u2069 b") == "\u2068ركبة b\u2069"


def test_the_date_is_in_english_with_its_zone() -> None:
    assert wording.date_and_time(datetime(2026, 11, 2, 6, 5, tzinfo=UTC)) == "2 November 2026, 06:05 UTC"
    assert wording.date_and_time(datetime(2026, 1, 2, 6, 5)) == "2 January 2026, 06:05"


@pytest.mark.parametrize(
    ("language", "told"), [("de", "2. März 2026, 06:05 UTC"), ("es", "2 de marzo de 2026, 06:05 UTC")]
)
def test_the_date_has_the_order_of_its_language(language: Language, told: str) -> None:
    assert wording.date_and_time(datetime(2026, 3, 2, 6, 5, tzinfo=UTC), language) == told


@pytest.mark.parametrize("language", ["de", "es"])
def test_numbers_have_a_decimal_comma_where_it_is_usual(language: Language) -> None:
    assert wording.seconds(3.42, language) == f"3,4{NBSP}s"
    assert wording.quantity(-0.842, "ratio", 0.15, language) == f"−84{NBSP}±{NBSP}15{NBSP}%"
    assert wording.quantity(-0.2, "deg", 2.5, language) == f"0{NBSP}±{NBSP}2,5°"
    assert wording.quantity(-0.001, "ratio", 0.012, language) == f"−0,1{NBSP}±{NBSP}1,2{NBSP}%"
    assert wording.limit(12.5, "deg", language) == "12,5°"
    assert wording.limit(165, "deg", language) == "165°"
    assert wording.percent(0.12, language) == f"12{NBSP}%"


def test_ranges_are_told_in_words() -> None:
    assert wording.asked(Range(min=-12.5, max=12), "deg", "de") == "−12,5° bis 12°"
    assert wording.asked(Range(min=1.5), "s", "de") == f"mindestens 1,5{NBSP}s"
    assert wording.asked(Range(max=0), "deg", "es") == "como máximo 0°"


def test_names_of_checks_are_those_of_the_language() -> None:
    assert wording.check_name("hips_low", "de") == "Becken tief"
    assert wording.check_inside("depth", "de") == "Tiefe"
    assert wording.check_name("slow_lowering", "es") == "Bajada lenta"
    assert wording.check_inside("slow_lowering", "es") == "bajada lenta"
    assert wording.measure_name("knee_flexion", "de") == "Kniebeugung"


def test_what_only_an_own_file_has_keeps_its_name() -> None:
    assert (
        wording.check_name("knie_gerade", "de") == wording.check_inside("knie_gerade", "de") == "Knie gerade"
    )
    assert wording.check_inside("ROM_kept") == "ROM kept"
    assert wording.check_inside("codo_recto", "es") == "codo recto"
    assert wording.measure_name("my_angle", "de") == "my angle"
    assert wording.view_name("from_above", "de") == "from-above"
