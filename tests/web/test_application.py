"""The server from its start to its end."""

import signal
from collections.abc import Iterator

import pytest

from coach.web.application import end_with_the_window

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows ends a program otherwise")


@pytest.fixture
def told_to_stop() -> Iterator[list[int]]:
    """What came to whoever stops the server; the signals are as before afterwards."""
    told: list[int] = []
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)}
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield told
    for each, handler in before.items():
        signal.signal(each, handler)


def test_a_closed_terminal_ends_it_in_good_order(told_to_stop: list[int]) -> None:
    end_with_the_window()
    signal.raise_signal(signal.SIGHUP)
    assert told_to_stop == [signal.SIGTERM]


def test_what_was_started_to_outlive_its_terminal_does(told_to_stop: list[int]) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end_with_the_window()
    signal.raise_signal(signal.SIGHUP)
    assert told_to_stop == []
