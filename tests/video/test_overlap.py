"""The model works in a thread of its own: the same results in order, one ahead, and nothing of it stays behind."""

import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from coach.errors import VideoError
from coach.video.opening import Limits
from coach.video.overlap import one_ahead
from coach.video.reader import VideoReader
from tests.video.conftest import bare_stream


def model_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("model")]


@pytest.mark.parametrize("many", [0, 1, 2, 7])
def test_every_item_with_its_result_in_order(many: int) -> None:
    assert list(one_ahead(range(many), lambda i: i * i)) == [(i, i * i) for i in range(many)]
    assert model_threads() == []


def test_the_work_is_one_item_ahead_and_never_two_at_once() -> None:
    taken: list[int] = []
    busy = threading.Lock()

    def items() -> Iterator[int]:
        for i in count():
            taken.append(i)
            yield i

    def work(i: int) -> int:
        assert busy.acquire(blocking=False)
        busy.release()
        return i

    for i, _ in one_ahead(items(), work):
        assert taken[-1] == i + 1
        if i == 50:
            break


def test_all_work_is_done_in_one_thread() -> None:
    threads = {name for _, name in one_ahead(range(20), lambda _: threading.current_thread().name)}
    assert len(threads) == 1
    assert threads != {threading.current_thread().name}


def test_the_thread_ends_with_the_consumer() -> None:
    results = one_ahead(count(), lambda i: i)
    next(results)
    assert len(model_threads()) == 1
    results.close()
    assert model_threads() == []


def test_the_thread_ends_when_the_consumer_fails() -> None:
    def consume() -> None:
        for _ in one_ahead(count(), lambda i: i):
            raise KeyError("x")

    with pytest.raises(KeyError) as caught:
        consume()
    del caught
    assert model_threads() == []


def test_what_goes_wrong_in_the_work_is_raised_at_its_item() -> None:
    got = []
    with pytest.raises(ZeroDivisionError):
        for i, _ in one_ahead(range(-3, 3), lambda i: 1 / i):
            got.append(i)
    assert got == [-3, -2, -1]
    assert model_threads() == []


def test_what_goes_wrong_while_reading_is_raised_too(tmp_path: Path) -> None:
    path = bare_stream(tmp_path / "clip.m4v", "mpeg4", "m4v", 20)  # it does not tell how long it is
    with VideoReader(path, Limits(max_duration_s=1.02)) as reader, pytest.raises(VideoError, match="longer"):
        list(one_ahead(reader.frames(), lambda frame: frame.t))
    assert model_threads() == []
