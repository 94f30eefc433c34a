"""Kappa against published figures, and what must be true of any."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.care.agreement import agreement, all_said, cohens_kappa, pairs
from coach.care.types import Correction, KeptSet, Rating
from coach.judge import Judgement, Rep, Verdict
from tests.care.making import NOW, a_set

PASS, FAULT, UNSURE, BLIND = Judgement.PASS, Judgement.FAULT, Judgement.UNSURE, Judgement.CANNOT_JUDGE
tables = st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=2), min_size=2, max_size=2)


def test_as_published() -> None:
    # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed., table 18.1: 0.676, s.e. 0.087
    told = cohens_kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert told.value == pytest.approx(0.676, abs=5e-4)
    assert told.low == pytest.approx(0.676 - 1.96 * 0.087, abs=2e-3)
    assert told.high == pytest.approx(0.676 + 1.96 * 0.087, abs=2e-3)


def test_by_hand() -> None:
    # seen 35 of 50; chance 0.5 * 0.6 + 0.5 * 0.4
    assert cohens_kappa([[20, 5], [10, 15]]).value == pytest.approx(0.4)
    # seen 0.6 both times, chance 0.54 and 0.46: the marginals decide
    assert cohens_kappa([[45, 15], [25, 15]]).value == pytest.approx(0.1304, abs=1e-4)
    assert cohens_kappa([[25, 35], [5, 35]]).value == pytest.approx(0.2593, abs=1e-4)


@given(tables)
def test_who_is_asked_first_does_not_matter(table: list[list[int]]) -> None:
    turned = [list(column) for column in zip(*table, strict=True)]
    one, other = cohens_kappa(table), cohens_kappa(turned)
    assert one.why == other.why
    if one.value is not None:
        assert one.value == pytest.approx(other.value)
        assert (one.low, one.high) == pytest.approx((other.low, other.high))


@given(tables)
def test_the_interval_holds_the_value_and_stays_within_bounds(table: list[list[int]]) -> None:
    told = cohens_kappa(table)
    if told.value is None:
        assert told.why is not None and told.low is None
    else:
        assert told.low is not None and told.high is not None
        assert -1 <= told.low <= told.value + 1e-9 and told.value - 1e-9 <= told.high <= 1


@given(st.integers(1, 50), st.integers(1, 50))
def test_of_equals_it_is_one_and_of_opposites_below_zero(a: int, b: int) -> None:
    equal = cohens_kappa([[a, 0], [0, b]])
    assert equal.value == pytest.approx(1) and equal.low == pytest.approx(1)
    opposite = cohens_kappa([[0, a], [b, 0]])
    assert opposite.value is not None and opposite.value < 0


@given(tables)
def test_the_names_of_the_verdicts_do_not_matter(table: list[list[int]]) -> None:
    named = [row[::-1] for row in table[::-1]]
    one, other = cohens_kappa(table), cohens_kappa(named)
    assert (one.value is None) == (other.value is None)
    if one.value is not None:
        assert one.value == pytest.approx(other.value)


def test_where_it_has_no_meaning_that_is_told() -> None:
    assert cohens_kappa([[0, 0], [0, 0]]).why == "nothing"
    assert cohens_kappa([[7, 0], [0, 0]]).why == "both_constant"
    assert cohens_kappa([[7, 3], [0, 0]]).why == "one_constant"
    assert cohens_kappa([[7, 0], [3, 0]]).why == "one_constant"


def test_what_nobody_could_tell_is_left_out_and_counted() -> None:
    told = agreement([(PASS, PASS), (FAULT, PASS), (UNSURE, PASS), (BLIND, FAULT), (PASS, BLIND)])
    assert (told.n, told.same, told.unsure) == (2, 1, 3)
    assert told.share == 0.5
    assert told.left_out == 0.6
    nothing = agreement([])
    assert nothing.share is None and nothing.left_out is None


def verdict(judgement: Judgement) -> Verdict:
    return Verdict(verdict=judgement)


def rep(**checks: Judgement) -> Rep:
    told = {name: verdict(one) for name, one in checks.items()}
    times = {"start_s": 0, "peak_s": 1, "end_s": 2, "hold_s": 0, "out_s": 1, "back_s": 1}
    return Rep(side="both", counted=True, verdicts=told, **times)


def test_from_what_is_kept() -> None:
    kept = KeptSet(a_set(1), (rep(hold=PASS, no_arch=FAULT), rep(hold=FAULT)))
    sets = {"t": kept}

    def word(part: int, check: str | None, says: Judgement, minute: int = 0, by: str = "doc") -> Correction:
        return Correction("t", part, check, says, "", by, NOW + timedelta(minutes=minute))

    said = [
        word(0, "hold", PASS, 1),
        word(0, "hold", FAULT),  # taken back by the one above
        word(0, "no_arch", PASS),
        word(1, "hold", FAULT),
        word(1, None, PASS),
        word(9, "hold", PASS),
        word(0, "gone", PASS),
        Rating("gone", 0, "hold", PASS, "doc", NOW),
        word(0, "hold", FAULT, by="other"),
    ]
    told = pairs(said, sets)
    assert sorted(told["bridge", "hold"]) == sorted([(PASS, PASS), (FAULT, FAULT), (PASS, FAULT)])
    assert told["bridge", "no_arch"] == [(FAULT, PASS)]
    holding = all_said(said[:2])  # type: ignore[arg-type]
    assert holding["t", 0, "hold"].word.says is PASS


def test_a_comment_stands_until_its_author_says_something_else() -> None:
    def word(says: Judgement, comment: str, by: str, minute: int) -> Correction:
        return Correction("t", 0, "hold", says, comment, by, NOW + timedelta(minutes=minute))

    words = [
        word(FAULT, "It drops", "ann", 0),
        word(FAULT, "", "ben", 1),
        word(PASS, "Look again", "ben", 2),
        word(PASS, "", "ann", 3),
    ]
    told = [all_said(words[: n + 1])["t", 0, "hold"] for n in range(len(words))]
    assert [one.word for one in told] == words
    assert [one.remark for one in told] == [words[0], words[0], words[2], words[2]]
    assert [one.by_another for one in told] == [False, True, False, True]
    assert (told[1].comment_of("ben"), told[1].comment_of("ann")) == ("", "")
