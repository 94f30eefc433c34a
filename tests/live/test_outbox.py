"""What is to be done is done in its order, on another thread, and what fails is tried again."""

import threading

import pytest

from coach.errors import CoachError
from coach.live.outbox import UNKNOWN, Outbox
from coach.records.problems import NotYours, not_yours

LONG_S = 10.0


class Desk:
    """Does things, or fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.done: list[int] = []
        self.threads: set[str] = set()

    def do(self, n: int) -> None:
        self.threads.add(threading.current_thread().name)
        if self.failures:
            raise self.failures.pop(0)
        self.done.append(n)


def test_everything_is_done_in_its_order_and_not_here() -> None:
    desk, outbox = Desk(), Outbox("other")
    for n in range(50):
        outbox.put(lambda n=n: desk.do(n))
    assert outbox.settle(LONG_S)
    assert desk.done == list(range(50)) and desk.threads == {"other"}
    assert outbox.problem is None


def test_what_fails_is_tried_again_with_the_next_and_nothing_overtakes_it() -> None:
    desk, outbox = Desk(CoachError("locked"), CoachError("locked still")), Outbox("other")
    outbox.put(lambda: desk.do(1))
    assert not outbox.settle(LONG_S)
    assert str(outbox.problem) == "locked"
    outbox.put(lambda: desk.do(2))
    assert not outbox.settle(LONG_S) and desk.done == []
    outbox.put(lambda: desk.do(3))
    assert outbox.settle(LONG_S) and desk.done == [1, 2, 3]
    assert outbox.problem is None


def test_it_can_be_asked_to_try_again() -> None:
    desk, outbox = Desk(CoachError("locked")), Outbox("other")
    outbox.put(lambda: desk.do(1))
    outbox.settle(LONG_S)
    outbox.try_again()
    assert outbox.settle(LONG_S) and desk.done == [1]
    outbox.try_again()
    assert outbox.settle(LONG_S) and desk.done == [1]


def test_it_tries_again_by_itself() -> None:
    desk, outbox, done = Desk(*[CoachError("locked")] * 3), Outbox("other", again_s=0.0), threading.Event()
    outbox.put(lambda: desk.do(1))
    outbox.put(done.set)
    assert done.wait(LONG_S) and outbox.settle(LONG_S)
    assert desk.done == [1] and outbox.problem is None


def test_what_is_not_there_is_not_waited_for() -> None:
    desk, outbox = Desk(not_yours()), Outbox("other")
    outbox.put(lambda: desk.do(1))
    outbox.put(lambda: desk.do(2))
    assert outbox.settle(LONG_S) and desk.done == [2]
    assert isinstance(outbox.problem, NotYours)


def test_what_is_not_worth_a_second_time_is_given_up_and_told() -> None:
    desk, outbox = Desk(CoachError("disk full")), Outbox("other")
    outbox.put(lambda: desk.do(1), again=False)
    outbox.put(lambda: desk.do(2))
    assert outbox.settle(LONG_S) and desk.done == [2]
    assert str(outbox.problem) == "disk full"


def test_a_mistake_of_ours_is_logged_and_holds_nothing_up(caplog: pytest.LogCaptureFixture) -> None:
    desk, outbox = Desk(ZeroDivisionError()), Outbox("other")
    outbox.put(lambda: desk.do(1))
    outbox.put(lambda: desk.do(2))
    assert outbox.settle(LONG_S) and desk.done == [2]
    assert outbox.problem is UNKNOWN
    assert "ZeroDivisionError" in caplog.text


def test_nobody_waits_longer_than_told() -> None:
    outbox, go_on = Outbox("other"), threading.Event()
    outbox.put(go_on.wait)
    assert not outbox.settle(0.01)
    go_on.set()
    assert outbox.settle(LONG_S)
