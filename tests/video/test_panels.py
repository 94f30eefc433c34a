"""Captions fit their width, and every sign can be told without its colour."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.video.panels import MAX_LINES, caption, counter, font, wrap
from coach.video.signs import SIGNS, joint, marked_joint, sign

LONG = "Go a little lower to make it count, as far as is comfortable for your knees and your back"


@given(st.text(st.characters(codec="latin-1", categories=["L", "N", "P"]) | st.just(" "), max_size=80))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str) -> None:
    face = font(20)
    lines = wrap(text, face, 120)
    assert all(face.getlength(line) <= 120 for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_a_short_text_is_one_line() -> None:
    assert wrap("Lift your chest", font(20), 500) == ["Lift your chest"]
    assert wrap("", font(20), 500) == []


@pytest.mark.parametrize("width", [200, 640, 1280])
@pytest.mark.parametrize("text", ["Lift your chest", LONG, "", "x" * 300])
def test_a_caption_is_as_wide_as_the_picture(text: str, width: int) -> None:
    bar = caption(text, "fault", width, 30)
    assert bar.width == width
    assert bar.height <= 2 * MAX_LINES * 30 * 1.3 + 30


@pytest.mark.parametrize(
    "text", ["Push your knees out, over your toes", "Rodillas hacia fuera, sobre los pies"]
)
def test_a_caption_is_of_one_line_where_somewhat_smaller_letters_make_it_so(text: str) -> None:
    assert len(wrap(text, font(31), 640 - 97)) == 2
    assert caption(text, "fault", 640, 31).height <= caption("Lift your chest", "fault", 640, 31).height


def test_a_longer_text_makes_a_higher_bar_and_shows_more() -> None:
    short, long = caption("Lift your chest", "fault", 640, 30), caption(LONG, "fault", 640, 30)
    assert long.height > short.height


def test_the_counter_grows_with_what_it_tells() -> None:
    one, more = counter("3", "reps", (), 80), counter("13", "reps", ("Going down",), 80)
    assert more.width > one.width
    assert more.height > one.height


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(SIGNS, 2)))
def test_signs_differ_in_shape(one: str, other: str) -> None:
    shapes = [np.asarray(sign(kind, 48))[..., 3] > 128 for kind in (one, other)]
    assert (shapes[0] != shapes[1]).mean() > 0.05


def test_an_unknown_kind_has_a_sign() -> None:
    assert sign("something new", 20).getbbox() is not None


def test_a_marked_joint_has_another_shape() -> None:
    """A ring with a hole, where the plain joint is a full dot."""
    dot, mark = (np.asarray(stamp)[..., 3] for stamp in (joint(20), marked_joint(20)))
    assert dot[20, 30] == 255
    assert mark[20, 31] == 0
    assert mark[20, 20] == 255


def test_the_letters_of_every_language_are_there() -> None:
    missing = bytes(font(40).getmask("\uffff"))
    for letter in "äöüßÄÖÜñáéíóú¿¡°±–…„“”’":
        assert bytes(font(40).getmask(letter)) != missing, letter
