"""Changing single values of an exercise file: everything else stays as it was written."""

import pytest
import yaml

from coach.judge.checks import band_of
from coach.judge.library import BUILT_IN, exercise_ids, parse_exercise
from coach.judge.rewrite import Change, copied, quoted, rewritten
from coach.motion import load_errors
from tests.judge.files import CURL

TARGET = ("repetition", "target", "min")


def test_one_value_changes_and_nothing_else() -> None:
    text = rewritten(CURL, [Change(TARGET, "75")])
    assert text == CURL.replace("target: {min: 90}", "target: {min: 75}")


def test_a_comment_stands_above_the_line_at_its_indent() -> None:
    text = rewritten(CURL, [Change(TARGET, "75", "Seen: 80.")])
    assert "  # Seen: 80.\n  target: {min: 75}\n" in text
    both = [Change(("checks", "upright", "range", end), value, f"{end} seen") for end, value in ENDS]
    assert "    # min seen\n    # max seen\n    range: {min: -20, max: 25}\n" in rewritten(CURL, both)


ENDS = (("min", "-20"), ("max", "25"))


def test_a_long_comment_is_broken_into_rows_that_fit() -> None:
    text = rewritten(CURL, [Change(TARGET, "75", "word " * 60)])
    rows = [line for line in text.splitlines() if line.lstrip().startswith("# word")]
    assert len(rows) > 1 and all(len(row) <= 110 for row in rows)
    assert parse_exercise(text, "curl.yaml")


def test_a_value_in_a_list_and_in_block_style() -> None:
    text = "a:\n  - {x: 1}\n  - x: 2\n    y: 3\n"
    text = rewritten(text, [Change(("a", 1, "x"), "20", "why"), Change(("a", 0, "x"), "10")])
    assert yaml.safe_load(text) == {"a": [{"x": 10}, {"x": 20, "y": 3}]}
    assert "  # why\n  - x: 20\n" in text


@pytest.mark.parametrize("place", [("target",), ("repetition", "target", "max"), ("steps", 9), ("id", "x")])
def test_a_place_that_is_not_there_is_refused(place: tuple[str | int, ...]) -> None:
    with pytest.raises(KeyError, match="there is no"):
        rewritten(CURL, [Change(place, "1")])


def test_two_places_that_are_one_are_refused() -> None:
    text = "a: &same {min: 1}\nb: *same\n"
    with pytest.raises(KeyError, match="two of the places are one"):
        rewritten(text, [Change(("a", "min"), "2"), Change(("b", "min"), "3")])


def test_what_is_told_over_several_lines_is_replaced_whole_and_alone() -> None:
    text = "id: a\nname: >-\n  One\n  name\n\nfeel: |\n  x\nstop: y\n"
    text = rewritten(text, [Change(("name",), "Two"), Change(("feel",), "z")])
    assert text == "id: a\nname: Two\n\nfeel: z\nstop: y\n"


@pytest.mark.parametrize("name", exercise_ids())
def test_a_copy_and_a_copy_of_it_have_the_bands_of_the_exercise_that_ships(name: str) -> None:
    text = (BUILT_IN / f"{name}.yaml").read_text("utf-8")
    base = parse_exercise(text, f"{name}.yaml")
    third = parse_exercise(copied(copied(text, "mine", "Mine"), "third", "Third"), "third.yaml")
    assert third.like == name
    assert all(
        band_of(check, view, load_errors().of(third.measured_as))
        == band_of(check, view, load_errors().of(base.measured_as))
        for check in third.checks.values()
        for view in check.views
    )


def test_a_copy_under_the_same_id_is_like_nothing_else_and_neither_is_one_of_what_nobody_measured() -> None:
    text = (BUILT_IN / "bridge.yaml").read_text("utf-8")
    assert parse_exercise(copied(text, "bridge", "Mine"), "bridge.yaml").like == ""
    assert parse_exercise(copied(CURL, "mine", "Mine"), "mine.yaml").like == ""


def test_a_copy_of_a_file_in_braces_tells_what_it_is_like() -> None:
    text = yaml.safe_dump(
        yaml.safe_load((BUILT_IN / "bridge.yaml").read_text("utf-8")), default_flow_style=True
    )
    assert parse_exercise(copied(text, "mine", "Mine"), "mine.yaml").like == "bridge"


@pytest.mark.parametrize("name", exercise_ids())
def test_every_exercise_that_ships_can_be_copied(name: str) -> None:
    text = (BUILT_IN / f"{name}.yaml").read_text("utf-8")
    copy = copied(text, "mine", "Mine: 'so'")
    exercise = parse_exercise(copy, "mine.yaml")
    assert (exercise.id, exercise.name) == ("mine", "Mine: 'so'")
    assert [line for line in copy.splitlines() if "#" in line] == [
        line for line in text.splitlines() if "#" in line
    ]


@pytest.mark.parametrize(
    "words", ["plain", "with: colon", "#5", "'quoted'", "yes", "12", "ü", "- a", "long " * 40]
)
def test_words_come_back_as_they_were(words: str) -> None:
    assert yaml.safe_load(f"a: {quoted(words.strip())}") == {"a": words.strip()}
