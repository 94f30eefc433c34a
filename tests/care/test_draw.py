"""What is drawn to be rated: everybody's turn, both kinds, always the same."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coach.care.draw import in_order, pick, sets_in_order
from coach.care.types import SetSummary
from coach.judge import Judgement, Rep, Verdict
from tests.care.making import a_set
from tests.records.made import rep


def sets_of(person: str, n: int) -> tuple[SetSummary, ...]:
    return tuple(replace(a_set(1 + i), id=f"{person}{i}", person=person) for i in range(n))


def a_rep(*verdicts: Judgement) -> Rep:
    told = {f"check{n}": Verdict(verdict=one) for n, one in enumerate(verdicts)}
    return rep(verdicts=told)


CLEAN, FAULTY = a_rep(Judgement.PASS), a_rep(Judgement.PASS, Judgement.FAULT)
UNSURE = a_rep(Judgement.UNSURE, Judgement.CANNOT_JUDGE)


def test_everybody_has_a_set_before_anybody_has_a_second() -> None:
    order = sets_in_order({"a": sets_of("a", 9), "b": sets_of("b", 2), "c": sets_of("c", 1)})
    assert {one.person for one in order[:3]} == {"a", "b", "c"}
    assert {one.person for one in order[3:5]} == {"a", "b"}
    assert len(order) == 12


def test_it_is_the_same_each_time() -> None:
    told = {"a": sets_of("a", 12)}
    assert sets_in_order(told) == sets_in_order({"a": told["a"][::-1]})


def test_people_are_in_an_order_that_says_nothing() -> None:
    names = [f"p{n}" for n in range(20)]
    assert in_order(names) == in_order(reversed(names)) != tuple(names)
    assert set(in_order(names)) == set(names)


def test_what_comes_later_moves_none_of_the_others() -> None:
    before, after = (sets_in_order({"a": sets_of("a", n)}) for n in (8, 20))
    assert [one for one in after if one in before] == list(before)


def test_what_cannot_be_rated_is_not_drawn() -> None:
    whole = a_set(1)
    told = (replace(whole, closed=False), replace(whole, attempts=0), replace(whole, source="sample"))
    assert sets_in_order({"p": told}) == ()


def test_one_with_a_fault_and_one_without() -> None:
    parts = [CLEAN, FAULTY, UNSURE, FAULTY]
    found = pick("s", parts, ())
    assert found.keys() == {True, False} and found[True] in (1, 3) and found[False] in (0, 2)
    assert pick("s", [CLEAN], ()) == {False: 0} and pick("s", [a_rep()], ()) == {}


@given(st.sets(st.integers(0, 5)))
def test_what_was_rated_is_not_drawn_again(rated: set[int]) -> None:
    parts = [CLEAN, FAULTY] * 3
    found = pick("s", parts, rated)
    assert not rated & set(found.values())
    assert (True in found) == bool({1, 3, 5} - rated)
