"""What was learnt, as plain data, and the changes that it comes to."""

import pytest

from coach.judge import load_exercise
from coach.judge.demonstration import Demonstration, Finding, Values
from coach.judge.file_fields import Range
from tests.judge.demonstrations import learnt, learnt_exercise
from tests.judge.films import bridges
from tests.judge.waves import Move

SEEN = Values(151.6, 150.0, 154.0, 3, (151.6, 151.6))
AT_REST = Finding("rest", ("repetition", "rest"), Range(max=130), "deg", 6.4, SEEN, Range(max=160))


def test_what_was_seen_is_told_with_from_where_to_where_it_went() -> None:
    assert AT_REST.told() == "151.6 (150.0 to 154.0)"
    one = Finding(
        "hold", ("checks", "hold", "range"), Range(min=3), "s", 0.01, Values(2, 2, 2, 1, (2, 2)), Range(min=2)
    )
    assert one.told() == "2.00", "a finer measure is told more finely"


def test_each_end_that_is_opened_is_a_change_that_tells_what_was_seen() -> None:
    own = Demonstration(load_exercise("bridge"), "side", 3, 0, {}, (AT_REST,))
    (change,) = own.changes()
    assert (change.place, change.value) == (("repetition", "rest", "max"), "160")
    assert change.comment == "Seen: 151.6 (150.0 to 154.0) in 3 repetitions, error 6.4; max was 130."


def test_holds_are_told_as_such() -> None:
    own = Demonstration(load_exercise("pigeon"), "front", 1, 0, {}, ())
    assert [own.number(n) for n in (1, 2)] == ["1 hold", "2 holds"]


def test_the_dose_goes_along_with_the_hold_that_is_learnt() -> None:
    quick = learnt_exercise(
        learnt(bridges(3, move=Move(1.5, 1.2, 0.7, pause_s=1.2, height=32.0)), "bridge"), "bridge"
    )
    wanted, held_s = quick.checks["hold"].range, quick.dose.hold_s
    assert wanted is not None and wanted.min is not None and held_s is not None
    assert wanted.min <= held_s <= 2 * wanted.min < 3, "else the file would contradict itself"
    assert learnt_exercise(learnt(bridges(3), "bridge"), "bridge").dose.hold_s == 3


@pytest.mark.parametrize(
    ("values", "outside"),
    [
        ([90, 80], 10.0),
        ([101, 80], -1.0),  # one of two is no habit
        ([101, 80, 70], 20.0),
        ([101, 102, 80, 70], -1.0),
        ([150, 90, 110], -10.0),
        ([80, 140], -40.0),  # on either side of it
        ([140, 121, 100], 1.0),
    ],
)
def test_more_than_half_of_it_must_lie_beyond_one_end(values: list[float], outside: float) -> None:
    seen = Values.of(values)
    assert seen is not None and seen.mostly_outside(Range(min=100, max=120)) == outside


def test_nothing_seen_is_no_value() -> None:
    assert Values.of([float("nan")]) is None
