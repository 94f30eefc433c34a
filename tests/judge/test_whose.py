"""Whose repetition it was, from the signals of both sides."""

from math import isnan

import pytest

from coach.judge.whose import Whose


def followed(left: list[float], right: list[float], keep_s: float = 10.0) -> Whose:
    own = Whose(keep_s)
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        own.take(i / 10, {"left": a, "right": b})
    return own


def test_the_side_that_went_further_is_ahead_by_how_much_further_it_went() -> None:
    own = followed([0.1, 0.2, 0.4, 0.2], [0.3, 0.3, 0.25, 0.3])
    assert own.ahead("left", 0.0, 0.3) == pytest.approx(0.35)


def test_which_way_the_signal_goes_does_not_matter() -> None:
    own = followed([0.5, 0.2, 0.5], [0.5, 0.4, 0.5])
    assert own.ahead("left", 0.0, 0.2) == pytest.approx(0.2)


def test_of_what_was_not_seen_or_is_long_past_nobody_knows() -> None:
    nan = float("nan")
    assert isnan(followed([0.1, 0.2], [nan, nan]).ahead("left", 0.0, 0.1))
    assert isnan(followed([0.1] * 50, [0.1] * 50, keep_s=1.0).ahead("left", 0.0, 2.0))
