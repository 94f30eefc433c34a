"""One place, and the newest wins."""

import threading

from coach.live.mailbox import Mailbox


def test_the_newest_wins() -> None:
    mailbox = Mailbox[int]()
    for n in range(4):
        mailbox.put(n)
    assert mailbox.take(0.0) == 3
    assert mailbox.take(0.0) is None


def test_nothing_in_time_is_none() -> None:
    assert Mailbox[int]().take(0.001) is None


def test_closing_wakes_who_waits() -> None:
    mailbox, taken = Mailbox[int](), []
    waiting = threading.Thread(target=lambda: taken.append(mailbox.take(60.0)))
    waiting.start()
    mailbox.close()
    waiting.join(5.0)
    assert taken == [None]


def test_putting_wakes_who_waits() -> None:
    mailbox, taken = Mailbox[int](), []
    waiting = threading.Thread(target=lambda: taken.append(mailbox.take(60.0)))
    waiting.start()
    mailbox.put(7)
    waiting.join(5.0)
    assert taken == [7]


def test_a_closed_one_gives_nothing_more() -> None:
    mailbox = Mailbox[int]()
    mailbox.put(1)
    mailbox.close()
    mailbox.put(2)
    assert mailbox.take(60.0) is None
